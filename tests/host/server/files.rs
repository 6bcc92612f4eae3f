//! The files of a site, as an upload puts them on a host.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// Fills a site's folder as an upload of the whole repository would, with what an upload
/// should have left out: sources, settings, version control, build output.
pub(super) fn fill(folder: &Path, program: &Path) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in [
        ".htaccess",
        "logs/.htaccess",
        "README.md",
        "Cargo.toml",
        "Cargo.lock",
        "static",
        "src",
    ] {
        copy(&repository.join(name), &folder.join(name));
    }
    for (name, text) in [
        (".git/config", "[core]\n\tbare = false\n"),
        ("target/x", "built\n"),
        ("tests/x", "test\n"),
        ("cgi-bin/config.json", "{}\n"),
    ] {
        let path = folder.join(name);
        path.parent().into_iter().for_each(make_dir);
        write(&path, text);
    }
    let installed = folder.join("cgi-bin/index.cgi");
    copy(program, &installed);
    set_mode(&installed, 0o755);
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        make_dir(to);
        let entries = fs::read_dir(from).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
        for entry in entries {
            let entry = entry.unwrap_or_else(|e| panic!("{}: {e}", from.display()));
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        to.parent().into_iter().for_each(make_dir);
        // Another process does, because one of them is a program: while this process has it
        // open for writing, a test that just starts another has it open, too.
        let mut copy = Command::new("cp");
        let done = copy.arg("--preserve=mode").arg(from).arg(to).status();
        assert!(done.is_ok_and(|done| done.success()), "{}", from.display());
    }
}

/// Makes a folder and those above it, each one readable by every user, whatever the umask.
pub(super) fn make_dir(folder: &Path) {
    if folder.is_dir() {
        return;
    }
    folder.parent().into_iter().for_each(make_dir);
    match fs::create_dir(folder) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => panic!("{}: {e}", folder.display()),
        _ => set_mode(folder, 0o755),
    }
}

pub(super) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

pub(super) fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    set_mode(path, 0o644);
}

pub(super) fn read_text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub(super) fn text(path: &Path) -> String {
    path.display().to_string()
}
