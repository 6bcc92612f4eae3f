//! Made-up logs from a seed: the sample logs, and hostile ones for the comparison with the
//! oracle. The big trees of the bench are made by `tests/bench/tree.rs`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use encoding_rs::SHIFT_JIS;
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

use super::random::Random;

const UP: &str = "正常に稼働中";

/// One stretch of failing checks: from, checks, status, code.
type Outage = (DateTime, usize, &'static str, &'static str);

/// A site of the sample.
struct SampleSite {
    folder: &'static str,
    url: &'static str,
    every: Span,
    /// Response time in milliseconds on a quiet night.
    base: usize,
    outages: Vec<Outage>,
    /// A day on which the monitor itself did not run.
    silent: Option<Date>,
}

fn at(month: i8, day: i8, hour: i8) -> DateTime {
    Date::constant(2024, month, day).at(hour, 0, 0, 0)
}

/// Writes the sample logs that the repository ships: two companies, three sites, three
/// months, with outages of every kind the pages can show.
pub(crate) fn write_sample(root: &Path) {
    let sites = [
        SampleSite {
            folder: "analyzegear/site1",
            url: "https://example.com/",
            every: 1.hour(),
            base: 180,
            outages: vec![
                (at(9, 30, 22), 5, "異常", "503"),
                (at(10, 17, 13), 1, "タイムアウト", "タイムアウト"),
                (at(11, 8, 2), 3, "異常", "500"),
            ],
            silent: None,
        },
        SampleSite {
            folder: "analyzegear/site2",
            url: "https://blog.example.com/",
            every: 2.hours(),
            base: 320,
            outages: vec![
                (at(9, 12, 10), 6, "異常", "404"),
                (at(10, 5, 22), 2, "接続エラー", "N/A"),
                (at(11, 21, 6), 1, "タイムアウト", "タイムアウト"),
                (at(11, 30, 18), 3, "異常", "502"),
            ],
            silent: Some(Date::constant(2024, 10, 20)),
        },
        SampleSite {
            folder: "hoshizora/shop",
            url: "https://shop.example/",
            every: 1.hour(),
            base: 120,
            outages: vec![
                (at(10, 28, 3), 2, "異常", "500"),
                (at(11, 14, 20), 1, "タイムアウト", "タイムアウト"),
            ],
            silent: None,
        },
    ];
    for (seed, site) in sites.iter().enumerate() {
        let mut random = Random::new(seed as u64);
        for month in 9..=11 {
            let text = sample_month(site, month, &mut random);
            let folder = root.join(site.folder);
            fs::create_dir_all(&folder).unwrap();
            fs::write(
                folder.join(format!("monitor_results_2024{month:02}.csv")),
                text,
            )
            .unwrap();
        }
    }
}

fn sample_month(site: &SampleSite, month: i8, random: &mut Random) -> String {
    let mut text = "日時,サイト,状態,ステータスコード,応答時間\n".to_owned();
    let mut time = at(month, 1, 0);
    while time.month() == month {
        let failing = site.outages.iter().find(|(from, checks, ..)| {
            let checks = i64::try_from(*checks).unwrap();
            *from <= time && time < *from + site.every.checked_mul(checks).unwrap()
        });
        let (status, code) = failing.map_or((UP, "200"), |(_, _, status, code)| (status, code));
        let answered = code.parse::<u16>().is_ok();
        let busy = usize::try_from(12 - (time.hour() - 14).abs().min(12)).unwrap();
        let slow = if random.chance(1) { 1500 } else { 0 };
        let millis = site.base + busy * 9 + random.below(60) + slow;
        if site.silent != Some(time.date()) {
            write!(
                text,
                "{} {},{},{status},{code},",
                time.date(),
                time.time(),
                site.url
            )
            .unwrap();
            if answered {
                write!(text, "{}.{:03}", millis / 1000, millis % 1000).unwrap();
            }
            text.push('\n');
        }
        time += site.every;
    }
    text
}

