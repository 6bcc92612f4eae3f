//! Fifty clients at once under a real Apache with suEXEC, while a monitor writes: every answer is
//! right, none takes much memory, and nothing is left behind.
//!
//! `tests/load.sh` runs it for a minute, and shows its numbers.

#![allow(clippy::print_stdout, reason = "the numbers are what it is run for")]

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::server::{Host, Module, Mount, Mounted, Server};
use crate::support::logs::{HEADER, UP};
use crate::support::program::PROGRAM;
use crate::support::random::Random;

const AB: &str = "/usr/bin/ab";
const TARGETS: [&str; 2] = ["/api/all", "/"];
/// The rows of the log at the start, in all its files.
const ROWS: u64 = 4 * 6 * 2000;
/// How many answers are checked at least.
const ENOUGH: u64 = 20;
/// What a process may use at most, in KB.
const MOST: u64 = 16 * 1024;

/// Half a year of four sites; the last file is the one that grows.
fn write_logs(logs: &Path) {
    fs::remove_dir_all(logs).unwrap();
    for site in ["A/s", "A/t", "B/s", "B/live"] {
        let folder = logs.join(site);
        fs::create_dir_all(&folder).unwrap();
        for month in 6..=11 {
            let mut text = format!("{HEADER},応答時間\n");
            for n in 0..2000 {
                let (day, hour, minute) = (1 + n / 72, n / 3 % 24, n % 3 * 20);
                let time = format!("2024-{month:02}-{day:02} {hour:02}:{minute:02}:00");
                text += &row(&time, site, n % 100 == 99, n % 400);
            }
            fs::write(folder.join(format!("m_2024{month:02}.csv")), text).unwrap();
        }
    }
}

fn row(time: &str, site: &str, failed: bool, millis: usize) -> String {
    let (status, code) = if failed { ("異常", 500) } else { (UP, 200) };
    format!("{time},https://{site}/,{status},{code},0.{millis:03}\n")
}

/// What goes on beside the load.
#[derive(Default)]
struct Beside {
    ended: AtomicBool,
    /// Answers that were checked.
    checked: AtomicU64,
    /// Rows that are whole in the log.
    written: AtomicU64,
}

/// Ends what goes on beside it, also when a check panics.
struct End<'a>(&'a Beside);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.ended.store(true, Ordering::SeqCst);
    }
}

impl Beside {
    fn goes_on(&self) -> bool {
        !self.ended.load(Ordering::SeqCst)
    }

