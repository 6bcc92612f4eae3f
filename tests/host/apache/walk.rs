//! A walk over hostile requests: lies in headers, injections, redirects, methods.

use std::collections::BTreeSet;

use super::hidden::{MARKER, serve_marked};
use super::{check_dashboard, is_by_program};
use crate::server::{Answer, Host, Mount, Mounted};

const EVIL: &str = "evil.example";

/// Headers by which a client may lie about where or who it is.
const LIES: [(&str, &str); 14] = [
    ("X-Forwarded-Host", EVIL),
    ("X-Forwarded-Proto", "javascript"),
    ("X-Forwarded-Prefix", "//evil.example"),
    ("X-Forwarded-For", "127.0.0.1"),
    ("Forwarded", "host=evil.example;proto=https"),
    ("X-Original-URL", "/logs/shop/shop/"),
    ("X-Rewrite-URL", "/cgi-bin/config.json"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("Proxy", "http://evil.example/"),
    ("Referer", "http://evil.example/"),
    ("Origin", "http://evil.example"),
    ("Accept-Language", "<script>alert(1)</script>"),
    ("If-None-Match", "\"x\" evil.example <script>"),
    ("Range", "bytes=0-5,3-9,-1"),
];

const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get",
];

/// Paths and queries below a site.
fn targets() -> BTreeSet<String> {
    let mut targets = BTreeSet::new();
    let words = [
        "--help+x",
        "-s",
        "-d+allow_url_include=1",
        "-c+/etc/passwd",
        "%0d%0aX-Injected:%20yes",
        "%0aSet-Cookie:%20a=b",
        "%E5%98%8A%E5%98%8DX-Injected:yes",
        "<script>alert(1)</script>",
        "\"><img/src=x/onerror=alert(1)>",
        "{v.body}",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "%252e%252e%252f",
        "%c0%ae%c0%ae/",
        "%uff0e%uff0e/",
        "....//....//etc/passwd",
        "..\\..\\windows",
        "%5c%5cevil.example",
        "%00",
        "a%00.css",
        "%ff%fe",
        "%",
        "%zz",
        ";x",
        "::$DATA",
        "~",
        "~root/",
        "$(id)",
        "`id`",
        "|id",
        "=HYPERLINK(1)",
        "%E2%80%AE",
        "a=b&a=c",
        "*",
    ];
    for word in words {
        for before in [
            "/",
            "/api/",
            "/api/all/",
            "/api/shop/shop/",
            "/static/",
            "/logs/",
            "/cgi-bin/",
            "/cgi-bin/index.cgi/",
            "/.",
            "//",
            "/x/",
            "/?",
            "/?company=",
            "/?company=shop&site=",
            "/?year_month=",
            "/?lang=",
            "/?check=",
            "/api/all?include=",
            "/cgi-bin/index.cgi?",
        ] {
            targets.insert(format!("{before}{word}"));
        }
    }
    targets
}

#[test]
fn a_thousand_hostile_requests_bring_nothing_back() {
    let host = Host {
        mounts: &[Mount::Root, Mount::SubFolder],
        ..Host::default()
    };
    let server = serve_marked(host);
    let mut walked = 0;
    for site in &server.sites {
        for (n, target) in targets().iter().enumerate() {
            let method = METHODS[n % METHODS.len()];
            let answer = site.request(method, site.url(target), &[LIES[n % LIES.len()]]);
            check(site, &answer, &format!("{method} {target}"));
            walked += 1;
        }
        for target in ["/", "/api/all", "/no-such-page", "/static", "/logs"] {
            // The host that a client names in the request's target counts for more than `Host`.
            let target = format!("http://{EVIL}{}", site.url(target));
            let answer = site.request("GET", &target, &[]);
            if is_by_program(&answer) {
                assert!(!answer.text().contains(EVIL), "{target}: {answer:?}");
                check(site, &answer, &target);
            }
            walked += 1;
        }
        for method in METHODS {
            for lie in LIES {
                for target in [
                    "/",
                    "/api/all",
                    "/api/shop",
                    "/static/style.css",
                    "/no-such-page",
                ] {
                    let answer = site.request(method, site.url(target), &[lie]);
                    check(site, &answer, &format!("{method} {target} with {lie:?}"));
                    walked += 1;
                }
            }
        }
        check_dashboard(&site.get("/"), "after the walk");
    }
    assert!(walked >= 2000, "{walked} requests");
    assert!(!server.error_log().contains("panicked"));
}

fn check(site: &Mounted, answer: &Answer, what: &str) {
    let what = format!("{what} at {:?}: {answer:?}", site.mount);
    let text = answer.text();
    assert!(answer.status < 500 || answer.status == 501, "{what}");
    let place = site.folder.parent().unwrap().to_str().unwrap();
    for secret in [MARKER, place, "root:x:0:0", "\u{7f}ELF"] {
        assert!(!text.contains(secret), "{secret}: {what}");
    }
    for (name, value) in &answer.headers {
        let name = name.to_ascii_lowercase();
        assert!(name != "x-injected" && name != "set-cookie", "{what}");
        assert!(!value.contains(EVIL), "{what}");
        assert!(
            name != "location" || value.starts_with(&site.absolute_url("")),
            "{what}"
        );
    }
    // Apache's own TRACE is off, and its pages of errors name the host that was asked.
    if is_by_program(answer) {
        assert!(!text.contains("<script>alert"), "{what}");
        assert!(!text.contains("<img/src"), "{what}");
        let csp = answer.header("Content-Security-Policy").unwrap_or_default();
        assert!(
            answer.status == 304 || csp.starts_with("default-src 'self'"),
            "{what}"
        );
        assert!(!csp.contains("unsafe"), "{what}");
    }
}
