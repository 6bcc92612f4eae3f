//! Made-up logs of any size, from a seed.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::random::Random;

/// The status of a check that found its URL up.
const UP: &str = "正常に稼働中";

/// A tree for measuring: how many of everything.
pub(crate) struct Tree {
    pub(crate) companies: usize,
    pub(crate) sites_per_company: usize,
    pub(crate) first_month: Date,
    pub(crate) months: usize,
    pub(crate) every_minutes: i64,
    pub(crate) response_time: bool,
}

/// Writes a tree for measuring; one check in about a thousand fails.
pub(crate) fn write_tree(root: &Path, tree: &Tree) {
    for company in 0..tree.companies {
        for site in 0..tree.sites_per_company {
            let folder = root.join(format!("company{company:02}/site{site:02}"));
            fs::create_dir_all(&folder).unwrap();
            let mut random = Random::new((company * 1000 + site) as u64);
            let url = format!("https://www.site{site:02}.company{company:02}.example.com/");
            let mut first = tree.first_month;
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
