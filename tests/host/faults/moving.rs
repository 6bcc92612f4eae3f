//! Logs that change under a request: folders that go away, files that are cut, replaced and
//! written to, by someone who knows nothing of requests.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::{json, rows, total};
use crate::support::logs::{Logs, UP};
use crate::support::program::Answer;
use crate::support::random::Random;

/// Does something over and over, beside something else that is done once.
fn beside(mut over_and_over: impl FnMut() + Send, once: impl FnOnce()) {
    /// Ends the loop also when a check panics.
    struct End<'a>(&'a AtomicBool);
    impl Drop for End<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                over_and_over();
            }
        });
        let _end = End(&ended);
        once();
    });
}

/// Lets `link` lead elsewhere, in one step.
fn flip(link: &Path, target: &Path) {
    let new = link.with_extension("new");
    symlink(target, &new).unwrap();
    fs::rename(new, link).unwrap();
}

/// The log folder is a link to one of two trees of the same names: each site has `count` checks.
fn two_trees(counts: [usize; 2]) -> (Logs, [std::path::PathBuf; 2]) {
    let logs = Logs::new();
    let trees = ["one", "two"].map(|name| logs.beside(name));
    for (tree, count) in trees.iter().zip(counts) {
        for site in ["A/s", "A/t", "B/s"] {
            fs::create_dir_all(tree.join(site)).unwrap();
            let rows = rows(&format!("https://{site}/"), count);
            fs::write(tree.join(site).join("m_202411.csv"), rows).unwrap();
        }
    }
    fs::remove_dir(logs.path()).unwrap();
    symlink(&trees[0], logs.path()).unwrap();
    (logs, trees)
}

/// No answer contains a path of the host.
#[track_caller]
fn check_discreet(logs: &Logs, answer: &Answer) {
    let home = logs.beside("");
    let home = home.to_str().unwrap().trim_end_matches('/');
    assert!(!format!("{answer:?}").contains(home), "{answer:?}");
    assert_eq!(answer.stderr, "");
}

#[test]
fn a_log_folder_that_comes_and_goes_between_requests() {
    let (logs, [one, two]) = two_trees([300, 700]);
    for _ in 0..2 {
        for (target, want) in [(&one, 900), (&logs.beside("nowhere"), 0), (&two, 2100)] {
            flip(&logs.path(), target);
            for asked in ["/api/all", "/", "/?lang=en", "/api/A/s"] {
                let answer = logs.ask(asked);
                check_discreet(&logs, &answer);
                let status = if want == 0 { "503" } else { "200" };
                assert_eq!(answer.status(), status, "{asked}: {answer:?}");
                if asked == "/api/all" && want > 0 {
                    assert_eq!(total(&json(&answer)), want);
                }
            }
            thread::sleep(crate::SETTLED / 2);
        }
    }
}

#[test]
fn a_log_folder_that_comes_and_goes_while_requests_run() {
    let (logs, [one, two]) = two_trees([3000, 3700]);
    let nowhere = logs.beside("nowhere");
    let mut random = Random::new(1);
    let mut seen = [0; 4];
    thread::sleep(crate::SETTLED);
    let turn = || {
        let to = [&one, &two, &nowhere][random.below(3)];
        flip(&logs.path(), to);
        thread::sleep(Duration::from_micros(500 + random.below(8000) as u64));
    };
    beside(turn, || {
        for n in 0..250 {
            if n % 5 == 0 {
                let page = logs.ask("/?lang=en");
                check_discreet(&logs, &page);
                assert!(["200", "503"].contains(&page.status()), "{page:?}");
                continue;
            }
            let answer = logs.ask("/api/all?include=faults");
            check_discreet(&logs, &answer);
            if answer.status() == "503" {
                seen[0] += 1;
                continue;
            }
            let answer = json(&answer);
            let urls = answer["logs"].as_object().unwrap();
            for (name, url) in urls {
                let total = url["total"].as_u64().unwrap();
                assert!([3000, 3700].contains(&total), "{name}: {answer}");
            }
            // What is missing is reported as a fault.
            let told = answer["faults"]["count"].as_u64().unwrap();
            assert!(urls.len() == 3 || told > 0, "{answer}");
            let mixed = [9000, 11_100].contains(&total(&answer));
            seen[if told > 0 { 1 } else { 2 + usize::from(mixed) }] += 1;
        }
    });
    println!("503, with faults, of two trees, of one: {seen:?}");
    // What was cached meanwhile belongs to the right tree, or is not used.
    for (tree, want) in [(&one, 9000), (&two, 11_100)] {
        flip(&logs.path(), tree);
        for _ in 0..2 {
            assert_eq!(total(&json(&logs.ask("/api/all"))), want);
        }
    }
}

#[test]
fn a_file_replaced_while_it_is_read_is_the_old_or_the_new() {
    let logs = Logs::new();
    let texts = [rows("https://a/", 20_000), rows("https://a/", 12_000)];
    let path = logs.write("A/s/m_202411.csv", &texts[0]);
    let mut turn = 0;
    let replace = || {
        turn += 1;
        let new = path.with_extension("new");
        fs::write(&new, &texts[turn % 2]).unwrap();
        fs::rename(&new, &path).unwrap();
        thread::sleep(Duration::from_millis(15));
    };
    beside(replace, || {
        for _ in 0..60 {
            let answer = json(&logs.ask("/api/all"));
            let total = total(&answer);
            assert!([20_000, 12_000].contains(&total), "{answer}");
            assert_eq!(answer["logs"]["https://a/"]["failure"], total / 100);
        }
    });
}

