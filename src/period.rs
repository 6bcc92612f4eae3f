//! Years and months: those that a URL asks for, the days that they have, and the month of a log
//! file.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use memchr::memrchr;

use crate::calendar::{date, day};
use crate::check::Day;

/// The months that a URL asks for, as a prefix of the month in a file's name: `202411` is a month,
/// `2024` a year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Months {
    #[default]
    All,
    /// The months that start with this text.
    Beginning(String),
}

/// The days that a URL asks for, beside its months.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Days {
    /// Those of its months.
    #[default]
    OfMonths,
    /// `date=20241101`.
    One(Day),
    /// `from=20241101&to=20241107`, both included; not empty.
    Range(Range<Day>),
}

impl Months {
    /// Whether these months include that of a file.
    pub fn contains(&self, month: FileMonth) -> bool {
        match self {
            Self::All => true,
            Self::Beginning(text) => month.0.starts_with(text),
        }
    }

    /// Their prefix; `None` if these are all months.
    pub fn beginning(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Beginning(text) => Some(text),
        }
    }

    /// Their period; `None` if these are all months, or their prefix is not a period.
    pub fn period(&self) -> Option<Period> {
        self.beginning().and_then(Period::parse)
    }
}

/// A year (`2024`), a month (`202411`), or the months of a year with the same first digit (`20241`
/// is October to December).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    /// Its first and its last month.
    months: (i8, i8),
}

impl Period {
    /// Parses the text in a URL; `None` if it is not a period.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let months = match text.get(4..)? {
            "" => (1, 12),
            "0" => (1, 9),
            "1" => (10, 12),
            month if month.len() == 2 => (month.parse().ok()?, month.parse().ok()?),
            _ => return None,
        };
        let year = text[..4].parse().ok()?;
        let period = Self { year, months };
        period.dates().map(|_| period)
    }

    /// The first day and the day after the last; `None` if there are no such dates.
    fn dates(self) -> Option<(Date, Date)> {
        let first = Date::new(self.year, self.months.0, 1).ok()?;
        let last = Date::new(self.year, self.months.1, 1).ok()?;
        Some((first, last.last_of_month().tomorrow().ok()?))
    }

    pub fn days(self) -> Range<Day> {
        self.dates()
            .map_or(Day(0)..Day(0), |(first, end)| day(first)..day(end))
    }

    pub fn is_year(self) -> bool {
        self.months == (1, 12)
    }

    /// The year before a year, or the month before a month; `None` for other periods.
    pub fn previous(self) -> Option<Self> {
        let (year, months) = match self.months {
            (1, 12) => (self.year - 1, self.months),
            (1, 1) => (self.year - 1, (12, 12)),
            (month, last) if month == last => (self.year, (month - 1, month - 1)),
            _ => return None,
        };
        let period = Self { year, months };
        period.dates().map(|_| period)
    }

    /// The year after a year, or the month after a month; `None` for other periods.
    pub fn next(self) -> Option<Self> {
        let (year, months) = match self.months {
            (1, 12) => (self.year + 1, self.months),
            (12, 12) => (self.year + 1, (1, 1)),
            (month, last) if month == last => (self.year, (month + 1, month + 1)),
            _ => return None,
        };
        let period = Self { year, months };
        period.dates().map(|_| period)
    }

    pub fn is_month(self) -> bool {
        self.months.0 == self.months.1
    }

    /// The whole year that it is in.
    #[must_use]
    pub fn year(self) -> Self {
        Self {
            months: (1, 12),
            ..self
        }
    }

    /// Its months, one by one.
    pub fn each_month(self) -> impl Iterator<Item = Self> {
        let Self { year, months } = self;
        (months.0..=months.1).map(move |month| Self {
            year,
            months: (month, month),
        })
    }

    /// The month of a day; `None` outside the years 0 to 9999, which no text names.
    pub fn of_day(day: Day) -> Option<Self> {
        let date = date(day);
        Self::parse(&date.strftime("%Y%m").to_string())
    }

    /// The months up to this one, it included, oldest first; at most `count`.
    pub fn last_months(self, count: usize) -> Vec<Self> {
        let earlier = std::iter::successors(Some(self), |month| month.previous());
        let mut months: Vec<Self> = earlier.take(count).collect();
        months.reverse();
        months
    }

    /// The months of this period.
    pub fn months(self) -> Months {
        Months::Beginning(self.to_string())
    }
}

