//! What a page shows: the choice in its URL, typed.

use crate::lang::Lang;

/// The word that stands for "no filter" wherever a name or month is expected.
pub const ALL: &str = "all";

/// What part of the logs is asked for; `None` is no filter.
///
/// Names are only ever compared with names read from the disk: no path is built from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// A company folder.
    pub company: Option<String>,
    /// A site folder, in the company or, without one, in any.
    pub site: Option<String>,
    /// The start of a file's month: `202411`, or `2024` for a year.
    pub year_month: Option<String>,
}

impl Selection {
    /// Whether it is one company, all of it.
    pub fn is_whole_company(&self) -> bool {
        self.company.is_some() && self.site.is_none() && self.year_month.is_none()
    }
}

/// A page's query: `?company=&site=&year_month=&lang=`. Unknown names are ignored, as are
/// languages there are no words for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What the page shows.
    pub selection: Selection,
    /// The language, if the URL names one; links keep it.
    pub lang: Option<Lang>,
    /// `check=1`: the page that checks the installation.
    pub check: bool,
}

/// What an answer of the API holds beside the counts: `?include=days,incidents`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of a list")]
pub struct Include {
    /// Checks by day.
    pub days: bool,
    /// Incidents and downtime.
    pub incidents: bool,
    /// Percentiles of response times.
    pub latency: bool,
    /// Checks seen of those expected, first and last check, staleness.
    pub coverage: bool,
    /// Rows and files that could not be used.
    pub faults: bool,
}

/// A word in `include` that means nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownInclude(pub String);

impl Include {
    /// Reads the `include` of a query string.
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

    /// Whether the times of the checks are needed.
    pub fn needs_times(self) -> bool {
        self.days || self.incidents || self.latency || self.coverage || self.faults
    }
}

/// Reads a name as a filter: nothing and `all` filter nothing.
pub fn filter(name: &str) -> Option<String> {
    (!name.is_empty() && name != ALL).then(|| name.to_owned())
}

impl Query {
    /// Reads the pairs of a query string; of a doubled name the first counts.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
        };
        let chosen = |name| value(name).and_then(filter);
        Self {
            selection: Selection {
                company: chosen("company"),
                site: chosen("site"),
                year_month: chosen("year_month"),
            },
            lang: value("lang").and_then(Lang::from_tag),
            check: value("check") == Some("1"),
        }
    }
}
