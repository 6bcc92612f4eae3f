//! The operator's settings: `config.json` beside the program. Every key is optional, and every
//! mistake is named by its key. Reading the file is the gateway's business.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::calendar::Calendar;
use crate::hide_query::HideQuery;
use crate::lang::Lang;
use crate::log::schema::{ColumnNames, Schema};
use crate::stats::hours::{Hours, HoursError};
use crate::stats::verdict::Target;
use crate::uptime_by::UptimeBy;
use agency::{Agency, AgencyMistake};
use by_site::BySite;

pub mod agency;
pub mod by_site;

/// The names of all settings.
pub const KEYS: [&str; 16] = [
    "logs_dir",
    "title",
    "agency",
    "names",
    "language",
    "time_zone",
    "up_statuses",
    "maintenance_statuses",
    "failure_threshold",
    "uptime_by",
    "targets",
    "min_coverage",
    "hours",
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
    /// `agency`: who sends the reports.
    pub agency: Option<Agency>,
    /// `names`: what a client reads instead of the name of a folder, by `company` and
    /// `company/site`.
    pub names: BTreeMap<String, String>,
    /// `language`: for readers whose browser asks for neither Japanese nor English.
    pub language: Lang,
    /// `time_zone`: the zone of days, months and the times in logs.
    pub calendar: Calendar,
    /// `failure_threshold`: how many failed checks in a row make an incident.
    pub failure_threshold: NonZeroU32,
    /// `uptime_by`: which of the two uptimes decides.
    pub uptime_by: UptimeBy,
    /// `targets`: the promised uptime, in thousandths of a percent. There is always one.
    pub targets: BySite<u64>,
    /// `min_coverage`: from which coverage on an uptime counts as observed, in thousandths of a
    /// percent.
    pub min_coverage: u64,
    /// `hours`: when a site is watched. A site without hours always is.
    pub hours: BySite<Hours>,
    /// `cache`: whether results may be cached in the log folder.
    pub cache: bool,
    /// `hide_query`: where the query of a logged URL is hidden.
    pub hide_query: HideQuery,
    /// `up_statuses`, `maintenance_statuses` and `columns`.
    pub schema: Schema,
}

/// The target without the setting.
const TARGET: u64 = 99_900;

impl Default for Config {
    fn default() -> Self {
        Self {
            logs_dir: None,
            title: None,
            agency: None,
            names: BTreeMap::new(),
            language: Lang::Ja,
            calendar: Calendar::new(TimeZone::get("Asia/Tokyo").unwrap_or(TimeZone::UTC)),
            failure_threshold: NonZeroU32::MIN,
            uptime_by: UptimeBy::Time,
            targets: BySite::new(Some(TARGET)),
            min_coverage: 99_000,
            hours: BySite::new(None),
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
    /// The setting has another name now, this one.
    Renamed(&'static str),
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
    /// Hours such as `Mon-Fri 09:00-18:00` were expected, which this part of the text is not.
    WantsHours {
        part: String,
    },
    /// `time` or `checks` was expected.
    WantsUptimeBy,
    /// `true` or `false` was expected.
    WantsSwitch,
    /// `true`, `false` or `everywhere` was expected.
    WantsHideQuery,
    /// A key of `agency` is wrong.
    Agency(AgencyMistake),
}

impl ConfigError {
    fn new(key: &str, reason: ConfigReason) -> Self {
        let key = Some(key.to_owned());
        Self { key, reason }
    }
}

impl Config {
    /// The settings of single companies and site folders, as key and name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let targets = self.targets.names().map(|name| ("targets", name));
        let hours = self.hours.names().map(|name| ("hours", name));
        let names = self.names.keys().map(|name| ("names", name.as_str()));
        targets.chain(hours).chain(names)
    }

    /// The name of a company, as a client reads it.
    pub fn company_name<'a>(&'a self, company: &'a str) -> &'a str {
        self.names.get(company).map_or(company, String::as_str)
    }

    /// The name of a site folder, as a client reads it.
    pub fn site_name<'a>(&'a self, company: &str, site: &'a str) -> &'a str {
        let named = || self.names.get(&format!("{company}/{site}"));
        let named = (!self.names.is_empty()).then(named).flatten();
        named.map_or(site, String::as_str)
    }

    /// What was promised for a site folder.
    pub fn target(&self, company: &str, site: &str) -> Target {
        Target {
            uptime: self.targets.of(company, site).copied().unwrap_or(TARGET),
            min_coverage: self.min_coverage,
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
                "agency" => {
                    let agency = Agency::read(object(Some(&key), value)?);
                    config.agency = Some(agency.map_err(|(name, mistake)| {
                        ConfigError::new(&format!("{key}.{name}"), ConfigReason::Agency(mistake))
                    })?);
                }
                "names" => {
                    for (name, text) in object(Some(&key), value)? {
                        let path = format!("{key}.{name}");
                        let text = string(&path, text)?;
                        if text.trim().is_empty() {
                            return Err(ConfigError::new(&path, ConfigReason::WantsText));
                        }
                        config.names.insert(name, text);
                    }
                }
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
                "maintenance_statuses" => {
                    config.schema.maintenance_statuses = strings(&key, value)?;
                }
                "failure_threshold" => config.failure_threshold = count(&key, &value)?,
                "uptime_by" => {
                    let by = UptimeBy::from_json(&value);
                    config.uptime_by = by.ok_or_else(|| wrong(ConfigReason::WantsUptimeBy))?;
                }
                "targets" => {
                    let read = |key: &str, value| percentage(key, &value);
                    config.targets.read(&key, value, read)?;
                }
                "min_coverage" => config.min_coverage = percentage(&key, &value)?,
                "hours" => config.hours.read(&key, value, hours)?,
                "cache" => {
                    let switch = value.as_bool();
                    config.cache = switch.ok_or_else(|| wrong(ConfigReason::WantsSwitch))?;
                }
                "hide_query" => {
                    let hide = HideQuery::from_json(&value);
                    config.hide_query = hide.ok_or_else(|| wrong(ConfigReason::WantsHideQuery))?;
                }
                "columns" => read_columns(&mut config.schema.columns, object(Some(&key), value)?)?,
                "confirm_failures" => {
                    return Err(wrong(ConfigReason::Renamed("failure_threshold")));
                }
                "sla_target" => return Err(wrong(ConfigReason::Renamed("targets"))),
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

fn count(key: &str, value: &Value) -> Result<NonZeroU32, ConfigError> {
    let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
    count
        .and_then(NonZeroU32::new)
        .ok_or_else(|| ConfigError::new(key, ConfigReason::WantsCount))
}

fn percentage(key: &str, value: &Value) -> Result<u64, ConfigError> {
    let percentage = value.as_f64().and_then(thousandths);
    percentage.ok_or_else(|| ConfigError::new(key, ConfigReason::WantsPercentage))
}

fn hours(key: &str, value: Value) -> Result<Hours, ConfigError> {
    let hours = string(key, value)?.parse();
    hours.map_err(|HoursError { part }| ConfigError::new(key, ConfigReason::WantsHours { part }))
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
