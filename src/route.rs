//! Paths to routes and back: what a path selects, and every link of a page.

use crate::assets::VERSION;
use crate::calendar;
use crate::cgi::query_string::encode;
use crate::cgi::request::Base;
use crate::check::Day;
use crate::lang::Lang;
use crate::period::Days;
use crate::query::{ALL, Filter, Search, Selection};

/// The first segment of the API's paths.
pub const API: &str = "api";

/// The path of the style sheet with the agency's colour.
pub const AGENCY_STYLE: &str = "agency.css";

/// What a path selects.
#[derive(Debug, PartialEq, Eq)]
pub enum Route {
    /// A path of one segment, which leaves the selection to the query.
    ByQuery,
    /// A path below `/api/` that selects by itself.
    ByPath(Selection),
    /// `/api/<company>/<name>`: a site, if the log folder has one with this name, else perhaps a
    /// month.
    Named { company: Filter, name: String },
}

impl Route {
    /// The route of a decoded path; `None` if nothing is there.
    pub fn from_path(path: &[String]) -> Option<Self> {
        let (first, names) = path.split_first()?;
        if first != API {
            return names.is_empty().then_some(Self::ByQuery);
        }
        if names.iter().any(String::is_empty) {
            return None;
        }
        let select = |company: &str, site: &str, year_month: &str| {
            Self::ByPath(Selection {
                company: Filter::of(company),
                site: Filter::of(site),
                months: Filter::of(year_month).into(),
                days: Days::OfMonths,
            })
        };
        match names {
            [company] => Some(select(company, "", "")),
            [company, name] => Some(match Filter::of(name) {
                Filter::Only(name) => Self::Named {
                    company: Filter::of(company),
                    name,
                },
                Filter::All => select(company, "", ""),
            }),
            [company, site, year_month] => Some(select(company, site, year_month)),
            _ => None,
        }
    }
}

/// Whether a name, if there is no site folder of that name, is read as a month: four to six digits.
pub fn reads_as_month(name: &str) -> bool {
    (4..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_digit())
}

/// Makes the links of a page.
#[derive(Debug, Hash)]
pub struct Links {
    base: Base,
    /// The language in the URL of this page, which its links keep.
    lang: Option<Lang>,
}

impl Links {
    /// Links below `base` that keep `lang`.
    pub fn new(base: Base, lang: Option<Lang>) -> Self {
        Self { base, lang }
    }

    /// The page of a selection, in the language of this page.
    pub fn page(&self, selection: &Selection) -> String {
        self.page_in(selection, self.lang)
    }

    /// The page of a selection, in a language; `None` leaves it to the browser.
    pub fn page_in(&self, selection: &Selection, lang: Option<Lang>) -> String {
        let day = |day: Day| calendar::date(day).strftime("%Y%m%d").to_string();
        let (date, from, to) = match &selection.days {
            Days::OfMonths => (None, None, None),
            Days::One(date) => (Some(day(*date)), None, None),
            Days::Range(days) => (None, Some(day(days.start)), Some(day(days.end.plus(-1)))),
        };
        let pairs = [
            ("company", selection.company.name()),
            ("site", selection.site.name()),
            ("year_month", selection.months.beginning()),
            ("date", date.as_deref()),
            ("from", from.as_deref()),
            ("to", to.as_deref()),
            ("lang", lang.map(Lang::tag)),
        ];
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encode(value?))))
            .collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}/{mark}{}", self.base.pages, pairs.join("&"))
    }

    /// An overview that shows only some of its sites, in a language.
    pub fn search_in(&self, selection: &Selection, search: &Search, lang: Option<Lang>) -> String {
        let text = Some(search.text.as_str()).filter(|text| !text.is_empty());
        let state = search.attention.then_some("attention");
        let pairs = [("q", text), ("state", state)];
        let add = |link: String, (name, value): (&str, Option<&str>)| match value {
            Some(value) => {
                let mark = if link.contains('?') { '&' } else { '?' };
                format!("{link}{mark}{name}={}", encode(value))
            }
            None => link,
        };
        pairs.into_iter().fold(self.page_in(selection, lang), add)
    }

    /// The page that checks the installation.
    pub fn check(&self) -> String {
        let lang = self.lang.map(|lang| format!("&lang={}", lang.tag()));
        format!("{}/?check=1{}", self.base.pages, lang.unwrap_or_default())
    }

    /// The JSON of a selection.
    pub fn api(&self, selection: &Selection) -> String {
        let segment = |name: Option<&str>| encode(name.unwrap_or(ALL)).into_owned();
        let mut segments = vec![
            segment(selection.company.name()),
            segment(selection.site.name()),
            segment(selection.months.beginning()),
        ];
        // `/api/X/all/all` is the same as `/api/X`.
        while segments.len() > 1 && segments.last().is_some_and(|name| name == ALL) {
            segments.pop();
        }
        format!("{}/api/{}", self.base.pages, segments.join("/"))
    }

    /// A file in `static/`. All links change when any of these files does, so browsers and proxies
    /// may cache them.
    pub fn file(&self, name: &str) -> String {
        format!("{}/static/{name}?v={:016x}", self.base.files, VERSION)
    }

    /// A file in `static/` that is the operator's, and may change without a new build.
    pub fn operators_file(&self, name: &str) -> String {
        format!("{}/static/{name}", self.base.files)
    }

    /// The style sheet with the agency's colour, which a new colour gets a new address for.
    pub fn agency_style(&self, colour: &str) -> String {
        format!("{}/{AGENCY_STYLE}?v={}", self.base.pages, encode(colour))
    }

    /// The language in the URL of this page.
    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }
}

