//! Lines however they end: reading on where a former reading ended finds the rows and the line
//! numbers that reading at once finds.

use serde_json::Value;
use site_monitor::command::gateway::clock;

use super::{NOW, Twins};
use crate::support::logs::{HEADER, UP};
use crate::support::random::Random;
use crate::support::site::Site;

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

/// Checks and lines of faults in the API's answer about a site, as of a moment after the file's
/// first minute.
fn counted(twins: &Twins, site: usize, story: &str) -> (u64, Vec<u64>) {
    let body = twins.ask(NOW, &format!("/api/A/s{site}?include=faults"), story);
    let answer: Value = serde_json::from_str(&body).unwrap();
    let urls = answer["logs"].as_object().unwrap().values();
    let rows = urls.map(|url| url["total"].as_u64().unwrap()).sum();
    let faults = answer["faults"]["first"].as_array().unwrap().iter();
    let lines = faults.map(|fault| fault["line"].as_u64().unwrap());
    (rows, lines.collect())
}

#[test]
fn lines_of_all_ends_are_counted_alike_at_once_and_bit_by_bit() {
    let twins = Twins::of(Site::new());
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
            // The same file, with more in it.
            let path = format!("A/s{site}/m_202411.csv");
            twins.cached.write(&path, &log.text);
        }
        // The segment of the shorter file serves the first reading; then the file has settled, and
        // the next reading is cached.
        for settled in [false, true] {
            if settled {
                Site::settle();
            }
            for (site, log) in logs.iter().enumerate() {
                let story = format!("round {round}, settled {settled}: {:?}", log.text);
                let target = format!("/api/A/s{site}?include=faults,days");
                // Within the file's first minute, not so, and again.
                for now in [clock(), NOW, clock()] {
                    twins.ask(now, &target, &story);
                }
                let want = (log.rows, log.faults.clone());
                assert_eq!(counted(&twins, site, &story), want, "{story}");
            }
        }
        assert_eq!(twins.cached.cache().len(), SITES);
    }
}
