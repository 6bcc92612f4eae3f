//! One request from start to end, on one page, and the one table of problem to status.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::cgi::conditional::EntityTag;
use crate::cgi::request::{Base, Refusal, Request};
use crate::cgi::response::{Media, Response, Status};
use crate::cgi::vars::Vars;
use crate::config::{Config, ConfigError};
use crate::lang::Lang;
use crate::log::folder::{self, Folder, Listing, StoreError};
use crate::query::{Query, Selection};
use crate::route::{Links, Route, reads_as_month};
use crate::stats::summary::Summary;
use crate::view::html::{Frame, dashboard, problem};
use crate::view::words::Words;
use crate::view::{RenderError, json, phrase};

/// What the program was set up with; the same for every request.
#[derive(Debug)]
pub struct Setup {
    /// The settings, or why there are none.
    pub config: Result<Config, ConfigError>,
    /// The logs.
    pub logs: Folder,
    /// A hash of the program and its settings: what answers depend on beside the logs.
    pub build: u64,
}

/// Everything that can keep a request from its answer.
enum Problem {
    Refused(Refusal),
    NoSuchPage,
    NoSuchCompany(String),
    Store(StoreError),
    Config(ConfigError),
    Render(RenderError),
}

/// Answers a request. Same logs, same setup, same variables: same bytes.
pub fn respond(setup: &Setup, vars: &Vars) -> Response {
    let defaults = Config::default();
    let config = setup.config.as_ref().unwrap_or(&defaults);
    let request = Request::from_vars(vars);
    let query = request
        .as_ref()
        .map_or_else(|_| Query::default(), |r| Query::from_pairs(&r.pairs));
    let context = Context {
        config,
        logs: &setup.logs,
        build: setup.build,
        vars,
        lang: language(&query, vars, config),
        links: Links::new(Base::from_vars(vars), query.lang),
    };
    let is_api = request
        .as_ref()
        .is_ok_and(|request| Route::is_api(&request.path));
    let answer = match (&setup.config, request) {
        (Err(error), _) => Err(Problem::Config(error.clone())),
        (Ok(_), Err(refusal)) => Err(Problem::Refused(refusal)),
        (Ok(_), Ok(request)) => context.answer(&request, &query),
    };
    answer.unwrap_or_else(|problem| context.explain(&problem, is_api))
}

/// The URL's language, else the browser's, else the operator's.
fn language(query: &Query, vars: &Vars, config: &Config) -> Lang {
    let accepted = || {
        let header = std::str::from_utf8(vars.get("HTTP_ACCEPT_LANGUAGE")?).ok()?;
        Lang::from_accept_language(header)
    };
    query.lang.or_else(accepted).unwrap_or(config.language)
}

/// What is known before the request is routed, and needed for its errors too.
struct Context<'a> {
    config: &'a Config,
    logs: &'a Folder,
    build: u64,
    vars: &'a Vars,
    lang: Lang,
    links: Links,
}

