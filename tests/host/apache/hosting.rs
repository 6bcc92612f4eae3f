//! What the guide tells operators to write, taken from the guide as it stands, on the host
//! that it names: passwords are allowed in `.htaccess`, the site is at `/status/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{PROGRAM, at_each_mount, check_dashboard, parsed, run_tool, write_log};
use crate::server::{Answer, Host, Module, Mount, Mounted, Server};

const OPERATOR: Option<&str> = Some("Basic b3BlcmF0b3I6Y29ycmVjdCBob3JzZQ==");
const HOSHIZORA: Option<&str> = Some("Basic aG9zaGl6b3JhOmNvcnJlY3QgaG9yc2U=");
const WRONG: Option<&str> = Some("Basic b3BlcmF0b3I6d3Jvbmc=");
const HASH: &str = "{SHA}L55TUjtiq8FBorTWAZ0jy6g129A=";

/// What another client has, and no page or answer for `hoshizora` may show.
const SECRET: &str = "https://secret.analyzegear.example/";

/// The fenced block of the guide that begins with this line; the same in both languages.
pub(super) fn block(first_line: &str) -> String {
    let [english, japanese] = ["docs/hosting.md", "docs/hosting.ja.md"].map(|guide| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(guide);
        let text = fs::read_to_string(&path).unwrap();
        let start = format!("\n{first_line}\n");
        let (_, after) = text
            .split_once(&start)
            .unwrap_or_else(|| panic!("no block {first_line:?} in {guide}"));
        // The line is the first of the block, or a comment just before it.
        let after = after.strip_prefix("```json\n").unwrap_or(after);
        after.split("```").next().unwrap().to_owned()
    });
    assert_eq!(english, japanese, "{first_line}");
    english
}

fn serve(mounts: &'static [Mount], module: Module, suexec: bool) -> Server {
    Host {
        mounts,
        module,
        suexec,
        also_allowed: "AuthConfig",
        ..Host::default()
    }
    .serve(Path::new(PROGRAM), |logs| {
        write_log(logs, "hoshizora", "https://hoshizora.example/", "");
        write_log(logs, "analyzegear", SECRET, SECRET);
    })
}

/// Puts the recipe where the guide says, beside the program.
fn protect(site: &Mounted, first_line: &str) {
    // The guide has it elsewhere; here, no more than its name must be another.
    let passwords = site.folder.join("passwords");
    fs::write(&passwords, format!("operator:{HASH}\nhoshizora:{HASH}\n")).unwrap();
    run_tool("chmod", &["644", passwords.to_str().unwrap()]);
    let recipe = block(first_line);
    let file = "/home/you/site-monitor.htpasswd";
    assert_eq!(recipe.matches(file).count(), 1, "{recipe}");
    site.append(
        "cgi-bin/.htaccess",
        &recipe.replace(file, passwords.to_str().unwrap()),
    );
}

fn ask(site: &Mounted, who: Option<&str>, method: &str, target: &str) -> Answer {
    let headers: Vec<_> = who.map(|who| ("Authorization", who)).into_iter().collect();
    site.request(method, target, &headers)
}

#[track_caller]
fn check_refused(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 401, "{what}: {answer:?}");
    assert!(!answer.text().contains("example"), "{what}: {answer:?}");
}

const WHOLE_SITE: &str = "# cgi-bin/.htaccess: a password for everything";
const ONE_CLIENT: &str = "# cgi-bin/.htaccess: all for operator, hoshizora's own for hoshizora";

/// Pages, answers, errors: all that the program writes.
const ADDRESSES: [&str; 10] = [
    "/",
    "/?company=hoshizora",
    "/?company=analyzegear&site=analyzegear&year_month=202411",
    "/api/all",
    "/api/hoshizora",
    "/api/%61nalyzegear",
    "/cgi-bin/index.cgi",
    "/cgi-bin/index.cgi/api/all",
    "/no-such-page",
    "/static/no-such-file.css",
];

#[test]
fn the_recipe_for_the_whole_site_leaves_nothing_open() {
    for (module, suexec) in [(Module::Cgi, true), (Module::Cgid, false)] {
        let server = serve(&Mount::ALL, module, suexec);
        at_each_mount(&server, check_whole_site);
    }
}

fn check_whole_site(site: &Mounted) {
    check_dashboard(&site.get("/"), "before");
    protect(site, WHOLE_SITE);
    for path in ADDRESSES {
        let url = site.url(path);
        for who in [None, WRONG] {
            check_refused(&ask(site, who, "GET", &url), path);
            assert_eq!(ask(site, who, "HEAD", &url).status, 401, "{path}");
            assert_eq!(ask(site, who, "POST", &url).status, 401, "{path}");
        }
        let answer = ask(site, OPERATOR, "GET", &url);
        assert!(matches!(answer.status, 200 | 404), "{path}: {answer:?}");
    }
    check_dashboard(
        &ask(site, HOSHIZORA, "GET", &site.url("/")),
        "with password",
    );
    assert_eq!(site.get("/static/style.css").status, 200);
}

