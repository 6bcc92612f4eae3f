//! All that has to do with time: agreement with `tests/oracle/time/`, to the second and the byte,
//! over random trees and over simulated sites.
//!
//! `SITE_MONITOR_ORACLE_TREES` is the number of trees; `SITE_MONITOR_ORACLE_SEED` asks about the
//! tree of that seed alone. A whole answer is compared, so a difference names only its first place.

#![allow(clippy::print_stdout, reason = "shows how much was compared")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;
use site_monitor::cgi::query_string::encode;
use site_monitor::check::Moment;

use super::root;
use super::script::ask;
use crate::support::site::Site;

/// How many trees a plain run compares, in about half a minute.
const TREES: u64 = 120;

/// The trees that one Python process makes and answers.
const AT_ONCE: u64 = 25;

/// How many differences are printed.
const MOST_PRINTED: usize = 10;

const INCLUDE: &str = "?include=coverage,days,incidents";

/// A log folder in the form that the oracle reads: `logs`, `config.json` and `case.json` in one.
struct Case {
    name: String,
    site: Site,
}

/// What was compared, and what did not agree.
#[derive(Default)]
struct Comparison {
    answers: usize,
    incidents: usize,
    folders: usize,
    /// How often each state was seen.
    states: BTreeMap<String, usize>,
    differences: Vec<String>,
}

impl Case {
    fn new(name: String) -> Self {
        Self {
            name,
            site: Site::new(),
        }
    }

    fn folder(&self) -> PathBuf {
        self.site.logs().parent().unwrap().to_owned()
    }

    fn read(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.folder().join(name)).unwrap()).unwrap()
    }

    /// Asks the program all that the oracle has answered.
    fn compare(&self, wanted: &Value, comparison: &mut Comparison) {
        let mut config = self.read("config.json");
        let cached = self.site.clone().config(&config.to_string());
        config["cache"] = Value::Bool(false);
        let uncached = self.site.clone().config(&config.to_string());
        let now = self.read("case.json")["now"].clone();
        for want in wanted.as_array().unwrap() {
            let filter = &want["filter"];
            let now = filter.get("now").unwrap_or(&now).as_i64().unwrap();
            let target = target(filter);
            let [first, again, anew] = [&cached, &cached, &uncached].map(|site| {
                let response = site.clone().now(Moment(now)).get(&target);
                assert_eq!(response.status.code, 200, "{}: {target}", self.name);
                response.body
            });
            let got: Value = serde_json::from_str(&first).unwrap();
            comparison.count(&want["logs"]);
            let difference = difference("logs", &got["logs"], &want["logs"])
                .or_else(|| (first != again).then(|| "the second answer is another".to_owned()))
                .or_else(|| (first != anew).then(|| "without the cache it is another".to_owned()));
            if let Some(difference) = difference {
                let name = &self.name;
                comparison
                    .differences
                    .push(format!("{name}, now {now}, {target}\n    {difference}"));
            }
        }
    }
}

