//! Everything that can keep a request from its answer, and the one table from problem to status.
//! Here, so that each has the same status and sentence in every format.

use crate::cgi::request::Refusal;
use crate::cgi::response::Status;
use crate::config::ConfigError;
use crate::installation::LogsPlace;
use crate::query::{DaysMistake, UnknownInclude};
use crate::store::folder::StoreError;
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

#[derive(Debug)]
pub(crate) enum Problem {
    Refused(Refusal),
    /// `include` has an unknown word.
    Include(UnknownInclude),
    /// `date`, `from` or `to` is wrong.
    Days(DaysMistake),
    NoSuchPage,
    NoSuchCompany(String),
    /// The log folder can't be listed.
    Store(StoreError, LogsPlace),
    Config(ConfigError),
    /// A template failed: a defect of this program.
    Render(RenderError),
}

impl Problem {
    /// The status, heading and sentence to respond with.
    pub(crate) fn describe(&self, words: &Words) -> (Status, &'static str, String) {
        let w = words.problems;
        let (status, heading, sentence) = match self {
            Self::Refused(Refusal::Body) => {
                (Status::CONTENT_TOO_LARGE, w.body, w.body_hint.to_owned())
            }
            Self::Refused(Refusal::Method) => (
                Status::METHOD_NOT_ALLOWED,
                w.method,
                w.method_hint.to_owned(),
            ),
            Self::Refused(Refusal::NotText) => {
                (Status::BAD_REQUEST, w.bad_request, w.not_text.to_owned())
            }
            Self::Refused(Refusal::BadPath) => {
                (Status::BAD_REQUEST, w.bad_request, w.bad_path.to_owned())
            }
            Self::Refused(Refusal::TooLong) => {
                (Status::URI_TOO_LONG, w.too_long, w.too_long_hint.to_owned())
            }
            Self::Include(UnknownInclude(word)) => (
                Status::BAD_REQUEST,
                w.bad_request,
                (w.unknown_include)(word),
            ),
            Self::Days(mistake) => (
                Status::BAD_REQUEST,
                w.bad_request,
                phrase::days_mistake(mistake, words),
            ),
            Self::NoSuchPage => (Status::NOT_FOUND, w.not_found, w.no_such_page.to_owned()),
            Self::NoSuchCompany(name) => {
                (Status::NOT_FOUND, w.not_found, (w.no_such_company)(name))
            }
            Self::Store(StoreError::Missing, place) => (
                Status::SERVICE_UNAVAILABLE,
                w.unavailable,
                words.no_logs(*place),
            ),
            Self::Store(StoreError::Unreadable, _) => (
                Status::SERVICE_UNAVAILABLE,
                w.unavailable,
                w.logs_unreadable.to_owned(),
            ),
            Self::Config(error) => (
                Status::INTERNAL_SERVER_ERROR,
                w.config,
                phrase::config(error, words),
            ),
            Self::Render(RenderError) => (
                Status::INTERNAL_SERVER_ERROR,
                w.internal,
                w.internal_hint.to_owned(),
            ),
        };
        (status, heading, sentence)
    }
}

impl From<RenderError> for Problem {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}
