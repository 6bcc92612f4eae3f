//! Which of the two uptimes decides.

use serde_json::Value;

/// The values of the setting `uptime_by`: by what tables, colours and verdicts go. Logs without
/// times always go by checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UptimeBy {
    /// `"time"`: up time ÷ (up time + downtime).
    Time,
    /// `"checks"`: up checks ÷ all checks.
    Checks,
}

impl UptimeBy {
    /// Returns `None` if this is not a value of the setting.
    pub fn from_json(value: &Value) -> Option<Self> {
        match value.as_str()? {
            "time" => Some(Self::Time),
            "checks" => Some(Self::Checks),
            _ => None,
        }
    }
}
