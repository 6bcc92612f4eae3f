//! The query string as types: what part of the logs is selected, and what the API includes. Whether
//! there is anything of these names is not known here.

use crate::lang::Lang;
use crate::period::Months;

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
}

impl Selection {
    /// Whether this is all of one company.
    pub fn is_whole_company(&self) -> bool {
        let is_all_of_it = self.site == Filter::All && self.months == Months::All;
        is_all_of_it && self.company != Filter::All
    }
}

/// The query of a page: `?company=&site=&year_month=&lang=`. Unknown names and languages are
/// ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub selection: Selection,
    /// The language in the URL, which all links keep.
    pub lang: Option<Lang>,
    /// `check=1` asks for the page that checks the installation.
    pub check: bool,
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
        Self {
            selection: Selection {
                company: filter("company"),
                site: filter("site"),
                months: filter("year_month").into(),
            },
            lang: value("lang").and_then(Lang::from_tag),
            check: value("check") == Some("1"),
        }
    }
}
