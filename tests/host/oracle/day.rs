//! The page of a day: its sums, hours, marks and list of failed checks against `tests/oracle/day.py`,
//! over made-up logs around the days on which a clock changes.

use std::fmt::Write;

use serde_json::{Value, json};

use super::script::ask;
use crate::support::random::Random;
use crate::support::site::Site;

const ZONE: &str = "Europe/Berlin";
const MONTHS: [(&str, u8); 3] = [("202403", 29), ("202410", 25), ("202406", 13)];
const URLS: [&str; 3] = ["https://a.example/", "https://b.example/x", "say, \"c\""];

/// Three days of checks, in one file or two of the same month.
fn write_logs(site: &Site, month: &str, first: u8, random: &mut Random) {
    let mut files = vec![
        "日時,サイト,状態,ステータスコード,応答時間\n".to_owned();
        1 + random.below(2)
    ];
    for url in URLS {
        let step = random.one_of(&[30, 60, 300, 300, 1800]);
        let mut second = random.below(600);
        let has_times = random.chance(80);
        while second < 3 * 86_400 {
            let day = usize::from(first) + second / 86_400;
            let (hour, minute, rest) = (second / 3600 % 24, second / 60 % 60, second % 60);
            let time = format!(
                "{}-{}-{day:02} {hour:02}:{minute:02}:{rest:02}",
                &month[..4],
                &month[4..]
            );
            let (status, code) = match random.below(100) {
                0..4 => (
                    "異常",
                    random.pick(&["500", "503", "N/A", "タイムアウト", "x, \"y\""]),
                ),
                4 => ("メンテナンス", "503"),
                _ => ("正常に稼働中", "200"),
            };
            let slow = if random.chance(1) { 40 } else { 1 };
            let response = if has_times {
                format!("0.{:03}", 1 + random.below(999)).replace("0.", &format!("{}.", slow - 1))
            } else {
                String::new()
            };
            let url = url.replace('"', "\"\"");
            let code = code.replace('"', "\"\"");
            let file = random.below(files.len());
            writeln!(
                files[file],
                "{time},\"{url}\",{status},\"{code}\",{response}"
            )
            .unwrap();
            second += if random.chance(3) { step * 5 } else { step };
        }
    }
    for (number, text) in files.iter().enumerate() {
        site.write(&format!("A/s/file{number}_{month}.csv"), text);
    }
    let (year, month) = month.split_at(4);
    site.write(
        "A/notes.csv",
        format!("開始,終了,サイト,種類,内容\n{year}-{month}-{first:02} 22:00,{year}-{month}-{:02} 01:30,,メンテナンス,x\n", first + 1),
    );
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let pieces = text.split(from).skip(1);
    pieces.filter_map(|rest| rest.split(to).next()).collect()
}

