//! Numbers, months and reasons in a language.

use super::words::Words;
use crate::config::{ConfigError, ConfigReason};
use crate::log::fault::{Fault, FaultReason, ReadFailure};

/// A count with its thousands grouped: `12,345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The start of a file's month for people: `202411` is `2024年11月`, `2024` is `2024年`,
/// and what is no month stays as it is.
pub fn month(text: &str, words: &Words) -> String {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match (digits, text.len()) {
        (true, 4) => (words.year)(text),
        (true, 6) => match text[4..].parse() {
            Ok(month @ 1..=12) => (words.month)(&text[..4], month),
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// Where a fault is: the file, and the line if it is about a row.
pub fn place(fault: &Fault, words: &Words) -> String {
    match fault.line {
        Some(line) => format!("{} {}", fault.place, (words.line)(line)),
        None => fault.place.clone(),
    }
}

/// Why a row or file could not be used.
pub fn fault(reason: &FaultReason, words: &Words) -> String {
    let words = words.faults;
    match reason {
        FaultReason::MissingColumn(name) => (words.missing_column)(name),
        FaultReason::ShortRow { fields, wanted } => (words.short_row)(*fields, *wanted),
        FaultReason::NotText => words.not_text.to_owned(),
        FaultReason::RowTooLong => words.row_too_long.to_owned(),
        FaultReason::NotAFile => words.not_a_file.to_owned(),
        FaultReason::Unreadable(ReadFailure::Denied) => words.denied.to_owned(),
        FaultReason::Unreadable(ReadFailure::Missing) => words.missing.to_owned(),
        FaultReason::Unreadable(ReadFailure::Other) => words.unreadable.to_owned(),
    }
}

/// What is wrong with the configuration file.
pub fn config(error: &ConfigError, words: &Words) -> String {
    let words = words.problems;
    let reason = match &error.reason {
        ConfigReason::Unreadable => words.config_unreadable.to_owned(),
        ConfigReason::Syntax { line, column } => (words.config_syntax)(*line, *column),
        ConfigReason::UnknownKey => words.config_unknown_key.to_owned(),
        ConfigReason::WantsObject => words.config_wants_object.to_owned(),
        ConfigReason::WantsText => words.config_wants_text.to_owned(),
        ConfigReason::WantsTexts => words.config_wants_texts.to_owned(),
        ConfigReason::WantsLanguage => words.config_wants_language.to_owned(),
        ConfigReason::WantsTimeZone => words.config_wants_time_zone.to_owned(),
    };
    match &error.key {
        Some(key) => (words.config_key)(key, &reason),
        None => (words.config_file)(&reason),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, month};
    use crate::lang::Lang;
    use crate::view::words::Words;

    #[test]
    fn thousands_are_grouped() {
        for (number, want) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), want);
        }
    }

    #[test]
    fn months_read_as_people_write_them() {
        let check = |text, ja: &str, en: &str| {
            assert_eq!(month(text, Words::of(Lang::Ja)), ja);
            assert_eq!(month(text, Words::of(Lang::En)), en);
        };
        check("202411", "2024年11月", "November 2024");
        check("202401", "2024年1月", "January 2024");
        check("2024", "2024年", "2024");
        check("202413", "202413", "202413");
        check("latest", "latest", "latest");
        check("あい", "あい", "あい");
    }
}
