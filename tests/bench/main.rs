//! `cargo bench`: whole answers of the real executable over a year of made-up logs, each
//! beside its peers, measured in the same run.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench is a program for its author"
)]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../it/support/random.rs"]
mod random;
mod tree;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use jiff::civil::Date;
use tree::{Tree, write_tree};

/// Runs of each command; the table shows their median.
const RUNS: usize = 5;

fn main() {
    if std::env::args().nth(1).as_deref() == Some(CSV_CRATE) {
        return read_by_csv_crate();
    }
    let logs = logs();
    let size: u64 = files(&logs)
        .iter()
        .map(|file| file.metadata().unwrap().len())
        .sum();
    println!(
        "{} files, {} MB in {}\n",
        files(&logs).len(),
        size / 1_000_000,
        logs.display()
    );
    println!("| what | median s | of all runs | peak memory MB | times cat |");
    println!("| --- | --- | --- | --- | --- |");
    let cat = measure("cat", 1.0, || {
        let mut command = timed("cat");
        command.args(files(&logs));
        command
    });
    let program = |path: &'static str| {
        let logs = logs.clone();
        move || {
            let mut command = timed(env!("CARGO_BIN_EXE_site-monitor"));
            command
                .env_clear()
                .env("SITE_MONITOR_LOGS", &logs)
                .env("PATH_INFO", path);
            command
        }
    };
    measure("`/api/all`", cat, program("/api/all"));
    measure("`/`", cat, program("/"));
    measure("plain csv crate, every row", cat, || {
        let mut command = timed(std::env::current_exe().unwrap().to_str().unwrap());
        command.arg(CSV_CRATE).args(files(&logs));
        command
    });
    measure("Python oracle, `/api/all`", cat, || {
        let mut command = timed("python3");
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/aggregate.py"))
            .arg(&logs);
        command
    });
}

/// Asks this program to be its own peer.
const CSV_CRATE: &str = "csv-crate";

/// Reads files row by row with the csv crate and nothing else.
fn read_by_csv_crate() {
    let mut rows = 0_u64;
    for path in std::env::args().skip(2) {
        let mut csv = csv::Reader::from_path(path).unwrap();
        let mut row = csv::ByteRecord::new();
        while csv.read_byte_record(&mut row).unwrap() {
            rows += 1;
        }
    }
    println!("{rows}");
}

/// The standard tree: 5 companies x 10 sites x 12 months at 5 minutes, made once.
fn logs() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-12-months");
    if !root.is_dir() {
        let unfinished = root.with_extension("new");
        let _ = fs::remove_dir_all(&unfinished);
        let first_month = Date::constant(2024, 1, 1);
        let tree = Tree {
            companies: 5,
            sites_per_company: 10,
            first_month,
            months: 12,
            every_minutes: 5,
            response_time: false,
        };
        write_tree(&unfinished, &tree);
        fs::rename(&unfinished, &root).unwrap();
    }
    root
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// A command whose peak memory GNU time writes to stderr, in KB.
fn timed(program: &str) -> Command {
    let time = "/usr/bin/time";
    assert!(
        Path::new(time).exists(),
        "{time} is missing; run: apt-get install time"
    );
    let mut command = Command::new(time);
    command.args(["-f", "%M", program]);
    command
}

/// Prints a row of the table; returns the median in seconds.
fn measure(what: &str, cat: f64, command: impl Fn() -> Command) -> f64 {
    let mut seconds = Vec::new();
    let mut memory = 0.0_f64;
    for _ in 0..RUNS {
        let start = Instant::now();
        let mut command = command();
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(b"/api/all\n")
            .unwrap();
        let output = child.wait_with_output().unwrap();
        seconds.push(start.elapsed().as_secs_f64());
        assert!(output.status.success());
        let kilobytes = String::from_utf8(output.stderr).unwrap();
        memory = memory.max(kilobytes.trim().parse::<f64>().unwrap());
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds[RUNS / 2];
    let times = if what == "cat" { 1.0 } else { median / cat };
    let (least, most) = (seconds[0], seconds[RUNS - 1]);
    println!(
        "| {what} | {median:.3} | {least:.3}–{most:.3} | {:.1} | {times:.1} |",
        memory / 1024.0
    );
    median
}
