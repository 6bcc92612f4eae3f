//! How letters write days: with the day of the week, as their readers do.

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use crate::calendar;
use crate::check::{Day, Moment};
use crate::lang::Lang;
use crate::period::Period;
use crate::view::context::PageContext;
use crate::view::phrase;

fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// A day with its year.
pub(in crate::view::html) fn full(context: &PageContext, day: Day) -> String {
    full_date(context, calendar::date(day))
}

fn full_date(context: &PageContext, date: Date) -> String {
    let words = context.words().report;
    (words.full_date)(date.year(), date.month(), date.day(), weekday(date))
}

/// A day, without the year if that is the one of the letter.
fn short(context: &PageContext, day: Day, year: i16) -> String {
    of_date(context, calendar::date(day), year)
}

fn of_date(context: &PageContext, date: Date, year: i16) -> String {
    if date.year() != year {
        return full_date(context, date);
    }
    (context.words().report.date)(date.month(), date.day(), weekday(date))
}

/// The first and the last day of a range.
pub(in crate::view::html) fn days(context: &PageContext, first: Day, last: Day) -> String {
    let from = full(context, first);
    if first == last {
        return from;
    }
    let (start, end) = (calendar::date(first), calendar::date(last));
    let to = match context.lang {
        Lang::Ja if (start.year(), start.month()) == (end.year(), end.month()) => {
            let text = short(context, last, end.year());
            text.split_once('月')
                .map_or(text.clone(), |(_, day)| day.to_owned())
        }
        _ => short(context, last, start.year()),
    };
    (context.words().report.days)(&from, &to)
}

/// A day of a table, in a letter of such a year.
pub(super) fn day(context: &PageContext, day: Day, year: i16) -> String {
    short(context, day, year)
}

/// From when to when: the day of the end only where it is another.
pub(super) fn span(context: &PageContext, span: &Range<Moment>, year: i16) -> String {
    let [from, to] = [span.start, span.end].map(|at| context.calendar().civil(at));
    let end = if from.date() == to.date() {
        clock(to)
    } else {
        format!("{} {}", of_date(context, to.date(), year), clock(to))
    };
    let start = format!("{} {}", of_date(context, from.date(), year), clock(from));
    (context.words().report.days)(&start, &end)
}

/// When something began.
pub(super) fn start(context: &PageContext, at: Moment, year: i16) -> String {
    let at = context.calendar().civil(at);
    format!("{} {}", of_date(context, at.date(), year), clock(at))
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The name of the months of a period, or of any days.
pub(in crate::view::html) fn name(context: &PageContext, days: &Range<Day>) -> String {
    let months = context.selection().months.period();
    let is_period = |period: &Period| period.days() == *days;
    if let Some(period) = months.filter(is_period) {
        return period_name(context, period);
    }
    let [first, last] = [days.start, days.end.plus(-1)].map(|day| plain(context, day));
    if first == last {
        return first;
    }
    (context.words().report.days)(&first, &last)
}

/// A day without that of the week.
fn plain(context: &PageContext, day: Day) -> String {
    let date = calendar::date(day);
    (context.words().report.plain_date)(date.year(), date.month(), date.day())
}

/// The name of some months.
pub(in crate::view::html) fn period_name(context: &PageContext, period: Period) -> String {
    let words = context.words();
    if period.is_year() || period.is_month() {
        return phrase::month(&period.to_string(), words);
    }
    let days = period.days();
    let [first, last] = [days.start, days.end.plus(-1)].map(calendar::date);
    let year = first.strftime("%Y").to_string();
    (words.report.months_of_year)(&year, first.month(), last.month())
}
