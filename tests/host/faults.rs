//! What a host, a disk, a clock or a monitor can do to a request: the answer stays right, or
//! says what is missing.

#![allow(
    clippy::print_stdout,
    reason = "what was measured, for who asks with --nocapture"
)]

mod disk;
mod ends;
mod failing;
mod links;
mod moving;
mod odd;
mod planted;
mod shared;
mod size;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::logs::{HEADER, Logs, UP};
use crate::support::program::{Answer, PROGRAM, program};

/// A user who owns nothing.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

impl Logs {
    /// The real executable, about to be asked for `target`.
    fn asked(&self, target: &str) -> Command {
        about(&mut program(Path::new(PROGRAM)), &self.path(), target)
    }

    /// What it answers. It must say nothing into the server's error log.
    #[track_caller]
    fn ask(&self, target: &str) -> Answer {
        let answer = Answer::of(&mut self.asked(target));
        assert_eq!(answer.stderr, "", "{target}");
        answer
    }

    /// What it answers, which must be 200, and the peak of its memory in megabytes.
    #[track_caller]
    fn measure(&self, target: &str) -> (Answer, u64) {
        let peak = self.beside("peak");
        let mut timed = program(Path::new("/usr/bin/time"));
        timed.args(["-f", "%M", "-o"]).arg(&peak).arg(PROGRAM);
        let answer = Answer::of(&mut about(&mut timed, &self.path(), target));
        assert_eq!((answer.status(), &*answer.stderr), ("200", ""), "{target}");
        let kilobytes: u64 = fs::read_to_string(peak).unwrap().trim().parse().unwrap();
        println!("{target}: {kilobytes} KB");
        (answer, kilobytes.div_ceil(1024))
    }
}

/// How much memory rented hosts let a process ask for, at the least.
const ADDRESS_SPACE: &str = "--as=268435456";

/// Sets what a request for `target` sets, and nothing else. Whatever is in the logs, a process gets no
/// more memory than on a small host.
fn about(command: &mut Command, logs: &Path, target: &str) -> Command {
    let mut asking = program(Path::new("/usr/bin/prlimit"));
    let query = target.split_once('?').map_or("", |(_, query)| query);
    asking
        .arg(ADDRESS_SPACE)
        .arg(command.get_program())
        .args(command.get_args())
        .env("SITE_MONITOR_LOGS", logs)
        .env("REQUEST_URI", target)
        .env("QUERY_STRING", query);
    asking
}

/// `count` rows, five minutes apart, of one URL; every hundredth check failed.
fn rows(url: &str, count: usize) -> String {
    let mut text = format!("{HEADER}\n");
    for n in 0..count {
        let (day, hour, minute) = (1 + n / 288 % 28, n / 12 % 24, n % 12 * 5);
        let (status, code) = if n % 100 == 99 {
            ("異常", "500")
        } else {
            (UP, "200")
        };
        text += &format!("2024-11-{day:02} {hour:02}:{minute:02}:00,{url},{status},{code}\n");
    }
    text
}

#[track_caller]
fn json(answer: &Answer) -> Value {
    assert_eq!(answer.status(), "200", "{answer:?}");
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}

/// All checks of an answer of the API.
fn total(json: &Value) -> u64 {
    let urls = json["logs"].as_object().unwrap().values();
    urls.map(|url| url["total"].as_u64().unwrap()).sum()
}

/// All checks of an answer of the API, by their codes.
fn total_of_codes(json: &Value) -> u64 {
    let urls = json["logs"].as_object().unwrap().values();
    let codes = urls.flat_map(|url| url["status_codes"].as_object().unwrap().values());
    codes.map(|count| count.as_u64().unwrap()).sum()
}
