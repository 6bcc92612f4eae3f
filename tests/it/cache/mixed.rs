//! Sites whose files are mixed: two monitors write one each of the same URL, a file was copied, and
//! in each month a row is late. What is said of them is what one tidy log says, and it is cached.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;

use super::*;

/// Rows by the name of their file, each with its minute in the month.
type Rows = BTreeMap<String, Vec<(usize, String)>>;

const URLS: [&str; 2] = ["https://a/", "https://b/"];

struct Mixed {
    twins: Twins,
    random: Random,
    rows: Rows,
}

impl Mixed {
    fn new(seed: u64) -> Self {
        let mut mixed = Self {
            twins: Twins::of(Site::new()),
            random: Random::new(seed),
            rows: Rows::new(),
        };
        for month in 9..=11 {
            for (monitor, offset) in [("first", 0), ("second", 180)] {
                let mut rows: Vec<_> = (0..48)
                    .map(|n| mixed.row(month, offset + n * 360))
                    .collect();
                // One is written when the next ten are.
                let place = mixed.random.below(37);
                let late = rows.remove(place);
                rows.insert(place + 10, late);
                let name = format!("{monitor}_2024{month:02}.csv");
                mixed.rows.insert(name, rows);
            }
        }
        let copied = mixed.rows["second_202410.csv"].clone();
        mixed.rows.insert("copy_202410.csv".to_owned(), copied);
        for (name, rows) in &mixed.rows {
            let rows: String = rows.iter().map(|(_, row)| row.as_str()).collect();
            mixed.write(name, &rows);
        }
        mixed
    }

    fn write(&self, name: &str, rows: &str) -> PathBuf {
        let text = format!("{HEADER},応答時間\n{rows}");
        self.twins.cached.write(&format!("A/s/{name}"), text)
    }

    /// A row of a minute of a month.
    fn row(&mut self, month: usize, minute: usize) -> (usize, String) {
        let (day, hour) = (1 + minute / 1440, minute / 60 % 24);
        let time = format!("2024-{month:02}-{day:02} {hour:02}:{:02}:00", minute % 60);
        let url = self.random.pick(&URLS);
        let is_down = self.random.chance(40);
        let (status, code) = if is_down {
            ("異常", "500")
        } else {
            (UP, "200")
        };
        let millis = 100 + self.random.below(800);
        (minute, format!("{time},{url},{status},{code},0.{millis}\n"))
    }

    /// Appends a row to a file: after all others of its month, at once with the last, or anywhere.
    fn append(&mut self, name: &str) -> String {
        let files = self
            .rows
            .iter()
            .filter(|(other, _)| month_of(other) == month_of(name));
        let minutes = files.flat_map(|(_, rows)| rows).map(|(minute, _)| *minute);
        let last = minutes.max().unwrap();
        let minute = match self.random.below(3) {
            0 => self.random.below(last),
            1 => last,
            _ => (last + self.random.below(600)).min(43_000),
        };
        let month = month_of(name)[4..].parse().unwrap();
        let (minute, row) = self.row(month, minute);
        let path = self.twins.cached.logs().join("A/s").join(name);
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(row.as_bytes()).unwrap();
        let story = format!("{row} to {name}");
        self.rows.get_mut(name).unwrap().push((minute, row));
        story
    }

    /// The same rows in one file for each month, in order of time.
    fn tidy(&self) -> Site {
        let mut months: BTreeMap<&str, Vec<&(usize, String)>> = BTreeMap::new();
        for (name, rows) in &self.rows {
            months.entry(month_of(name)).or_default().extend(rows);
        }
        let config = r#"{"cache": false, "failure_threshold": 2}"#;
        let mut site = Site::new().config(config);
        for (month, mut rows) in months {
            rows.sort_by_key(|(minute, _)| *minute);
            let rows: String = rows.iter().map(|(_, row)| row.as_str()).collect();
            let text = format!("{HEADER},応答時間\n{rows}");
            site = site.file(&format!("A/s/tidy_{month}.csv"), text);
        }
        site
    }

    /// Answers, which must be the same with a cache, without, and of the tidy log.
    #[track_caller]
    fn ask(&self, targets: &[&str], story: &str) {
        let tidy = self.tidy().now(NOW);
        for target in targets {
            let answer = self.twins.ask(NOW, target, story);
            assert_eq!(tidy.get(target).body, answer, "{target} after {story}");
        }
    }
}

/// The month in a file's name.
fn month_of(name: &str) -> &str {
    &name[name.len() - 10..name.len() - 4]
}

#[test]
fn mixed_files_are_as_good_as_one_tidy_file() {
    for seed in 0..2 {
        let mut mixed = Mixed::new(seed);
        let names: Vec<String> = mixed.rows.keys().cloned().collect();
        let mut story = format!("seed {seed}");
        mixed.ask(&TARGETS, &story);
        for name in names.iter().cycle().take(2 * names.len()) {
            let targets = [(); 3].map(|()| mixed.random.pick(&TARGETS));
            // What was appended last may be cached before more is, or not.
            if mixed.random.chance(60) {
                Site::settle();
                mixed.ask(&targets, &story);
            }
            story += "; ";
            story += &mixed.append(name);
            mixed.ask(&targets, &story);
        }
        Site::settle();
        mixed.ask(&TARGETS, &story);
    }
}

#[test]
fn mixed_files_are_sorted_once() {
    let mixed = Mixed::new(9);
    Site::settle();
    mixed.ask(&TARGETS, "nothing");
    let inode = || {
        let cache = mixed.twins.cached.cache();
        assert_eq!(cache.len(), 1);
        fs::metadata(&cache[0]).unwrap().ino()
    };
    let before = inode();
    mixed.ask(&TARGETS, "all was cached");
    assert_eq!(
        inode(),
        before,
        "a sound file is used, and not written again"
    );
}

#[test]
fn rows_of_one_moment_are_in_the_order_of_their_files_also_if_one_is_appended() {
    let row = |hour: u32, up: bool| {
        let rest = if up {
            "正常に稼働中,200"
        } else {
            "異常,500"
        };
        format!("2024-11-01 {hour:02}:00:00,u,{rest}\n")
    };
    let log = |hours: [u32; 3]| hours.map(|hour| row(hour, true)).concat();
    let site = Site::new()
        .file("A/s/a_202411.csv", format!("{HEADER}\n{}", log([1, 3, 5])))
        .file("A/s/b_202411.csv", format!("{HEADER}\n{}", log([2, 4, 6])))
        .config(r#"{"cache": true}"#)
        .at("2024-11-01T07:00:00");
    let incident = || {
        let url = site.json("/api/all?include=incidents")["logs"]["u"].take();
        url["incidents"][0]["seconds"].clone()
    };
    Site::settle();
    assert_eq!(incident(), serde_json::Value::Null);
    let append = |name: &str, row: &str| {
        let path = site.logs().join("A/s").join(name);
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(row.as_bytes()).unwrap();
    };
    // Of six o'clock, the row of the second file is the last, and says that it is up.
    append("a_202411.csv", &row(6, false));
    assert_eq!(incident(), 0);
    Site::settle();
    assert_eq!(incident(), 0);
    append("b_202411.csv", &row(6, false));
    assert_eq!(
        site.json("/api/all?include=incidents")["logs"]["u"]["downtime_seconds"],
        3600
    );
}
