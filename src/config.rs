//! The operator's settings: `config.json` beside the program. Every key is optional, and every
//! mistake is named by its key. Reading the file is the gateway's business.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::calendar::Calendar;
use crate::check::Moment;
use crate::hide_query::HideQuery;
use crate::lang::Lang;
use crate::log::schema::{ColumnNames, Schema};
use crate::stats::rules::Rules;

/// The names of all settings.
pub const KEYS: [&str; 10] = [
    "logs_dir",
    "title",
    "language",
    "time_zone",
    "up_statuses",
    "confirm_failures",
    "sla_target",
    "hide_query",
    "cache",
    "columns",
];

/// The names of the settings in `columns`.
pub const COLUMN_KEYS: [&str; 5] = ["site", "status", "status_code", "time", "response_time"];

/// The settings, with their defaults in [`Config::default`].
#[derive(Clone, Debug)]
pub struct Config {
    /// `logs_dir`: the log folder, relative to `config.json`. `None` is the folder `logs` beside
    /// the program's folder.
    pub logs_dir: Option<PathBuf>,
    /// `title`: the heading of the pages. `None` is ログダッシュボード, or the same in English.
    pub title: Option<String>,
    /// `language`: for readers whose browser asks for neither Japanese nor English.
    pub language: Lang,
    /// `time_zone`: the zone of days, months and the times in logs.
    pub calendar: Calendar,
    /// `confirm_failures`: how many failed checks in a row make an incident.
    pub confirm_failures: i64,
    /// `sla_target`: the promised uptime, in thousandths of a percent.
    pub sla_target: u64,
    /// `cache`: whether results may be cached in the log folder.
    pub cache: bool,
    /// `hide_query`: where the query of a logged URL is hidden.
    pub hide_query: HideQuery,
    /// `up_statuses` and `columns`.
    pub schema: Schema,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            logs_dir: None,
            title: None,
            language: Lang::Ja,
            calendar: Calendar::new(TimeZone::get("Asia/Tokyo").unwrap_or(TimeZone::UTC)),
            confirm_failures: 1,
            sla_target: 99_900,
            cache: true,
            hide_query: HideQuery::OnPages,
            schema: Schema::default(),
        }
    }
}

/// A mistake in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The key, such as `columns.site`; `None` if the whole file is wrong.
    pub key: Option<String>,
    pub reason: ConfigReason,
}

/// What is wrong with the settings or one of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigReason {
    /// The file exists but can't be read.
    Unreadable,
    /// The file is not JSON, from this line and column on (from 1).
    Syntax {
        line: usize,
        column: usize,
    },
    UnknownKey,
    /// An object was expected.
    WantsObject,
    /// Text was expected.
    WantsText,
    /// Text or a list of texts was expected.
    WantsTexts,
    /// `ja` or `en` was expected.
    WantsLanguage,
    /// An IANA time zone such as `Asia/Tokyo` was expected.
    WantsTimeZone,
    /// A whole number, 1 or more, was expected.
    WantsCount,
    /// A percentage over 0 and up to 100, with three decimals at most, was expected.
    WantsPercentage,
    /// `true` or `false` was expected.
    WantsSwitch,
    /// `true`, `false` or `everywhere` was expected.
    WantsHideQuery,
}

impl ConfigError {
    fn new(key: &str, reason: ConfigReason) -> Self {
        let key = Some(key.to_owned());
        Self { key, reason }
    }
}

impl Config {
    /// The rules of figures at this moment.
    pub fn rules(&self, now: Moment) -> Rules {
        Rules {
            now,
            confirm_failures: self.confirm_failures,
        }
    }

