//! The zip for hosts: what is in it, that it is the same each time, and that it installs and
//! upgrades as promised.

mod unpacked;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use tempfile::TempDir;

use super::hosting::block;
use super::{PROGRAM, check_dashboard, is_by_program, parsed};
use crate::server::{Host, Mount, Mounted, Server};

/// What must not travel, though it lies around where the package is built.
const LITTER: [&str; 7] = [
    "cgi-bin/config.json",
    "cgi-bin/.htaccess",
    "logs/client/shop/monitor_results_202411.csv",
    "logs/analyzegear/site1/monitor_results_202412.csv",
    "logs/.cache/x",
    "static/.DS_Store",
    "static/style.css.bak",
];

/// A folder that everyone may look into, as a host's user must.
fn folder() -> TempDir {
    let open = fs::Permissions::from_mode(0o755);
    tempfile::Builder::new()
        .permissions(open)
        .tempdir()
        .unwrap()
}

#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A commit of these sources, whatever the state of the repository they are in.
fn commit_sources(to: &Path) {
    copy_sources(Path::new(env!("CARGO_MANIFEST_DIR")), to);
    for args in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["commit", "--quiet", "--message=all"],
    ] {
        run(git(to).args(args));
    }
}

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "test")
            .env(format!("GIT_{who}_EMAIL"), "test@example.com")
            .env(format!("GIT_{who}_DATE"), "2026-11-01T12:34:56+09:00");
    }
    git
}

fn copy_sources(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_str().unwrap();
        let in_logs = from.ends_with("logs");
        let ours = [".htaccess", "analyzegear", "hoshizora"].contains(&name);
        let skipped = [".git", "target", "node_modules", "index.cgi", "config.json"];
        let made = path.extension().is_some_and(|kind| kind == "zip");
        if skipped.contains(&name) || made || (in_logs && !ours) {
            continue;
        }
        if path.is_dir() {
            copy_sources(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// `build.sh --zip` with a file mode mask, as a shell would call it.
fn build(sources: &Path, umask: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "umask \"$0\" && exec cgi-bin/build.sh --zip", umask])
        .current_dir(sources)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .env("CARGO_TARGET_DIR", sources.join("target"));
    command
}

/// The same, with this test's program instead of a minute of compiling.
fn pack(sources: &Path, umask: &str) -> Command {
    let tools = sources.parent().unwrap().join("tools");
    if !tools.exists() {
        fs::create_dir(&tools).unwrap();
        let cargo = tools.join("cargo");
        let program = tools.join("program");
        // Without its symbols it is packed in a second.
        run(Command::new("strip")
            .arg("-o")
            .args([&program, Path::new(PROGRAM)]));
        let executable = program.display();
        let answer = format!("#!/bin/sh\necho '{{\"executable\":\"{executable}\"}}'\n");
        fs::write(&cargo, answer).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap();
    let mut command = build(sources, umask);
    command.env("PATH", format!("{}:{path}", tools.display()));
    command
}

fn package(sources: &Path) -> PathBuf {
    use std::env::consts::{ARCH, OS};
    let version = env!("CARGO_PKG_VERSION");
    sources.join(format!("site-monitor-{version}-{ARCH}-{OS}.zip"))
}

/// Modes and names, in their order.
fn contents(package: &Path) -> Vec<String> {
    run(Command::new("unzip").args(["-Z", "-s"]).arg(package))
        .lines()
        .filter(|line| line.starts_with(['d', '-']))
        .map(|line| {
            let (mode, name) = (&line[..10], line.rsplit_once(' ').unwrap().1);
            format!("{mode} {name}")
        })
        .collect()
}

#[test]
fn the_package_holds_what_a_host_needs_and_nothing_else() {
    let folder = folder();
    let sources = folder.path().join("sources");
    commit_sources(&sources);
    for name in LITTER {
        let path = sources.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "litter").unwrap();
    }
    // A cache is the machine's own, also one that was committed by mistake.
    run(git(&sources).args(["add", "--force", "logs/.cache"]));
    run(git(&sources).args(["commit", "--quiet", "--message=cache"]));
    run(&mut pack(&sources, "077"));

    let mut wanted: Vec<String> = [
        "-rw-r--r-- .htaccess",
        "-rw-r--r-- LICENSE",
        "-rw-r--r-- READ-ME-FIRST.txt",
        "-rw-r--r-- THIRD-PARTY.txt",
        "drwxr-xr-x cgi-bin/",
        "-rw-r--r-- config.example.json",
        "-rwxr-xr-x cgi-bin/index.cgi",
        "drwxr-xr-x logs/",
        "-rw-r--r-- logs/.htaccess",
        "drwxr-xr-x logs/analyzegear/",
        "-rw-r--r-- logs/analyzegear/notes.csv",
        "drwxr-xr-x logs/hoshizora/",
        "drwxr-xr-x logs/hoshizora/festival/",
        "-rw-r--r-- logs/hoshizora/festival/monitor_results_202409.csv",
        "-rw-r--r-- logs/hoshizora/festival/monitor_results_202410.csv",
        "drwxr-xr-x static/",
    ]
    .map(str::to_owned)
    .to_vec();
    for site in ["analyzegear/site1", "analyzegear/site2", "hoshizora/shop"] {
        wanted.push(format!("drwxr-xr-x logs/{site}/"));
        for month in ["202409", "202410", "202411"] {
            wanted.push(format!(
                "-rw-r--r-- logs/{site}/monitor_results_{month}.csv"
            ));
        }
    }
    let scripts = [
        "ages",
        "bars",
        "check",
        "days",
        "groups",
        "page",
        "refresh",
        "selection",
        "sort",
        "table",
    ];
    let scripts = scripts.map(|name| format!("{name}.js"));
    let others = [
        "canary.csv",
        "favicon.svg",
        "favicon-down.svg",
        "favicon-stale.svg",
        "favicon-up.svg",
        "sample-logo.svg",
        "style.css",
    ];
    for name in others.into_iter().chain(scripts.iter().map(String::as_str)) {
        wanted.push(format!("-rw-r--r-- static/{name}"));
    }
    wanted.sort_by(|a, b| a[11..].cmp(&b[11..]));
    assert_eq!(contents(&package(&sources)), wanted);
}

#[test]
fn changed_samples_are_not_packed() {
    let folder = folder();
    let sources = folder.path().join("sources");
    commit_sources(&sources);
    let log = "logs/hoshizora/shop/monitor_results_202411.csv";
    fs::write(sources.join(log), "a client's own").unwrap();
    let output = pack(&sources, "022").output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && told.contains("git diff HEAD -- logs"),
        "{told}"
    );
    assert!(!package(&sources).exists());
}

