//! The figures on pages are those of the JSON for the same range.

use serde_json::Value;

use super::*;
use crate::support::random::Random;

/// The cell of a row of a table that has a label.
fn cell<'page>(row: &'page str, label: &str) -> &'page str {
    let mark = format!("data-label=\"{label}\"");
    let rest = row
        .split(&mark)
        .nth(1)
        .unwrap_or_else(|| panic!("no {label} in {row}"));
    let rest = &rest[rest.find('>').unwrap() + 1..];
    rest.split("</td>").next().unwrap()
}

/// The text of a cell: without tags, and without what stands beside the number.
fn text(cell: &str) -> String {
    let cell = cell.split("<span class=\"where\">").next().unwrap().trim();
    let mut pieces = cell.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + piece.split('>').nth(1).unwrap_or_default()
    })
}

/// The figure of a page or a URL that has a name.
fn figure(page: &str, name: &str) -> String {
    let mark = format!("<dt>{name}</dt><dd>");
    let rest = page
        .split(&mark)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name} in {page}"));
    text(rest.split("</dd>").next().unwrap())
}

/// A number of seconds as pages print it.
fn duration(seconds: i64) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let first = units.iter().position(|(size, _)| seconds >= *size);
    let Some(first) = first else {
        return "0 s".to_owned();
    };
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units.iter().skip(first).take(2) {
        if rest >= *size {
            parts.push(format!("{} {unit}", rest / size));
            rest %= size;
        }
    }
    parts.join(" ")
}

/// What the JSON has of the one URL in a period, as pages print it.
struct Wanted {
    json: Value,
    has_time: bool,
}

impl Wanted {
    /// `None` if the API counts nothing in the period.
    fn of(site: &Site, period: &str) -> Option<Self> {
        let json = site.json(&format!("/api/A/s/{period}?include=coverage,incidents"));
        let json = json["logs"].get("https://a.jp/")?.clone();
        let kinds = ["up", "down", "planned", "unknown"];
        let is_some = |kind| json["coverage"][format!("{kind}_seconds")] != 0;
        let has_time = kinds.iter().any(is_some);
        assert_eq!(json["downtime_seconds"], json["coverage"]["down_seconds"]);
        Some(Self { json, has_time })
    }

