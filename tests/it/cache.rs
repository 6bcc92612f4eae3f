//! A cached answer is the answer without a cache, whatever happens to logs and cache files.

mod lines;
mod mixed;
mod settings;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use site_monitor::check::Moment;
use site_monitor::command::gateway::clock;

use crate::support::logs::{HEADER, UP};
use crate::support::random::Random;
use crate::support::site::Site;

const TARGETS: [&str; 10] = [
    "/",
    "/?company=A&site=s",
    "/?company=A&site=s&date=20241115",
    "/?company=A",
    "/?year_month=202411",
    "/?year_month=2024",
    "/api/all",
    "/api/A/s/202411",
    "/api/all?include=incidents,coverage,days,latency,faults",
    "/api/all/all/202411?include=incidents,coverage,days,latency,faults",
];

/// 2024-12-01 00:00 in Tokyo.
const NOW: Moment = Moment(1_732_978_800);

/// One log folder, asked with a cache and without.
struct Twins {
    cached: Site,
    uncached: Site,
}

impl Twins {
    fn of(site: Site) -> Self {
        let config = |cache| format!("{{\"cache\": {cache}, \"failure_threshold\": 2}}");
        Self {
            cached: site.clone().config(&config("true")),
            uncached: site.config(&config("false")),
        }
    }

    /// From now on another program asks, which reuses nothing that was cached before.
    fn replace_program(&mut self) {
        self.cached = self.cached.clone().build(1);
    }

    /// The answer to `target`, which must be the same from both.
    #[track_caller]
    fn ask(&self, now: Moment, target: &str, after: &str) -> String {
        let [cached, uncached] = [&self.cached, &self.uncached].map(|site| {
            let response = site.clone().now(now).get(target);
            (response.status.code, response.body)
        });
        assert_eq!(cached, uncached, "{target} after {after}");
        cached.1
    }
}

/// What happens to a log file, or to all that is around it.
#[derive(Clone, Copy, Debug)]
enum Change {
    Append,
    Cut,
    /// Other bytes of the same number at the same place, with the time of the old.
    RewriteUnseen,
    RewriteAndAppend,
    ReplaceByCopy,
    ReplaceByOther,
    Remove,
    Touch,
    MoveClock,
    AddEarlierMonth,
    AddCopy,
    DamageCache,
}

impl Change {
    /// As often as each is to happen.
    const ALL: [Self; 18] = [
        Self::Append,
        Self::Append,
        Self::Append,
        Self::Append,
        Self::Append,
        Self::Cut,
        Self::RewriteUnseen,
        Self::RewriteAndAppend,
        Self::ReplaceByCopy,
        Self::ReplaceByOther,
        Self::Remove,
        Self::Touch,
        Self::MoveClock,
        Self::AddEarlierMonth,
        Self::AddCopy,
        Self::DamageCache,
        Self::DamageCache,
        Self::DamageCache,
    ];
}

/// What happens to a cache file, or to the cache folder.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Cut,
    FlipBit,
    Zero,
    RemoveFolder,
    FileInFoldersPlace,
    OtherSitesFile,
}

impl Damage {
    const ALL: [Self; 6] = [
        Self::Cut,
        Self::FlipBit,
        Self::Zero,
        Self::RemoveFolder,
        Self::FileInFoldersPlace,
        Self::OtherSitesFile,
    ];
}

/// A log folder to which everything happens that can happen to one.
struct Tree {
    twins: Twins,
    random: Random,
    now: Moment,
    story: String,
}

impl Tree {
    fn new(seed: u64) -> Self {
        let mut tree = Self {
            twins: Twins::of(Site::new()),
            random: Random::new(seed),
            now: NOW,
            story: format!("seed {seed}"),
        };
        for site in ["A/s", "A/t", "B/s"] {
            for month in [9, 10, 11] {
                let rows = tree.rows(month, 120);
                tree.write(&format!("{site}/monitor_results_2024{month:02}.csv"), &rows);
            }
        }
        tree
    }

    fn logs(&self) -> PathBuf {
        self.twins.cached.logs()
    }

    fn write(&self, path: &str, rows: &str) {
        // Some monitors quote the names of columns and not what is in them.
        let quote = if rows.len().is_multiple_of(3) {
            "\""
        } else {
            ""
        };
        let text = format!("{HEADER},{quote}応答時間{quote}\n{rows}");
        self.twins.cached.write(path, text);
    }

