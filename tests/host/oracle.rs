//! Agreement with `tests/oracle/*.py`, a second, slow, obvious implementation.

mod day;
mod hostile;
mod script;
mod time;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::program::{Answer, PROGRAM, program};
use hostile::write_hostile;
use script::ask;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names in a folder, whatever they are.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Every path worth asking about a tree.
fn paths(logs: &Path) -> Vec<String> {
    let months = ["202411", "2024", "all", "1999", "x"];
    let mut paths: BTreeSet<String> = BTreeSet::new();
    let companies = names(logs)
        .into_iter()
        .chain(["all", "nobody"].map(str::to_owned));
    for company in companies {
        paths.insert(format!("/api/{company}"));
        paths.insert(format!("/api/{company}/"));
        let sites = names(&logs.join(&company)).into_iter();
        for site in sites.chain(
            [
                "all",
                "nothing",
                "a b",
                "2024",
                "202410",
                "20241",
                "203",
                "２０２４",
            ]
            .map(str::to_owned),
        ) {
            paths.insert(format!("/api/{company}/{site}"));
            paths.extend(
                months
                    .iter()
                    .map(|month| format!("/api/{company}/{site}/{month}")),
            );
        }
    }
    paths.insert("/api/a/b/c/d".to_owned());
    paths.into_iter().collect()
}

fn compare(logs: &Path, what: &str) -> usize {
    let paths = paths(logs);
    let answers = ask("aggregate.py", &[logs.as_os_str()], &paths.join("\n"));
    assert_eq!(answers.len(), paths.len());
    for (path, want) in paths.iter().zip(&answers) {
        let mut command = program(Path::new(PROGRAM));
        let answer = Answer::of(
            command
                .env("SITE_MONITOR_LOGS", logs)
                .env("PATH_INFO", path),
        );
        assert_eq!(
            answer.status(),
            want["status"].to_string(),
            "{what}: {path}"
        );
        if answer.status() == "200" {
            let got: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(got, want["body"], "{what}: {path}");
        }
    }
    paths.len()
}

#[test]
fn every_route_agrees_over_hostile_logs() {
    let mut routes = 0;
    for seed in 0..25 {
        let folder = tempfile::tempdir().unwrap();
        write_hostile(folder.path(), seed);
        routes += compare(folder.path(), &format!("seed {seed}"));
    }
    assert!(routes > 1000, "only {routes} routes were compared");
}

#[test]
fn every_route_agrees_over_the_sample() {
    compare(&root().join("logs"), "sample");
}

#[test]
fn the_rules_of_time_hold_for_their_own_examples() {
    // A second writing of the rules of time, against examples worked out by hand.
    let output = Command::new("python3")
        .current_dir(root().join("tests/oracle/time"))
        .args(["-B", "cli.py", "--self-test", "--trees", "5"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}
