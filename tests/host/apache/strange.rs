//! Strange requests are refused in good order, and lead nowhere.

use serde_json::json;

use super::{check_dashboard, is_by_program, parsed, serve};
use crate::server::{Host, Server};

#[test]
fn a_strange_request_is_refused_in_good_order() {
    let server = serve(Host::default());
    let long_path = format!("/api/{}", "a/".repeat(5_000));
    let long_name = format!("/{}", "a".repeat(300));
    let long_query = format!("/?x={}", "a".repeat(1_000_000));
    let mut sent = 0;
    for site in &server.sites {
        for (method, path) in [
            ("GET", "/api/../x"),
            ("GET", "/api/%2e%2e/x"),
            ("GET", "/api/%00"),
            ("GET", "/api/%FF%FE"),
            ("GET", "/api/%"),
            ("GET", "/api/%zz"),
            ("GET", "/api/a%2Fb"),
            ("GET", "/?company=%FF%FE"),
            ("GET", "/no-such-page"),
            ("GET", &long_path),
            ("GET", &long_name),
            ("GET", &long_query),
            ("PROPFIND", "/"),
            ("DELETE", "/api/all"),
            ("POST", "/api/all"),
            ("OPTIONS", "/"),
            ("FOO", "/"),
        ] {
            let answer = site.request(method, site.url(path), &[]);
            sent += 1;
            let what = format!("{method} {:.40} at {:?}: {answer:?}", path, site.mount);
            assert!((400..500).contains(&answer.status), "{what}");
            assert!(!answer.body.is_empty(), "{what}");
            assert!(!answer.text().contains("/var/www"), "{what}");
            let is_refused_method = method != "GET";
            assert_eq!(
                answer.status == 405 && is_by_program(&answer),
                is_refused_method,
                "{what}"
            );
            if is_refused_method {
                assert_eq!(answer.header("Allow"), Some("GET, HEAD"), "{what}");
            }
        }
        check_dashboard(&site.get("/"), "after all that");
    }
    check_quiet(&server, sent);
}

/// Checks that the program wrote at most one line for each request, and none about itself.
fn check_quiet(server: &Server, requests: usize) {
    let log = server.error_log();
    assert!(!log.contains("panicked"), "{log}");
    // Apache's own lines begin with a time in brackets. AH01215 wraps a line of a program.
    let from_program = log
        .lines()
        .filter(|line| !line.starts_with('[') || line.contains("AH01215"));
    assert!(from_program.count() <= requests, "{log}");
}

#[test]
fn words_in_a_query_are_no_command_line() {
    let server = serve(Host::default());
    for site in &server.sites {
        for query in ["--help+x", "-h", "--version", "-c+/etc/passwd"] {
            check_dashboard(&site.get(&format!("/?{query}")), query);
        }
    }
    check_quiet(&server, 0);
}

#[test]
fn no_address_leads_to_another_host() {
    let server = serve(Host::default());
    for site in &server.sites {
        check_dashboard(&site.get("/"), &format!("{:?}", site.mount));
        for target in [
            "//other.example/".to_owned(),
            "//other.example/..".to_owned(),
            format!("//other.example/..{}", site.url("/")),
            format!("{}//other.example/%2e%2e", site.url("")),
        ] {
            let answer = site.request("GET", &target, &[]);
            let names_host = |text: &str| text.contains("//other.example");
            assert!(
                !answer.header("Location").is_some_and(names_host),
                "{target}: {answer:?}"
            );
            assert!(!names_host(&answer.text()), "{target}: {answer:?}");
        }
    }
}

#[test]
fn an_absolute_request_target_is_the_same_page() {
    let server = serve(Host::default());
    for site in &server.sites {
        let answer = site.request("GET", site.absolute_url("/api/%231"), &[]);
        assert_eq!(parsed(&answer)["sites"], json!(["#1"]), "{:?}", site.mount);
    }
}
