//! The cache between processes: what is opened, and requests that run at once or are killed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::SETTLED;
use crate::support::logs::{HEADER, UP};
use crate::support::program::{Answer, PROGRAM, install, program};
use crate::support::site::Site;

/// A log of three sites, long enough to be read for a while, and left alone for long enough.
fn settled_site() -> Site {
    let mut site = Site::new().at("2024-12-01T00:00:00");
    for (n, folder) in ["A/s", "A/t", "B/s"].into_iter().enumerate() {
        for month in 9..=11 {
            let mut text = format!("{HEADER}\n");
            for minute in 0..30 * 24 * 60 / 5 {
                let minute = minute * 5;
                let (day, hour) = (1 + minute / 1440, minute / 60 % 24);
                let (status, code) = if minute % 997 < 10 {
                    ("異常", "500")
                } else {
                    (UP, "200")
                };
                text += &format!(
                    "2024-{month:02}-{day:02} {hour:02}:{:02}:00,https://{n}/,{status},{code}\n",
                    minute % 60
                );
            }
            site = site.file(
                &format!("{folder}/monitor_results_2024{month:02}.csv"),
                text,
            );
        }
    }
    thread::sleep(SETTLED);
    site
}

/// The body of the real executable's answer, without the part that tells the time.
fn body(command: &mut Command, target: &str) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    Answer::of(
        command
            .env("REQUEST_URI", target)
            .env("QUERY_STRING", query),
    )
    .body
}

/// How often the real executable opens a log for a page.
fn opened(site: &Site) -> usize {
    let trace = site.logs().with_file_name("trace");
    let mut command = program(Path::new("strace"));
    command
        .args(["-e", "trace=open,openat", "-o"])
        .arg(&trace)
        .arg(PROGRAM)
        .env("SITE_MONITOR_LOGS", site.logs())
        .env("PATH", "/usr/bin");
    body(&mut command, "/");
    let trace = fs::read_to_string(trace).unwrap();
    trace.lines().filter(|line| line.contains(".csv")).count()
}

/// Appends to a log of a site.
fn append(site: &Site, path: &str, rows: &str) {
    let path = site.logs().join(path);
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(rows.as_bytes()).unwrap();
}

#[test]
fn a_warm_request_opens_no_log_and_an_appended_row_only_its_own() {
    let site = settled_site();
    assert_eq!(opened(&site), 9);
    assert_eq!(opened(&site), 0);
    let row = "2024-11-30 23:58:00,https://0/,x,500\n";
    append(&site, "A/s/monitor_results_202411.csv", row);
    assert_eq!(opened(&site), 1);
    assert!(site.json("/api/A/s")["logs"]["https://0/"]["status_codes"]["500"].as_u64() > Some(0));
}

#[test]
fn files_whose_rows_are_mixed_are_sorted_once() {
    let site = settled_site();
    // Another monitor of the same URL, a copy, and a row that is late.
    let log = site.logs().join("A/s/monitor_results_202410.csv");
    let rows = fs::read_to_string(&log).unwrap();
    site.write("A/s/other_202410.csv", rows.replace(":00,", ":30,"));
    site.write("A/s/copy_202410.csv", rows);
    append(
        &site,
        "A/t/monitor_results_202409.csv",
        "2024-09-01 12:01:00,https://1/,x,500\n",
    );
    thread::sleep(SETTLED);
    // Each log is read, and those whose rows must be sorted are read again.
    assert!(opened(&site) > 11);
    assert_eq!(opened(&site), 0);
    // A row that comes after all others opens its own log, and one that does not those it is
    // mixed with.
    let total = || {
        site.json("/api/A/s")["logs"]["https://0/"]["total"]
            .as_u64()
            .unwrap()
    };
    let before = total();
    append(
        &site,
        "A/s/other_202410.csv",
        "2024-10-30 23:59:00,https://0/,x,500\n",
    );
    assert_eq!(opened(&site), 1);
    append(
        &site,
        "A/s/copy_202410.csv",
        "2024-10-10 00:01:00,https://0/,x,500\n",
    );
    assert!(opened(&site) >= 4);
    assert_eq!(total(), before + 2);
}

