//! Summaries to bodies, one file per format. All a body says was decided before: `answer` knows what
//! is asked, `stats/` has the numbers. A format reads no file, no clock and no request.

pub mod chart;
pub mod context;
pub mod controls;
pub mod html;
pub mod json;
pub mod names;
pub mod phrase;
pub mod signal;
pub mod words;

use crate::answer::{Kind, UrlReport};
use crate::cgi::response::Media;
use crate::query::{Include, Selection};
use crate::store::folder::Listing;
use context::PageContext;

/// A body could not be made from a view: a defect of this program.
#[derive(Debug)]
pub struct RenderError(pub String);

/// A format in which answers are printed.
#[derive(Debug)]
pub struct Format {
    /// The first segment of its paths.
    pub path: &'static str,
    /// The media type of its bodies.
    pub media: Media,
    /// What is asked of a selection in this format.
    pub kind: fn(&Selection, Include) -> Kind,
    /// Prints an answer.
    pub print: fn(&PageContext, &Listing, &[UrlReport]) -> Result<String, RenderError>,
    /// Prints a problem: its status code, heading and sentence.
    pub problem: fn(&PageContext, u16, &str, &str) -> Result<String, RenderError>,
}

/// The pages, whose path is the base itself.
pub const PAGES: Format = Format {
    path: "",
    media: Media::Html,
    kind: |selection, _| Kind::page(selection),
    print: html::print,
    problem: html::problem::page,
};

/// Every format. A new one is a file beside this one, a row here, and a golden.
const FORMATS: [Format; 2] = [
    PAGES,
    Format {
        path: "api",
        media: Media::Json,
        kind: |_, include| Kind::Counts(include),
        print: json::print,
        problem: json::problem,
    },
];

impl Format {
    /// The format of the paths that begin with a segment.
    pub fn of_path(segment: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.path == segment)
    }
}
