//! The real executable: variables in, bytes out.

mod installed;

use std::fs;
use std::io::Seek;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::support::logs::{HEADER, UP};
use crate::support::program::{Answer, install, program};
use crate::support::site::Site;

fn one_check() -> Site {
    Site::new().log("A", "s", "202411", &["u 200"])
}

#[test]
fn an_answer_is_headers_a_blank_line_and_exactly_its_body() {
    let answer = Answer::of(one_check().program().env("PATH_INFO", "/api/all"));
    assert_eq!(answer.headers[0], ("Status".into(), "200 OK".into()));
    assert_eq!(
        answer.header("Content-Type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(
        answer.header("Content-Length"),
        answer.body.len().to_string()
    );
    assert_eq!(answer.header("X-Content-Type-Options"), "nosniff");
    assert!(
        answer
            .header("Content-Security-Policy")
            .starts_with("default-src 'self';")
    );
    assert!(!answer.header("Content-Security-Policy").contains("unsafe"));
    assert_eq!(answer.stderr, "");
}

#[test]
fn head_is_get_without_the_body() {
    let site = one_check();
    let get = Answer::of(&mut site.program());
    let head = Answer::of(site.program().env("REQUEST_METHOD", "HEAD"));
    assert_eq!(head.headers, get.headers);
    assert_eq!(head.body, "");
}

#[test]
fn other_methods_are_405_and_told_which_are_allowed() {
    for method in ["POST", "PUT", "DELETE", "PROPFIND", "get", "FOO\r\nX: y"] {
        let answer = Answer::of(one_check().program().env("REQUEST_METHOD", method));
        assert_eq!(answer.status(), "405", "{method:?}");
        assert_eq!(answer.header("Allow"), "GET, HEAD");
    }
}

#[test]
fn a_request_with_a_body_is_413_and_the_body_is_not_read() {
    for (name, value, method) in [
        ("CONTENT_LENGTH", "10", "GET"),
        ("CONTENT_LENGTH", "300000", "HEAD"),
        ("CONTENT_LENGTH", "300000", "POST"),
        ("HTTP_TRANSFER_ENCODING", "chunked", "GET"),
    ] {
        let site = one_check().file("body", "x".repeat(300_000));
        let mut body = fs::File::open(site.logs().join("body")).unwrap();
        let mut command = site.program();
        command
            .env("REQUEST_METHOD", method)
            .env(name, value)
            .stdin(body.try_clone().unwrap());
        let answer = Answer::of(&mut command);
        assert_eq!(answer.status(), "413", "{method} {value}");
        assert!(answer.header("Content-Security-Policy").contains("'self'"));
        assert_eq!(answer.header("Cache-Control"), "private, no-cache");
        // Both processes share one position in the file.
        assert_eq!(body.stream_position().unwrap(), 0, "{method} {value}");
    }
    for none in ["", "0"] {
        let answer = Answer::of(one_check().program().env("CONTENT_LENGTH", none));
        assert_eq!(answer.status(), "200", "{none:?}");
    }
}

#[test]
fn arguments_are_the_clients_and_never_read() {
    let site = one_check();
    let plain = Answer::of(site.program().env("GATEWAY_INTERFACE", "CGI/1.1"));
    let with = Answer::of(
        site.program()
            .env("GATEWAY_INTERFACE", "CGI/1.1")
            .args(["--help", "--logs", "/etc"]),
    );
    assert_eq!(with.body, plain.body);
}

#[test]
fn hostile_requests_are_clean_client_errors() {
    let site = one_check();
    let long = format!("/api/{}", "x".repeat(10_000));
    let query = "a=b&".repeat(250_000);
    let invalid = std::ffi::OsStr::from_bytes(b"/api/\xff\xfe");
    let check = |command: &mut Command, want: &str| {
        let answer = Answer::of(command);
        assert_eq!(answer.status(), want, "{answer:?}");
        assert!(answer.stderr.lines().count() <= 1, "{}", answer.stderr);
    };
    check(site.program().env("REQUEST_URI", "/api/../x"), "400");
    check(site.program().env("PATH_INFO", "/api/../x"), "400");
    check(site.program().env("REQUEST_URI", "/api/%00"), "400");
    check(site.program().env("REQUEST_URI", &long), "414");
    check(site.program().env("PATH_INFO", &long), "414");
    check(site.program().env("REQUEST_URI", "/api/%FF%FE"), "400");
    check(site.program().env("REQUEST_URI", invalid), "400");
    check(site.program().env("PATH_INFO", invalid), "400");
    // One variable may hold 128 KiB at most; Apache's own limit is lower still.
    check(site.program().env("QUERY_STRING", &query[..100_000]), "414");
    check(site.program().env("QUERY_STRING", "company=%FF"), "404");
    check(
        site.program()
            .env("QUERY_STRING", "company=x%0D%0ASet-Cookie:%20a=b"),
        "404",
    );
}

#[test]
fn no_request_text_reaches_a_header() {
    let site = one_check();
    for (name, value) in [
        (
            "QUERY_STRING",
            "lang=en%0D%0AX-Evil:%201&company=%0D%0AX-Evil:%201",
        ),
        ("HTTP_ACCEPT_LANGUAGE", "en\r\nX-Evil: 1"),
        ("HTTP_HOST", "evil.example"),
        ("SCRIPT_NAME", "/x\r\nX-Evil: 1/cgi-bin/index.cgi"),
        ("REQUEST_URI", "//evil.example/%0D%0AX-Evil:%201"),
    ] {
        let answer = Answer::of(site.program().env(name, value));
        assert!(
            answer.headers.iter().all(|(name, _)| name != "X-Evil"),
            "{answer:?}"
        );
        assert!(!answer.body.contains("//evil.example"), "{}", answer.body);
    }
}

#[test]
fn logs_that_are_not_there_are_503_with_advice_and_without_the_hosts_paths() {
    let site = Site::new();
    fs::remove_dir(site.logs()).unwrap();
    for (target, lang, want) in [
        ("/", "ja", "logs フォルダーを置くか"),
        ("/", "en", "Put a folder named logs beside cgi-bin"),
        ("/api/all", "ja", "logs フォルダーを置くか"),
        ("/api/all", "en", "Put a folder named logs beside cgi-bin"),
    ] {
        let answer = Answer::of(
            site.program()
                .env("REQUEST_URI", target)
                .env("HTTP_ACCEPT_LANGUAGE", lang),
        );
        assert_eq!(answer.status(), "503");
        assert!(answer.body.contains(want), "{}", answer.body);
        assert!(!answer.body.contains(site.logs().to_str().unwrap()));
    }
}
