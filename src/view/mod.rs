//! Reports to bodies, one file per format. Here, because only formats know words, links and markup;
//! `answer` knows what is asked, and `stats/` has the numbers. A format reads no file, clock or request.

pub(crate) mod agency;
pub(crate) mod bars;
pub(crate) mod chart;
pub(crate) mod context;
pub(crate) mod controls;
pub(crate) mod day_chart;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod names;
pub(crate) mod phrase;
pub(crate) mod signal;
pub(crate) mod sparkline;
pub(crate) mod words;

use crate::answer::{Kind, UrlReport};
use crate::cgi::response::Media;
use crate::query::{Include, Selection};
use crate::route::{AGENCY_STYLE, API};
use crate::store::folder::Listing;
use context::PageContext;

/// A template failed: a defect of this program.
#[derive(Debug)]
pub(crate) struct RenderError;

/// A format in which answers are printed.
#[derive(Debug)]
pub(crate) struct Format {
    /// The first segment of its paths.
    pub path: &'static str,
    /// The media type of its bodies.
    pub media: Media,
    /// Whether its answers are about logs. The others depend on the settings alone.
    pub reads_logs: bool,
    /// What a path of this format asks for. It also decides about names that are not there: with
    /// [`Kind::Counts`], the answer is empty; with any other kind, an unknown company is a 404, and
    /// an unknown site is answered with all sites, as a page.
    pub kind: fn(&Selection, Include) -> Kind,
    pub print: fn(&PageContext, &Listing, &[UrlReport]) -> Result<String, RenderError>,
    /// Prints a problem: its status code, heading and sentence.
    pub problem: fn(&PageContext, u16, &str, &str) -> Result<String, RenderError>,
}

/// Pages, at the base itself.
pub(crate) const PAGES: Format = Format {
    path: "",
    media: Media::HTML,
    reads_logs: true,
    kind: |selection, _| Kind::page(selection),
    print: html::print,
    problem: html::problem::page,
};

/// Every format.
static FORMATS: &[Format] = &[
    PAGES,
    Format {
        path: API,
        media: Media::JSON,
        reads_logs: true,
        kind: |_, include| Kind::Counts(include),
        print: json::print,
        problem: json::problem,
    },
    Format {
        path: AGENCY_STYLE,
        media: Media::CSS,
        reads_logs: false,
        kind: |_, _| Kind::Overview,
        print: agency::print,
        problem: agency::problem,
    },
];

impl Format {
    /// The format of the paths that begin with this segment.
    pub(crate) fn of_path(segment: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.path == segment)
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, Format};

    #[test]
    fn each_format_answers_at_its_own_path() {
        for format in FORMATS {
            let found = Format::of_path(format.path);
            assert!(
                found.is_some_and(|found| std::ptr::eq(found, format)),
                "{format:?}"
            );
        }
    }
}
