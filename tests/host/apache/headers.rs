//! What browsers and caches rely on.

use std::collections::BTreeSet;

use super::serve;
use crate::server::{Host, Module};

#[test]
fn head_is_get_without_the_body() {
    for module in [Module::Cgi, Module::Cgid] {
        let server = serve(Host {
            module,
            ..Host::default()
        });
        for site in &server.sites {
            for path in ["/api/all", "/", "/no-such-page"] {
                let get = site.get(path);
                let head = site.request("HEAD", site.url(path), &[]);
                assert!(head.body.is_empty(), "{path}: {}", head.text());
                assert_eq!(head.status, get.status, "{path}");
                assert_eq!(
                    head.header("Content-Type"),
                    get.header("Content-Type"),
                    "{path}"
                );
                assert_eq!(head.header("ETag"), get.header("ETag"), "{path}");
            }
        }
    }
}

#[test]
fn an_answer_says_each_thing_once() {
    let server = serve(Host::default());
    for site in &server.sites {
        for path in ["/", "/api/all", "/no-such-page", "/static/style.css"] {
            let answer = site.get(path);
            let mut seen = BTreeSet::new();
            for (name, _) in &answer.headers {
                assert!(
                    seen.insert(name.to_lowercase()),
                    "{path}: {name} twice: {:?}",
                    answer.headers
                );
            }
            // Apache sends a long answer of a program in chunks, without a length.
            if let Some(length) = answer.header("Content-Length") {
                assert_eq!(length, answer.body.len().to_string(), "{path}");
            }
        }
    }
}

#[test]
fn a_compressed_page_seen_before_is_not_sent_again() {
    let server = serve(Host::default());
    for site in &server.sites {
        for path in ["/", "/api/all"] {
            let gzip = ("Accept-Encoding", "gzip");
            let first = site.request("GET", site.url(path), &[gzip]);
            assert_eq!(
                first.header("Content-Encoding"),
                Some("gzip"),
                "{path}: {:?}",
                first.headers
            );
            let tag = first
                .header("ETag")
                .unwrap_or_else(|| panic!("{path}: {first:?}"));
            assert!(
                tag.ends_with("-gzip\""),
                "{tag}: Apache marks the compressed form"
            );
            let again = site.request("GET", site.url(path), &[gzip, ("If-None-Match", tag)]);
            assert_eq!(again.status, 304, "{path} with {tag}: {:?}", again.headers);
            assert!(again.body.is_empty(), "{path}");
            assert_eq!(again.header("ETag"), Some(tag), "{path}");
            let other = site.request(
                "GET",
                site.url(path),
                &[gzip, ("If-None-Match", "\"other\"")],
            );
            assert_eq!(other.status, 200, "{path}");
        }
    }
}

#[test]
fn a_compressed_style_sheet_seen_before_is_not_sent_again() {
    let server = serve(Host::default());
    for site in &server.sites {
        let gzip = ("Accept-Encoding", "gzip");
        site.append("static/long.css", &"body { color: black }\n".repeat(100));
        let target = site.url("/static/long.css");
        let first = site.request("GET", &target, &[gzip]);
        assert_eq!(
            first.header("Content-Encoding"),
            Some("gzip"),
            "{:?}",
            first.headers
        );
        assert_eq!(first.header("ETag"), None, "{:?}", first.headers);
        let date = first
            .header("Last-Modified")
            .unwrap_or_else(|| panic!("{:?}", first.headers));
        let again = site.request("GET", &target, &[gzip, ("If-Modified-Since", date)]);
        assert_eq!(again.status, 304, "{:?}", again.headers);
    }
}

#[test]
fn static_files_may_be_kept_for_a_day_and_are_what_they_say() {
    let server = serve(Host::default());
    for site in &server.sites {
        site.append("static/module.js", "export {};\n");
        site.append(
            "static/picture.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
        );
        for (path, media) in [
            ("/static/style.css", "text/css; charset=utf-8"),
            ("/static/module.js", "text/javascript; charset=utf-8"),
            ("/static/picture.svg", "image/svg+xml; charset=utf-8"),
        ] {
            let answer = site.get(path);
            assert_eq!(answer.header("Content-Type"), Some(media), "{path}");
            assert_eq!(
                answer.header("Cache-Control"),
                Some("public, max-age=86400"),
                "{path}"
            );
            assert_eq!(
                answer.header("X-Content-Type-Options"),
                Some("nosniff"),
                "{path}"
            );
        }
    }
}
