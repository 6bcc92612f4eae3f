//! What someone has put where the cache is, or into them: nothing that is not ours is touched,
//! no request waits or fails for it, and every answer is the answer without it.

use std::fs::{self, File, FileTimes};
use std::os::unix::fs::{FileExt, MetadataExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_64;

use super::{about, rows};
use crate::SETTLED;
use crate::support::logs::{HEADER, Logs, UP};
use crate::support::program::{Answer, PROGRAM, program};

const TARGET: &str = "/api/all?include=days,incidents,latency,faults";

/// Two sites of two months, left alone for long enough.
fn some_logs() -> Logs {
    let logs = Logs::new();
    for site in ["A/s", "A/t"] {
        for month in 10..=11 {
            let rows = rows(&format!("https://{site}/"), 2000);
            let rows = rows.replace("2024-11-", &format!("2024-{month:02}-"));
            logs.write(&format!("{site}/m_2024{month:02}.csv"), rows);
        }
    }
    thread::sleep(SETTLED);
    logs
}

/// What the program answers if it does so soon and is given no more memory than a host has.
#[track_caller]
fn ask(logs: &Logs, target: &str) -> String {
    let mut limited = program(Path::new("timeout"));
    limited.args(["20", "prlimit", "--core=0", PROGRAM]);
    let mut asked = about(&mut limited, &logs.path(), target);
    let answer = Answer::of(asked.env("PATH", "/usr/bin:/bin"));
    assert_eq!((answer.status(), &*answer.stderr), ("200", ""), "{target}");
    answer.body
}

fn make_old(path: &Path) {
    let day = SystemTime::now() - Duration::from_hours(24);
    let file = File::open(path).unwrap();
    file.set_times(FileTimes::new().set_modified(day)).unwrap();
}

fn fifo(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Names of a cache file and of a draft of one.
const CACHE_FILE: &str = "0123456789abcdef-0123456789abcdef";
const DRAFT: &str = "0123456789abcdef-0123456789abcdef.1";

#[test]
fn a_link_where_the_folder_should_be_leads_nowhere() {
    let logs = some_logs();
    let outside = logs.beside("htdocs");
    fs::create_dir(&outside).unwrap();
    for name in [
        "index.html",
        "report.pdf",
        "a.jpg",
        "backup.tar.gz",
        CACHE_FILE,
        DRAFT,
    ] {
        fs::write(outside.join(name), name).unwrap();
        make_old(&outside.join(name));
    }
    let before = names(&outside);
    let want = logs.ask(TARGET).body;
    fs::remove_dir_all(logs.path().join(".cache")).unwrap();
    symlink(&outside, logs.path().join(".cache")).unwrap();
    let answer = ask(&logs, TARGET);
    assert_eq!(names(&outside), before);
    assert_eq!(answer, want);
    let page = ask(&logs, "/?check=1&lang=en");
    assert_eq!(names(&outside), before);
    assert!(page.contains("can&#39;t be cached"), "{page}");
}

#[test]
fn only_regular_files_with_names_of_cache_files_are_removed() {
    let logs = some_logs();
    let want = logs.ask(TARGET).body;
    let (folder, outside) = (logs.path().join(".cache"), logs.beside("outside"));
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(&outside, "not ours").unwrap();
    let strange = [
        "report.pdf",
        "notes.1",
        "0123456789abcdef.1",
        "0123456789ABCDEF-0123456789abcdef.1",
        "0123456789abcdef-0123456789abcdef.+1",
        "0123456789abcdef-0123456789abcdef.01",
        "0123456789abcdef-0123456789abcdef.",
        "0123456789abcdef-0123456789abcdef.1.bak",
        "+123456789abcdef-0123456789abcdef.1",
    ];
    for name in strange {
        fs::write(folder.join(name), "").unwrap();
        make_old(&folder.join(name));
    }
    let draft = |number: u32| folder.join(DRAFT.replace(".1", &format!(".{number}")));
    fs::create_dir(draft(2)).unwrap();
    make_old(&draft(2));
    symlink(&outside, draft(3)).unwrap();
    fifo(&draft(4));
    let _socket = UnixListener::bind(draft(5)).unwrap();
    // Another name of a file outside, and one that is only ours.
    fs::hard_link(&outside, draft(6)).unwrap();
    fs::write(draft(7), "").unwrap();
    make_old(&draft(6));
    assert_eq!(ask(&logs, TARGET), want);
    for name in strange {
        assert!(folder.join(name).exists(), "{name}");
    }
    for number in 2..=7 {
        let is_there = fs::symlink_metadata(draft(number)).is_ok();
        assert_eq!(is_there, number < 6, "{number}");
    }
    assert_eq!(fs::read(&outside).unwrap(), b"not ours");
    assert_eq!(logs.cache().len(), strange.len() + 4 + 2);
}

#[test]
fn the_cache_folder_of_earlier_versions_is_removed_except_for_foreign_files() {
    let logs = some_logs();
    let former = logs.path().join(".rollups");
    let ours = ["0123456789abcdef", "0123456789abcdef.77", CACHE_FILE, DRAFT];
    let fill = |folder: &Path, foreign: &[&str]| {
        fs::create_dir(folder).unwrap();
        for name in ours.iter().chain(foreign) {
            fs::write(folder.join(name), "").unwrap();
        }
    };
    let ask_anew = || {
        fs::remove_dir_all(logs.path().join(".cache")).unwrap();
        ask(&logs, TARGET)
    };
    let want = ask(&logs, TARGET);

    fill(&former, &[]);
    assert_eq!(ask_anew(), want);
    assert!(!former.exists());

    fill(&former, &["report.pdf"]);
    assert_eq!(ask_anew(), want);
    assert_eq!(names(&former), ["report.pdf"]);
    fs::remove_dir_all(&former).unwrap();

    let outside = logs.beside("htdocs");
    fill(&outside, &["report.pdf"]);
    symlink(&outside, &former).unwrap();
    assert_eq!(ask_anew(), want);
    assert_eq!(names(&outside).len(), ours.len() + 1);
}

/// Puts something at a path.
type Plant<'a> = &'a dyn Fn(&Path);

#[test]
fn nothing_in_place_of_a_cache_file_holds_a_request_up() {
    let logs = some_logs();
    let want = logs.ask(TARGET).body;
    let outside = logs.beside("outside");
    fs::write(&outside, vec![b'x'; 5000]).unwrap();
    let paths = logs.cache();
    assert_eq!(paths.len(), 2);
    let held = logs.beside("fifo");
    fifo(&held);
    let plants: [(&str, Plant); 9] = [
        ("a FIFO", &fifo),
        ("a link to a FIFO", &|path| symlink(&held, path).unwrap()),
        ("a device", &|path| symlink("/dev/zero", path).unwrap()),
        ("a link to itself", &|path| symlink(path, path).unwrap()),
        ("a link to a file", &|path| symlink(&outside, path).unwrap()),
        ("a file of another", &|path| {
            fs::hard_link(&outside, path).unwrap();
        }),
        ("a socket", &|path| drop(UnixListener::bind(path).unwrap())),
        ("nothing", &|path| fs::write(path, "").unwrap()),
        ("a folder", &|path| fs::create_dir(path).unwrap()),
    ];
    for (what, plant) in plants {
        for path in &paths {
            fs::remove_file(path).unwrap();
            plant(path);
        }
        for _ in 0..2 {
            assert_eq!(ask(&logs, TARGET), want, "{what}");
        }
        assert_eq!(fs::read(&outside).unwrap(), vec![b'x'; 5000], "{what}");
    }
}

/// A number as postcard writes it.
fn varint(number: u64) -> Vec<u8> {
    postcard::to_allocvec(&number).unwrap()
}

/// The three numbers of an extent, as postcard writes them.
fn extent(at: u64, length: u64, hash: u64) -> Vec<u8> {
    [at, length, hash].map(varint).concat()
}

/// A cache file in which the extent of the heads has another length, though every hash is right.
fn forge(file: &[u8], length: u64) -> Vec<u8> {
    let (rest, trailer) = file.split_at(file.len() - 32);
    let at = u64::from_le_bytes(trailer[8..16].try_into().unwrap());
    let (bodies, front) = rest.split_at(usize::try_from(at).unwrap());
    // The heads end where the front begins, and their extent is the last thing in it.
    let mut heads = (0..at).map(|start| {
        let heads = &bodies[usize::try_from(start).unwrap()..];
        extent(start, at - start, xxh3_64(heads))
    });
    let heads = heads.find(|heads| front.ends_with(heads)).unwrap();
    let front = &front[..front.len() - heads.len()];
    let front = [front, &extent(0, length, 0)].concat();
    let numbers = [at, front.len() as u64, xxh3_64(&front)].map(u64::to_le_bytes);
    [bodies, &front, &trailer[..8], &numbers.concat()].concat()
}

#[test]
fn a_length_that_no_one_wrote_asks_for_no_memory() {
    let logs = some_logs();
    logs.ask(TARGET);
    let paths = logs.cache();
    let whole: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    // With its first file changed, the heads of a site are asked for.
    for site in ["A/s", "A/t"] {
        logs.write(&format!("{site}/m_202410.csv"), rows("https://a/", 10));
    }
    let unkept = || {
        fs::remove_dir_all(logs.path().join(".cache")).unwrap();
        ask(&logs, TARGET)
    };
    let want = unkept();
    for length in [1 << 63, (1 << 63) - 1, u64::MAX, 1 << 45, 1 << 33, 1 << 20] {
        fs::create_dir_all(logs.path().join(".cache")).unwrap();
        for (path, whole) in paths.iter().zip(&whole) {
            fs::write(path, forge(whole, length)).unwrap();
        }
        assert_eq!(ask(&logs, TARGET), want, "{length}");
    }
    // A file that is as long as it says, though there is next to nothing in it.
    for (path, whole) in paths.iter().zip(&whole) {
        let length = 1 << 40;
        let numbers: [u64; 3] = [0, length, 0];
        let trailer = numbers.map(u64::to_le_bytes).concat();
        let trailer = [&whole[whole.len() - 32..][..8], &trailer].concat();
        fs::remove_file(path).unwrap();
        let sparse = File::create(path).unwrap();
        sparse.write_all_at(&trailer, length).unwrap();
    }
    assert_eq!(ask(&logs, TARGET), want);
}

#[test]
fn the_cache_file_of_another_site_is_ignored() {
    let logs = Logs::new();
    // Both logs are equal, except for the paths of their faults.
    let text = format!("{HEADER}\n2024-11-01 00:00:00,https://a/,{UP},200\nx\n");
    logs.write("A/s/m_202411.csv", &text);
    logs.write("A/t/m_202411.csv", &text);
    thread::sleep(SETTLED);
    let want = ["s", "t"].map(|site| {
        let answer = ask(&logs, &format!("/api/A/{site}?include=faults"));
        assert!(
            answer.contains(&format!("A/{site}/m_202411.csv")),
            "{answer}"
        );
        answer
    });
    let [one, other] = &logs.cache()[..] else {
        panic!("{:?}", logs.cache());
    };
    for (from, to) in [(one, other), (other, one)] {
        let number = fs::metadata(to).unwrap().ino();
        fs::copy(from, to).unwrap();
        assert_eq!(fs::metadata(to).unwrap().ino(), number);
        for (n, site) in ["s", "t"].into_iter().enumerate() {
            let answer = ask(&logs, &format!("/api/A/{site}?include=faults"));
            assert_eq!(answer, want[n]);
        }
    }
}

#[test]
fn the_name_of_a_kept_file_is_as_these_tests_know_it() {
    let logs = some_logs();
    logs.ask(TARGET);
    let is_name = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let parts: Vec<&str> = name.split('-').collect();
        let is_part = |part: &&str| part.len() == 16 && part.bytes().all(|c| c.is_ascii_hexdigit());
        parts.len() == 2 && parts.iter().all(is_part)
    };
    assert!(logs.cache().iter().all(is_name), "{:?}", logs.cache());
}
