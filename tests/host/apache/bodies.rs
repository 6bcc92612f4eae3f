//! A request with a body is refused, and holds no program: no page needs one, and a server
//! hands all of it to the program before it passes on what the program says.

use std::fs;
use std::path::Path;

use super::{PROGRAM, check_dashboard, is_by_program};
use crate::server::{Answer, Host, Module, Mounted, Server};
use crate::support::logs::{HEADER, UP};

/// More than a pipe or socket holds, like the page below.
const BODY: usize = 300_000;

/// Requests at once: what an account of a rented host may typically run.
const CLIENTS: usize = 20;

/// The targets that the server and the program come to in different ways.
const TARGETS: [&str; 4] = [
    "/",
    "/api/all",
    "/cgi-bin/index.cgi",
    "/cgi-bin/index.cgi/api/all",
];

/// A host whose overview has more bytes than a pipe holds.
fn serve(module: Module) -> Server {
    let host = Host {
        module,
        ..Host::default()
    };
    host.serve(Path::new(PROGRAM), |logs| {
        for site in 0..150 {
            let folder = logs.join(format!("client/site{site}"));
            fs::create_dir_all(&folder).unwrap();
            let log = format!(
                "{HEADER}\n2024-11-01 00:00:00,https://{site}.example/{},{UP},200\n",
                "x".repeat(500)
            );
            fs::write(folder.join("monitor_results_202411.csv"), log).unwrap();
        }
    })
}

/// How many processes of a site's program there are now.
fn programs(site: &Mounted) -> usize {
    let program = site.folder.join("cgi-bin/index.cgi");
    let is_one = |process: &fs::DirEntry| {
        fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe == program)
    };
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes.filter(is_one).count()
}

fn head(site: &Mounted, method: &str, path: &str, body: &str) -> Vec<u8> {
    let target = site.url(path);
    format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{body}\r\n\r\n")
        .into_bytes()
}

fn check_refused(site: &Mounted, answer: &Answer, what: &str) {
    assert_eq!(answer.status, 413, "{what}: {answer:?}");
    assert!(!answer.body.is_empty(), "{what}");
    let place = site.folder.parent().unwrap().to_str().unwrap();
    assert!(!answer.text().contains(place), "{what}: {answer:?}");
}

#[test]
fn a_body_that_never_ends_is_answered_at_once_and_starts_no_program() {
    for module in [Module::Cgi, Module::Cgid] {
        let server = serve(module);
        for site in &server.sites {
            let page = site.get("/");
            // More than a pipe holds.
            assert!(page.body.len() > 1 << 16, "{} bytes", page.body.len());
            let mut open = Vec::new();
            for client in 0..CLIENTS {
                let path = TARGETS[client % TARGETS.len()];
                let length = format!("Content-Length: {BODY}");
                let (how, piece) = match client % 3 {
                    0 => (length.as_str(), "x"),
                    1 => ("Transfer-Encoding: chunked", "493e0\r\nx"),
                    _ => ("Content-Length: 10", ""),
                };
                let method = if client % 2 == 0 { "GET" } else { "POST" };
                let mut request = head(site, method, path, how);
                request.extend_from_slice(piece.as_bytes());
                // The server's `Timeout` is a minute; waiting for an answer ends after half.
                let mut exchange = site.begin(&request).unwrap();
                let what = format!("{method} {path}, {how}, {module:?}, {:?}", site.mount);
                let answer = exchange.answer().unwrap_or_else(|e| panic!("{what}: {e}"));
                check_refused(site, &answer, &what);
                open.push(exchange);
            }
            assert_eq!(programs(site), 0, "{module:?}, {:?}", site.mount);
            check_dashboard(&site.get("/"), "beside those connections");
        }
    }
}

#[test]
fn a_file_asked_for_with_a_body_is_refused_too() {
    let server = serve(Module::Cgid);
    for site in &server.sites {
        let request = head(site, "GET", "/static/style.css", "Content-Length: 300000");
        let answer = site.begin(&request).unwrap().answer().unwrap();
        check_refused(site, &answer, "/static/style.css");
    }
}

/// Where the rule was lost, as in an `.htaccess` that an upgrade has left alone.
#[test]
fn the_program_refuses_a_body_without_the_servers_help() {
    for module in [Module::Cgi, Module::Cgid] {
        let server = serve(module);
        for site in &server.sites {
            let rules = site.folder.join(".htaccess");
            let shipped = fs::read_to_string(&rules).unwrap();
            let rule = "RewriteRule ^ - [R=413,L]\n";
            if shipped.contains(rule) {
                let (before, after) = shipped.split_once(rule).unwrap();
                let before = before.rsplit_once("RewriteCond").unwrap().0;
                fs::write(&rules, format!("{before}{after}")).unwrap();
            }
            for path in TARGETS {
                let length = format!("Content-Length: {BODY}");
                let mut request = head(site, "GET", path, &length);
                request.extend(vec![b'x'; BODY]);
                let what = format!("{path}, {module:?}, {:?}", site.mount);
                match site.begin(&request).unwrap().answer() {
                    Ok(answer) => {
                        check_refused(site, &answer, &what);
                        assert!(is_by_program(&answer), "{what}: {answer:?}");
                        let is_json = answer.text().starts_with("{\"error\":");
                        assert_eq!(is_json, path.contains("api"), "{what}: {answer:?}");
                    }
                    // It drops the answer of a program that has not read what it was sent.
                    Err(_) if module == Module::Cgid => {}
                    Err(e) => panic!("{what}: {e}"),
                }
            }
            assert_eq!(programs(site), 0, "{module:?}, {:?}", site.mount);
        }
    }
}

#[test]
fn a_request_without_a_body_is_answered_as_ever() {
    let server = serve(Module::Cgid);
    for site in &server.sites {
        for length in ["0", "00"] {
            let empty = [("Content-Length", length)];
            for (method, status) in [("GET", 200), ("HEAD", 200), ("POST", 405)] {
                for path in TARGETS {
                    let answer = site.request(method, site.url(path), &empty);
                    assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
                    assert!(is_by_program(&answer), "{method} {path}: {answer:?}");
                }
            }
        }
        let post = site.request("POST", site.url("/"), &[]);
        assert_eq!(post.header("Allow"), Some("GET, HEAD"), "{post:?}");
    }
}
