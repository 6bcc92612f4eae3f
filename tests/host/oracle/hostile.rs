//! Made-up logs from a seed, with everything that logs from the wild have.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use encoding_rs::SHIFT_JIS;

use crate::support::logs::UP;
use crate::support::random::Random;

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
    shuffle(&mut columns, random);
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

/// Puts a list into random order.
fn shuffle<T>(list: &mut [T], random: &mut Random) {
    for at in (1..list.len()).rev() {
        let other = random.below(at + 1);
        list.swap(at, other);
    }
}
