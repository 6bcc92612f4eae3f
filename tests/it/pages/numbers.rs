//! The figures on pages are those of the JSON for the same range.

use serde_json::Value;

use super::*;
use crate::support::random::Random;

/// The cell of a row of a table that has a label.
fn cell<'page>(row: &'page str, label: &str) -> &'page str {
    let mark = format!("<span class=\"label\">{label}</span>");
    let rest = row
        .split(&mark)
        .nth(1)
        .unwrap_or_else(|| panic!("no {label} in {row}"));
    rest.split("</td>").next().unwrap()
}

/// The text of a cell: without tags, and without what stands beside the number.
fn text(cell: &str) -> String {
    let marks = ["<span class=\"where\">", "<small"];
    let cell = marks
        .iter()
        .fold(cell, |cell, mark| cell.split(mark).next().unwrap_or(cell));
    let cell = cell.trim();
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

/// The uptime that a report is about.
fn big(page: &str) -> String {
    let rest = page.split("<p class=\"big\">").nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
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
    let note = format!("<small class=\"quiet\">coverage {coverage}<");
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
    for (name, want) in [
        ("Uptime by time", wanted.text("uptime_by_time")),
        ("Uptime by checks", wanted.text("uptime_by_checks")),
        ("Coverage", wanted.text("coverage")),
        ("Downtime", wanted.duration("down_seconds")),
        ("Incidents", wanted.incidents()),
        ("Checks", wanted.text("checks")),
    ] {
        let printed = figure(&page, name).replace(',', "");
        assert_eq!(printed, want, "{name} of {period}");
    }
    if wanted.has_time {
        let unknown = wanted.duration("unknown_seconds");
        assert!(
            page.contains(&format!("<small>unknown time {unknown}</small>")),
            "{page}"
        );
    }
    let uptime = match wanted.json["coverage"]["first_check"] {
        Value::Null => "uptime_by_checks",
        _ => "uptime_by_time",
    };
    assert_eq!(big(&page), wanted.text(uptime), "{period}");
    if period.len() == 4 {
        let year = page.rsplit("<td class=\"all\">").next().unwrap();
        let (number, verdict) = year.split_once("<small>").unwrap();
        let number = text(number).trim_end_matches('%').to_owned();
        assert_eq!(number, wanted.text(uptime).trim_end_matches('%'));
        assert_eq!(verdict.split('<').next(), Some(wanted.verdict().as_str()));
    } else {
        let row = page.split("<tbody role=\"rowgroup\">").nth(1).unwrap();
        let row = row.split("</tr>").next().unwrap();
        let incidents = text(cell(row, "Incidents"));
        let incidents = incidents.trim_end_matches(" (perhaps one outage)");
        assert_eq!(incidents, wanted.incidents(), "{period}");
        for (name, want) in [
            ("Uptime", wanted.text(uptime)),
            ("Downtime", wanted.duration("down_seconds")),
            ("Target", wanted.verdict()),
        ] {
            assert_eq!(text(cell(row, name)), want, "{name} of {period}");
        }
    }
    let is_provisional = wanted.json["coverage"]["provisional"] == true;
    assert_eq!(page.contains("provisional)"), is_provisional, "{period}");
    true
}

/// A log of a few months with outages, holes, maintenance, and changes of the interval.
pub(super) fn awkward(random: &mut Random) -> String {
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

/// Two sites of one company, and one of another, hourly for fourteen months.
fn fourteen_months() -> Site {
    let mut site = Site::new().at("2024-11-20T12:03:00");
    for (seed, folder) in ["A/s", "A/t", "B/s"].iter().enumerate() {
        let mut random = Random::new(40 + seed as u64);
        let mut log = format!("{HEADER}\n");
        let mut at = "2023-10-05T00:00".parse::<jiff::civil::DateTime>().unwrap();
        while at < "2024-11-20T12:00".parse().unwrap() {
            let status = if random.below(200) == 0 {
                "異常,500"
            } else {
                "正常に稼働中,200"
            };
            let time = at.strftime("%Y-%m-%d %H:%M:%S");
            log += &format!("{time},https://{seed}.jp/,{status}\n");
            at += jiff::Span::new().hours(1);
        }
        site = site.file(&format!("{folder}/monitor_results_2024.csv"), log);
    }
    site
}

#[test]
fn the_trend_and_the_year_have_the_uptimes_of_the_months_reports() {
    let site = fourteen_months();
    let month_of = |name: &str| {
        let names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
        let found = names.split(' ').position(|known| name.starts_with(known));
        found.unwrap() + 1
    };
    let page = site.page("/?company=A&year_month=202410&lang=en");
    let label = page.split("aria-label=\"Uptime: ").nth(1).unwrap();
    let values: Vec<&str> = label.split('"').next().unwrap().split(", ").collect();
    assert_eq!(values.len(), 12);
    for value in values {
        let (name, uptime) = value.rsplit_once(' ').unwrap();
        let (month, year) = name.split_once(' ').unwrap();
        let target = format!(
            "/?company=A&year_month={year}{:02}&lang=en",
            month_of(month)
        );
        assert_eq!(big(&site.page(&target)), uptime, "{value}");
        // The label beside the point.
        assert!(page.contains(&format!(">{}</text>", uptime.trim_end_matches('%'))));
    }
    let year = site.page("/?company=A&year_month=2024&lang=en");
    let row = year.split("<tr class=\"company-row\">").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    let cells: Vec<String> = row
        .split("<td")
        .skip(1)
        .map(|cell| text(&format!("<td{cell}")))
        .collect();
    assert_eq!(cells.len(), 13);
    for (month, cell) in (1..=11).zip(&cells) {
        let target = format!("/?company=A&year_month=2024{month:02}&lang=en");
        assert_eq!(big(&site.page(&target)).trim_end_matches('%'), cell);
    }
    assert_eq!(cells[11], "");
    assert_eq!(cells[12], big(&year).trim_end_matches('%'));
    // A letter of the first two months has no month from before the first check.
    let early = site.page("/?company=A&year_month=202311&lang=en");
    let label = early.split("aria-label=\"Uptime: ").nth(1).unwrap();
    assert_eq!(label.split('"').next().unwrap().matches(", ").count(), 1);
    assert!(
        !site
            .page("/?company=A&year_month=202310&lang=en")
            .contains("class=\"plot trend\"")
    );
}

#[test]
fn a_range_that_is_a_month_has_the_numbers_of_the_month() {
    let site = fourteen_months();
    let month = site.page("/?company=A&year_month=202410&lang=en");
    let range = site.page("/?company=A&from=20241001&to=2024-10-31&lang=en");
    assert_eq!(big(&month), big(&range));
    for name in [
        "Uptime by time",
        "Uptime by checks",
        "Incidents",
        "Checks",
        "Coverage",
    ] {
        assert_eq!(figure(&month, name), figure(&range, name), "{name}");
    }
    let events = |page: &str| {
        let table = page
            .split("<table role=\"table\" class=\"events stack\">")
            .nth(1)
            .unwrap();
        table.split("</table>").next().unwrap().to_owned()
    };
    assert_eq!(events(&month), events(&range));
    assert!(range.contains("class=\"plot trend\""));
    // Compared with as many days before, not with the month.
    assert!(month.contains("month before: "));
    let before = site.page("/?company=A&from=20240831&to=20240930&lang=en");
    assert!(
        range.contains(&format!("days before: {}", figure(&before, "Checks"))),
        "{range}"
    );
    let week = site.page("/?company=A&from=20241007&to=20241013&lang=en");
    assert!(!week.contains("class=\"plot trend\""));
    assert_eq!(figure(&week, "Checks"), "336");
}
