//! The cache never shows: a cached answer equals the answer without a cache.

mod lines;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use site_monitor::app::{Setup, respond};
use site_monitor::cgi::vars::Vars;
use site_monitor::check::Moment;
use site_monitor::command::gateway::clock;
use site_monitor::config::Config;
use site_monitor::store::folder::Folder;
use tempfile::TempDir;

use crate::support::random::Random;
use crate::support::site::{Answer, HEADER, INSTALLATION, Site, UP, install, program};

/// How long after its last change a file is settled, so that it can be cached.
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

fn ask(logs: &Path, cache: bool, build: u64, now: Moment, target: &str) -> (u16, String) {
    let config = format!("{{\"cache\": {cache}, \"confirm_failures\": 2}}");
    let setup = Setup {
        config: Ok(Config::from_json(config.as_bytes()).unwrap()),
        logs: Folder::new(logs.to_owned()),
        build,
        installation: INSTALLATION,
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
                let rows = tree.rows(month, 360);
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
        // Some monitors quote the names of columns and not what is in them.
        let quote = if rows.len().is_multiple_of(3) {
            "\""
        } else {
            ""
        };
        fs::write(path, format!("{HEADER},{quote}応答時間{quote}\n{rows}")).unwrap();
    }

    /// Rows of a month from its start on, mostly two hours apart.
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
        let what = self.random.below(18);
        self.story += &format!("; {what} at {at} of {}", path.display());
        match what {
            0..5 => {
                let count = [1, 1, 5, 300][self.random.below(4)];
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
            _ => self.damage_cache(),
        }
    }

    fn damage_cache(&mut self) {
        let folder = self.logs().join(".cache");
        let Some(path) = self.any_cache_file() else {
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
                // One site's cache file in another's place.
                let other = self.any_cache_file().unwrap();
                fs::copy(path, other).map(drop).unwrap_or_default();
            }
        }
    }
}