#[cfg(test)]
mod tests {
    use super::{Links, Route, reads_as_month};
    use crate::cgi::request::Base;
    use crate::query::{Filter, Selection};

    fn parse(path: &str) -> Option<Route> {
        let path: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        Route::from_path(&path)
    }

    fn selection(company: &str, site: &str, year_month: &str) -> Selection {
        Selection {
            company: Filter::of(company),
            site: Filter::of(site),
            months: Filter::of(year_month).into(),
            days: super::Days::OfMonths,
        }
    }

    #[test]
    fn every_documented_path_has_its_route() {
        let api = |c, s, m| Some(Route::ByPath(selection(c, s, m)));
        assert_eq!(parse("/"), Some(Route::ByQuery));
        assert_eq!(parse("/sites.csv"), Some(Route::ByQuery));
        assert_eq!(parse("/api/all"), api("", "", ""));
        assert_eq!(parse("/api/A"), api("A", "", ""));
        assert_eq!(parse("/api/A/all"), api("A", "", ""));
        assert_eq!(parse("/api/A/s/2024"), api("A", "s", "2024"));
        assert_eq!(parse("/api/all/all/202411"), api("", "", "202411"));
        assert_eq!(parse("/api/A/all/all"), api("A", "", ""));
        let named = |company: &str, name: &str| {
            Some(Route::Named {
                company: Filter::of(company),
                name: name.to_owned(),
            })
        };
        assert_eq!(parse("/api/A/202411"), named("A", "202411"));
        assert_eq!(parse("/api/all/s"), named("all", "s"));
    }

    #[test]
    fn nothing_is_at_any_other_path() {
        for path in [
            "/api",
            "/api/",
            "/api/A/",
            "/api//A",
            "/api/a/b/c/d",
            "/x/y",
            "/API/all",
            "//",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn four_to_six_digits_read_as_a_month() {
        for (name, want) in [
            ("2024", true),
            ("202411", true),
            ("20241", true),
            ("202", false),
            ("2024111", false),
            ("2024年", false),
        ] {
            assert_eq!(reads_as_month(name), want, "{name}");
        }
    }

    #[test]
    fn an_api_link_leads_back_to_its_selection() {
        let links = Links::new(
            Base {
                pages: String::new(),
                files: String::new(),
            },
            None,
        );
        for want in [
            selection("", "", ""),
            selection("A/b", "", ""),
            selection("", "", "2024"),
            selection("A", "s", ""),
        ] {
            let path = links.api(&want);
            let path: Vec<String> = path
                .split('/')
                .skip(1)
                .map(|s| {
                    percent_encoding::percent_decode_str(s)
                        .decode_utf8()
                        .unwrap()
                        .into_owned()
                })
                .collect();
            let got = match Route::from_path(&path).unwrap() {
                Route::ByPath(selection) => selection,
                Route::Named { company, name } => Selection {
                    company,
                    site: Filter::of(&name),
                    ..Selection::default()
                },
                Route::ByQuery => panic!("{want:?} is left to the query"),
            };
            assert_eq!(got, want);
        }
    }
}
