//! The query string as types: what part of the logs is selected, and what the API includes. Whether
//! there is anything of these names is not known here.

use crate::lang::Lang;
use std::ops::Range;

use jiff::civil::Date;

use crate::calendar;
use crate::check::Day;
use crate::period::{Days, Months};

/// Stands for "no filter" where a name or month is expected.
pub const ALL: &str = "all";

/// Which companies or sites are selected.
///
/// The name is only compared with names read from the disk; no path is built from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    #[default]
    All,
    /// The one with this name.
    Only(String),
}

impl Filter {
    /// An empty name and `all` select everything.
    pub fn of(name: &str) -> Self {
        match name {
            "" | ALL => Self::All,
            name => Self::Only(name.to_owned()),
        }
    }

    /// Whether a company or site with this name is selected.
    pub fn allows(&self, name: &str) -> bool {
        self.name().is_none_or(|only| only == name)
    }

    /// The name, if only one is selected.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Only(name) => Some(name),
        }
    }
}

/// Which part of the logs a request is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    pub company: Filter,
    /// The site folder, in any of the selected companies.
    pub site: Filter,
    pub months: Months,
    pub days: Days,
}

impl Selection {
    /// Whether this is all of one company.
    pub fn is_whole_company(&self) -> bool {
        let is_all_of_it =
            self.site == Filter::All && self.months == Months::All && self.days == Days::OfMonths;
        is_all_of_it && self.company != Filter::All
    }
}

/// Which of its sites an overview shows: `?q=&state=attention`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Search {
    /// Words that the names or the URL of a site must have, as typed.
    pub text: String,
    /// Whether only sites that need a person are shown.
    pub attention: bool,
}

impl Search {
    /// Whether all sites are shown.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && !self.attention
    }

    /// Whether some names, in lower case, have all the words.
    pub fn allows(&self, names: &str) -> bool {
        let text = self.text.to_lowercase();
        text.split_whitespace().all(|word| names.contains(word))
    }
}

/// The query of a page: `?company=&site=&year_month=&lang=`. Unknown names and languages are
/// ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub selection: Selection,
    pub search: Search,
    /// The language in the URL, which all links keep.
    pub lang: Option<Lang>,
    /// `check=1` asks for the page that checks the installation.
    pub check: bool,
    /// What is wrong with the days; then none are selected.
    pub mistake: Option<DaysMistake>,
}

/// A mistake in `date`, `from` or `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaysMistake {
    /// This is no day.
    NotADay { name: &'static str, text: String },
    /// `from` without `to`, or `to` without `from`.
    Half,
    /// `from` is after `to`.
    Backward,
    /// `date` without a company and a site.
    OfNoSite,
}

/// Reads `date`, or `from` and `to`: days as `20241101` or `2024-11-01`.
fn days<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Days, DaysMistake> {
    let day = |name: &'static str| match value(name).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => {
            let mistake = || DaysMistake::NotADay {
                name,
                text: text.to_owned(),
            };
            day_of(text).map(Some).ok_or_else(mistake)
        }
    };
    if let Some(day) = day("date")? {
        return Ok(Days::One(day));
    }
    match (day("from")?, day("to")?) {
        (None, None) => Ok(Days::OfMonths),
        (Some(from), Some(to)) if from <= to => Ok(Days::Range(Range {
            start: from,
            end: to.plus(1),
        })),
        (Some(_), Some(_)) => Err(DaysMistake::Backward),
        _ => Err(DaysMistake::Half),
    }
}

fn day_of(text: &str) -> Option<Day> {
    let digits: String = text.split('-').collect();
    let is_date = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    let dash = |at| text.as_bytes().get(at) == Some(&b'-');
    let has_form = text.len() == 8 || text.len() == 10 && dash(4) && dash(7);
    let number = |range: Range<usize>| digits.get(range)?.parse::<i16>().ok();
    let small = |number: i16| i8::try_from(number).ok();
    let date = || Date::new(number(0..4)?, small(number(4..6)?)?, small(number(6..8)?)?).ok();
    let day = (is_date && has_form)
        .then(date)
        .flatten()
        .map(calendar::day);
    // The end of the calendar would be shown as another day.
    day.filter(|day| calendar::day(calendar::date(day.plus(1))) == day.plus(1))
}

