//! The sample logs in `logs/`, and the generator that made them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

use crate::support::logs::UP;
use crate::support::random::Random;

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
    /// When it was taken off the schedule.
    ends: Option<DateTime>,
}

/// The notes of a company. One remark is about an outage, one maintenance covers an hour of checks.
const NOTES: &str = "開始,終了,サイト,種類,内容
2024-11-17 01:00,2024-11-17 04:00,site1,メンテナンス,データベースの更新（11月8日にご案内済み）
2024-11-08 02:00,2024-11-08 05:00,site1,備考,原因: 夜間バッチによるメモリ不足。対応: 上限を引き上げて再起動
2024-11-30 18:00,2024-12-01 00:00,site2,備考,サーバー会社の障害。復旧を確認中
";

/// The sites of the sample.
const FOLDERS: [&str; 4] = [
    "analyzegear/site1",
    "analyzegear/site2",
    "hoshizora/shop",
    "hoshizora/festival",
];

fn at(month: i8, day: i8, hour: i8) -> DateTime {
    Date::constant(2024, month, day).at(hour, 0, 0, 0)
}

/// Writes the sample logs that the repository ships: two companies, four sites, three months, with
/// outages of every kind the pages can show, notes, and a site that is watched no more.
fn write_sample(root: &Path) {
    let sites = [
        SampleSite {
            folder: FOLDERS[0],
            url: "https://example.com/",
            every: 1.hour(),
            base: 180,
            outages: vec![
                (at(9, 30, 22), 5, "異常", "503"),
                (at(10, 17, 13), 1, "タイムアウト", "タイムアウト"),
                (at(11, 8, 2), 3, "異常", "500"),
            ],
            silent: None,
            ends: None,
        },
        SampleSite {
            folder: FOLDERS[1],
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
            ends: None,
        },
        SampleSite {
            folder: FOLDERS[2],
            url: "https://shop.example/",
            every: 1.hour(),
            base: 120,
            outages: vec![
                (at(10, 28, 3), 2, "異常", "500"),
                (at(11, 14, 20), 1, "タイムアウト", "タイムアウト"),
            ],
            silent: None,
            ends: None,
        },
        SampleSite {
            folder: FOLDERS[3],
            url: "https://festival.example/2024/",
            every: 1.day(),
            base: 150,
            outages: vec![],
            silent: None,
            ends: Some(at(10, 20, 0)),
        },
    ];
    fs::create_dir_all(root.join("analyzegear")).unwrap();
    fs::write(root.join("analyzegear/notes.csv"), NOTES).unwrap();
    for (seed, site) in sites.iter().enumerate() {
        let mut random = Random::new(seed as u64);
        for month in 9..=11 {
            if site.ends.is_some_and(|end| end < at(month, 1, 0)) {
                continue;
            }
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
        let is_over = site.ends.is_some_and(|end| end < time);
        if site.silent != Some(time.date()) && !is_over {
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

#[test]
fn the_sample_is_what_the_generator_writes() {
    let logs = Path::new(env!("CARGO_MANIFEST_DIR")).join("logs");
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        write_sample(&logs);
    }
    let folder = tempfile::tempdir().unwrap();
    write_sample(folder.path());
    let mut size = 0;
    assert_eq!(
        fs::read_to_string(logs.join("analyzegear/notes.csv")).unwrap(),
        NOTES
    );
    for site in FOLDERS {
        for entry in fs::read_dir(folder.path().join(site)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let want = fs::read(folder.path().join(site).join(&name)).unwrap();
            size += want.len();
            assert!(
                fs::read(logs.join(site).join(&name)).unwrap() == want,
                "{site}/{name}"
            );
        }
    }
    assert!(size < 400_000, "the sample has grown to {size} bytes");
}
