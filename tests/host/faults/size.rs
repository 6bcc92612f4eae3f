//! Logs far larger than any of a real site: all is counted, and memory is bounded.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::thread;

use serde_json::Value;

use super::{about, json, total, total_of_codes};
use crate::SETTLED;
use crate::support::logs::{HEADER, Logs, UP};
use crate::support::program::{Answer, PROGRAM, program};

/// The counts and the page of one check in each of many files.
fn check_many(logs: &Logs, files: u64, megabytes: u64) {
    // The page first: what it keeps also serves the counts.
    for target in ["/?lang=en", "/api/all", "/api/all", "/?lang=en"] {
        let (answer, peak) = logs.measure(target);
        if target == "/api/all" {
            assert_eq!(total(&json(&answer)), files);
        } else {
            assert!(answer.body.contains("100%"));
            assert!(!answer.body.contains("could not be read"));
        }
        assert!(peak <= megabytes, "{target}: {peak} MB");
    }
}

fn one_check() -> String {
    format!("{HEADER}\n2024-11-01 00:00:00,https://a/,{UP},200\n")
}

#[test]
fn ten_thousand_site_folders() {
    let logs = Logs::new();
    for n in 0..10_000 {
        logs.write(&format!("c{}/s{n}/m_202411.csv", n % 100), one_check());
    }
    check_many(&logs, 10_000, 200);
    let (company, _) = logs.measure("/api/c7");
    let sites = &json(&company)["sites"];
    assert_eq!(sites.as_array().unwrap().len(), 100);
}

#[test]
fn a_hundred_thousand_files() {
    let logs = Logs::new();
    let check = one_check();
    for site in 0..100 {
        let folder = logs.path().join(format!("c{}/s{site}", site % 10));
        fs::create_dir_all(&folder).unwrap();
        for n in 0..1000 {
            fs::write(folder.join(format!("m{n}_202411.csv")), &check).unwrap();
        }
    }
    check_many(&logs, 100_000, 40);
    let (page, calls) = traced(&logs, "/?check=1&lang=en");
    for want in ["site folders: 100,", "logs: at least 10,000.", "read: 50,"] {
        assert!(page.contains(want), "{want}: {page}");
    }
    println!("/?check=1: {calls} system calls");
    assert!(calls < 1000, "{calls} system calls");
}

/// A page, and how many system calls it took.
fn traced(logs: &Logs, target: &str) -> (String, usize) {
    let trace = logs.beside("trace");
    let mut strace = program(Path::new("strace"));
    strace.arg("-o").arg(&trace).arg(PROGRAM);
    let mut command = about(&mut strace, &logs.path(), target);
    let answer = Answer::of(command.env("PATH", "/usr/bin"));
    assert_eq!(answer.status(), "200");
    let trace = fs::read_to_string(trace).unwrap();
    (answer.body, trace.lines().count())
}

#[test]
fn a_line_of_200_mb_and_a_file_of_nuls_are_faults_and_the_rest_is_counted() {
    let logs = Logs::new();
    let path = logs.write("A/s/a_202411.csv", one_check());
    let mut file = File::options().append(true).open(&path).unwrap();
    // All but the ends of these two are a hole, which is no room on the disk.
    file.set_len(200 << 20).unwrap();
    write!(file, "\n2024-11-01 00:05:00,https://a/,{UP},200\n").unwrap();
    let nuls = logs.write("A/s/b_202411.csv", "");
    let nuls = File::options().write(true).open(nuls).unwrap();
    nuls.set_len(20 << 20).unwrap();
    let mut x = File::create(logs.path().join("A/s/c_202411.csv")).unwrap();
    write!(x, "{}", one_check()).unwrap();
    for _ in 0..20 {
        x.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }

    thread::sleep(SETTLED);
    let (page, peak) = logs.measure("/?lang=en");
    for want in [
        "<td>A/s/a_202411.csv line 3</td>",
        "<td>A/s/b_202411.csv</td>",
        "<td>A/s/c_202411.csv line 3</td>",
        "3 rows or files could not be read",
    ] {
        assert!(page.body.contains(want), "{want}: {}", page.body);
    }
    assert!(peak <= 16, "{peak} MB");
    let (counts, peak) = logs.measure("/api/all");
    assert_eq!(total(&json(&counts)), 3);
    assert!(peak <= 16, "{peak} MB");
}