/// Another folder, home, umask and time: two people build the same commit.
#[test]
fn two_builds_of_a_commit_give_the_same_bytes() {
    let folder = folder();
    let mine = folder.path().join("mine");
    let yours = folder.path().join("elsewhere").join("your sources");
    commit_sources(&mine);
    run(git(folder.path())
        .args(["clone", "--quiet"])
        .args([&mine, &yours]));

    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cargo"),
        PathBuf::from,
    );
    let other_home = folder.path().join("elsewhere/cargo");
    fs::create_dir(&other_home).unwrap();
    for name in ["registry", "config.toml"] {
        if home.join(name).exists() {
            symlink(home.join(name), other_home.join(name)).unwrap();
        }
    }

    thread::scope(|scope| {
        scope.spawn(|| run(&mut build(&mine, "002")));
        // Flags of someone's own must not replace those that make the program static.
        run(build(&yours, "077")
            .env("CARGO_HOME", &other_home)
            .env("RUSTFLAGS", "-C opt-level=1"));
    });
    let [mine, yours] = [mine, yours].map(|sources| {
        let program = fs::read(sources.join("cgi-bin/index.cgi")).unwrap();
        (program, fs::read(package(&sources)).unwrap())
    });
    assert!(mine.0 == yours.0, "two programs");
    assert!(mine.1 == yours.1, "two packages of the same program");
    let names = String::from_utf8_lossy(&mine.0);
    for path in [folder.path(), &home] {
        assert!(
            !names.contains(path.to_str().unwrap()),
            "{}",
            path.display()
        );
    }
}
