//! Made-up logs of any size, from a seed, made once.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use crate::random::Random;
use crate::tools::kept;

/// The status of a check that found its URL up.
const UP: &str = "正常に稼働中";

/// All trees end with the last month, so that what pages show of the days up to now is there.
pub(crate) fn end() -> Date {
    Zoned::now().date().first_of_month()
}

/// A tree for measuring: how many of everything.
#[derive(Clone, Copy)]
pub(crate) struct Tree {
    pub(crate) companies: usize,
    pub(crate) sites_per_company: usize,
    pub(crate) months: usize,
    pub(crate) every_minutes: i64,
    pub(crate) response_time: bool,
}

impl Tree {
    /// The standard: 5 companies x 10 sites x a year at 5 minutes.
    pub(crate) const YEAR: Self = Self {
        companies: 5,
        sites_per_company: 10,
        months: 12,
        every_minutes: 5,
        response_time: false,
    };

    /// Makes the tree, if it was not made before.
    pub(crate) fn made(self) -> Made {
        let end = end();
        let root = kept(&format!(
            "bench-{end}-{}x{}x{}-every-{}{}",
            self.companies,
            self.sites_per_company,
            self.months,
            self.every_minutes,
            if self.response_time { "-timed" } else { "" }
        ));
        if !root.is_dir() {
            eprintln!("making {}", root.display());
            let unfinished = root.with_extension("new");
            let _ = fs::remove_dir_all(&unfinished);
            write_tree(&unfinished, &self);
            fs::rename(&unfinished, &root).unwrap();
            // A program that keeps what it has read can't trust a file that is written now.
            thread::sleep(Duration::from_secs(3));
        }
        let mut files = Vec::new();
        collect(&root, &mut files);
        files.sort();
        let first = end - i64::try_from(self.months).unwrap().months();
        let minutes = first.until(end).unwrap().get_days() * 24 * 60;
        let checks = i64::from(minutes) / self.every_minutes;
        let sites = self.companies * self.sites_per_company;
        Made {
            rows: u64::try_from(checks).unwrap() * sites as u64,
            bytes: files
                .iter()
                .map(|file| file.metadata().unwrap().len())
                .sum(),
            root,
            files,
        }
    }
}

/// A tree on disk.
pub(crate) struct Made {
    pub(crate) root: PathBuf,
    /// The logs, in order. Not what a program keeps in hidden folders.
    pub(crate) files: Vec<PathBuf>,
    pub(crate) bytes: u64,
    pub(crate) rows: u64,
}

impl Made {
    /// Its size, in words.
    pub(crate) fn size(&self) -> String {
        let (files, mb) = (self.files.len(), self.bytes / 1_000_000);
        format!("{files} files, {mb} MB, {} checks", self.rows)
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

/// Writes a tree for measuring; one check in about a thousand fails.
fn write_tree(root: &Path, tree: &Tree) {
    for company in 0..tree.companies {
        for site in 0..tree.sites_per_company {
            let folder = root.join(format!("company{company:02}/site{site:02}"));
            fs::create_dir_all(&folder).unwrap();
            let mut random = Random::new((company * 1000 + site) as u64);
            let url = format!("https://www.site{site:02}.company{company:02}.example.com/");
            let mut first = end() - i64::try_from(tree.months).unwrap().months();
            for _ in 0..tree.months {
                let name = format!(
                    "monitor_results_{:04}{:02}.csv",
                    first.year(),
                    first.month()
                );
                let mut file = BufWriter::new(File::create(folder.join(name)).unwrap());
                write_tree_month(&mut file, tree, &url, first, &mut random);
                file.flush().unwrap();
                first += 1.month();
            }
        }
    }
}

fn write_tree_month(
    file: &mut impl Write,
    tree: &Tree,
    url: &str,
    first: Date,
    random: &mut Random,
) {
    let more = if tree.response_time {
        ",応答時間"
    } else {
        ""
    };
    writeln!(file, "日時,サイト,状態,ステータスコード{more}").unwrap();
    let step = tree.every_minutes * 60;
    for day in 0..first.days_in_month() {
        let day = first + i64::from(day).days();
        for second in (0..86400).step_by(usize::try_from(step).unwrap()) {
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let (status, code) = if random.below(1000) == 0 {
                ("異常", "500")
            } else {
                (UP, "200")
            };
            write!(
                file,
                "{day} {hour:02}:{minute:02}:{second:02},{url},{status},{code}"
            )
            .unwrap();
            if tree.response_time {
                write!(file, ",0.{:03}", 100 + random.below(800)).unwrap();
            }
            file.write_all(b"\n").unwrap();
        }
    }
}