    /// Appends rows in pieces that end anywhere.
    fn write(&self, path: &Path) {
        let mut log = File::options().append(true).open(path).unwrap();
        let mut random = Random::new(7);
        let mut left = Vec::new();
        let mut second = 0;
        while self.goes_on() {
            while left.len() < 500 {
                let time = format!("2024-11-29 {:02}:", second / 3600 % 24);
                let time = format!("{time}{:02}:{:02}", second / 60 % 60, second % 60);
                left.extend(row(&time, "B/live", random.chance(5), random.below(999)).bytes());
                second += 1;
            }
            let piece: Vec<u8> = left.drain(..=random.below(150)).collect();
            log.write_all(&piece).unwrap();
            let ends = piece.split(|byte| *byte == b'\n').count() as u64 - 1;
            self.written.fetch_add(ends, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Asks all the time, until anything fails or ends. What was there before a request must be in
    /// its answer, and so must what was in the answer before.
    fn check(&self, site: &Mounted) {
        let mut last = 0;
        while self.goes_on() {
            let fewest = (ROWS + self.written.load(Ordering::SeqCst)).max(last);
            let answer = site.get("/api/all?include=faults");
            assert_eq!(answer.status, 200, "{answer:?}");
            let json: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(json["faults"]["count"], 0, "{json}");
            let urls = json["logs"].as_object().unwrap();
            assert_eq!(urls.len(), 4, "{json}");
            let totals = urls.values().map(|url| url["total"].as_u64().unwrap());
            last = totals.sum();
            assert!(last >= fewest, "{last} < {fewest}");
            let page = site.get("/?lang=en");
            assert_eq!(page.status, 200, "{page:?}");
            assert!(page.text().trim_end().ends_with("</html>"));
            assert!(!page.text().contains("could not be read"));
            self.checked.fetch_add(2, Ordering::SeqCst);
        }
    }

    /// The highest peak of the memory of any process of this program, as far as it is seen, in
    /// KB, and how many were seen.
    fn watch_memory(&self, program: &Path) -> (u64, usize) {
        let mut peaks = BTreeMap::new();
        while self.goes_on() {
            for process in running(program) {
                let status = fs::read_to_string(process.join("status")).unwrap_or_default();
                let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
                let peak: Option<u64> =
                    peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
                if let Some(peak) = peak {
                    let known = peaks.entry(process).or_default();
                    *known = peak.max(*known);
                }
            }
            thread::sleep(Duration::from_millis(20));
        }
        (peaks.values().copied().max().unwrap_or(0), peaks.len())
    }
}

/// The processes of a program, or of any in a folder.
fn running(place: &Path) -> Vec<std::path::PathBuf> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let processes = processes.map(|entry| entry.path());
    let is_in = |process: &std::path::PathBuf| {
        let links = ["exe", "cwd"].map(|name| fs::read_link(process.join(name)));
        links
            .into_iter()
            .flatten()
            .any(|link| link.starts_with(place))
    };
    processes.filter(is_in).collect()
}

/// What `ab` says.
struct Load(String);

impl Load {
    fn put(site: &Mounted, target: &str, options: &[&str]) -> Self {
        let output = Command::new(AB)
            // Lengths may differ: the log grows.
            .args(["-l", "-q"])
            .args(options)
            .arg(site.absolute_url(target))
            .output()
            .unwrap_or_else(|e| panic!("{AB}: {e}: apt-get install apache2-utils"));
        let said = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}{said}");
        Self(said)
    }

    /// A number behind some words; none is 0.
    fn number(&self, words: &str) -> u64 {
        let line = self
            .0
            .lines()
            .find_map(|line| line.trim().strip_prefix(words));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.unwrap_or(0)
    }

    /// Checks that no answer was missing or wrong, and prints how long they took.
    fn check(&self, target: &str) {
        let [done, failed, refused] = [
            "Complete requests:",
            "Failed requests:",
            "Non-2xx responses:",
        ]
        .map(|words| self.number(words));
        let [half, most] = ["50%", "99%"].map(|words| self.number(words));
        println!("{target}: {done} requests, {failed} failed, half in {half} ms, 99% in {most} ms");
        assert_eq!((failed, refused), (0, 0), "{}", self.0);
        assert!(done >= 50, "{}", self.0);
    }
}

fn check_log(server: &Server) {
    let log = server.error_log();
    for wrong in ["panicked", "Premature", "malformed", "Timeout"] {
        assert!(!log.contains(wrong), "{log}");
    }
}

#[test]
fn fifty_clients_and_a_writer() {
    let seconds = env::var("LOAD_SECONDS").ok();
    let seconds: u64 = seconds.map_or(15, |text| text.parse().unwrap());
    let server = Host {
        mounts: &[Mount::UserDir],
        module: Module::Cgid,
        suexec: true,
        ..Host::default()
    }
    .serve(Path::new(PROGRAM), write_logs);
    let site = &server.sites[0];
    let home = site.folder.clone();
    let user = site.url("").trim_start_matches("/~").to_owned();

    let beside = Beside::default();
    let program = home.join("cgi-bin/index.cgi");
    thread::scope(|scope| {
        scope.spawn(|| beside.write(&home.join("logs/B/live/m_202411.csv")));
        let checks = [(); 3].map(|()| {
            scope.spawn(|| {
                let _end = End(&beside);
                beside.check(site);
            })
        });
        let memory = scope.spawn(|| beside.watch_memory(&program));
        let end = End(&beside);
        for target in TARGETS {
            let time = (seconds / 2).max(2).to_string();
            let options = ["-c", "50", "-t", &time, "-n", "1000000", "-s", "60"];
            Load::put(site, target, &options).check(target);
        }
        // On a busy machine the checks take longer than the load.
        while beside.goes_on() && beside.checked.load(Ordering::SeqCst) < ENOUGH {
            thread::sleep(Duration::from_millis(20));
        }
        drop(end);
        for check in checks {
            check.join().unwrap();
        }
        let checked = beside.checked.load(Ordering::SeqCst);
        let written = beside.written.load(Ordering::SeqCst);
        println!("{checked} answers checked, {written} rows written meanwhile");
        let (peak, seen) = memory.join().unwrap();
        println!("{peak} KB at most, of {seen} processes seen");
        assert!(seen > 0 && peak <= MOST, "{peak} KB, {seen} processes");
    });
    check_log(&server);
    let kept = fs::read_dir(home.join("logs/.cache")).unwrap();
    assert_eq!(kept.filter(|name| !is_draft(name)).count(), 4);

    println!("{} KB at most, of all processes", peak_of_all(site, &home));
    drop(server);
    assert!(!home.exists());
    assert_eq!(running(&home), Vec::<std::path::PathBuf>::new());
    let accounts = Command::new("getent").args(["passwd", &user]).output();
    assert_eq!(accounts.unwrap().stdout, b"");
}

fn is_draft(entry: &std::io::Result<fs::DirEntry>) -> bool {
    entry.as_ref().unwrap().path().extension().is_some()
}

/// The highest peak of the memory of all processes of a small run, each told of by GNU time.
fn peak_of_all(site: &Mounted, home: &Path) -> u64 {
    let bin = home.join("cgi-bin");
    let (index, program) = (bin.join("index.cgi"), bin.join("program"));
    let owner = fs::metadata(&index).unwrap();
    fs::rename(&index, &program).unwrap();
    let script = "#!/bin/sh\nexec /usr/bin/time -a -o ../peaks -f %M ./program\n";
    fs::write(&index, script).unwrap();
    fs::set_permissions(&index, fs::Permissions::from_mode(0o755)).unwrap();
    chown(&index, Some(owner.uid()), Some(owner.gid())).unwrap();
    // Those that ab no longer waited for.
    while !running(&program).is_empty() {
        thread::sleep(Duration::from_millis(20));
    }
    // First with nothing kept, then with what the first have kept.
    fs::remove_dir_all(home.join("logs/.cache")).unwrap();
    for target in [
        "/api/all",
        "/",
        "/?company=B&site=live",
        "/?year_month=202411",
    ] {
        Load::put(site, target, &["-c", "8", "-n", "50", "-s", "60"]).check(target);
    }
    let peaks = fs::read_to_string(home.join("peaks")).unwrap();
    let peaks: Vec<u64> = peaks.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(peaks.len(), 200);
    let peak = peaks.into_iter().max().unwrap();
    assert!(peak <= MOST, "{peak} KB");
    peak
}