#[test]
fn a_cached_answer_is_the_answer_without_whatever_happens() {
    let live = |seeds: std::ops::Range<u64>| {
        let mut trees: Vec<Tree> = seeds.map(Tree::new).collect();
        for step in 0..12 {
            // A file that has just changed is not cached, and its answer must be right, too.
            if step % 5 != 4 {
                thread::sleep(SETTLED);
            }
            for tree in &mut trees {
                for _ in 0..3 {
                    let target = tree.random.pick(&TARGETS);
                    tree.story += &format!("; asked {target}");
                    check(tree.logs(), 1 + step / 6, tree.now, target, &tree.story);
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

fn cached(logs: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(logs.join(".cache")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The body of the real executable's answer, without the part that shows the time.
fn body(command: &mut Command, target: &str) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    Answer::of(
        command
            .env("REQUEST_URI", target)
            .env("QUERY_STRING", query),
    )
    .body
}

#[test]
fn a_warm_request_opens_no_log_and_an_appended_row_only_its_own() {
    let site = settled_site();
    let opened = || {
        let trace = site.logs().with_file_name("trace");
        let mut command = program(Path::new("strace"));
        command
            .args(["-e", "trace=open,openat", "-o"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_site-monitor"));
        body(
            command
                .env("SITE_MONITOR_LOGS", site.logs())
                .env("PATH", "/usr/bin"),
            "/",
        );
        let trace = fs::read_to_string(trace).unwrap();
        trace.lines().filter(|line| line.contains(".csv")).count()
    };
    assert_eq!(opened(), 9);
    assert_eq!(opened(), 0);
    let path = site.logs().join("A/s/monitor_results_202411.csv");
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(b"2024-11-30 23:58:00,https://0/,x,500\n")
        .unwrap();
    assert_eq!(opened(), 1);
    assert!(site.json("/api/A/s")["logs"]["https://0/"]["status_codes"]["500"].as_u64() > Some(0));
}

/// A folder that logs many URLs may be appended to each second: its file is never left alone.
#[test]
fn a_log_that_is_never_left_alone_is_kept_as_far_as_it_was_read() {
    let site = settled_site();
    let path = site.logs().join("A/s/monitor_results_202411.csv");
    let former = fs::read(&path).unwrap();
    let read = || {
        let trace = site.logs().with_file_name("trace");
        let mut command = program(Path::new("strace"));
        command.args(["-e", "trace=read,pread64,fstat,lseek,rename", "-y", "-o"]);
        command
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_site-monitor"))
            .env("SITE_MONITOR_LOGS", site.logs())
            .env("PATH", "/usr/bin");
        body(&mut command, "/");
        let trace = fs::read_to_string(trace).unwrap();
        let calls = trace.lines().filter(|call| call.starts_with("read("));
        let calls = calls.filter(|call| call.contains("A/s/monitor_results_202411.csv"));
        let bytes = calls.filter_map(|call| call.rsplit_once("= ")?.1.parse::<usize>().ok());
        (bytes.sum::<usize>(), trace.contains("rename("))
    };
    let append = |rows: &str| {
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(rows.as_bytes()).unwrap();
    };
    // In how many rollups the newest file is.
    let kept = || {
        let name = b"monitor_results_202411.csv";
        let has_name = |path: &PathBuf| {
            let rollup = fs::read(path).unwrap();
            rollup.windows(name.len()).any(|bytes| bytes == name)
        };
        cached(&site.logs())
            .iter()
            .filter(|path| has_name(path))
            .count()
    };
    let row = "2024-11-30 23:58:00,https://0/,x,500\n";
    append(row);
    read();
    assert_eq!(kept(), 3);
    for _ in 0..3 {
        append(row);
        let (bytes, has_written) = read();
        assert!(bytes < former.len() * 3 / 2, "{bytes} of {}", former.len());
        assert!(!has_written);
        assert_eq!(kept(), 3);
    }
    // What was appended comes to be kept, too, and shown once.
    append(&row.repeat(1000));
    assert!(read().1);
    assert_eq!(kept(), 3);
    append(row);
    assert!(read().0 < (former.len() + 1000 * row.len()) * 3 / 2);
    let count = |site: &Site| site.json("/api/A/s")["logs"]["https://0/"]["total"].as_u64();
    let all = count(&site);
    // Other bytes of the same length are never taken for those that were kept.
    let other = fs::read_to_string(&path)
        .unwrap()
        .replace(",x,500", ",y,501");
    fs::write(&path, other).unwrap();
    let answer = site.json("/api/A/s");
    assert_eq!(count(&site), all);
    assert_eq!(answer["logs"]["https://0/"]["status_codes"]["501"], 1005);
}

#[test]
fn other_settings_do_not_see_what_former_ones_kept() {
    let site = settled_site();
    let home = site.logs().with_file_name("cgi-bin");
    fs::create_dir(&home).unwrap();
    let index = home.join("index.cgi");
    install(&index);
    let include = "/api/all?include=incidents,coverage,days";
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
fn the_cache_can_be_turned_off() {
    let site = settled_site().config(r#"{"cache": false}"#);
    site.page("/");
    assert_eq!(cached(&site.logs()), Vec::<PathBuf>::new());
    let site = site.config("{}");
    site.page("/");
    assert_eq!(cached(&site.logs()).len(), 3);
}

#[test]
fn twenty_first_requests_at_once_all_answer_right() {
    let site = settled_site();
    let include = "/api/all?include=incidents,days";
    let want = site.get(include).body;
    for path in cached(&site.logs()) {
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
    assert_eq!(cached(&site.logs()).len(), 6);
}

#[test]
fn a_killed_request_leaves_nothing_that_shows() {
    let site = settled_site();
    let target = "/api/all?include=incidents,days,coverage,latency,faults";
    let want = ask(&site.logs(), false, 0, Moment(NOW), target);
    for n in 0..40 {
        let mut command = site.program();
        command.env("REQUEST_URI", "/").stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_micros(n * 700));
        child.kill().unwrap();
        child.wait().unwrap();
        if n % 8 == 7 {
            assert_eq!(ask(&site.logs(), true, 0, Moment(NOW), target), want);
        }
        if n % 2 == 0 {
            for path in cached(&site.logs()) {
                if path.extension().is_none() {
                    fs::remove_file(path).unwrap();
                }
            }
        }
    }
    // Whatever they left goes with the next that writes.
    assert_eq!(ask(&site.logs(), true, 1, Moment(NOW), target), want);
    let drafts = cached(&site.logs());
    let drafts = drafts.iter().filter(|path| path.extension().is_some());
    assert_eq!(drafts.count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_costs_nothing_but_time() {
    let site = settled_site();
    fs::write(site.logs().join(".cache"), "").unwrap();
    let want = ask(&site.logs(), false, 0, Moment(NOW), "/");
    assert_eq!(ask(&site.logs(), true, 0, Moment(NOW), "/"), want);
    assert_eq!(fs::read(site.logs().join(".cache")).unwrap(), b"");
}

/// A last line without its end may still be being written for a minute after each change of its
/// file, even if the change was only of the time.
#[test]
fn a_line_without_an_end_is_not_taken_from_what_was_kept_of_a_quiet_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("A/s/m_202411.csv");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("{HEADER}\nx,a,{UP},200\nx,a,{UP},20")).unwrap();
    let file = fs::File::open(&path).unwrap();
    thread::sleep(SETTLED);
    let target = "/api/all";
    let changed = Moment(clock().0 - 2);
    let later = Moment(changed.0 + 100);
    for now in [later, changed, later] {
        check(folder.path(), 1, now, target, &format!("{now:?}"));
    }
    let at = UNIX_EPOCH + Duration::from_secs(changed.0.unsigned_abs() + 90);
    file.set_modified(at).unwrap();
    check(folder.path(), 1, later, target, "a touch");
    let total = |now: i64| ask(folder.path(), true, 1, Moment(changed.0 + now), target).1;
    assert!(total(100).contains("\"total\":1}") && total(200).contains("\"total\":2}"));
}
