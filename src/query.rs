//! What a page shows: the choice in its URL, typed.

use crate::lang::Lang;
use crate::period::Months;

/// The word that stands for "no filter" wherever a name or month is expected.
pub const ALL: &str = "all";

/// Which companies, or sites, are asked for.
///
/// A name is only ever compared with names read from the disk: no path is built from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// The one of this name.
    Only(String),
}

impl Filter {
    /// Reads a name: nothing and `all` filter nothing.
    pub fn of(name: &str) -> Self {
        match name {
            "" | ALL => Self::All,
            name => Self::Only(name.to_owned()),
        }
    }

    /// Whether one of this name is asked for.
    pub fn allows(&self, name: &str) -> bool {
        self.name().is_none_or(|only| only == name)
    }

    /// The name, if only one is asked for.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Only(name) => Some(name),
        }
    }
}

/// What part of the logs is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// The company folder.
    pub company: Filter,
    /// The site folder, in the company or in any.
    pub site: Filter,
    /// The months of files.
    pub months: Months,
}

impl Selection {
    /// One site, or those of this name.
    pub fn of_site(company: Filter, name: String) -> Self {
        Self {
            company,
            site: Filter::Only(name),
            months: Months::All,
        }
    }

    /// The months that begin so.
    pub fn of_months(company: Filter, beginning: String) -> Self {
        Self {
            company,
            site: Filter::All,
            months: Months::Beginning(beginning),
        }
    }

    /// Whether it is one company, all of it.
    pub fn is_whole_company(&self) -> bool {
        matches!(
            self,
            Self {
                company: Filter::Only(_),
                site: Filter::All,
                months: Months::All,
            }
        )
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

impl From<Filter> for Months {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::All => Self::All,
            Filter::Only(text) => Self::Beginning(text),
        }
    }
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
