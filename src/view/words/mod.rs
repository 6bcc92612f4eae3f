//! Every visible sentence, as one struct: a missing translation does not compile.

mod en;
mod ja;

use serde::Serialize;

use crate::installation::LogsPlace;
use crate::lang::Lang;

/// The sentences of one language. Those with a number or name in them are functions, which templates
/// can't call.
#[derive(Debug, Serialize)]
pub(crate) struct Words {
    pub dashboard: &'static str,
    pub choose_company: &'static str,
    pub choose_site: &'static str,
    pub choose_month: &'static str,
    pub show_all: &'static str,
    pub show: &'static str,
    pub skip_to_content: &'static str,
    pub selection: &'static str,
    pub other_language: &'static str,

    pub everything: &'static str,
    pub results: &'static str,
    pub site: &'static str,
    pub checks: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    pub uptime: &'static str,
    pub status_codes: &'static str,
    pub overall_uptime: &'static str,
    pub sites_shown: &'static str,
    pub no_name: &'static str,
    pub no_logs_yet: &'static str,
    pub log_pattern: &'static str,
    pub check_link: &'static str,
    pub no_checks: &'static str,
    pub no_checks_hint: &'static str,
    pub uptime_rule: &'static str,
    pub json_of_this: &'static str,

    pub state: &'static str,
    pub state_up: &'static str,
    pub state_down: &'static str,
    pub state_stale: &'static str,
    pub state_undated: &'static str,
    pub banner_up: &'static str,
    pub sentence_separator: &'static str,
    pub last_check: &'static str,
    pub last_90_days: &'static str,
    pub first_of_90_days: &'static str,
    pub today: &'static str,
    pub sample_notice: &'static str,
    pub stale_rule: &'static str,
    pub bars_rule: &'static str,
    pub downtime_rule: &'static str,
    pub coverage_rule: &'static str,
    pub latency_rule: &'static str,
    pub period: &'static str,
    pub last_24_hours: &'static str,
    pub last_7_days: &'static str,
    pub last_30_days: &'static str,
    pub last_year: &'static str,
    pub downtime: &'static str,
    pub downtime_total: &'static str,
    pub incidents: &'static str,
    pub coverage: &'static str,
    pub mttr: &'static str,
    pub mtbf: &'static str,
    pub response_time: &'static str,
    pub median: &'static str,
    pub p95: &'static str,
    pub p99: &'static str,
    pub chart_top: &'static str,
    pub months: &'static str,
    pub month_column: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub duration: &'static str,
    pub failed_checks: &'static str,
    pub no_incidents: &'static str,
    pub ongoing: &'static str,
    pub or_later: &'static str,
    pub report: &'static str,
    pub unfinished: &'static str,
    pub target: &'static str,
    pub met: &'static str,
    pub missed: &'static str,
    pub no_data: &'static str,
    pub all_met: &'static str,
    pub change_month: &'static str,
    pub change_year: &'static str,
    pub points: &'static str,
    pub by_day: &'static str,
    pub bar_none: &'static str,
    pub bar_up: &'static str,
    pub bar_down: &'static str,
    pub search: &'static str,
    pub search_none: &'static str,
    pub unit_day: &'static str,
    pub unit_hour: &'static str,
    pub unit_minute: &'static str,
    pub unit_second: &'static str,
    pub unit_separator: &'static str,

    pub faults_hint: &'static str,
    pub faults_place: &'static str,
    pub faults_reason: &'static str,
    pub back_to_dashboard: &'static str,