/// Prints the text that [`Period::parse`] reads.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match self.months {
            (1, 12) => Ok(()),
            (1, 9) => f.write_str("0"),
            (10, 12) => f.write_str("1"),
            (month, _) => write!(f, "{month:02}"),
        }
    }
}

/// The month of a log file: what follows the last `_` in its name, without `.csv`. Monitors that
/// follow the pattern write `202411`; any other text is a month of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileMonth<'name>(&'name str);

/// The extension of log files.
const EXTENSION: &str = ".csv";

impl<'name> FileMonth<'name> {
    /// Returns `None` if this is not the name of a log.
    pub fn of_file(name: &'name str) -> Option<Self> {
        let stem = name.strip_suffix(EXTENSION)?;
        let start = memrchr(b'_', stem.as_bytes()).map_or(0, |at| at + 1);
        Some(Self(&stem[start..]))
    }

    /// The offset of this month in the name of its file.
    pub fn start_in(self, name: &str) -> usize {
        name.len() - EXTENSION.len() - self.0.len()
    }

    /// The month at an offset that was found before in the name of a file.
    pub fn starting_at(start: usize, name: &'name str) -> Self {
        Self(
            name.get(start..name.len() - EXTENSION.len())
                .unwrap_or_default(),
        )
    }

    /// Takes a text that is known to be a month.
    pub fn of_text(text: &'name str) -> Self {
        Self(text)
    }

    /// The days of a month of six digits; none if there is no such month. `None` of any other text,
    /// which says nothing about days.
    pub fn days(self) -> Option<Range<Day>> {
        let is_month = self.0.len() == 6 && self.0.bytes().all(|b| b.is_ascii_digit());
        let days = || Period::parse(self.0).map_or(Day(0)..Day(0), Period::days);
        is_month.then(days)
    }

    /// The text in the file's name.
    pub fn as_str(self) -> &'name str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{FileMonth, Period};
    use crate::calendar::date;

    #[test]
    fn a_period_has_whole_months() {
        let days = |text| {
            let days = Period::parse(text)?.days();
            Some(format!("{}..{}", date(days.start), date(days.end)))
        };
        assert_eq!(days("202402").as_deref(), Some("2024-02-01..2024-03-01"));
        assert_eq!(days("2024").as_deref(), Some("2024-01-01..2025-01-01"));
        assert_eq!(days("20241").as_deref(), Some("2024-10-01..2025-01-01"));
        assert_eq!(days("20240").as_deref(), Some("2024-01-01..2024-10-01"));
        for text in [
            "202413",
            "202400",
            "20242",
            "latest",
            "",
            "2024111",
            "２０２４",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn the_period_before_has_the_same_length() {
        let before = |text| Period::parse(text)?.previous();
        assert_eq!(before("202401"), Period::parse("202312"));
        assert_eq!(before("2024"), Period::parse("2023"));
        assert_eq!(before("20241"), None);
        let after = |text| Period::parse(text)?.next();
        assert_eq!(after("202412"), Period::parse("202501"));
        assert_eq!(after("2024"), Period::parse("2025"));
        assert_eq!(after("20240"), None);
    }

    #[test]
    fn months_stand_in_order() {
        let text = |months: Vec<Period>| {
            let months: Vec<String> = months.iter().map(Period::to_string).collect();
            months.join(" ")
        };
        let month = Period::parse("202402").unwrap();
        assert_eq!(text(month.last_months(3)), "202312 202401 202402");
        let quarter = Period::parse("20241").unwrap();
        assert_eq!(text(quarter.each_month().collect()), "202410 202411 202412");
        assert_eq!(month.year(), Period::parse("2024").unwrap());
        assert_eq!(Period::of_day(month.days().start), Some(month));
    }

    #[test]
    fn the_month_follows_the_last_underscore() {
        let check = |name, want| {
            let found = FileMonth::of_file(name).map(FileMonth::as_str);
            assert_eq!(found, want, "{name}");
        };
        check("monitor_results_202411.csv", Some("202411"));
        check("202411.csv", Some("202411"));
        check("monitor_results_.csv", Some(""));
        check("monitor_results_202411.CSV", None);
        check("monitor_results_202411.csv.gz", None);
    }
}
