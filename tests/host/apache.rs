//! The shipped files on a real Apache, as a rented host would run them.

mod bodies;
mod headers;
mod hidden;
mod hosting;
mod package;
mod strange;
mod walk;

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::thread;

use serde_json::{Value, json};

use crate::server::{Answer, Host, Module, Mount, Mounted, Server};
use crate::support::program::PROGRAM;

/// Each has a character that some layer between a browser and a program treats specially.
const NAMES: [&str; 13] = [
    "サイト1",
    "a b",
    "100%",
    "%41",
    "a+b",
    "a?b",
    "a&b",
    "a;b",
    "#1",
    "it's",
    "a\"b",
    "<i>",
    "é",
];

const LOG: &str = "monitor_results_202411.csv";

fn serve(host: Host) -> Server {
    host.serve(Path::new(PROGRAM), |logs| {
        for (number, name) in NAMES.iter().enumerate() {
            write_log(logs, name, &address(number), "");
        }
    })
}

/// What the company number `number` of [`NAMES`] has checked.
fn address(number: usize) -> String {
    format!("https://{number}.example/")
}

/// Writes a log with one check that is up and one that is down, and a column that the
/// program has no use for.
fn write_log(logs: &Path, name: &str, address: &str, remark: &str) {
    let folder = logs.join(name).join(name);
    fs::create_dir_all(&folder).unwrap();
    let log = format!(
        "日時,サイト,状態,ステータスコード,備考\n\
         2024-11-01 00:05:00,{address},正常に稼働中,200,{remark}\n\
         2024-11-01 00:10:00,{address},エラー,404,{remark}\n"
    );
    fs::write(folder.join(LOG), log).unwrap();
}

/// A name as one segment of a URL, with everything escaped that may be.
fn segment(name: &str) -> String {
    name.bytes().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

fn parsed(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body)
        .unwrap_or_else(|e| panic!("{e}: {} {}", answer.status, answer.text()))
}

/// Runs a tool that must succeed.
#[track_caller]
fn run_tool(tool: &str, args: &[&str]) {
    let output = Command::new(tool).args(args).output();
    let output = output.unwrap_or_else(|e| panic!("{tool}: {e}"));
    assert!(output.status.success(), "{tool} {args:?}: {output:?}");
}

fn is_html(answer: &Answer) -> bool {
    answer
        .header("Content-Type")
        .is_some_and(|media| media.starts_with("text/html"))
}

/// Whether the program wrote this answer, and not Apache. Only the program sends the policy.
fn is_by_program(answer: &Answer) -> bool {
    answer.header("Content-Security-Policy").is_some()
}

fn check_dashboard(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 200, "{what}: {}", answer.text());
    assert!(is_html(answer), "{what}: {:?}", answer.headers);
    assert!(
        answer.text().contains("id=\"logs-container\""),
        "{what}: {}",
        answer.text()
    );
}

/// Runs a check of each mount at once: most of the time is spent waiting for Apache.
fn at_each_mount(server: &Server, check: impl Fn(&Mounted) + Sync) {
    thread::scope(|scope| {
        for site in &server.sites {
            scope.spawn(|| check(site));
        }
    });
}

// Every name finds its own logs, wherever the site is mounted and whatever runs the program.

#[test]
fn every_name_finds_its_logs_with_mod_cgi() {
    every_name_finds_its_logs(Host {
        module: Module::Cgi,
        ..Host::default()
    });
}

#[test]
fn every_name_finds_its_logs_with_mod_cgid() {
    every_name_finds_its_logs(Host {
        module: Module::Cgid,
        ..Host::default()
    });
}

#[test]
fn every_name_finds_its_logs_with_mod_cgi_and_suexec() {
    every_name_finds_its_logs(Host {
        module: Module::Cgi,
        suexec: true,
        ..Host::default()
    });
}

#[test]
fn every_name_finds_its_logs_with_mod_cgid_and_suexec() {
    every_name_finds_its_logs(Host {
        module: Module::Cgid,
        suexec: true,
        ..Host::default()
    });
}

fn every_name_finds_its_logs(host: Host) {
    let server = serve(host);
    at_each_mount(&server, |site| {
        let mount = site.mount;
        if host.suexec {
            // Only the owner may read them now: the program, but not the web server.
            let private = fs::Permissions::from_mode(0o700);
            fs::set_permissions(site.folder.join("logs"), private).unwrap();
        }
        for (number, name) in NAMES.iter().enumerate() {
            let one = json!({"total": 2, "success": 1, "failure": 1, "status_codes": {"200": 1, "404": 1}});
            let logs = json!({ address(number): one });
            let name_in_url = segment(name);

            let company = site.get(&format!("/api/{name_in_url}"));
            assert_eq!(company.status, 200, "{mount:?} {name}: {}", company.text());
            assert_eq!(
                parsed(&company),
                json!({"logs": logs, "sites": [name]}),
                "{mount:?} {name}"
            );

            let folder = site.get(&format!("/api/{name_in_url}/{name_in_url}"));
            assert_eq!(folder.status, 200, "{mount:?} {name}: {}", folder.text());
            assert_eq!(parsed(&folder)["logs"], logs, "{mount:?} {name}");
        }
        check_dashboard(&site.get("/"), &format!("{mount:?}"));
        let style = site.get("/static/style.css");
        assert_eq!(style.status, 200, "{mount:?}");
        assert_eq!(
            style.header("Content-Type"),
            Some("text/css; charset=utf-8"),
            "{mount:?}"
        );
        assert_eq!(
            style.body,
            fs::read(site.folder.join("static/style.css")).unwrap()
        );
    });
}

#[test]
fn the_program_also_answers_under_its_own_name() {
    let server = serve(Host::default());
    at_each_mount(&server, |site| {
        let all = parsed(&site.get("/api/all"));
        assert_eq!(parsed(&site.get("/cgi-bin/index.cgi/api/all")), all);
        check_dashboard(&site.get("/cgi-bin/index.cgi"), "/cgi-bin/index.cgi");
        check_dashboard(&site.get("/cgi-bin/index.cgi/"), "/cgi-bin/index.cgi/");
    });
}

#[test]
fn the_rest_of_the_document_root_stays_as_it_was() {
    let server = serve(Host {
        mounts: &[Mount::SubFolder],
        ..Host::default()
    });
    let page = server.sites[0].request("GET", "/", &[]);
    assert!(
        page.status == 200 && page.text().contains("The agency"),
        "{page:?}"
    );
    assert_eq!(server.sites[0].request("GET", "/api/all", &[]).status, 404);
}

#[test]
fn a_host_without_exec_cgi_needs_the_one_line_uncommented() {
    for suexec in [false, true] {
        let server = serve(Host {
            exec_cgi: false,
            suexec,
            ..Host::default()
        });
        for site in &server.sites {
            assert_eq!(site.get("/").status, 403, "{:?}", site.mount);
            assert!(
                server
                    .error_log()
                    .contains("Options ExecCGI is off in this directory")
            );
            site.uncomment_exec_cgi();
            check_dashboard(&site.get("/"), &format!("{:?}", site.mount));
            assert_eq!(parsed(&site.get("/api/%231"))["sites"], json!(["#1"]));
            assert_eq!(site.get("/static/style.css").status, 200);
        }
    }
}
