//! The settings: every key is read, and every mistake is named.

use super::{Config, ConfigError, ConfigReason};
use crate::check::Moment;
use crate::hide_query::HideQuery;
use crate::lang::Lang;

#[test]
fn every_key_is_read() {
    let text = r#"{"logs_dir": "../data", "title": "稼働", "language": "en", "time_zone": "Europe/Berlin",
        "up_statuses": ["true", "OK"], "confirm_failures": 2, "sla_target": 99.95, "cache": false, "hide_query": "everywhere",
        "columns": {"site": "url", "status": "is_up", "status_code": ["code", "status"], "time": "t", "response_time": "ms"}}"#;
    let config = Config::from_json(format!("\u{feff}{text}").as_bytes()).unwrap();
    assert_eq!(config.logs_dir.unwrap().to_str(), Some("../data"));
    assert_eq!(config.title.unwrap(), "稼働");
    assert_eq!(config.language, Lang::En);
    assert_eq!(config.calendar.civil(Moment(1_730_419_200)).hour(), 1);
    assert_eq!((config.confirm_failures, config.sla_target), (2, 99_950));
    assert!(!config.cache);
    assert_eq!(config.hide_query, HideQuery::Everywhere);
    assert_eq!(config.schema.up_statuses, ["正常に稼働中", "true", "OK"]);
    assert_eq!(config.schema.columns.site, ["url"]);
    assert_eq!(config.schema.columns.status_code, ["code", "status"]);
}

#[test]
fn a_mistake_is_named() {
    let check = |text: &str, key: Option<&str>, reason| {
        let want = ConfigError {
            key: key.map(str::to_owned),
            reason,
        };
        assert_eq!(
            Config::from_json(text.as_bytes()).unwrap_err(),
            want,
            "{text}"
        );
    };
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
        r#"{"confirm_failures": 0}"#,
        Some("confirm_failures"),
        ConfigReason::WantsCount,
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
    for target in ["100.5", "99.9999", "0.0001", "0"] {
        check(
            &format!(r#"{{"sla_target": {target}}}"#),
            Some("sla_target"),
            ConfigReason::WantsPercentage,
        );
    }
}
