//! Lines however they end: reading on where a former reading ended finds the rows and the line
//! numbers that reading at once finds.

use std::fs;
use std::path::Path;
use std::thread;

use serde_json::Value;
use site_monitor::check::Moment;
use site_monitor::command::gateway::clock;
use tempfile::TempDir;

use super::{NOW, SETTLED, ask, cached, check};
use crate::support::random::Random;
use crate::support::site::{HEADER, UP};

const SITES: usize = 60;

/// Rounds of appending; the faults of all of them must be few enough to be listed.
const ROUNDS: usize = 3;

/// A log, and what is in it by another reckoning.
struct Log {
    text: String,
    rows: u64,
    /// The lines of rows that can't be used.
    faults: Vec<u64>,
}

impl Log {
    /// Appends rows, and blank lines, each with an end of its own. The last may have none, or a
    /// carriage return of which the line feed is to come.
    fn append(&mut self, random: &mut Random) {
        if !self.text.ends_with(['\n', '\r']) {
            self.text += random.pick(&["\n", "\r\n", "\r"]);
        } else if self.text.ends_with('\r') && random.chance(50) {
            self.text += "\n";
        }
        let pieces = 1 + random.below(12);
        let mut faults = 0;
        for piece in 0..pieces {
            match random.below(8) {
                0 if faults < 6 => {
                    faults += 1;
                    let line = 1 + self.text.matches('\n').count() as u64;
                    self.faults.push(line);
                    self.text += "x";
                }
                1 => self.add_row("\"https://a/\""),
                2 => self.add_row("\"https://\r\nb/\""),
                // A blank line, unless what is before has no end.
                3 | 4 => {}
                _ => self.add_row("https://a/"),
            }
            let is_last = piece + 1 == pieces;
            let ends: &[&str] = if is_last {
                &["\n", "\r\n", "\r", ""]
            } else {
                &["\n", "\r\n", "\r\n", "\r"]
            };
            self.text += random.pick(ends);
        }
    }

    fn add_row(&mut self, url: &str) {
        self.rows += 1;
        self.text += &format!("2024-11-01 00:00:00,{url},{UP},200");
    }
}

/// The checks of a site and the lines of its faults in the API, more than a minute after the file's
/// last change.
fn told(logs: &Path, site: usize) -> (u64, Vec<u64>) {
    let target = format!("/api/A/s{site}?include=faults");
    let (status, body) = ask(logs, true, 1, Moment(NOW), &target);
    assert_eq!(status, 200, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    let urls = answer["logs"].as_object().unwrap().values();
    let rows = urls.map(|url| url["total"].as_u64().unwrap()).sum();
    let faults = answer["faults"]["first"].as_array().unwrap().iter();
    let lines = faults.map(|fault| fault["line"].as_u64().unwrap());
    (rows, lines.collect())
}

#[test]
fn lines_of_all_ends_are_counted_alike_at_once_and_bit_by_bit() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let mut random = Random::new(12);
    let new = |end: &str| Log {
        text: format!("{HEADER}{end}"),
        rows: 0,
        faults: Vec::new(),
    };
    let mut logs: Vec<Log> = (0..SITES)
        .map(|site| new(["\n", "\r\n", "\r"][site % 3]))
        .collect();
    for round in 0..ROUNDS {
        for (site, log) in logs.iter_mut().enumerate() {
            log.append(&mut random);
            let site = folder.path().join(format!("A/s{site}"));
            fs::create_dir_all(&site).unwrap();
            // The same file, with more in it.
            fs::write(site.join("m_202411.csv"), &log.text).unwrap();
        }
        // The first read uses the cached start of each file. After the pause the file is settled,
        // and the second read is cached.
        for pause in [false, true] {
            if pause {
                thread::sleep(SETTLED);
            }
            for (site, log) in logs.iter().enumerate() {
                let story = format!("round {round}, pause {pause}: {:?}", log.text);
                let target = format!("/api/A/s{site}?include=faults,days");
                // Within the file's first minute, not so, and again.
                for now in [clock(), Moment(NOW), clock()] {
                    check(folder.path(), 1, now, &target, &story);
                }
                let want = (log.rows, log.faults.clone());
                assert_eq!(told(folder.path(), site), want, "{story}");
            }
        }
        assert_eq!(cached(folder.path()).len(), SITES);
    }
}
