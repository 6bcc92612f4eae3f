//! Numbers, months and reasons in a language.

use super::words::Words;
use crate::calendar::Calendar;
use crate::check::{Micros, Moment};
use crate::config::agency::AgencyMistake;
use crate::config::{COLUMN_KEYS, ConfigError, ConfigReason, KEYS};
use crate::log::fault::{Fault, FaultReason, ReadFailure};
use crate::query::DaysMistake;

/// A count with its thousands grouped: `12,345`.
pub(crate) fn count(number: u64) -> String {
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

/// Printed where there is no number.
pub(crate) const NONE: &str = "—";

/// The beginning of a file's month: `202411` is `2024年11月`, `2024` is `2024年`; other texts are
/// printed unchanged.
pub(crate) fn month(text: &str, words: &Words) -> String {
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

/// A response time in milliseconds.
#[expect(
    clippy::cast_precision_loss,
    reason = "a response time is no longer than centuries"
)]
pub(crate) fn millis(time: Micros) -> f64 {
    (time.0 as f64 / 100.0).round() / 10.0
}

/// A response time: `231 ms`, `1.62 s`.
pub(crate) fn response_time(time: Micros) -> String {
    let millis = millis(time);
    if millis < 1000.0 {
        format!("{millis:.0} ms")
    } else {
        format!("{:.2} s", millis / 1000.0)
    }
}

