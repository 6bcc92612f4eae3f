//! Nothing is sent that is not meant to be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::{
    LOG, PROGRAM, at_each_mount, check_dashboard, is_by_program, is_html, serve, write_log,
};
use crate::server::{Answer, Host, Server};

/// Stands in every file that must never be sent.
pub(super) const MARKER: &str = "q7Zx-never-to-be-seen";

/// Every file and folder of the repository that must stay hidden.
fn hidden() -> Vec<String> {
    let log = format!("logs/{0}/{0}/{LOG}", "shop");
    let mut hidden: Vec<String> = [
        "README.md",
        "Cargo.toml",
        "Cargo.lock",
        "src/main.rs",
        "tests/x",
        "target/x",
        ".git/config",
        ".htaccess",
        "logs/.htaccess",
        "logs/.cache/0123456789abcdef",
        "cgi-bin/config.json",
        "static/x.php",
        "static/canary.csv",
        "static/.hidden.css",
    ]
    .map(str::to_owned)
    .to_vec();
    hidden.push(log);
    hidden
}

/// A host on which each hidden file holds [`MARKER`].
pub(super) fn serve_marked(host: Host) -> Server {
    let server = host.serve(Path::new(PROGRAM), |logs| {
        write_log(logs, "shop", "https://shop.example/", MARKER);
    });
    for site in &server.sites {
        for name in hidden() {
            if name == "cgi-bin/config.json" {
                // A setting that the program accepts, and has no reason to show.
                let settings = json!({"up_statuses": [MARKER]}).to_string();
                fs::write(site.folder.join(&name), settings).unwrap();
            } else {
                site.append(&name, &format!("# {MARKER}\n"));
            }
            let text = fs::read_to_string(site.folder.join(&name)).unwrap();
            assert!(text.contains(MARKER), "{name}");
        }
    }
    server
}