/// A folder that logs many URLs may be appended to each second: its file is never left alone.
#[test]
fn a_log_that_is_never_left_alone_is_cached_as_far_as_it_was_read() {
    let site = settled_site();
    let path = site.logs().join("A/s/monitor_results_202411.csv");
    let former = fs::read(&path).unwrap();
    let read = || {
        let trace = site.logs().with_file_name("trace");
        let mut command = program(Path::new("strace"));
        command.args(["-e", "trace=read,pread64,fstat,lseek,rename", "-y", "-o"]);
        command
            .arg(&trace)
            .arg(PROGRAM)
            .env("SITE_MONITOR_LOGS", site.logs())
            .env("PATH", "/usr/bin");
        body(&mut command, "/");
        let trace = fs::read_to_string(trace).unwrap();
        let calls = trace.lines().filter(|call| call.starts_with("read("));
        let calls = calls.filter(|call| call.contains("A/s/monitor_results_202411.csv"));
        let bytes = calls.filter_map(|call| call.rsplit_once("= ")?.1.parse::<usize>().ok());
        (bytes.sum::<usize>(), trace.contains("rename("))
    };
    let append = |rows: &str| append(&site, "A/s/monitor_results_202411.csv", rows);
    // In how many cache files the newest log is.
    let cached = || {
        let name = b"monitor_results_202411.csv";
        let has_name = |path: &PathBuf| {
            let file = fs::read(path).unwrap();
            file.windows(name.len()).any(|bytes| bytes == name)
        };
        site.cache().iter().filter(|path| has_name(path)).count()
    };
    let row = "2024-11-30 23:58:00,https://0/,x,500\n";
    append(row);
    read();
    assert_eq!(cached(), 3);
    for _ in 0..3 {
        append(row);
        let (bytes, has_written) = read();
        assert!(bytes < former.len() * 3 / 2, "{bytes} of {}", former.len());
        assert!(!has_written);
        assert_eq!(cached(), 3);
    }
    // Much that was appended is cached, too, and shown once.
    append(&row.repeat(1000));
    assert!(read().1);
    assert_eq!(cached(), 3);
    append(row);
    assert!(read().0 < (former.len() + 1000 * row.len()) * 3 / 2);
    let count = |site: &Site| site.json("/api/A/s")["logs"]["https://0/"]["total"].as_u64();
    let all = count(&site);
    // Other bytes of the same length are never taken for those that were cached.
    let other = fs::read_to_string(&path)
        .unwrap()
        .replace(",x,500", ",y,501");
    fs::write(&path, other).unwrap();
    let answer = site.json("/api/A/s");
    assert_eq!(count(&site), all);
    assert_eq!(answer["logs"]["https://0/"]["status_codes"]["501"], 1005);
}

#[test]
fn other_settings_do_not_see_what_was_cached_for_former_ones() {
    let site = settled_site();
    let home = site.logs().with_file_name("cgi-bin");
    fs::create_dir(&home).unwrap();
    let index = home.join("index.cgi");
    install(&index);
    // A year that is over, of which nothing changes from one second to the next.
    let include = "/api/all/2024?include=incidents,coverage,days";
    let ask = |settings: &str| {
        fs::write(home.join("config.json"), settings).unwrap();
        body(&mut program(&index), include)
    };
    let mut answers = Vec::new();
    for settings in [
        "",
        ", \"up_statuses\": \"異常\"",
        ", \"time_zone\": \"Europe/Berlin\"",
    ] {
        let with = ask(&format!("{{\"cache\": true{settings}}}"));
        let without = ask(&format!("{{\"cache\": false{settings}}}"));
        assert_eq!(with, without, "{settings}");
        answers.push(with);
    }
    answers.dedup();
    assert_eq!(answers.len(), 3);
}

#[test]
fn twenty_first_requests_at_once_all_answer_right() {
    let site = settled_site();
    let include = "/api/all?include=incidents,days";
    let want = site.get(include).body;
    for path in site.cache() {
        fs::remove_file(path).unwrap();
    }
    thread::scope(|scope| {
        let asked: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| body(&mut site.program(), "/api/all")))
            .collect();
        let counts = site.get("/api/all").body;
        for answer in asked {
            assert_eq!(answer.join().unwrap(), counts);
        }
    });
    assert_eq!(site.get(include).body, want);
    // Three of the executable's, and three of this one's.
    assert_eq!(site.cache().len(), 6);
}

#[test]
fn a_killed_request_leaves_nothing_that_shows() {
    let site = settled_site();
    let target = "/api/all?include=incidents,days,coverage,latency,faults";
    let want = site.clone().config(r#"{"cache": false}"#).get(target).body;
    for n in 0..40 {
        let mut command = site.program();
        command.env("REQUEST_URI", "/").stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_micros(n * 700));
        child.kill().unwrap();
        child.wait().unwrap();
        if n % 8 == 7 {
            assert_eq!(site.get(target).body, want);
        }
        if n % 2 == 0 {
            for path in site.cache() {
                if path.extension().is_none() {
                    fs::remove_file(path).unwrap();
                }
            }
        }
    }
    // Whatever they left goes with the next that writes.
    assert_eq!(site.clone().build(1).get(target).body, want);
    let drafts = site.cache();
    let drafts = drafts.iter().filter(|path| path.extension().is_some());
    assert_eq!(drafts.count(), 0);
}