#[test]
fn the_recipe_for_a_client_opens_all_that_is_its_own() {
    let server = serve(&[Mount::SubFolder], Module::Cgi, true);
    let site = &server.sites[0];
    protect(site, ONE_CLIENT);
    for path in [
        "/?company=hoshizora",
        "/?company=hoshizora&lang=en",
        "/?company=hoshizora&site=hoshizora&year_month=202411&lang=ja",
        "/?company=hoshizora&site=all&year_month=all",
        "/?company=hoshizora&year_month=2024",
        "/api/hoshizora",
        "/api/hoshizora/hoshizora",
        "/api/hoshizora/202411",
        "/api/hoshizora/hoshizora/202411",
        "/api/hoshizora/all/202411",
        "/api/hoshizora?include=days,incidents",
    ] {
        // Where there is little room, pages leave out the scheme; the grid of a year names folders.
        let own = if path.ends_with("=2024") {
            ">hoshizora</a>"
        } else {
            "hoshizora.example/"
        };
        let url = site.url(path);
        let answer = ask(site, HOSHIZORA, "GET", &url);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        assert!(answer.text().contains(own), "{path}: {answer:?}");
        assert!(!answer.text().contains(SECRET), "{path}: {answer:?}");
        assert_eq!(ask(site, HOSHIZORA, "HEAD", &url).status, 200, "{path}");
        assert_eq!(ask(site, OPERATOR, "GET", &url).status, 200, "{path}");
        check_refused(&ask(site, None, "GET", &url), path);
        check_refused(&ask(site, WRONG, "GET", &url), path);

        // Nor does a page lead its reader to a closed door of the client's own.
        for link in links_to_own(&answer.text()) {
            assert_eq!(ask(site, HOSHIZORA, "GET", &link).status, 200, "{link}");
        }
    }
}

fn links_to_own(page: &str) -> BTreeSet<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| {
        let link = rest.split('"').next()?.replace("&amp;", "&");
        let link = link.split('#').next()?.to_owned();
        (link.contains("=hoshizora") || link.contains("/api/hoshizora")).then_some(link)
    });
    links.collect()
}

/// Whatever a client's own user writes, no one else's numbers come back.
#[test]
fn the_recipe_for_a_client_keeps_all_else_for_the_operator() {
    let server = serve(&[Mount::SubFolder], Module::Cgid, false);
    let site = &server.sites[0];
    protect(site, ONE_CLIENT);
    for path in ADDRESSES {
        let url = site.url(path);
        if !["/?company=hoshizora", "/api/hoshizora"].contains(&path) {
            check_refused(&ask(site, HOSHIZORA, "GET", &url), path);
        }
        check_refused(&ask(site, None, "GET", &url), path);
        let answer = ask(site, OPERATOR, "GET", &url);
        assert!(matches!(answer.status, 200 | 404), "{path}: {answer:?}");
    }
    let all = parsed(&ask(site, OPERATOR, "GET", "/status/api/all"));
    assert!(all["logs"].get(SECRET).is_some(), "{all}");

    let disguises = include_str!("hosting.disguises.txt");
    for target in disguises.lines().filter(|line| !line.starts_with("# ")) {
        for method in ["GET", "HEAD", "POST", "OPTIONS"] {
            let answer = ask(site, HOSHIZORA, method, target);
            let what = format!("{method} {target}: {answer:?}");
            assert!(matches!(answer.status, 301 | 400..=404), "{what}");
            assert!(!answer.text().contains(SECRET), "{what}");
        }
        // It is the address that is refused, not the password.
        assert_ne!(ask(site, OPERATOR, "GET", target).status, 401, "{target}");
    }

    // These are the client's own addresses, and what is odd in them leads nowhere else.
    for path in [
        "/?company=hoshizora&site=x%26company%3Danalyzegear",
        "/?company=hoshizora&site=analyzegear",
        "/?company=hoshizora&site=%2e%2e%2fanalyzegear&year_month=+",
        "/api/hoshizora/analyzegear",
        "/api/hoshizora/%2e%2e",
        "/api/hoshizora/%2e%2e/analyzegear",
        "/api/hoshizora/..%2Fanalyzegear",
        "/api/hoshizora/x%2F..%2F..%2Fanalyzegear",
        "/api/hoshizora/%00/analyzegear",
        "/api/hoshizora/%FF",
    ] {
        let answer = ask(site, HOSHIZORA, "GET", &site.url(path));
        let text = answer.text();
        assert!(!text.contains(SECRET), "{path}: {answer:?}");
    }
}

#[test]
fn a_folder_for_a_client_knows_of_no_other() {
    let server = serve(&[Mount::SubFolder], Module::Cgi, true);
    let site = &server.sites[0];
    let pages = site.folder.parent().unwrap();
    let [from, to] = [site.folder.clone(), pages.join("status-hoshizora")]
        .map(|path| path.to_str().unwrap().to_owned());
    run_tool("cp", &["-a", &from, &to]);
    run_tool("rm", &["-r", &format!("{to}/logs")]);

    // The guide's two commands and its setting, with this machine's folder for /home/you.
    let home = pages.parent().unwrap().join("you");
    let home = home.to_str().unwrap();
    run_tool("mkdir", &["-p", home]);
    let logs = format!("{home}/status-logs");
    run_tool("mv", &[&format!("{from}/logs"), &logs]);
    let commands = block("# a log folder that holds one client").replace("/home/you", home);
    run_tool("sh", &["-ec", &commands]);
    // As if the account's own user had done all this: links lead to what is the same user's.
    run_tool("chown", &["-hR", &format!("--reference={from}"), home]);
    let setting = block("<!-- cgi-bin/config.json of the client's folder -->");
    let config = format!("{to}/cgi-bin/config.json");
    fs::write(&config, setting.replace("/home/you", home)).unwrap();

    let page = site.request("GET", "/status-hoshizora/", &[]);
    check_dashboard(&page, "/status-hoshizora/");
    assert!(page.text().contains("https://hoshizora.example/"));
    assert!(!page.text().contains("analyzegear"), "{}", page.text());
    let all = parsed(&site.request("GET", "/status-hoshizora/api/all", &[]));
    assert_eq!(all["logs"].as_object().unwrap().len(), 1, "{all}");
    let other = site.request("GET", "/status-hoshizora/api/analyzegear", &[]);
    assert!(!other.text().contains(SECRET), "{other:?}");
}