/// Ways to write the path of a hidden file that a careless rule would let through.
fn disguises(path: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let swapped: String = path
        .chars()
        .map(|c| {
            if c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    let every_byte = path
        .bytes()
        .fold(String::new(), |url, b| url + &format!("%{b:02x}"));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    for plain in [path, path.trim_end_matches(name)] {
        for before in [
            "/",
            "//",
            "///",
            "/./",
            "/%2e/",
            "/static/../",
            "/static/%2e%2e/",
            "/static/.%2e/",
            "/static//../",
            "/static/style.css/../../",
            "/static/..%2f",
            "/static/%2e%2e%2f",
            "/static/..%252f",
            "/static/..%5c",
            "/cgi-bin/index.cgi/../../",
            "/cgi-bin/index.cgi/%2e%2e/%2e%2e/",
            "/cgi-bin/../",
            "/.well-known/../",
            "/.well-known/%2e%2e/",
            "/x/../",
            "/x/y/../../",
        ] {
            found.insert(format!("{before}{plain}"));
        }
    }
    for after in [
        "/",
        "/.",
        "/..",
        "/x",
        "/x.css",
        "/static/style.css",
        ".",
        "..",
        "%2e",
        ";x",
        ";x.css",
        "%00",
        "%00.css",
        "%0a",
        "%0a.css",
        "%20",
        "%23.css",
        "%3f.css",
        "%5c",
        "~",
        "::$DATA",
        "?x.css",
        "?/static/style.css",
        "#x",
    ] {
        found.insert(format!("/{path}{after}"));
    }
    found.insert(format!("/{swapped}"));
    found.insert(format!("/{every_byte}"));
    found.insert(format!("/{}", path.to_uppercase()));
    found.insert(format!("/{}", path.replace('/', "//")));
    found.insert(format!("/{}", path.replace('/', "%2f")));
    found.insert(format!("/{}", path.replace('/', "/./")));
    found.insert(format!("/{}", path.replace('/', "\\")));
    found.insert(format!("/{}", path.replace('.', "%2e")));
    found.insert(format!("/{folder}"));
    found
}

#[test]
fn no_address_brings_a_hidden_file_back() {
    let server = serve_marked(Host::default());
    at_each_mount(&server, |site| {
        // A site that refuses everything would hide all of it, too.
        check_dashboard(&site.get("/"), &format!("{:?}", site.mount));
        let mut paths: BTreeSet<String> =
            hidden().iter().flat_map(|path| disguises(path)).collect();
        paths.extend(
            [
                "/logs",
                "/logs/",
                "/src/",
                "/static/",
                "/cgi-bin/",
                "/.git/",
            ]
            .map(str::to_owned),
        );
        assert!(paths.len() > 950, "{} paths", paths.len());
        for path in paths {
            for method in ["GET", "HEAD", "POST"] {
                let answer = site.request(method, site.url(&path), &[]);
                check_hides(&answer, &format!("{method} {path} at {:?}", site.mount));
            }
        }
    });
}

fn check_hides(answer: &Answer, what: &str) {
    assert!(
        !answer.text().contains(MARKER),
        "{what} brings back the file: {}",
        answer.text()
    );
    assert!(
        !answer.body.starts_with(b"\x7fELF"),
        "{what} brings back the program"
    );
    assert!(
        !answer.text().contains("Index of"),
        "{what} lists a folder: {}",
        answer.text()
    );
    assert!(answer.status != 500, "{what}: {}", answer.text());
    if answer.status < 300 {
        assert_eq!(answer.status, 200, "{what}: {:?}", answer.headers);
        assert!(is_by_program(answer), "{what} sends a file: {answer:?}");
        assert!(is_html(answer), "{what}: {:?}", answer.headers);
    }
}

#[test]
fn only_the_listed_kinds_of_file_are_sent_from_static() {
    let server = serve(Host::default());
    for site in &server.sites {
        for (name, sent) in [
            ("static/x.css", true),
            ("static/x.svg", true),
            ("favicon.ico", true),
            ("robots.txt", true),
            (".well-known/security.txt", true),
            (".well-known/acme-challenge/Az_0-9", true),
            ("static/x.php", false),
            ("static/x.html", false),
            ("static/x.css.bak", false),
            ("static/x.css~", false),
            ("static/.hidden", false),
            ("static/.hidden.css", false),
            ("static/deeper/x.css", false),
            ("static/index.html", false),
            ("index.html", false),
            ("x.css", false),
            (".well-known/.hidden", false),
        ] {
            site.append(name, MARKER);
            let answer = site.get(&format!("/{name}"));
            let what = format!("{name} at {:?}: {answer:?}", site.mount);
            assert_eq!(answer.status, if sent { 200 } else { 404 }, "{what}");
            assert_eq!(answer.text() == MARKER, sent, "{what}");
            assert_eq!(is_by_program(&answer), !sent, "{what}");
        }
        check_dashboard(&site.get("/"), "/ beside an index.html");
    }
}

#[test]
fn a_static_file_that_is_not_there_gets_the_programs_404() {
    let server = serve(Host::default());
    for site in &server.sites {
        let answer = site.get("/static/no-such-file.css");
        assert_eq!(answer.status, 404);
        assert!(is_by_program(&answer) && is_html(&answer), "{answer:?}");
    }
}

#[test]
fn the_logs_stay_closed_when_the_sites_htaccess_is_lost() {
    let server = serve_marked(Host::default());
    for site in &server.sites {
        fs::remove_file(site.folder.join(".htaccess")).unwrap();
        // Else nothing below would show that the file was in use.
        let open = site.get("/Cargo.toml");
        assert!(
            open.status == 200 && open.text().contains(MARKER),
            "{open:?}"
        );
        for path in [
            &format!("/logs/shop/shop/{LOG}"),
            &format!("//logs//shop//shop//{LOG}"),
            &format!("/static/../logs/shop/shop/{LOG}"),
            &format!("/static/%2e%2e/logs/shop/%73hop/{LOG}"),
            &format!("/logs/shop/shop/{LOG}/x"),
            "/logs/",
            "/logs/shop/",
            "/logs/shop/shop/",
            "/logs/.htaccess",
        ] {
            let answer = site.get(path);
            assert!(
                matches!(answer.status, 403 | 500),
                "{path} at {:?}: {answer:?}",
                site.mount
            );
            assert!(!answer.text().contains(MARKER), "{path}");
        }
    }
}

#[test]
fn a_host_without_mod_rewrite_refuses_everything() {
    let server = serve_marked(Host {
        rewrite: false,
        ..Host::default()
    });
    for site in &server.sites {
        for path in hidden()
            .iter()
            .map(String::as_str)
            .chain(["", "static/style.css"])
        {
            let answer = site.get(&format!("/{path}"));
            assert_eq!(answer.status, 500, "{path} at {:?}", site.mount);
            assert!(!answer.text().contains(MARKER), "{path}");
        }
    }
}