impl Comparison {
    /// Counts what an answer has, so that a test that compares nothing fails.
    fn count(&mut self, logs: &Value) {
        self.answers += 1;
        for url in logs.as_object().unwrap().values() {
            let folders = url.get("folders").and_then(Value::as_object);
            self.folders += folders.map_or(0, serde_json::Map::len);
            let parts = folders.map_or_else(|| vec![url], |folders| folders.values().collect());
            for part in parts {
                self.incidents += part["incidents"].as_array().unwrap().len();
                let state = part["coverage"]["state"].as_str().unwrap();
                *self.states.entry(state.to_owned()).or_default() += 1;
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.incidents += other.incidents;
        self.folders += other.folders;
        for (state, times) in other.states {
            *self.states.entry(state).or_default() += times;
        }
        self.differences.extend(other.differences);
    }

    /// Fails if anything did not agree.
    #[track_caller]
    fn check(&self) {
        let different = self.differences.len();
        let first = &self.differences[..different.min(MOST_PRINTED)];
        assert!(
            different == 0,
            "{different} of {} answers differ. The first place of each:\n{}",
            self.answers,
            first.join("\n")
        );
    }
}

/// The address of a filter of `case.json`.
fn target(filter: &Value) -> String {
    let part = |key: &str| encode(filter.get(key).map_or("all", |name| name.as_str().unwrap()));
    let [company, site, month] = ["company", "site", "year_month"].map(part);
    format!("/api/{company}/{site}/{month}{INCLUDE}")
}

/// The first place where two values differ, and what stands there.
fn difference(path: &str, got: &Value, want: &Value) -> Option<String> {
    match (got, want) {
        (Value::Object(got), Value::Object(want)) => {
            let keys: BTreeSet<_> = got.keys().chain(want.keys()).collect();
            keys.into_iter().find_map(|key| {
                let path = format!("{path} / {key}");
                match (got.get(key), want.get(key)) {
                    (Some(got), Some(want)) => difference(&path, got, want),
                    (Some(got), None) => Some(format!("{path}: {got}, the oracle has none")),
                    (None, want) => Some(format!("{path}: missing, the oracle has {want:?}")),
                }
            })
        }
        (Value::Array(got), Value::Array(want)) => got
            .iter()
            .zip(want)
            .enumerate()
            .find_map(|(at, (got, want))| difference(&format!("{path} / {at}"), got, want))
            .or_else(|| {
                (got.len() != want.len()).then(|| {
                    let (got, want) = (got.len(), want.len());
                    format!("{path}: {got} entries, the oracle has {want}")
                })
            }),
        (got, want) => (got != want).then(|| format!("{path}: {got}, the oracle has {want}")),
    }
}

/// Compares cases; `seeds` are of trees that are made first.
fn compare(cases: &[Case], seeds: Option<Range<u64>>) -> Comparison {
    let folders = cases.iter().map(|case| case.folder().display().to_string());
    let lines: Vec<String> = match seeds {
        Some(seeds) => seeds
            .zip(folders)
            .map(|(seed, at)| format!("{seed}\t{at}\n"))
            .collect(),
        None => folders.map(|at| format!("{at}\n")).collect(),
    };
    let arguments = ["--batch", "--times", "local"].map(str::as_ref);
    let answers = ask("time/cli.py", &arguments, &lines.concat());
    assert_eq!(answers.len(), cases.len());
    Site::settle();
    let mut comparison = Comparison::default();
    for (case, wanted) in cases.iter().zip(&answers) {
        case.compare(wanted, &mut comparison);
    }
    comparison
}

fn compare_trees(seeds: Range<u64>) -> Comparison {
    let name =
        |seed| format!("SITE_MONITOR_ORACLE_SEED={seed} cargo test --test host oracle::time");
    let cases: Vec<Case> = seeds.clone().map(|seed| Case::new(name(seed))).collect();
    compare(&cases, Some(seeds))
}

/// The sum over parts that are compared on all cores.
fn on_all_cores<T: Send>(parts: Vec<T>, compare: impl Fn(T) -> Comparison + Sync) -> Comparison {
    let cores = thread::available_parallelism().unwrap().get();
    let parts = Mutex::new(parts.into_iter());
    let work = || {
        let mut sum = Comparison::default();
        loop {
            let part = parts.lock().unwrap().next();
            match part {
                Some(part) => sum.add(compare(part)),
                None => return sum,
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut sum = Comparison::default();
        for worker in workers {
            sum.add(worker.join().unwrap());
        }
        sum
    })
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|text| text.parse().unwrap())
}

#[test]
fn every_second_agrees_over_random_trees() {
    if let Some(seed) = number("SITE_MONITOR_ORACLE_SEED") {
        compare_trees(seed..seed + 1).check();
        return;
    }
    let trees = number("SITE_MONITOR_ORACLE_TREES").unwrap_or(TREES);
    let parts: Vec<_> = (0..trees.div_ceil(AT_ONCE))
        .map(|part| part * AT_ONCE..trees.min((part + 1) * AT_ONCE))
        .collect();
    let sum = on_all_cores(parts, compare_trees);
    sum.check();
    let (answers, incidents, folders) = (sum.answers, sum.incidents, sum.folders);
    println!(
        "{answers} answers, {incidents} incidents, {folders} folders, {:?}",
        sum.states
    );
    if trees >= TREES {
        assert!(incidents > 1000 && folders > 100);
        assert_eq!(sum.states.len(), 9);
    }
}

#[test]
fn simulated_sites_are_shown_as_by_the_oracle() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("python3")
        .arg("-B")
        .arg(root().join("tests/oracle/time/scenarios.py"))
        .args(["--json", "--write"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let scenarios: Value = serde_json::from_slice(&output.stdout).unwrap();
    let scenarios = scenarios.as_array().unwrap();
    assert!(scenarios.len() > 40);
    let parts = scenarios.iter().collect();
    on_all_cores(parts, |scenario| {
        let case = Case::new(scenario["scenario"].to_string());
        for name in ["logs", "config.json", "case.json"] {
            let from = folder.path().join(scenario["folder"].as_str().unwrap());
            fs::rename(from.join(name), case.folder().join(name)).unwrap();
        }
        is_shown_as_measured(&case, scenario);
        compare(&[case], None)
    })
    .check();
}

/// The figures of `scenarios.py`, which `tests/oracle/time/README.md` has as a table.
fn is_shown_as_measured(case: &Case, scenario: &Value) {
    let now = case.read("case.json")["now"].as_i64().unwrap();
    let site = case
        .site
        .clone()
        .config(&case.read("config.json").to_string());
    let logs = site.now(Moment(now)).json(&format!("/api/all{INCLUDE}"));
    let url = &logs["logs"]["https://site.example/"];
    let shown = [
        &url["downtime_seconds"],
        &url["coverage"]["unknown_seconds"],
        &Value::from(url["incidents"].as_array().unwrap().len()),
        &url["coverage"]["state"],
    ];
    let measured = ["shown_down", "unknown", "incidents", "state"].map(|key| &scenario[key]);
    assert_eq!(shown, measured, "{}", case.name);
}