/// As a disk that was full leaves one: 1 GB of zeros behind a row.
#[test]
fn a_line_that_never_ends_is_read_for_16_mb_or_not_at_all() {
    /// As far as a line is followed before its end is looked for, and what else is read.
    const MOST: u64 = (16 << 20) + (1 << 18);
    let logs = Logs::new();
    let path = logs.write("A/s/m_202411.csv", one_check());
    let file = File::options().write(true).open(path).unwrap();
    let ask = |times: u64| {
        let (answer, bytes) = bytes_of_logs_read(&logs, "/api/all?include=faults");
        assert_eq!(
            (total(&answer), &answer["faults"]["count"]),
            (1, &1.into()),
            "{answer}"
        );
        println!("{bytes} bytes");
        assert!(bytes <= times * MOST, "{bytes} bytes");
    };
    file.set_len(1 << 30).unwrap();
    // In its first seconds the file can't be cached, so each request reads all of it.
    ask(1);
    ask(1);
    thread::sleep(SETTLED);
    // It is read once for the answer, and once for the hash in the cache.
    ask(2);
    ask(0);
    // When it grows, the hash is compared, too.
    file.set_len(2 << 30).unwrap();
    ask(2);
    thread::sleep(SETTLED);
    ask(3);
    ask(0);
}

/// What the API answers, and how many bytes of logs were read for it.
fn bytes_of_logs_read(logs: &Logs, target: &str) -> (Value, u64) {
    let trace = logs.beside("trace");
    let mut strace = program(Path::new("strace"));
    strace.args(["-y", "-s0", "-e", "trace=read,readv,pread64,preadv,mmap"]);
    strace.arg("-o").arg(&trace).arg(PROGRAM);
    let mut command = about(&mut strace, &logs.path(), target);
    let answer = Answer::of(command.env("PATH", "/usr/bin"));
    let trace = fs::read_to_string(trace).unwrap();
    let of_logs = trace.lines().filter(|call| call.contains(".csv>"));
    let bytes = of_logs.map(|call| {
        let (_, bytes) = call.rsplit_once("= ").unwrap();
        bytes.parse::<u64>().unwrap_or_else(|_| panic!("{call}"))
    });
    (json(&answer), bytes.sum())
}

/// A log of a million rows, each of its own.
fn million(row: impl Fn(u32) -> String) -> Logs {
    let logs = Logs::new();
    let path = logs.write("A/s/m_202411.csv", "");
    let mut log = BufWriter::new(File::create(path).unwrap());
    writeln!(log, "{HEADER}").unwrap();
    for n in 0..1_000_000 {
        writeln!(log, "2024-11-01 00:00:00,{}", row(n)).unwrap();
    }
    logs
}

fn check_million(logs: &Logs) {
    for target in ["/api/all", "/?company=A&site=s"] {
        let (answer, peak) = logs.measure(target);
        assert!(peak <= 256, "{target}: {peak} MB");
        if target == "/api/all" {
            let counts = json(&answer);
            assert_eq!(total(&counts), 1_000_000);
            assert_eq!(total_of_codes(&counts), 1_000_000);
            assert!(counts["logs"].as_object().unwrap().len() <= 1001);
        }
        assert!(answer.body.contains('…'), "{target}");
    }
}

#[test]
fn a_million_status_codes() {
    check_million(&million(|n| format!("https://a/,異常,{n}")));
}

#[test]
fn a_million_names() {
    check_million(&million(|n| format!("https://a.example/{n},異常,500")));
}

/// Each of a thousand URLs has two hundred codes as long as a text can be.
#[test]
fn a_thousand_urls_of_many_long_codes() {
    let long = "x".repeat(180);
    let check = |n: u32| format!("https://a.example/{},異常,{:03}{long}", n % 1000, n / 1000);
    let logs = Logs::new();
    let path = logs.write("A/s/m_202411.csv", "");
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(file, "{HEADER}").unwrap();
    for n in 0..200_000 {
        writeln!(file, "2024-11-01 00:00:00,{}", check(n)).unwrap();
    }
    drop(file);
    for target in ["/api/all", "/", "/api/all?include=days,incidents"] {
        let (answer, peak) = logs.measure(target);
        println!("{target}: {peak} MB");
        assert!(peak <= 160, "{target}: {peak} MB");
        if target == "/api/all" {
            assert_eq!(total_of_codes(&json(&answer)), 200_000);
        }
    }
}