/// A duration, in its two largest units: `5時間`, `2 d 3 h`.
pub(crate) fn duration(seconds: i64, words: &Words) -> String {
    let units = [
        (86_400, words.unit_day),
        (3600, words.unit_hour),
        (60, words.unit_minute),
        (1, words.unit_second),
    ];
    let Some(first) = units.iter().position(|(size, _)| seconds >= *size) else {
        return format!("0{}", words.unit_second);
    };
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units.iter().skip(first).take(2) {
        if rest >= *size {
            parts.push(format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    parts.join(words.unit_separator)
}

/// How long something goes on that is not over, to the minute.
pub(crate) fn minutes(seconds: i64, words: &Words) -> String {
    let seconds = if seconds < 60 {
        seconds
    } else {
        seconds / 60 * 60
    };
    duration(seconds, words)
}

/// A duration in hours and minutes: `51時間30分`. For the time of several sites added up, where days
/// would read as those of one, and for intervals.
pub(crate) fn hours(seconds: i64, words: &Words) -> String {
    let (hours, rest) = (seconds / 3600, seconds % 3600);
    let count = |hours: i64| count(hours.unsigned_abs());
    match (hours, rest / 60) {
        (0, _) => duration(rest, words),
        (hours, 0) => format!("{}{}", count(hours), words.unit_hour),
        (hours, minutes) => [
            format!("{}{}", count(hours), words.unit_hour),
            format!("{minutes}{}", words.unit_minute),
        ]
        .join(words.unit_separator),
    }
}

/// A percentage from its thousandths, without trailing zeros.
pub(crate) fn percentage(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// How long ago something was, in its largest unit: `3分前`, `2 hours ago`. The script
/// `ages.js` updates it in the same words.
pub(crate) fn age(seconds: i64, words: &Words) -> String {
    let (count, unit) = match seconds.max(0) {
        seconds @ ..60 => (seconds, 0),
        seconds @ 60..3600 => (seconds / 60, 1),
        seconds @ 3600..86_400 => (seconds / 3600, 2),
        seconds => (seconds / 86_400, 3),
    };
    (words.ago)(count, unit)
}

/// A moment in the operator's zone, to the minute: `2024-11-08 02:00`.
pub(crate) fn moment(at: Moment, calendar: &Calendar) -> String {
    calendar.civil(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The same in a text that may break, but not in the moment.
pub(crate) fn moment_in_text(at: Moment, calendar: &Calendar) -> String {
    moment(at, calendar).replace(' ', "\u{a0}")
}

/// The day of a moment in the operator's zone: `2024-11-08`.
pub(crate) fn day(at: Moment, calendar: &Calendar) -> String {
    calendar.civil(at).strftime("%Y-%m-%d").to_string()
}

/// A moment near now, in few words: `14:05` today, else `11月2日`, in another year `2025年6月`.
pub(crate) fn short(at: Moment, now: Moment, calendar: &Calendar, words: &Words) -> String {
    let (at, now) = (calendar.civil(at), calendar.civil(now));
    if at.date() == now.date() {
        return at.strftime("%H:%M").to_string();
    }
    if at.year() == now.year() {
        return (words.day)(at.month(), at.day());
    }
    month(&at.strftime("%Y%m").to_string(), words)
}

/// The same with the time of day, where that is not all of it: `11月2日 10:00`.
pub(crate) fn short_to_the_minute(
    at: Moment,
    now: Moment,
    calendar: &Calendar,
    words: &Words,
) -> String {
    let (local, today) = (calendar.civil(at), calendar.civil(now));
    if local.date() == today.date() {
        return short(at, now, calendar, words);
    }
    if local.year() != today.year() {
        return moment_in_text(at, calendar);
    }
    let day = short(at, now, calendar, words);
    format!("{day}\u{a0}{}", local.strftime("%H:%M"))
}

/// Since when something is so, and for how long if that began today.
pub(crate) fn since(at: Moment, now: Moment, calendar: &Calendar, words: &Words) -> String {
    let from = short(at, now, calendar, words);
    let today = calendar.day_of(at) == calendar.day_of(now);
    if today {
        (words.since_for)(&from, &minutes(now.since(at), words))
    } else {
        (words.window_since)(&from)
    }
}

/// What is wrong with the days of a request, and what is expected.
pub(crate) fn days_mistake(mistake: &DaysMistake, words: &Words) -> String {
    match mistake {
        DaysMistake::NotADay { name, text } => (words.problems.not_a_day)(name, text),
        DaysMistake::Half => words.problems.half_range.to_owned(),
        DaysMistake::Backward => words.problems.backward_range.to_owned(),
        DaysMistake::OfNoSite => words.day_page.of_no_site.to_owned(),
    }
}

/// Where a fault is: the file, and the line if it is about a row.
pub(crate) fn place(fault: &Fault, words: &Words) -> String {
    match fault.line {
        Some(line) => format!("{} {}", fault.place, (words.line)(line)),
        None => fault.place.clone(),
    }
}

/// Why a row or file was skipped.
pub(crate) fn fault(reason: &FaultReason, words: &Words) -> String {
    let words = words.faults;
    match reason {
        FaultReason::MissingColumn(name) => (words.missing_column)(name),
        FaultReason::ShortRow { fields, wanted } => (words.short_row)(*fields, *wanted),
        FaultReason::NotText => words.not_text.to_owned(),
        FaultReason::BadTime => words.bad_time.to_owned(),
        FaultReason::BadNoteTime => words.bad_note_time.to_owned(),
        FaultReason::BackwardNote => words.backward_note.to_owned(),
        FaultReason::UnknownNoteKind => words.unknown_note_kind.to_owned(),
        FaultReason::TooManyNotes => words.too_many_notes.to_owned(),
        FaultReason::EndlessRow => words.endless_row.to_owned(),
        FaultReason::NotAFile => words.not_a_file.to_owned(),
        FaultReason::Unreadable(ReadFailure::Denied) => words.denied.to_owned(),
        FaultReason::Unreadable(ReadFailure::Missing) => words.missing.to_owned(),
        FaultReason::Unreadable(ReadFailure::Foreign) => words.foreign.to_owned(),
        FaultReason::Unreadable(ReadFailure::Other) => words.unreadable.to_owned(),
    }
}

/// What is wrong with the configuration file.
pub(crate) fn config(error: &ConfigError, words: &Words) -> String {
    let words = words.problems;
    let reason = match &error.reason {
        ConfigReason::Unreadable => words.config_unreadable.to_owned(),
        ConfigReason::Syntax { line, column } => (words.config_syntax)(*line, *column),
        ConfigReason::UnknownKey => words.config_unknown_key.to_owned(),
        ConfigReason::Renamed(name) => (words.config_renamed)(name),
        ConfigReason::WantsObject => words.config_wants_object.to_owned(),
        ConfigReason::WantsText => words.config_wants_text.to_owned(),
        ConfigReason::WantsTexts => words.config_wants_texts.to_owned(),
        ConfigReason::WantsLanguage => words.config_wants_language.to_owned(),
        ConfigReason::WantsCount => words.config_wants_count.to_owned(),
        ConfigReason::WantsPercentage => words.config_wants_percentage.to_owned(),
        ConfigReason::WantsHours { part } => (words.config_wants_hours)(part),
        ConfigReason::WantsUptimeBy => words.config_wants_uptime_by.to_owned(),
        ConfigReason::WantsSwitch => words.config_wants_switch.to_owned(),
        ConfigReason::WantsHideQuery => words.config_wants_hide_query.to_owned(),
        ConfigReason::WantsTimeZone => words.config_wants_time_zone.to_owned(),
        ConfigReason::Agency(mistake) => match mistake {
            AgencyMistake::UnknownKey => words.config_unknown_key.to_owned(),
            AgencyMistake::WantsText => words.config_wants_text.to_owned(),
            AgencyMistake::WantsTexts => words.config_wants_texts.to_owned(),
            AgencyMistake::WantsLogo => words.config_wants_logo.to_owned(),
            AgencyMistake::WantsColour => words.config_wants_colour.to_owned(),
            AgencyMistake::FaintColour(contrast) => (words.config_faint_colour)(contrast),
        },
    };
    let mistake = match &error.key {
        Some(key) => (words.config_key)(key, &reason),
        None => (words.config_file)(&reason),
    };
    let columns = || COLUMN_KEYS.iter().map(|key| format!("columns.{key}"));
    let keys = KEYS.iter().map(|key| (*key).to_owned()).chain(columns());
    let keys = (words.config_keys)(&keys.collect::<Vec<_>>().join(", "));
    format!("{mistake} {keys}")
}

#[cfg(test)]
mod tests {
    use super::{age, count, duration, hours, month, percentage};
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
    fn percentages_read_as_people_write_them() {
        assert_eq!(percentage(99_900), "99.9%");
        assert_eq!(percentage(99_995), "99.995%");
        assert_eq!(percentage(100_000), "100%");
    }

    #[test]
    fn durations_and_ages_read_as_people_say_them() {
        let check = |seconds, ja: &str, en: &str| {
            assert_eq!(duration(seconds, Words::of(Lang::Ja)), ja);
            assert_eq!(duration(seconds, Words::of(Lang::En)), en);
        };
        check(0, "0秒", "0 s");
        check(59, "59秒", "59 s");
        check(5400, "1時間30分", "1 h 30 min");
        check(18_000, "5時間", "5 h");
        check(86_400 * 2 + 300, "2日", "2 d");
        check(86_400 + 7200 + 5, "1日2時間", "1 d 2 h");
        let check = |seconds, ja: &str, en: &str| {
            assert_eq!(hours(seconds, Words::of(Lang::Ja)), ja);
            assert_eq!(hours(seconds, Words::of(Lang::En)), en);
        };
        check(0, "0秒", "0 s");
        check(3599, "59分59秒", "59 min 59 s");
        check(86_400 * 2 + 300, "48時間5分", "48 h 5 min");
        check(3_600_000, "1,000時間", "1,000 h");
        assert_eq!(age(119, Words::of(Lang::Ja)), "1分前");
        assert_eq!(age(119, Words::of(Lang::En)), "1 minute ago");
        assert_eq!(age(7200, Words::of(Lang::En)), "2 hours ago");
        assert_eq!(age(-5, Words::of(Lang::En)), "0 seconds ago");
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
