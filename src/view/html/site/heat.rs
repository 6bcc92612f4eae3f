//! When incidents were: how many of a year touched each hour of each weekday.

use std::ops::Range;

use serde::Serialize;

use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::stats::report::Report;
use crate::view::context::PageContext;
use crate::view::phrase;

/// A year, in days.
const YEAR: i32 = 365;

/// The hours of a week.
const WEEK: usize = 7 * 24;

#[derive(Serialize)]
pub(super) struct Heat {
    /// From when on incidents are counted.
    since: String,
    /// None, if there were no incidents.
    rows: Vec<Row>,
    hours: Vec<String>,
    is_incomplete: bool,
}

#[derive(Serialize)]
struct Row {
    day: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    class: &'static str,
    /// Empty for none.
    text: String,
}

/// The hours of a week that some time touches, Monday's first. They are those of the wall clock.
fn touched(span: &Range<Moment>, calendar: &Calendar) -> [bool; WEEK] {
    let mut hours = [false; WEEK];
    let mut at = span.start;
    // After a week and a day every hour was there, however the clock was changed.
    let end = span
        .end
        .min(Moment(span.start.0.saturating_add(8 * 86_400)));
    loop {
        let (offset, until) = calendar.offset_at(at);
        let local = at.0 + offset;
        // 1970 began on a Thursday.
        let hour = (local.div_euclid(3600) + 3 * 24).rem_euclid(7 * 24);
        if let Some(hour) = usize::try_from(hour)
            .ok()
            .and_then(|hour| hours.get_mut(hour))
        {
            *hour = true;
        }
        let next = Moment(at.0 + 3600 - local.rem_euclid(3600));
        at = if until > at { next.min(until) } else { next };
        if at >= end {
            return hours;
        }
    }
}

/// The class of a number of incidents.
fn class(count: u64) -> &'static str {
    match count {
        0 => "h0",
        1..4 => "h1",
        4..10 => "h2",
        _ => "h3",
    }
}

impl Heat {
    /// `None` of a log without times.
    pub(super) fn of(context: &PageContext, report: &Report) -> Option<Self> {
        let words = context.words().site_page;
        let calendar = context.calendar();
        let (first, _) = report.edges()?;
        let days: Range<Day> = calendar.last_days(context.now, YEAR);
        let year = calendar.span(&days);
        let figures = report.figures_of(&days);
        let mut counts = [0_u64; WEEK];
        for incident in &figures.incidents {
            let to = incident.to.unwrap_or(context.now);
            let span = incident.from.max(year.start)..to.min(year.end);
            for (count, touched) in counts.iter_mut().zip(touched(&span, calendar)) {
                *count += u64::from(touched);
            }
        }
        let row = |(day, counts): (usize, &[u64])| Row {
            day: (words.weekday_name)(day),
            cells: counts
                .iter()
                .map(|count| Cell {
                    class: class(*count),
                    text: match count {
                        0 => String::new(),
                        count => phrase::count(*count),
                    },
                })
                .collect(),
        };
        let rows = counts.chunks(24).enumerate().map(row);
        Some(Self {
            since: (context.words().window_since)(&phrase::day(first.max(year.start), calendar)),
            rows: if figures.incidents.is_empty() {
                Vec::new()
            } else {
                rows.collect()
            },
            hours: (0..24).map(|hour| hour.to_string()).collect(),
            is_incomplete: figures.incidents_left_out > 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::{Calendar, Moment, WEEK, touched};

    fn hours(zone: &str, from: &str, to: &str) -> Vec<usize> {
        let calendar = Calendar::new(TimeZone::get(zone).unwrap());
        let at = |text: &str| calendar.moment(text.parse().unwrap(), None);
        let touched = touched(&(at(from)..at(to)), &calendar);
        (0..WEEK).filter(|hour| touched[*hour]).collect()
    }

    #[test]
    fn an_incident_touches_the_hours_of_the_wall_clock() {
        // A Monday; an hour that it ends with is not touched.
        let monday = |from: &str, to: &str| {
            hours(
                "Asia/Kolkata",
                &format!("2024-11-04T{from}"),
                &format!("2024-11-04T{to}"),
            )
        };
        assert_eq!(monday("00:10", "00:20"), [0]);
        assert_eq!(monday("00:10", "02:00"), [0, 1]);
        assert_eq!(monday("00:10", "02:00:01"), [0, 1, 2]);
        assert_eq!(
            hours("Asia/Tokyo", "2024-11-03T23:30", "2024-11-04T00:30"),
            [0, 167]
        );
    }

    #[test]
    fn a_skipped_hour_is_not_touched_and_a_week_touches_all() {
        // On Sunday, 31 March, 02:00 is followed by 03:00.
        let sunday = hours("Europe/Berlin", "2024-03-31T01:30", "2024-03-31T03:30");
        assert_eq!(sunday, [6 * 24 + 1, 6 * 24 + 3]);
        let weeks = hours("Europe/Berlin", "2024-03-20T00:00", "2024-06-01T00:00");
        assert_eq!(weeks.len(), WEEK);
        let calendar = Calendar::new(TimeZone::UTC);
        let moment = Moment(0)..Moment(0);
        assert_eq!(
            touched(&moment, &calendar)
                .iter()
                .filter(|hour| **hour)
                .count(),
            1
        );
    }
}