/// Writes a small tree with everything that logs from the wild have: names that need care,
/// both encodings, quoting, missing and doubled columns, cut rows.
pub(crate) fn write_hostile(root: &Path, seed: u64) {
    const NAMES: [&str; 12] = [
        "サイト1",
        "a b",
        "100%",
        "%41",
        "a+b",
        "#1",
        "it's",
        "a\"b",
        "<i>",
        "2024",
        "202411",
        "é",
    ];
    const FILES: [&str; 7] = [
        "monitor_results_202410.csv",
        "monitor_results_202411.csv",
        "monitor_results_202312.csv",
        "x_y_2024.csv",
        "202411.csv",
        "other.csv",
        "notes.txt",
    ];
    let mut random = Random::new(seed);
    write_finished(
        root.join("plain.csv"),
        "サイト,状態,ステータスコード\nx,y,z\n",
    )
    .unwrap();
    for _ in 0..=random.below(3) {
        let company = root.join(random.pick(&NAMES));
        for _ in 0..=random.below(4) {
            let site = company.join(random.pick(&NAMES));
            fs::create_dir_all(&site).unwrap();
            for _ in 0..random.below(5) {
                write_finished(site.join(random.pick(&FILES)), hostile_file(&mut random)).unwrap();
            }
            if random.chance(20) {
                fs::create_dir_all(site.join("folder.csv")).unwrap();
                write_finished(site.join(".hidden_202411.csv"), hostile_file(&mut random)).unwrap();
            }
        }
        if random.chance(30) {
            fs::create_dir_all(company.join(".hidden")).unwrap();
            write_finished(
                company.join(".hidden/x_202411.csv"),
                hostile_file(&mut random),
            )
            .unwrap();
            write_finished(company.join("plain_202411.csv"), hostile_file(&mut random)).unwrap();
        }
    }
}

/// Writes a file that was finished an hour ago: one that has just changed may still be being
/// written, and its last row is left if it has no end.
fn write_finished(path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content.as_ref())?;
    file.set_modified(SystemTime::now() - Duration::from_hours(1))
}

fn hostile_file(random: &mut Random) -> Vec<u8> {
    const URLS: [&str; 12] = [
        "https://a.example/",
        "https://user:pass@a.example/",
        "https://user@a.example/",
        "//a@b:c@a.example?@",
        "see https:///x@a.example/@x//y@z http://u:p@a.example#@",
        "mailto:user@a.example",
        "https://a.example//user@b://c@d",
        "https://b.example/?q=1,2",
        "表示ソ能",
        "say \"x\"",
        "two\nlines",
        "",
    ];
    const CODES: [&str; 7] = [
        "200",
        "500",
        "404",
        "N/A",
        "タイムアウト",
        "2,0\"0",
        "no answer from https://user:pass@a.example/",
    ];
    if random.chance(5) {
        return Vec::new();
    }
    let mut columns = vec!["日時", "サイト", "状態", "ステータスコード"];
    if random.chance(10) {
        columns.remove(random.below(4));
    }
    for extra in ["応答時間", "備考", " サイト ", "状態"] {
        if random.chance(15) {
            columns.push(extra);
        }
    }
    random.shuffle(&mut columns);
    let end = random.pick(&["\n", "\n", "\r\n"]);
    let rows = if random.chance(10) {
        0
    } else {
        random.below(30)
    };
    let mut text = columns
        .iter()
        .map(|name| quoted(name, random))
        .collect::<Vec<_>>()
        .join(",");
    for row in 0..rows {
        text += end;
        if random.chance(5) {
            text += end;
        }
        let mut cells: Vec<String> = Vec::new();
        for column in &columns {
            let value = match column.trim() {
                "日時" => format!("2024-11-01 00:{row:02}:00"),
                "サイト" => random.pick(&URLS).to_owned(),
                "状態" => random
                    .pick(&[UP, UP, UP, "異常", "正常に稼働中 ", ""])
                    .to_owned(),
                "ステータスコード" => random.pick(&CODES).to_owned(),
                _ => "x".to_owned(),
            };
            cells.push(quoted(&value, random));
        }
        if random.chance(5) {
            cells.truncate(1 + random.below(cells.len()));
        }
        if random.chance(5) {
            cells.push("more".to_owned());
        }
        // A row of one empty field is a blank line to some and a row to others.
        let cells = cells.join(",");
        text += if cells.is_empty() { "\"\"" } else { &cells };
    }
    if random.chance(70) {
        text += end;
    }
    if random.chance(25) {
        SHIFT_JIS.encode(&text).0.into_owned()
    } else {
        with_bom(&text, random)
    }
}

fn with_bom(text: &str, random: &mut Random) -> Vec<u8> {
    let mark = if random.chance(20) { "\u{feff}" } else { "" };
    format!("{mark}{text}").into_bytes()
}

/// A cell as CSV has it, sometimes quoted without need.
fn quoted(value: &str, random: &mut Random) -> String {
    if value.contains([',', '"', '\n']) || random.chance(10) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
