//! What is kept of read logs never shows: an answer with rollups is the answer without.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use site_monitor::app::{Setup, respond};
use site_monitor::cgi::vars::Vars;
use site_monitor::config::Config;
use site_monitor::log::folder::Folder;
use site_monitor::sample::Moment;
use tempfile::TempDir;

use crate::support::random::Random;
use crate::support::site::{Answer, HEADER, Site, UP, program};

/// Longer than a file must have been left alone to be believed.
const SETTLED: Duration = Duration::from_millis(2200);

const TARGETS: [&str; 9] = [
    "/",
    "/?company=A&site=s",
    "/?company=A",
    "/?year_month=202411",
    "/?year_month=2024",
    "/api/all",
    "/api/A/s/202411",
    "/api/all?include=incidents,coverage,days,latency,faults",
    "/api/all/all/202411?include=incidents,coverage,days,latency,faults",
];

/// 2024-12-01 00:00 in Tokyo.
const NOW: i64 = 1_732_978_800;

fn ask(logs: &Path, rollups: bool, build: u64, now: Moment, target: &str) -> (u16, String) {
    let config = format!("{{\"rollups\": {rollups}, \"confirm_failures\": 2}}");
    let setup = Setup {
        config: Ok(Config::from_json(config.as_bytes()).unwrap()),
        logs: Folder::new(logs.to_owned()),
        build,
    };
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let vars = Vars::from([("REQUEST_URI", target), ("QUERY_STRING", query)]);
    let response = respond(&setup, now, &vars);
    (response.status.code(), response.body)
}

#[track_caller]
fn check(logs: &Path, build: u64, now: Moment, target: &str, after: &str) {
    let with = ask(logs, true, build, now, target);
    let without = ask(logs, false, build, now, target);
    assert_eq!(with, without, "{target} after {after}");
}

/// A log folder to which everything happens that can happen to one.
struct Tree {
    folder: TempDir,
    random: Random,
    now: Moment,
    story: String,
}

impl Tree {
    fn new(seed: u64) -> Self {
        let mut tree = Self {
            folder: tempfile::tempdir().unwrap(),
            random: Random::new(seed),
            now: Moment(NOW),
            story: format!("seed {seed}"),
        };
        for site in ["A/s", "A/t", "B/s"] {
            for month in [9, 10, 11] {
                let rows = tree.rows(month, 40);
                tree.write(&format!("{site}/monitor_results_2024{month:02}.csv"), &rows);
            }
        }
        tree
    }

    fn logs(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, rows: &str) {
        let path = self.logs().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{HEADER},応答時間\n{rows}")).unwrap();
    }

    /// Rows of a month, mostly in order and of one URL.
    fn rows(&mut self, month: u8, count: usize) -> String {
        let mut minute = self.random.below(20_000);
        let mut rows = String::new();
        for _ in 0..count {
            minute += self.random.below(90);
            let (day, hour) = (1 + minute / 1440 % 30, minute / 60 % 24);
            let url = self
                .random
                .pick(&["https://a/", "https://a/", "https://a/", "https://b/"]);
            let (status, code) = if self.random.chance(80) {
                (UP, "200")
            } else {
                ("異常", "500")
            };
            let millis = 100 + self.random.below(800);
            let time = format!("2024-{month:02}-{day:02} {hour:02}:{:02}:00", minute % 60);
            rows += &format!("{time},{url},{status},{code},0.{millis}\n");
        }
        rows
    }

    /// A log file, if there is any.
    fn any_log(&mut self) -> Option<PathBuf> {
        let mut logs = Vec::new();
        for site in ["A/s", "A/t", "B/s"] {
            for entry in fs::read_dir(self.logs().join(site)).into_iter().flatten() {
                logs.push(entry.unwrap().path());
            }
        }
        logs.sort();
        (!logs.is_empty()).then(|| logs.swap_remove(self.random.below(logs.len())))
    }

    fn any_rollup(&mut self) -> Option<PathBuf> {
        let folder = fs::read_dir(self.logs().join(".rollups")).ok()?;
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        (!files.is_empty()).then(|| files.swap_remove(self.random.below(files.len())))
    }