fn plain(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The places of the marks of a class, in seconds.
fn places(section: &str, class: &str) -> Vec<i64> {
    let path = between(section, &format!("class=\"{class}\" d=\""), "\"").concat();
    let marks = path.split('M').skip(1);
    marks
        .map(|mark| mark.split(' ').next().unwrap().parse::<i64>().unwrap() * 10)
        .collect()
}

/// A time as a page prints it.
fn printed(millis: &Value) -> String {
    match millis.as_f64() {
        None => "—".to_owned(),
        Some(time) if time < 1000.0 => format!("{time:.0} ms"),
        Some(time) => format!("{:.2} s", time / 1000.0),
    }
}

fn compare(section: &str, want: &Value, what: &str) {
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split("</t").filter_map(|cell| cell.rsplit_once('>'));
        cells
            .map(|(_, text)| plain(text).replace(',', ""))
            .filter(|text| !text.is_empty())
            .collect()
    };
    let table = |class: &str| {
        let table = between(section, &format!("class=\"{class}\">"), "</table>").concat();
        let body = table.split("<tbody>").nth(1).unwrap_or_default().to_owned();
        between(&body, "<tr>", "</tr>")
            .into_iter()
            .map(cells)
            .collect::<Vec<_>>()
    };
    let hours: Vec<Vec<String>> = want["hours"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hour| {
            let number = |at: usize| hour[at].to_string();
            vec![
                hour[0].as_str().unwrap().to_owned(),
                number(1),
                number(2),
                printed(&hour[3]),
                printed(&hour[4]),
            ]
        })
        .collect();
    assert_eq!(table("day-hours"), hours, "{what}");
    let failed: Vec<Vec<String>> = want["failed_list"]
        .as_array()
        .unwrap()
        .iter()
        .take(200)
        .map(|check| {
            [&check[0], &check[1]]
                .map(|text| text.as_str().unwrap().replace(',', ""))
                .to_vec()
        })
        .collect();
    let shown: Vec<Vec<String>> = table("failed-checks")
        .iter()
        .map(|row| row[..2].to_vec())
        .collect();
    assert_eq!(shown, failed, "{what}");
    let figure = |name: &str| {
        between(section, &format!("<span>{name} <b class=\"\">"), "</b>")[0].replace(',', "")
    };
    assert_eq!(figure("Checks"), want["checks"].to_string(), "{what}");
    assert_eq!(figure("Failed"), want["failed"].to_string(), "{what}");
    if section.contains("a mark is a minute") {
        return;
    }
    for kind in ["up", "failed", "planned"] {
        let offsets = want["offsets"][kind].as_array().unwrap();
        let marks = places(section, &format!("check-{kind}"));
        assert_eq!(marks.len(), offsets.len(), "{what}: {kind}");
        for (mark, offset) in marks.iter().zip(offsets) {
            let after = mark - offset.as_i64().unwrap();
            assert!(
                (-10..=150).contains(&after),
                "{what}: {kind} {mark} {offset}"
            );
        }
    }
    let dots = places(section, "dots").len();
    let clipped = section.matches(" hide\" x=").count();
    let timed = usize::try_from(want["timed"].as_u64().unwrap()).unwrap();
    assert!(
        dots <= timed && (dots == timed || clipped > 0),
        "{what}: {dots} of {timed}"
    );
}

#[test]
fn a_day_agrees_with_the_csv() {
    let mut compared = 0;
    for seed in 0..6 {
        let mut random = Random::new(seed);
        let (month, first) = MONTHS[usize::try_from(seed % 3).unwrap()];
        let config =
            format!(r#"{{"time_zone": "{ZONE}", "maintenance_statuses": ["メンテナンス"]}}"#);
        let site = Site::new().config(&config).at("2024-12-01T00:00:00");
        write_logs(&site, month, first, &mut random);
        let dates: Vec<String> = (first..first + 3)
            .map(|day| format!("{month}{day:02}"))
            .collect();
        let questions = dates.iter().map(|date| {
            json!({"company": "A", "site": "s", "date": date, "zone": ZONE, "maintenance": ["メンテナンス"]}).to_string()
        });
        let questions = questions.collect::<Vec<_>>().join("\n");
        let answers = ask("day.py", &[site.logs().as_os_str()], &questions);
        assert_eq!(answers.len(), dates.len());
        for (date, answer) in dates.iter().zip(&answers) {
            let page = site.page(&format!("/?company=A&site=s&date={date}&lang=en"));
            let sections: Vec<&str> = page.split("<section class=\"day-url\"").skip(1).collect();
            let wanted = answer.as_object().unwrap();
            assert_eq!(sections.len(), wanted.len());
            for (url, want) in wanted {
                let is_of =
                    |section: &&&str| plain(between(section, " dir=\"auto\">", "</h2>")[0]) == *url;
                let section = sections.iter().find(is_of).unwrap();
                compare(section, want, &format!("seed {seed}, {date}, {url}"));
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 6 * 3 * URLS.len());
}