    fn text(&self, key: &str) -> String {
        match &self.json["coverage"][key] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// A number that needs times.
    fn timed(&self, text: String) -> String {
        if self.has_time {
            text
        } else {
            "—".to_owned()
        }
    }

    fn duration(&self, key: &str) -> String {
        self.timed(duration(self.json["coverage"][key].as_i64().unwrap()))
    }

    fn incidents(&self) -> String {
        self.timed(self.json["incidents"].as_array().unwrap().len().to_string())
    }

    fn verdict(&self) -> String {
        match self.text("verdict").as_str() {
            "none" => "no data".to_owned(),
            "met_as_observed" => "met as far as observed".to_owned(),
            other => other.replace('_', " "),
        }
    }

    /// Compares the figures that the site's page and its report both have.
    fn compare(&self, page: &str, period: &str) {
        for (name, want) in [
            ("Uptime by time", self.text("uptime_by_time")),
            ("Uptime by checks", self.text("uptime_by_checks")),
            ("Coverage", self.text("coverage")),
            ("Downtime", self.duration("down_seconds")),
            ("Unknown time", self.duration("unknown_seconds")),
        ] {
            assert_eq!(figure(page, name), want, "{name} of {period}");
        }
    }
}

/// Compares the site's page with the JSON.
fn compare_site(site: &Site) {
    let wanted = Wanted::of(site, "all").unwrap();
    let page = site.page("/?company=A&site=s&lang=en");
    wanted.compare(&page, "all");
    assert_eq!(
        figure(&page, "Checks").replace(',', ""),
        wanted.text("checks")
    );
    let coverage = wanted.text("coverage");
    let number = coverage.trim_end_matches('%').parse::<f64>();
    let is_low = number.is_ok_and(|number| number < 99.0);
    let note = format!("<span class=\"where\">coverage {coverage}<");
    assert_eq!(page.contains(&note), is_low, "{coverage}");
}

/// Compares a report with the JSON; whether the API counts anything in the period.
fn compare_report(site: &Site, period: &str) -> bool {
    let Some(wanted) = Wanted::of(site, period) else {
        return false;
    };
    let page = site.page(&format!("/?company=A&site=s&year_month={period}&lang=en"));
    if wanted.text("checks") == "0" && !wanted.has_time {
        // The API counts by file what is of no day of the period.
        assert!(page.contains("There are no logs for this choice."));
        assert!(page.contains("Rows dated in another month than that of their file: "));
        return true;
    }
    wanted.compare(&page, period);
    assert_eq!(figure(&page, "Incidents"), wanted.incidents());
    let row = page.split("<tbody>").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    let uptime = match wanted.json["coverage"]["first_check"] {
        Value::Null => "uptime_by_checks",
        _ => "uptime_by_time",
    };
    let incidents = text(cell(row, "Incidents"));
    let incidents = incidents.trim_end_matches(" (perhaps one outage)");
    assert_eq!(incidents, wanted.incidents(), "{period}");
    for (name, want) in [
        ("Uptime", wanted.text(uptime)),
        ("Coverage", wanted.text("coverage")),
        ("Downtime", wanted.duration("down_seconds")),
        ("Checks", wanted.text("checks")),
        ("Target", wanted.verdict()),
    ] {
        let printed = text(cell(row, name)).replace(',', "");
        assert_eq!(printed, want, "{name} of {period}");
    }
    let is_provisional = wanted.json["coverage"]["provisional"] == true;
    assert_eq!(page.contains("provisional)"), is_provisional, "{period}");
    true
}

/// A log of a few months with outages, holes, maintenance, and changes of the interval.
fn awkward(random: &mut Random) -> String {
    let mut log = format!("{HEADER}\n");
    let mut at = "2024-08-30T00:00".parse::<jiff::civil::DateTime>().unwrap();
    let end = "2024-11-20T12:00".parse().unwrap();
    let intervals = [5, 10, 60, 240, 1440];
    let mut interval = 60;
    let mut status = "正常に稼働中,200";
    while at < end {
        let day = at.strftime("%Y-%m-%d %H:%M:%S");
        log += &format!("{day},https://a.jp/,{status}\n");
        let minutes = if random.chance(1) { 4000 } else { interval };
        at += jiff::Span::new().minutes(minutes);
        if random.chance(1) {
            interval = intervals[random.below(intervals.len())];
        }
        status = match random.below(40) {
            0..5 => "異常,500",
            5 => "メンテナンス,503",
            6..12 => status,
            _ => "正常に稼働中,200",
        };
    }
    log
}

const PERIODS: [&str; 6] = ["202407", "202408", "202409", "202410", "202411", "2024"];

#[test]
fn pages_print_what_the_json_has() {
    let settings = [
        "{}",
        r#"{"failure_threshold": 2, "maintenance_statuses": ["メンテナンス"], "targets": 95}"#,
        r#"{"hours": "Mon-Fri 09:00-18:00", "targets": 80, "time_zone": "America/New_York"}"#,
    ];
    let mut compared = 0;
    for (seed, settings) in settings.iter().cycle().take(6).enumerate() {
        let log = awkward(&mut Random::new(seed as u64));
        let site = Site::new().config(settings).at("2024-11-20T12:03:00");
        // All rows in one file of its own month, and in copies with the names of others: figures
        // are by date, whatever a file is named.
        for month in PERIODS {
            let file = format!("A/s/monitor_results_{month}.csv");
            let site = site.clone().file(&file, &log);
            let reports = PERIODS
                .iter()
                .filter(|period| compare_report(&site, period));
            compared += reports.count();
            compare_site(&site);
        }
    }
    assert!(compared >= 100, "{compared}");
    let undated =
        format!("サイト,状態,ステータスコード\nhttps://a.jp/,{UP},200\nhttps://a.jp/,異常,500\n");
    let undated = Site::new().file("A/s/monitor_results_202410.csv", undated);
    compare_site(&undated);
    assert!(compare_report(&undated, "202410"));
}