    /// Rows of a month from its start on, two hours apart but for a few.
    fn rows(&mut self, month: u8, count: usize) -> String {
        let mut minute = 0;
        let mut down = false;
        let mut rows = String::new();
        for _ in 0..count {
            minute += if self.random.chance(95) {
                120
            } else {
                self.random.below(900)
            };
            down = self.random.chance(if down { 60 } else { 10 });
            let (day, hour) = (1 + minute / 1440 % 30, minute / 60 % 24);
            let url = if self.random.chance(90) {
                "https://a/"
            } else {
                "https://b/"
            };
            let (status, code) = if down { ("異常", "500") } else { (UP, "200") };
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

    fn any_cache_file(&mut self) -> Option<PathBuf> {
        let folder = fs::read_dir(self.logs().join(".cache")).ok()?;
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        (!files.is_empty()).then(|| files.swap_remove(self.random.below(files.len())))
    }

    /// Does something to it.
    fn change(&mut self) {
        let Some(path) = self.any_log() else { return };
        let bytes = fs::read(&path).unwrap();
        let at = self.random.below(bytes.len().max(1));
        let change = self.random.one_of(&Change::ALL);
        self.story += &format!("; {change:?} at {at} of {}", path.display());
        let append = |rows: &str| {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(rows.as_bytes()).unwrap();
        };
        match change {
            Change::Append => {
                let count = self.random.one_of(&[1, 1, 5, 300]);
                let month = self.random.one_of(&[11, 11, 12]);
                let mut rows = self.rows(month, count);
                match self.random.below(6) {
                    // Without the last line's end; quoted; after a row that can't be read.
                    0 => drop(rows.pop()),
                    1 => rows = rows.replace("https://a/", "\"https://a/\""),
                    2 => rows.insert_str(0, "x\n"),
                    _ => {}
                }
                append(&rows);
            }
            Change::Cut => fs::write(&path, &bytes[..at]).unwrap(),
            Change::RewriteUnseen => {
                let modified = fs::metadata(&path).unwrap().modified().unwrap();
                self.rewrite(&path).set_modified(modified).unwrap();
            }
            Change::RewriteAndAppend => {
                self.rewrite(&path);
                append(&self.rows(12, 1));
            }
            Change::ReplaceByCopy => replace(&path, &bytes),
            Change::ReplaceByOther => {
                let other = self.any_log().unwrap();
                replace(&path, &fs::read(other).unwrap());
            }
            Change::Remove => fs::remove_file(path).unwrap(),
            Change::Touch => {
                let file = OpenOptions::new().write(true).open(path).unwrap();
                file.set_modified(SystemTime::now()).unwrap();
            }
            Change::MoveClock => {
                let days = i64::try_from(self.random.below(80)).unwrap() - 60;
                self.now = Moment(NOW.0 + days * 86_400);
            }
            Change::AddEarlierMonth => {
                let rows = self.rows(8, 30);
                self.write("A/s/early_202408.csv", &rows);
            }
            Change::AddCopy => fs::write(path.with_file_name("copy_202411.csv"), bytes).unwrap(),
            Change::DamageCache => self.damage_cache(),
        }
    }

    /// Writes other bytes of the same number over a log.
    fn rewrite(&mut self, path: &Path) -> File {
        let text = fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&text);
        let text = text.replacen(",200,", ",404,", 1 + self.random.below(3));
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.write_all_at(text.as_bytes(), 0).unwrap();
        file
    }

    fn damage_cache(&mut self) {
        let Some(path) = self.any_cache_file() else {
            return;
        };
        let folder = self.logs().join(".cache");
        let mut bytes = fs::read(&path).unwrap();
        let at = self.random.below(bytes.len().max(1));
        let damage = self.random.one_of(&Damage::ALL);
        self.story += &format!(": {damage:?}");
        match damage {
            Damage::Cut => fs::write(path, &bytes[..at]).unwrap(),
            Damage::FlipBit => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (at % 8);
                }
                fs::write(path, bytes).unwrap();
            }
            Damage::Zero => fs::write(path, vec![0; bytes.len()]).unwrap(),
            Damage::RemoveFolder => fs::remove_dir_all(folder).unwrap(),
            Damage::FileInFoldersPlace => {
                fs::remove_dir_all(&folder).unwrap();
                fs::write(folder, "a file where the folder should be").unwrap();
            }
            Damage::OtherSitesFile => {
                let other = self.any_cache_file().unwrap();
                fs::copy(path, other).map(drop).unwrap_or_default();
            }
        }
    }
}

/// Puts a new file in a log's place.
fn replace(path: &Path, content: &[u8]) {
    let new = path.with_extension("new");
    fs::write(&new, content).unwrap();
    fs::rename(new, path).unwrap();
}

#[test]
fn a_cached_answer_is_the_answer_without_whatever_happens() {
    const STEPS: usize = 12;
    let live = |seeds: Range<u64>| {
        let mut trees: Vec<Tree> = seeds.map(Tree::new).collect();
        for step in 0..STEPS {
            // A file that has just changed is not cached, and must be right all the same.
            if step % 5 != 4 {
                Site::settle();
            }
            for tree in &mut trees {
                if step == STEPS / 2 {
                    tree.twins.replace_program();
                }
                for _ in 0..3 {
                    let target = tree.random.pick(&TARGETS);
                    tree.story += &format!("; asked {target}");
                    tree.twins.ask(tree.now, target, &tree.story);
                }
                tree.change();
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| live(0..8));
        live(8..16);
    });
}