    /// Does something to it.
    fn change(&mut self) {
        let Some(path) = self.any_log() else { return };
        let bytes = fs::read(&path).unwrap();
        let at = self.random.below(bytes.len().max(1));
        let what = self.random.below(18);
        self.story += &format!("; {what} at {at} of {}", path.display());
        match what {
            0..5 => {
                let count = [1, 1, 5, 400][self.random.below(4)];
                let month = [11, 11, 12][self.random.below(3)];
                let mut rows = self.rows(month, count);
                match self.random.below(6) {
                    0 => drop(rows.pop()),
                    1 => rows = rows.replace("https://a/", "\"https://a/\""),
                    2 => rows.insert_str(0, "x\n"),
                    _ => {}
                }
                let mut file = OpenOptions::new().append(true).open(&path).unwrap();
                file.write_all(rows.as_bytes()).unwrap();
            }
            5 => fs::write(&path, &bytes[..at]).unwrap(),
            6 | 7 => {
                // Other bytes of the same number at the same place, with the time of the old.
                let modified = fs::metadata(&path).unwrap().modified().unwrap();
                let text = String::from_utf8_lossy(&bytes);
                let other = text.replacen(",200,", ",404,", 1 + self.random.below(3));
                let file = OpenOptions::new().write(true).open(&path).unwrap();
                std::os::unix::fs::FileExt::write_all_at(&file, other.as_bytes(), 0).unwrap();
                if what == 7 {
                    let row = self.rows(12, 1);
                    let mut end = OpenOptions::new().append(true).open(&path).unwrap();
                    end.write_all(row.as_bytes()).unwrap();
                } else {
                    file.set_modified(modified).unwrap();
                }
            }
            8 | 9 => {
                let new = path.with_extension("new");
                let content = if what == 8 {
                    bytes
                } else {
                    fs::read(self.any_log().unwrap()).unwrap()
                };
                fs::write(&new, content).unwrap();
                fs::rename(new, path).unwrap();
            }
            10 => fs::remove_file(path).unwrap(),
            11 => OpenOptions::new()
                .write(true)
                .open(path)
                .unwrap()
                .set_modified(std::time::SystemTime::now())
                .unwrap(),
            12 => {
                let days = i64::try_from(self.random.below(80)).unwrap() - 60;
                self.now = Moment(NOW + days * 86_400);
            }
            13 => {
                let rows = self.rows(8, 30);
                self.write("A/s/early_202408.csv", &rows);
            }
            14 => {
                let copy = path.with_file_name("copy_202411.csv");
                fs::write(copy, bytes).unwrap();
            }
            _ => self.damage_rollups(),
        }
    }

    fn damage_rollups(&mut self) {
        let folder = self.logs().join(".rollups");
        let Some(path) = self.any_rollup() else {
            return;
        };
        let mut bytes = fs::read(&path).unwrap();
        let at = self.random.below(bytes.len().max(1));
        let what = self.random.below(6);
        self.story += &format!(" damaged {what}");
        match what {
            0 => fs::write(path, &bytes[..at]).unwrap(),
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (at % 8);
                }
                fs::write(path, bytes).unwrap();
            }
            2 => fs::write(path, vec![0; bytes.len()]).unwrap(),
            3 => fs::remove_dir_all(folder).unwrap(),
            4 => {
                fs::remove_dir_all(&folder).unwrap();
                fs::write(folder, "a file where the folder should be").unwrap();
            }
            _ => {
                // One site's rollup in another's place.
                let other = self.any_rollup().unwrap();
                fs::copy(path, other).map(drop).unwrap_or_default();
            }
        }
    }
}

#[test]
fn an_answer_with_rollups_is_the_answer_without_whatever_happens() {
    let mut trees: Vec<Tree> = (0..40).map(Tree::new).collect();
    for step in 0..12 {
        if step % 4 != 3 {
            thread::sleep(SETTLED);
        }
        for tree in &mut trees {
            for _ in 0..3 {
                let target = tree.random.pick(&TARGETS);
                tree.story += &format!("; asked {target}");
                check(tree.logs(), 1 + step / 6, tree.now, target, &tree.story);
            }
        }
        for tree in &mut trees {
            tree.change();
        }
    }
}