    #[serde(skip)]
    pub banner_down: fn(usize) -> String,
    #[serde(skip)]
    pub banner_stale: fn(usize) -> String,
    #[serde(skip)]
    pub bars_label: fn(&str, &str, &str, u64) -> String,
    #[serde(skip)]
    pub chart_label: fn(&str) -> String,
    #[serde(skip)]
    pub ago: fn(i64, usize) -> String,
    #[serde(skip)]
    pub at_least: fn(&str) -> String,
    #[serde(skip)]
    pub so_far: fn(&str) -> String,
    #[serde(skip)]
    pub older_incidents: fn(&str) -> String,
    #[serde(skip)]
    pub shorter_incidents: fn(&str) -> String,
    #[serde(skip)]
    pub sites_silent: fn(usize) -> String,
    #[serde(skip)]
    pub banner_some_up: fn(usize) -> String,
    #[serde(skip)]
    pub banner_undated: fn(usize) -> String,
    #[serde(skip)]
    pub sites_missed: fn(usize) -> String,
    #[serde(skip)]
    pub year: fn(&str) -> String,
    #[serde(skip)]
    pub month: fn(&str, u8) -> String,
    #[serde(skip)]
    pub faults_count: fn(&str) -> String,
    #[serde(skip)]
    pub faults_more: fn(&str) -> String,
    #[serde(skip)]
    pub line: fn(u64) -> String,
    #[serde(skip)]
    pub site_not_found: fn(&str) -> String,
    #[serde(skip)]
    pub faults: &'static FaultWords,
    #[serde(skip)]
    pub problems: &'static ProblemWords,
    #[serde(skip)]
    pub check: &'static CheckWords,
}

/// Why a row or file was skipped.
#[derive(Debug)]
pub(crate) struct FaultWords {
    pub missing_column: fn(&str) -> String,
    pub short_row: fn(usize, usize) -> String,
    pub not_text: &'static str,
    pub bad_time: &'static str,
    pub endless_row: &'static str,
    pub not_a_file: &'static str,
    pub denied: &'static str,
    pub missing: &'static str,
    pub foreign: &'static str,
    pub unreadable: &'static str,
}

/// Headings and sentences of the problem pages.
#[derive(Debug)]
pub(crate) struct ProblemWords {
    pub bad_request: &'static str,
    pub not_found: &'static str,
    pub body: &'static str,
    pub method: &'static str,
    pub too_long: &'static str,
    pub internal: &'static str,
    pub unavailable: &'static str,
    pub not_text: &'static str,
    pub bad_path: &'static str,
    pub unknown_include: fn(&str) -> String,
    pub no_such_page: &'static str,
    pub no_such_company: fn(&str) -> String,
    pub body_hint: &'static str,
    pub method_hint: &'static str,
    pub too_long_hint: &'static str,
    pub internal_hint: &'static str,
    pub logs_missing: &'static str,
    pub logs_unreadable: &'static str,
    pub logs_looked_for: &'static str,
    pub config: &'static str,
    pub config_keys: fn(&str) -> String,
    pub config_file: fn(&str) -> String,
    pub config_key: fn(&str, &str) -> String,
    pub config_unreadable: &'static str,
    pub config_syntax: fn(usize, usize) -> String,
    pub config_unknown_key: &'static str,
    pub config_wants_object: &'static str,
    pub config_wants_text: &'static str,
    pub config_wants_texts: &'static str,
    pub config_wants_language: &'static str,
    pub config_wants_count: &'static str,
    pub config_wants_percentage: &'static str,
    pub config_wants_switch: &'static str,
    pub config_wants_hide_query: &'static str,
    pub config_wants_time_zone: &'static str,
}

impl Words {
    /// Why there are no logs, and where they were looked for.
    pub(crate) fn no_logs(&self, place: LogsPlace) -> String {
        let problem = self.problems.logs_missing;
        match place {
            LogsPlace::Nowhere => format!("{problem} {}", self.problems.logs_looked_for),
            _ => problem.to_owned(),
        }
    }

    /// The sentences of `lang`.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Ja => &ja::WORDS,
            Lang::En => &en::WORDS,
        }
    }
}

/// The sentences of the page that checks the installation.
#[derive(Debug)]
pub(crate) struct CheckWords {
    pub heading: &'static str,
    pub fine: &'static str,
    pub mend: &'static str,
    pub unknown: &'static str,
    pub logs: fn(&str, usize, usize, &str, usize) -> String,
    pub in_environment: &'static str,
    pub in_configured: &'static str,
    pub in_beside: &'static str,
    pub in_within: &'static str,
    pub in_current: &'static str,
    pub faults: fn(u64) -> String,
    pub logs_open: &'static str,
    pub cache_works: &'static str,
    pub cache_off: &'static str,
    pub cache_refused: &'static str,
    pub modes_fine: fn(&str, &str) -> String,
    pub modes_open: fn(&str, &str) -> String,
    pub canary: &'static str,
    pub canary_link: &'static str,
    pub canary_refused: &'static str,
    pub canary_sent: &'static str,
}