/// What the API includes besides the counts: `?include=days,incidents`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of a list")]
pub struct Include {
    /// Counts by day.
    pub days: bool,
    /// Incidents and downtime.
    pub incidents: bool,
    /// Percentiles of response times.
    pub latency: bool,
    /// Coverage, the first and last check, and whether the URL is stale.
    pub coverage: bool,
    /// Rows and files that could not be used.
    pub faults: bool,
}

/// An unknown word in `include`.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownInclude(pub String);

impl Include {
    /// Reads `include` from the pairs of a query string.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, UnknownInclude> {
        let mut include = Self::default();
        let list = pairs
            .iter()
            .find(|(name, _)| name == "include")
            .map_or("", |(_, list)| list);
        for word in list
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
        {
            match word {
                "days" => include.days = true,
                "incidents" => include.incidents = true,
                "latency" => include.latency = true,
                "coverage" => include.coverage = true,
                "faults" => include.faults = true,
                _ => return Err(UnknownInclude(word.to_owned())),
            }
        }
        Ok(include)
    }

    /// Whether it adds what a URL has by the folder that logs it.
    pub fn is_by_folder(self) -> bool {
        self.days || self.incidents || self.latency || self.coverage
    }

    /// Whether the times of checks must be read.
    pub fn needs_times(self) -> bool {
        self.is_by_folder() || self.faults
    }
}

impl From<Filter> for Months {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::All => Self::All,
            Filter::Only(text) => Self::Beginning(text),
        }
    }
}

impl Query {
    /// Reads the pairs of a query string; of two pairs with the same name, the first one counts.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
        };
        let filter = |name| value(name).map_or(Filter::All, Filter::of);
        let (company, site) = (filter("company"), filter("site"));
        let days = days(value).and_then(|days| match days {
            Days::One(_) if company == Filter::All || site == Filter::All => {
                Err(DaysMistake::OfNoSite)
            }
            days => Ok(days),
        });
        Self {
            mistake: days.clone().err(),
            selection: Selection {
                company,
                site,
                months: filter("year_month").into(),
                days: days.unwrap_or_default(),
            },
            search: Search {
                text: value("q").unwrap_or_default().to_owned(),
                attention: value("state") == Some("attention"),
            },
            lang: value("lang").and_then(Lang::from_tag),
            check: value("check") == Some("1"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DaysMistake, Query};
    use crate::calendar::day;
    use crate::check::Day;
    use crate::period::Days;

    fn query(text: &str) -> Query {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<_> = pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        Query::from_pairs(&pairs)
    }

    fn november(number: i8) -> Day {
        day(jiff::civil::date(2024, 11, number))
    }

    #[test]
    fn days_are_read_as_a_person_and_a_browser_write_them() {
        for text in ["date=20241101", "date=2024-11-01"] {
            let days = query(&format!("company=A&site=s&{text}")).selection.days;
            assert_eq!(days, Days::One(november(1)), "{text}");
        }
        let week = Days::Range(november(1)..november(8));
        assert_eq!(query("from=20241101&to=20241107").selection.days, week);
        assert_eq!(query("from=&to=").selection.days, Days::OfMonths);
        assert_eq!(query("from=&to=").mistake, None);
    }

    #[test]
    fn a_mistake_in_days_is_named_and_selects_none() {
        let not_a_day = |name, text: &str| DaysMistake::NotADay {
            name,
            text: text.to_owned(),
        };
        for (text, want) in [
            ("date=2024110", not_a_day("date", "2024110")),
            ("date=20241131", not_a_day("date", "20241131")),
            ("date=2024-1101", not_a_day("date", "2024-1101")),
            ("date=2024-1-101", not_a_day("date", "2024-1-101")),
            ("date=20２41101", not_a_day("date", "20２41101")),
            ("from=x&to=20241101", not_a_day("from", "x")),
            ("from=20241101", DaysMistake::Half),
            ("to=20241101", DaysMistake::Half),
            ("from=20241102&to=20241101", DaysMistake::Backward),
        ] {
            let query = query(text);
            assert_eq!(query.mistake, Some(want), "{text}");
            assert_eq!(query.selection.days, Days::OfMonths, "{text}");
        }
    }
}
