//! The settings: every key is read, and every mistake is named.

use super::agency::AgencyMistake;
use super::{Config, ConfigError, ConfigReason};
use crate::check::Moment;
use crate::hide_query::HideQuery;
use crate::lang::Lang;
use crate::uptime_by::UptimeBy;

#[test]
fn every_key_is_read() {
    let text = r##"{"logs_dir": "../data", "title": "稼働", "language": "en", "time_zone": "Europe/Berlin",
        "up_statuses": ["true", "OK"], "failure_threshold": 2, "uptime_by": "checks", "targets": {"default": 99.95, "acme": 99}, "min_coverage": 95.5,
        "maintenance_statuses": "点検", "hours": {"acme/shop": "Mon-Fri 09:00-18:00"}, "cache": false, "hide_query": "everywhere",
        "agency": {"name": "みなと", "logo": "logo.svg", "contact": "045-000-0000", "colour": "#27489c"},
        "columns": {"site": "url", "status": "is_up", "status_code": ["code", "status"], "time": "t", "response_time": "ms"}}"##;
    let config = Config::from_json(format!("\u{feff}{text}").as_bytes()).unwrap();
    assert_eq!(config.logs_dir.as_ref().unwrap().to_str(), Some("../data"));
    assert_eq!(config.title.as_ref().unwrap(), "稼働");
    let agency = config.agency.as_ref().unwrap();
    assert_eq!(agency.name.as_deref(), Some("みなと"));
    assert_eq!(agency.logo.as_deref(), Some("logo.svg"));
    assert_eq!(agency.contact, ["045-000-0000"]);
    assert_eq!(agency.colour.as_ref().unwrap().as_str(), "#27489c");
    assert_eq!(config.language, Lang::En);
    assert_eq!(config.calendar.civil(Moment(1_730_419_200)).hour(), 1);
    assert_eq!(config.failure_threshold.get(), 2);
    assert_eq!(config.uptime_by, UptimeBy::Checks);
    assert_eq!(config.target("acme", "shop").uptime, 99_000);
    assert_eq!(config.target("b", "shop").uptime, 99_950);
    assert_eq!(config.min_coverage, 95_500);
    let hours = "Mon-Fri 09:00-18:00".parse().unwrap();
    assert_eq!(config.hours.of("acme", "shop"), Some(&hours));
    assert_eq!(config.hours.of("acme", "blog"), None);
    assert_eq!(config.schema.maintenance_statuses, ["点検"]);
    assert!(!config.cache);
    assert_eq!(config.hide_query, HideQuery::Everywhere);
    assert_eq!(config.schema.up_statuses, ["正常に稼働中", "true", "OK"]);
    assert_eq!(config.schema.columns.site, ["url"]);
    assert_eq!(config.schema.columns.status_code, ["code", "status"]);
}

#[track_caller]
fn check(text: &str, key: Option<&str>, reason: ConfigReason) {
    let key = key.map(str::to_owned);
    let got = Config::from_json(text.as_bytes()).unwrap_err();
    assert_eq!(got, ConfigError { key, reason }, "{text}");
}

#[test]
fn a_mistake_is_named() {
    check(
        "{\n \"title\": }",
        None,
        ConfigReason::Syntax {
            line: 2,
            column: 11,
        },
    );
    check("[]", None, ConfigReason::WantsObject);
    check(r#"{"titel": "x"}"#, Some("titel"), ConfigReason::UnknownKey);
    check(r#"{"title": 3}"#, Some("title"), ConfigReason::WantsText);
    check(
        r#"{"language": "fr"}"#,
        Some("language"),
        ConfigReason::WantsLanguage,
    );
    check(
        r#"{"time_zone": "Asia/Edo"}"#,
        Some("time_zone"),
        ConfigReason::WantsTimeZone,
    );
    check(
        r#"{"up_statuses": []}"#,
        Some("up_statuses"),
        ConfigReason::WantsTexts,
    );
    check(
        r#"{"columns": {"url": "x"}}"#,
        Some("columns.url"),
        ConfigReason::UnknownKey,
    );
    check(
        r#"{"columns": {"site": [3]}}"#,
        Some("columns.site"),
        ConfigReason::WantsTexts,
    );
    check(
        r#"{"columns": "x"}"#,
        Some("columns"),
        ConfigReason::WantsObject,
    );
    check(
        r##"{"agency": {"colour": "#abcdef"}}"##,
        Some("agency.colour"),
        ConfigReason::Agency(AgencyMistake::FaintColour("1.65".to_owned())),
    );
    check(
        r#"{"agency": "x"}"#,
        Some("agency"),
        ConfigReason::WantsObject,
    );
    check(
        r#"{"cache": "no"}"#,
        Some("cache"),
        ConfigReason::WantsSwitch,
    );
    for hide in [r#""pages""#, "1", "null"] {
        check(
            &format!(r#"{{"hide_query": {hide}}}"#),
            Some("hide_query"),
            ConfigReason::WantsHideQuery,
        );
    }
}

#[test]
fn a_mistake_in_the_rules_of_figures_is_named() {
    for count in ["0", "1.5", "4294967296"] {
        check(
            &format!(r#"{{"failure_threshold": {count}}}"#),
            Some("failure_threshold"),
            ConfigReason::WantsCount,
        );
    }
    check(
        r#"{"uptime_by": "clock"}"#,
        Some("uptime_by"),
        ConfigReason::WantsUptimeBy,
    );
    let hours = |part: &str| ConfigReason::WantsHours {
        part: part.to_owned(),
    };
    check(
        r#"{"hours": {"acme/shop": "Sat 09:00-12:00, Mon 9:00-18:00"}}"#,
        Some("hours.acme/shop"),
        hours("Mon 9:00-18:00"),
    );
    check(r#"{"hours": "always"}"#, Some("hours"), hours("always"));
    check(r#"{"hours": 9}"#, Some("hours"), ConfigReason::WantsText);
    check(
        r#"{"maintenance_statuses": [3]}"#,
        Some("maintenance_statuses"),
        ConfigReason::WantsTexts,
    );
    check(
        r#"{"targets": {"acme": "99"}}"#,
        Some("targets.acme"),
        ConfigReason::WantsPercentage,
    );
    check(
        r#"{"min_coverage": 101}"#,
        Some("min_coverage"),
        ConfigReason::WantsPercentage,
    );
    for (old, new) in [
        ("confirm_failures", "failure_threshold"),
        ("sla_target", "targets"),
    ] {
        check(
            &format!(r#"{{"{old}": 2}}"#),
            Some(old),
            ConfigReason::Renamed(new),
        );
    }
    for target in ["100.5", "99.9999", "0.0001", "0"] {
        check(
            &format!(r#"{{"targets": {target}}}"#),
            Some("targets"),
            ConfigReason::WantsPercentage,
        );
    }
}