    /// Parses `config.json`. An unknown key is an error, because a misspelt setting must not be
    /// silently ignored.
    pub fn from_json(text: &[u8]) -> Result<Self, ConfigError> {
        // Editors on Windows write a byte order mark, which JSON does not allow.
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let value = serde_json::from_slice(text).map_err(|error| ConfigError {
            key: None,
            reason: ConfigReason::Syntax {
                line: error.line(),
                column: error.column(),
            },
        })?;
        let mut config = Self::default();
        for (key, value) in object(None, value)? {
            let wrong = |reason| ConfigError::new(&key, reason);
            match key.as_str() {
                "logs_dir" => config.logs_dir = Some(string(&key, value)?.into()),
                "title" => config.title = Some(string(&key, value)?),
                "language" => {
                    let lang = Lang::from_tag(&string(&key, value)?);
                    config.language = lang.ok_or_else(|| wrong(ConfigReason::WantsLanguage))?;
                }
                "time_zone" => {
                    let zone = TimeZone::get(&string(&key, value)?);
                    let zone = zone.map_err(|_| wrong(ConfigReason::WantsTimeZone))?;
                    config.calendar = Calendar::new(zone);
                }
                "up_statuses" => config.schema.up_statuses.extend(strings(&key, value)?),
                "confirm_failures" => {
                    let count = value.as_i64().filter(|count| *count >= 1);
                    config.confirm_failures =
                        count.ok_or_else(|| wrong(ConfigReason::WantsCount))?;
                }
                "sla_target" => {
                    let target = value.as_f64().and_then(thousandths);
                    config.sla_target =
                        target.ok_or_else(|| wrong(ConfigReason::WantsPercentage))?;
                }
                "cache" => {
                    let switch = value.as_bool();
                    config.cache = switch.ok_or_else(|| wrong(ConfigReason::WantsSwitch))?;
                }
                "hide_query" => {
                    let hide = HideQuery::from_json(&value);
                    config.hide_query = hide.ok_or_else(|| wrong(ConfigReason::WantsHideQuery))?;
                }
                "columns" => read_columns(&mut config.schema.columns, object(Some(&key), value)?)?,
                _ => return Err(wrong(ConfigReason::UnknownKey)),
            }
        }
        Ok(config)
    }
}

/// Replaces the names of the columns that `map` names.
fn read_columns(columns: &mut ColumnNames, map: Map<String, Value>) -> Result<(), ConfigError> {
    for (key, value) in map {
        let path = format!("columns.{key}");
        let names = match key.as_str() {
            "site" => &mut columns.site,
            "status" => &mut columns.status,
            "status_code" => &mut columns.status_code,
            "time" => &mut columns.time,
            "response_time" => &mut columns.response_time,
            _ => return Err(ConfigError::new(&path, ConfigReason::UnknownKey)),
        };
        *names = strings(&path, value)?;
    }
    Ok(())
}

/// A percentage in whole thousandths, the precision of printed ratios. Finer targets are rejected:
/// a report could not print them exactly.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range has been checked"
)]
fn thousandths(percent: f64) -> Option<u64> {
    let whole = (percent * 1000.0).round();
    let exact = (percent * 1000.0 - whole).abs() < 1e-6;
    (exact && whole > 0.0 && percent <= 100.0).then_some(whole as u64)
}

fn object(key: Option<&str>, value: Value) -> Result<Map<String, Value>, ConfigError> {
    match value {
        Value::Object(map) => Ok(map),
        _ => Err(ConfigError {
            key: key.map(str::to_owned),
            reason: ConfigReason::WantsObject,
        }),
    }
}

fn string(key: &str, value: Value) -> Result<String, ConfigError> {
    match value {
        Value::String(text) if !text.is_empty() => Ok(text),
        _ => Err(ConfigError::new(key, ConfigReason::WantsText)),
    }
}

fn strings(key: &str, value: Value) -> Result<Vec<String>, ConfigError> {
    let wrong = |_| ConfigError::new(key, ConfigReason::WantsTexts);
    match value {
        Value::Array(list) if !list.is_empty() => list
            .into_iter()
            .map(|item| string(key, item).map_err(wrong))
            .collect(),
        value => Ok(vec![string(key, value).map_err(wrong)?]),
    }
}

#[cfg(test)]
mod tests;
