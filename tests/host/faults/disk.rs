//! A disk that is full, or that can't be written: what is kept is no part of an answer.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::{NOBODY, about, is_root, json, rows, total};
use crate::support::logs::{HEADER, Logs};
use crate::support::program::{Answer, PROGRAM, install, program};

const TARGETS: [&str; 2] = ["/api/all?include=latency,faults", "/?lang=en"];

/// A shell in a view of the file systems that ends with it: whatever it mounts is seen by no
/// one else, and never left behind.
fn shell(script: &str) -> Command {
    let mut shell = program(Path::new("unshare"));
    shell.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    shell.arg("--mount");
    if !is_root() {
        shell.arg("--map-root-user");
    }
    shell.args(["sh", "-euc", script, "sh"]);
    shell
}

/// Three months of two sites with many URLs: what is kept of each takes some pages of a disk.
fn some_logs() -> Logs {
    let logs = Logs::new();
    for site in ["A/s", "B/t"] {
        for month in 9..=11 {
            let rows = rows(&format!("https://{site}/"), 2000);
            let rows = rows.replace("2024-11-", &format!("2024-{month:02}-"));
            let lines = rows.lines().enumerate();
            let text = lines.map(|(n, row)| row.replace("/,", &format!("/{},", n % 100)) + "\n");
            logs.write(
                &format!("{site}/m_2024{month:02}.csv"),
                text.collect::<String>(),
            );
        }
    }
    logs
}

/// Segment of an answer that does not depend on the time of day or on the files' own numbers.
fn essence(target: &str, answer: &Answer) -> String {
    assert_eq!((answer.status(), &*answer.stderr), ("200", ""), "{target}");
    if target.starts_with("/api") {
        return answer.body.clone();
    }
    assert!(!answer.body.contains("could not be read"));
    let uptimes = answer.body.split('>').filter(|text| text.contains("%<"));
    uptimes.collect()
}

#[test]
fn a_disk_that_is_full_at_some_page_of_a_cache_file() {
    // Asks for each target with $4, $4 - 15, … 0 pages left on a disk of 2 MB: first with nothing
    // kept, then with what there was room for, then by another program, which keeps its own.
    const SCRIPT: &str = r#"
        mount -t tmpfs -o size=2m,mode=755 none "$1"
        cp -R "$2/." "$1"
        sleep 2.2
        pages=$4
        while [ "$pages" -ge 0 ]; do
            rm -rf "$1/.cache"
            cat /dev/zero >"$1/fill" 2>/dev/null || true
            truncate -s "-$((pages * 4096))" "$1/fill"
            for turn in 1 2 3; do
                program=$3
                [ "$turn" != 3 ] || program=$3.other
                n=0
                for target in '/api/all?include=latency,faults' '/?lang=en'; do
                    n=$((n + 1))
                    REQUEST_URI=$target QUERY_STRING=${target#*\?} SITE_MONITOR_LOGS=$1 \
                        "$program" >"$5/$pages.$turn.$n" 2>&1
                done
            done
            ls -A "$1/.cache" >"$5/$pages.ls" 2>/dev/null || true
            pages=$((pages - 15))
        done
    "#;
    const PAGES: usize = 210;
    let logs = some_logs();
    let want = TARGETS.map(|target| essence(target, &logs.ask(target)));
    let (disk, answers) = (logs.beside("disk"), logs.beside("answers"));
    for folder in [&disk, &answers] {
        fs::create_dir(folder).unwrap();
    }
    let index = logs.beside("index.cgi");
    for copy in [&index, &logs.beside("index.cgi.other")] {
        install(copy);
        // They are told apart by their times.
        thread::sleep(Duration::from_millis(20));
    }
    let mut shell = shell(SCRIPT);
    shell.arg(&disk).arg(logs.path());
    shell.arg(&index).arg(PAGES.to_string()).arg(&answers);
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut kept = Vec::new();
    for pages in (0..=PAGES).step_by(15) {
        for turn in 1..=3 {
            for (n, target) in TARGETS.into_iter().enumerate() {
                let path = answers.join(format!("{pages}.{turn}.{}", n + 1));
                let answer = Answer::of(program(Path::new("/bin/cat")).arg(path));
                assert_eq!(essence(target, &answer), want[n], "{pages} pages, {turn}");
            }
        }
        let names = fs::read_to_string(answers.join(format!("{pages}.ls"))).unwrap();
        assert!(!names.contains('.'), "{pages} pages: {names}");
        kept.push(names.lines().count());
    }
    println!("cache files kept with 0, 15, 30, … pages left: {kept:?}");
    // At some pages the first fits, and the second is begun and does not.
    assert!(
        [0, 1, 2].iter().all(|count| kept.contains(count)),
        "{kept:?}"
    );
    assert!(kept.is_sorted());
}

#[test]
fn a_folder_on_a_file_system_that_is_only_read() {
    let logs = some_logs();
    let ask = |target| {
        let script = r#"mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"
            ! touch "$1/x" 2>/dev/null; exec "$2""#;
        let mut shell = shell(script);
        shell.arg(logs.path()).arg(PROGRAM);
        let path = "/usr/sbin:/usr/bin:/sbin:/bin";
        Answer::of(about(&mut shell, &logs.path(), target).env("PATH", path))
    };
    let first = TARGETS.map(|target| essence(target, &ask(target)));
    assert!(!logs.path().join(".cache").exists());
    // Now something is kept, and then out of date.
    thread::sleep(crate::SETTLED);
    assert_eq!(
        TARGETS.map(|target| essence(target, &logs.ask(target))),
        first
    );
    let kept = logs.cache();
    assert_eq!(kept.len(), 2);
    let bytes: Vec<_> = kept.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(TARGETS.map(|target| essence(target, &ask(target))), first);
    logs.write("A/s/m_202411.csv", rows("https://A/s/", 5));
    let after = ask("/api/all");
    assert_eq!(total(&json(&after)), 5 * 2000 + 5);
    assert_eq!(after.stderr, "");
    let now: Vec<_> = kept.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(now, bytes);
    assert_eq!(logs.cache().len(), 2);
}

#[test]
fn a_user_who_may_read_the_logs_and_write_nothing() {
    let logs = some_logs();
    let index = logs.beside("index.cgi");
    install(&index);
    let everyone = fs::Permissions::from_mode(0o755);
    fs::set_permissions(logs.beside(""), everyone).unwrap();
    // Without root, the folder itself says that it may not be written.
    let closed = if is_root() { 0o755 } else { 0o555 };
    let ask = |target| {
        fs::set_permissions(logs.path(), fs::Permissions::from_mode(closed)).unwrap();
        let mut command = about(&mut program(&index), &logs.path(), target);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let answer = Answer::of(&mut command);
        fs::set_permissions(logs.path(), fs::Permissions::from_mode(0o755)).unwrap();
        essence(target, &answer)
    };
    let first = TARGETS.map(ask);
    assert!(!logs.path().join(".cache").exists());
    thread::sleep(crate::SETTLED);
    assert_eq!(
        TARGETS.map(|target| essence(target, &logs.ask(target))),
        first
    );
    assert_eq!(logs.cache().len(), 2);
    // What another user keeps can't be read, and is no fault.
    assert_eq!(TARGETS.map(ask), first);
    logs.write("B/t/m_202411.csv", HEADER);
    let after = ask(TARGETS[0]);
    assert_eq!(after, essence(TARGETS[0], &logs.ask(TARGETS[0])));
    assert_ne!(after, first[0]);
}
