//! Every visible sentence, as one struct: a missing translation does not compile.

mod en;
mod ja;

use serde::Serialize;

use crate::lang::Lang;

/// The sentences of one language. Those with a gap for a number or name are functions, and
/// are not for templates.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the field's name says what its text says")]
pub struct Words {
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
    pub company: &'static str,
    pub site: &'static str,
    pub checks: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    pub uptime: &'static str,
    pub status_codes: &'static str,
    pub overall_uptime: &'static str,
    pub sites_shown: &'static str,
    pub no_name: &'static str,
    pub no_checks: &'static str,
    pub no_checks_hint: &'static str,
    pub uptime_rule: &'static str,
    pub json_of_this: &'static str,

    pub faults_hint: &'static str,
    pub faults_place: &'static str,
    pub faults_reason: &'static str,
    pub back_to_dashboard: &'static str,

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
}

/// Why a row or file could not be used.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field names its reason")]
pub struct FaultWords {
    pub missing_column: fn(&str) -> String,
    pub short_row: fn(usize, usize) -> String,
    pub not_text: &'static str,
    pub row_too_long: &'static str,
    pub not_a_file: &'static str,
    pub denied: &'static str,
    pub missing: &'static str,
    pub unreadable: &'static str,
}

/// Headings and sentences of the problem pages.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field names its problem")]
pub struct ProblemWords {
    pub bad_request: &'static str,
    pub not_found: &'static str,
    pub method: &'static str,
    pub too_long: &'static str,
    pub internal: &'static str,
    pub unavailable: &'static str,
    pub not_text: &'static str,
    pub bad_path: &'static str,
    pub no_such_page: &'static str,
    pub no_such_company: fn(&str) -> String,
    pub method_hint: &'static str,
    pub too_long_hint: &'static str,
    pub internal_hint: &'static str,
    pub logs_missing: &'static str,
    pub logs_unreadable: &'static str,
    pub config_file: fn(&str) -> String,
    pub config_key: fn(&str, &str) -> String,
    pub config_unreadable: &'static str,
    pub config_syntax: fn(usize, usize) -> String,
    pub config_unknown_key: &'static str,
    pub config_wants_object: &'static str,
    pub config_wants_text: &'static str,
    pub config_wants_texts: &'static str,
    pub config_wants_language: &'static str,
    pub config_wants_time_zone: &'static str,
}

impl Words {
    /// The sentences of `lang`.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Ja => &ja::WORDS,
            Lang::En => &en::WORDS,
        }
    }
}