#[test]
fn a_file_cut_and_written_anew_while_it_is_read_never_shows_a_torn_row() {
    let logs = Logs::new();
    let text = rows("https://a.example/", 20_000);
    let path = logs.write("A/s/m_202411.csv", &text);
    let mut random = Random::new(2);
    let cut = || {
        let at = random.below(text.len());
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(at as u64)
            .unwrap();
        thread::sleep(Duration::from_millis(8));
        fs::write(&path, &text).unwrap();
        thread::sleep(Duration::from_millis(8));
    };
    beside(cut, || {
        for n in 0..60 {
            let include = ["", "?include=latency"][n % 2];
            let answer = json(&logs.ask(&format!("/api/all{include}")));
            check_whole_rows(&answer, "https://a.example/");
            assert!(total(&answer) <= 20_000);
        }
    });
    fs::write(&path, &text).unwrap();
    for _ in 0..2 {
        assert_eq!(total(&json(&logs.ask("/api/all"))), 20_000);
        thread::sleep(crate::SETTLED);
    }
}

/// No name and no code that is only the start of one.
#[track_caller]
fn check_whole_rows(answer: &serde_json::Value, url: &str) {
    for (name, counts) in answer["logs"].as_object().unwrap() {
        assert!(name.starts_with(url) && name.ends_with('/'), "{answer}");
        for code in counts["status_codes"].as_object().unwrap().keys() {
            assert!(["200", "500"].contains(&&**code), "{answer}");
        }
    }
}

/// Appends rows in pieces that end anywhere, as fast as they come, while others ask; `quoted`
/// rows are not read by the fast path.
fn write_all_the_time(quoted: bool) {
    let quote = if quoted { "\"" } else { "" };
    let logs = Logs::new();
    let start = rows("https://0/", 3000);
    let path = logs.write("A/s/m_202411.csv", start);
    logs.write("A/s/m_202410.csv", rows("https://1/", 500));
    thread::sleep(crate::SETTLED);
    // Rows whose first byte has been written, and rows of which every byte has.
    let (begun, done) = (AtomicU64::new(3500), AtomicU64::new(3500));
    let mut log = File::options().append(true).open(path).unwrap();
    let mut random = Random::new(3);
    let mut left: Vec<u8> = Vec::new();
    let append = || {
        while left.len() < 4000 {
            let n = random.below(2);
            let (status, code) = [(UP, 200), ("異常", 500)][random.below(2)];
            left.extend(
                format!("2024-11-29 00:00:00,{quote}https://{n}/{quote},{status},{code}\n").bytes(),
            );
        }
        let piece: Vec<u8> = left.drain(..=random.below(150)).collect();
        let ends = piece.split(|byte| *byte == b'\n').count() as u64 - 1;
        begun.fetch_add(ends + 1, Ordering::SeqCst);
        log.write_all(&piece).unwrap();
        begun.fetch_sub(1, Ordering::SeqCst);
        done.fetch_add(ends, Ordering::SeqCst);
        thread::sleep(Duration::from_micros(300));
    };
    let mut requests = 0;
    beside(append, || {
        let until = Instant::now() + Duration::from_secs(4);
        let mut last = 0;
        while Instant::now() < until {
            let fewest = done.load(Ordering::SeqCst).max(last);
            let target = ["/api/all?include=faults", "/api/all?include=latency,faults"];
            let answer = json(&logs.ask(target[requests % 2]));
            let most = begun.load(Ordering::SeqCst) + 1;
            check_whole_rows(&answer, "https://");
            assert_eq!(answer["faults"]["count"], 0, "{answer}");
            last = total(&answer);
            assert!((fewest..=most).contains(&last), "{fewest} {most}: {answer}");
            requests += 1;
        }
    });
    println!("{requests} requests, {} rows", done.load(Ordering::SeqCst));
    assert!(requests > 20);
}

#[test]
fn a_row_that_is_begun_after_its_file_was_listed_never_shows_torn() {
    let logs = Logs::new();
    let path = logs.write("B/s/m_202411.csv", rows("https://a.example/", 20_000));
    // Takes some time between the listing of all files and the reading of the last.
    logs.write("A/s/m_202411.csv", rows("https://a.example/", 5000));
    let mut log = File::options().append(true).open(path).unwrap();
    let row = format!("2024-11-29 00:00:00,https://a.example/,{UP},200\n");
    let mut written = 0;
    let append = || {
        // The row before was written five minutes ago.
        let before = SystemTime::now() - Duration::from_mins(5);
        log.set_modified(before).unwrap();
        thread::sleep(Duration::from_millis(25));
        // The row ends in the middle of its code, so that it looks whole.
        let (start, end) = row.split_at(row.len() - 2);
        log.write_all(start.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(25));
        log.write_all(end.as_bytes()).unwrap();
        written += 1;
    };
    beside(append, || {
        let until = Instant::now() + Duration::from_secs(3);
        while Instant::now() < until {
            let answer = json(&logs.ask("/api/all?include=faults"));
            check_whole_rows(&answer, "https://a.example/");
            assert_eq!(answer["faults"]["count"], 0, "{answer}");
        }
    });
    assert!(written > 10);
}

#[test]
fn a_writer_that_tears_rows_never_shows_one_and_totals_never_go_back() {
    write_all_the_time(false);
}

#[test]
fn a_writer_that_tears_quoted_rows_never_shows_one_and_totals_never_go_back() {
    write_all_the_time(true);
}