impl Context<'_> {
    fn answer(&self, request: &Request, query: &Query) -> Result<Response, Problem> {
        match Route::from_path(&request.path).ok_or(Problem::NoSuchPage)? {
            Route::Page => self.page(&query.selection),
            Route::Api(selection) => self.api(&selection),
            Route::ApiNamed { company, name } => {
                let selection =
                    if self.logs.has_site(company.as_deref(), &name)? || !reads_as_month(&name) {
                        Selection {
                            company,
                            site: Some(name),
                            year_month: None,
                        }
                    } else {
                        Selection {
                            company,
                            site: None,
                            year_month: Some(name),
                        }
                    };
                self.api(&selection)
            }
        }
    }

    fn api(&self, selection: &Selection) -> Result<Response, Problem> {
        let mut listing = self.logs.list(selection)?;
        let tag = self.tag(selection, &listing);
        if let Some(known) = tag.matched(self.vars) {
            return Ok(Response::not_modified(known));
        }
        let mut summary = Summary::default();
        for log in folder::read(&listing.files, &self.config.format, &mut listing.faults) {
            summary.merge(&log.summary);
        }
        let whole_company = matches!(
            selection,
            Selection {
                company: Some(_),
                site: None,
                year_month: None
            }
        );
        let body = json::logs(&summary, whole_company.then_some(&listing.sites))?;
        Ok(tagged(tag, Media::Json, body))
    }

    fn page(&self, selection: &Selection) -> Result<Response, Problem> {
        let mut selection = selection.clone();
        let mut listing = self.logs.list(&selection)?;
        if let Some(company) = selection
            .company
            .as_ref()
            .filter(|name| !listing.companies.contains(name))
        {
            return Err(Problem::NoSuchCompany(company.clone()));
        }
        // Without JavaScript, choosing another company still sends the former one's site.
        let missing_site = selection.site.take_if(|site| !listing.sites.contains(site));
        if missing_site.is_some() {
            listing = self.logs.list(&selection)?;
        }
        let tag = self.tag(&selection, &listing);
        if let Some(known) = tag.matched(self.vars) {
            return Ok(Response::not_modified(known));
        }
        let logs = folder::read(&listing.files, &self.config.format, &mut listing.faults);
        let frame = self.frame(&selection);
        let body = dashboard::render_page(&frame, &listing, &logs, missing_site.as_deref())?;
        Ok(tagged(tag, Media::Html, body))
    }

    /// The tag of an answer: a hash of the program, the question and the state of the files.
    fn tag(&self, selection: &Selection, listing: &Listing) -> EntityTag {
        let mut hasher = DefaultHasher::new();
        (self.build, selection, self.lang, &self.links, listing).hash(&mut hasher);
        EntityTag(hasher.finish())
    }

    fn frame<'a>(&'a self, selection: &'a Selection) -> Frame<'a> {
        Frame {
            lang: self.lang,
            title: self.config.title.as_deref(),
            links: &self.links,
            selection,
        }
    }

    /// The answer to a request that has none: JSON for the API, else a page.
    fn explain(&self, problem: &Problem, is_api: bool) -> Response {
        let (status, heading, sentence) = problem.table(Words::of(self.lang));
        let nothing = Selection::default();
        let (media, body) = if is_api {
            (Media::Json, json::problem(&sentence))
        } else {
            let frame = self.frame(&nothing);
            (
                Media::Html,
                problem::render_page(&frame, status.code(), heading, &sentence),
            )
        };
        // If even this can't be rendered, the sentence alone still tells.
        Response::new(status, media, body.unwrap_or(sentence))
    }
}

fn tagged(tag: EntityTag, media: Media, body: String) -> Response {
    Response {
        etag: Some(tag.header()),
        ..Response::new(Status::Ok, media, body)
    }
}

impl Problem {
    fn table(&self, words: &Words) -> (Status, &'static str, String) {
        let w = words.problems;
        let (status, heading, sentence) = match self {
            Self::Refused(Refusal::Method) => {
                (Status::MethodNotAllowed, w.method, w.method_hint.to_owned())
            }
            Self::Refused(Refusal::NotText) => {
                (Status::BadRequest, w.bad_request, w.not_text.to_owned())
            }
            Self::Refused(Refusal::BadPath) => {
                (Status::BadRequest, w.bad_request, w.bad_path.to_owned())
            }
            Self::Refused(Refusal::TooLong) => {
                (Status::UriTooLong, w.too_long, w.too_long_hint.to_owned())
            }
            Self::NoSuchPage => (Status::NotFound, w.not_found, w.no_such_page.to_owned()),
            Self::NoSuchCompany(name) => (Status::NotFound, w.not_found, (w.no_such_company)(name)),
            Self::Store(StoreError::Missing) => (
                Status::ServiceUnavailable,
                w.unavailable,
                w.logs_missing.to_owned(),
            ),
            Self::Store(StoreError::Unreadable) => (
                Status::ServiceUnavailable,
                w.unavailable,
                w.logs_unreadable.to_owned(),
            ),
            Self::Config(error) => (
                Status::InternalServerError,
                w.internal,
                phrase::config(error, words),
            ),
            Self::Render(RenderError(_)) => (
                Status::InternalServerError,
                w.internal,
                w.internal_hint.to_owned(),
            ),
        };
        (status, heading, sentence)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<RenderError> for Problem {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}
