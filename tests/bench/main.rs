//! `cargo bench`: whole answers of the real executable over made-up logs, each beside its
//! peers, measured in the same run; printed as Markdown tables.
//!
//! `cargo bench -- warm growth` prints only these two. What is made for it stays in
//! `target/tmp/`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench is a program for its author"
)]

// What a web server makes of it.
mod apache;
// The system calls of the smallest request.
mod calls;
// Instruction counts, which do not depend on the machine's mood.
mod callgrind;
mod measure;
mod peers;
mod program;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../support/random.rs"]
mod random;
// The tables of times.
mod tables;
mod tools;
mod tree;

use std::process::Command;

use tools::run;

/// All tables in their order, by the names that choose them.
const TABLES: [(&str, fn()); 9] = [
    ("cold", tables::cold),
    ("times", tables::response_times),
    ("warm", tables::warm),
    ("smallest", tables::smallest),
    ("growth", tables::growth),
    ("sites", tables::sites),
    ("instructions", callgrind::table),
    ("calls", calls::table),
    ("apache", apache::table),
];

fn main() {
    if std::env::args().nth(1).as_deref() == Some(peers::CSV_CRATE) {
        return peers::read_by_csv_crate();
    }
    // Cargo itself adds `--bench`.
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    for name in &chosen {
        let names = TABLES.map(|(name, _)| name);
        assert!(
            names.contains(&name.as_str()),
            "no table {name}; there are {names:?}"
        );
    }
    machine();
    for (name, table) in TABLES {
        if chosen.is_empty() || chosen.iter().any(|wanted| wanted == name) {
            table();
        }
    }
}

/// Prints what the figures depend on.
fn machine() {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory: u64 = memory
        .split_whitespace()
        .nth(1)
        .and_then(|kilobytes| kilobytes.parse().ok())
        .unwrap_or_default();
    println!(
        "{cores} cores of {}, {} GB of memory, Linux {}, {}.",
        model.map_or("an unknown processor", |(_, model)| model),
        memory >> 20,
        run(Command::new("uname").arg("-r")).trim(),
        run(Command::new("rustc").arg("--version")).trim(),
    );
}
