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

/// A page's query: `?company=&site=&year_month=&lang=`. Unknown names are ignored, as are
/// languages there are no words for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What the page shows.
    pub selection: Selection,
    /// The language, if the URL names one; links keep it.
    pub lang: Option<Lang>,
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
        }
    }
}
