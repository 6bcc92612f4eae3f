//! The package, unpacked by a user without rights.

use super::*;

/// Who owns the site; no more than anyone's account on a rented host.
const USER: &str = "nobody";

/// A host that runs programs as their owner, with an empty folder at `/status/`.
fn host() -> Server {
    let server = Host {
        mounts: &[Mount::SubFolder],
        suexec: true,
        ..Host::default()
    }
    .serve(Path::new(PROGRAM), |_| {});
    let status = &server.sites[0].folder;
    fs::remove_dir_all(status).unwrap();
    fs::create_dir(status).unwrap();
    fs::set_permissions(status, fs::Permissions::from_mode(0o755)).unwrap();
    own(status);
    server
}

fn own(path: &Path) {
    run(Command::new("chown")
        .arg(format!("{USER}:nogroup"))
        .arg(path));
}

/// Runs a shell's line as the host's user, in the site's folder.
fn as_user(folder: &Path, line: &str, argument: &Path) {
    run(Command::new("/sbin/runuser")
        .args(["-u", USER, "--", "sh", "-c", line])
        .arg(argument)
        .current_dir(folder));
}

#[test]
fn an_unpacked_package_is_a_site_and_a_second_one_keeps_what_is_the_users() {
    let folder = folder();
    let sources = folder.path().join("sources");
    commit_sources(&sources);
    run(&mut pack(&sources, "022"));
    let package = package(&sources);
    let server = host();
    let site = &server.sites[0];
    let status = site.folder.clone();

    as_user(&status, "umask 077 && unzip -q \"$0\"", &package);
    check_dashboard(&site.get("/"), "/");
    let month = site.get("/api/analyzegear/site1/202411");
    assert_eq!(parsed(&month)["logs"]["https://example.com/"]["total"], 720);
    assert_eq!(site.get("/static/style.css").status, 200);
    let hidden = [
        "logs/analyzegear/site1/monitor_results_202411.csv",
        "logs/.htaccess",
        "logs/",
        ".htaccess",
        "cgi-bin/config.json",
        "cgi-bin/.htaccess",
        "LICENSE",
        "READ-ME-FIRST.txt",
        "config.example.json",
        "THIRD-PARTY.txt",
        "src/main.rs",
        "Cargo.toml",
    ];
    let check_hidden = || {
        for name in hidden {
            let answer = site.get(&format!("/{name}"));
            assert!(matches!(answer.status, 403 | 404), "{name}: {answer:?}");
        }
    };
    check_hidden();
    assert!(is_by_program(&site.get("/READ-ME-FIRST.txt")));

    let kept = [
        ("cgi-bin/config.json", "{\"title\": \"Kept title\"}"),
        ("cgi-bin/.htaccess", "# a password, perhaps\n"),
        (
            "logs/client/shop/monitor_results_202411.csv",
            "サイト,状態,ステータスコード\nhttps://client.example/,正常に稼働中,200\n",
        ),
    ];
    for (name, text) in kept {
        let path = status.join(name);
        as_user(&status, "mkdir -p \"$0\"", path.parent().unwrap());
        fs::write(&path, text).unwrap();
        own(&path);
    }
    // Only the owner reads the logs, as the guide advises for such hosts.
    as_user(&status, "chmod -R go= \"$0\"", &status.join("logs"));

    as_user(&status, "unzip -q -o \"$0\"", &package);
    for (name, text) in kept {
        assert_eq!(
            fs::read_to_string(status.join(name)).unwrap(),
            text,
            "{name}"
        );
    }
    let page = site.get("/");
    check_dashboard(&page, "/ after upgrading");
    assert!(page.text().contains("Kept title"), "{page:?}");
    let client = parsed(&site.get("/api/client"));
    assert_eq!(client["logs"]["https://client.example/"]["success"], 1);
    check_hidden();
    upgrade_renamed(site, &package);
    check_hidden();
}

/// On a host that keeps `/cgi-bin/` for itself, by the guide: the folder is called `bin`.
fn upgrade_renamed(site: &Mounted, package: &Path) {
    let status = &site.folder;
    let rules = status.join(".htaccess");
    let mut text = fs::read_to_string(&rules).unwrap();
    for new in [
        "RewriteRule ^bin/index\\.cgi(?:/|$) - [L]",
        "RewriteRule ^ bin/index.cgi [L]",
    ] {
        let old = new.replace("bin/", "cgi-bin/");
        assert_eq!((text.matches(&old).count(), block(new).as_str()), (1, ""));
        text = text.replace(&old, new);
    }
    fs::write(&rules, text).unwrap();
    as_user(
        status,
        "mv cgi-bin bin && echo old >bin/index.cgi",
        Path::new(""),
    );
    assert_eq!(site.get("/").status, 500);

    let recipe = block("# an upgrade where cgi-bin is called bin");
    assert!(recipe.contains(" ~/site-monitor-*-linux.zip "), "{recipe}");
    let recipe = recipe.replace("~/site-monitor-*-linux.zip", "-q \"$0\"");
    as_user(status, &recipe, package);
    check_dashboard(&site.get("/"), "/ where it is renamed");
    assert!(!status.join("cgi-bin").exists());
}
