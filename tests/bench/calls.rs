//! The system calls of the smallest request, in the order of their first use.

use std::fs;
use std::process::{Command, Stdio};

use crate::peers;
use crate::program::Program;
use crate::tools::{kept, tool};
use crate::tree::Tree;

/// Prints the table.
pub(crate) fn table() {
    let tree = Tree::YEAR.made();
    let own = calls(&Program::warm().ask(&tree.root, "/nothing"));
    let hello = calls(&Command::new(peers::hello()));
    println!("\n### System calls of the smallest request (unknown path: 404)\n");
    println!("| call | times | static C hello |");
    println!("| --- | ---: | ---: |");
    let of = |name: &str| {
        let found = hello.iter().find(|(known, _)| known == name);
        found.map_or(0, |(_, times)| *times)
    };
    for (name, times) in &own {
        println!("| `{name}` | {times} | {} |", of(name));
    }
    for (name, times) in &hello {
        if !own.iter().any(|(known, _)| known == name) {
            println!("| `{name}` | 0 | {times} |");
        }
    }
    let sum = |calls: &[(String, u64)]| calls.iter().map(|(_, times)| times).sum::<u64>();
    println!("| all | {} | {} |", sum(&own), sum(&hello));
}

/// What a command asks of the system, and how often.
fn calls(command: &Command) -> Vec<(String, u64)> {
    let log = kept("bench-calls");
    let mut traced = Command::new(tool("strace", "strace"));
    traced.arg("-f").arg("-o").arg(&log);
    // strace's own variables are not the program's: it gets exactly those of the request.
    traced.args(["/usr/bin/env", "-i"]);
    for (key, value) in command.get_envs() {
        let mut pair = key.to_owned();
        pair.push("=");
        pair.push(value.unwrap_or_default());
        traced.arg(pair);
    }
    if let Some(folder) = command.get_current_dir() {
        traced.current_dir(folder);
    }
    let output = traced
        .arg(command.get_program())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "strace: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(log).unwrap();
    // Up to its own `execve`, it is `env` that calls.
    let program = format!("execve(\"{}\"", command.get_program().display());
    let mut counts: Vec<(String, u64)> = Vec::new();
    for line in text.lines().skip_while(|line| !line.contains(&program)) {
        let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let Some((name, _)) = call.split_once('(') else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => *times += 1,
            None => counts.push((name.to_owned(), 1)),
        }
    }
    counts
}
