//! One request from start to end, on one page.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use crate::cache::folder::{AllSites, CacheFolder};
use crate::calendar;
use crate::cgi::conditional::EntityTag;
use crate::cgi::request::{Base, Request};
use crate::cgi::response::{Media, Response, Status};
use crate::cgi::vars::Vars;
use crate::check::{Day, Moment};
use crate::config::{Config, ConfigError};
use crate::hide_query::HideQuery;
use crate::installation::Installation;
use crate::lang::Lang;
use crate::load::loader::{Loader, Times};
use crate::problem::Problem;
use crate::query::{Include, Query, Selection};
use crate::route::{API, Links, Route, reads_as_month};
use crate::stats::timeline::Window;
use crate::store::folder::{Folder, Listing, StoreError};
use crate::view::html::{BAR_DAYS, Frame, installation, month, overview, problem, site};
use crate::view::json;
use crate::view::words::Words;

/// What the program was set up with; the same for every request.
#[derive(Debug)]
pub struct Setup {
    /// The settings, or why there are none.
    pub config: Result<Config, ConfigError>,
    /// The logs.
    pub logs: Folder,
    /// A hash of the program and its settings: what answers depend on beside the logs.
    pub build: u64,
    /// How the program stands on its host.
    pub installation: Installation,
}

/// Days of a year, whichever it is.
const YEAR: i32 = 366;

/// Answers a request. Same logs, same setup, same moment, same variables: same bytes.
pub fn respond(setup: &Setup, now: Moment, vars: &Vars) -> Response {
    // Loader a time zone takes a moment, so the defaults are only made when they are needed.
    let defaults;
    let config = if let Ok(config) = &setup.config {
        config
    } else {
        defaults = Config::default();
        &defaults
    };
    let request = Request::from_vars(vars);
    let query = Query::from_pairs(&request.pairs);
    let context = Context {
        setup,
        config,
        now,
        vars,
        lang: language(&query, vars, config),
        links: Links::new(Base::from_vars(vars), query.lang),
    };
    let answer = match (&setup.config, &request.path) {
        (Err(error), _) => Err(Problem::Config(error.clone())),
        (Ok(_), Err(refusal)) => Err(Problem::Refused(*refusal)),
        (Ok(_), Ok(path)) => context.answer(path, &request.pairs, &query),
    };
    answer.unwrap_or_else(|problem| context.explain(&problem, request.area == API))
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
    setup: &'a Setup,
    /// The setup's, or the defaults if it has none.
    config: &'a Config,
    now: Moment,
    vars: &'a Vars,
    lang: Lang,
    links: Links,
}

impl Context<'_> {
    fn answer(
        &self,
        path: &[String],
        pairs: &[(String, String)],
        query: &Query,
    ) -> Result<Response, Problem> {
        let include = || Include::from_pairs(pairs).map_err(Problem::Include);
        match Route::from_path(path).ok_or(Problem::NoSuchPage)? {
            Route::Page if query.check => self.check(),
            Route::Page => self.page(&query.selection),
            Route::Api(selection) => self.api(&selection, include()?),
            Route::ApiNamed { company, name } => {
                let is_site = self.setup.logs.has_site(company.as_deref(), &name);
                let is_site = is_site.map_err(|error| self.store(error))?;
                let selection = if is_site || !reads_as_month(&name) {
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
                self.api(&selection, include()?)
            }
        }
    }

    fn api(&self, selection: &Selection, include: Include) -> Result<Response, Problem> {
        // Names are numbered among all of a site's, whichever months are asked for.
        let numbered = self.config.hide_query == HideQuery::Everywhere;
        let whole = numbered || include.needs_times() || selection.year_month.is_none();
        let mut listing = self.list(selection, whole)?;
        // Staleness and open incidents depend on the minute; counts do not.
        let minute = include.needs_times().then_some(self.now.0.div_euclid(60));
        let tag = self.tag(&(selection, include), minute, &listing);
        if let Some(known) = tag.matched(self.vars) {
            return Ok(Response::not_modified(known));
        }
        let year_month = selection.year_month.as_deref();
        let period = year_month.and_then(calendar::period);
        let calendar = &self.config.calendar;
        let range = period
            .as_ref()
            .map_or(Moment::ALL, |days| calendar.span(days));
        let days = period.unwrap_or_else(|| self.last_days(YEAR));
        let window = if include.needs_times() {
            Window::of(&days, range.start)
        } else {
            Window::NONE
        };
        let window = Window {
            months: year_month.is_some(),
            ..window
        };
        let rollups = self.rollups(AllSites::of(selection, &listing));
        let summary = self
            .reading(window, rollups.as_ref(), whole)
            .read_together(&listing.files, &mut listing.faults);
        let scope = json::Scope {
            year_month,
            range,
            days,
            include,
            calendar,
            rules: self.config.rules(self.now),
            hide_query: self.config.hide_query,
            words: Words::of(self.lang),
        };
        let sites = selection.is_whole_company().then_some(&listing.sites);
        let body = json::logs(&summary, sites, &listing.faults, &scope)?;
        Ok(tagged(tag, &listing, Media::Json, body))
    }

    fn page(&self, selection: &Selection) -> Result<Response, Problem> {
        let mut selection = selection.clone();
        let mut listing = self.list(&selection, true)?;
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
            listing = self.list(&selection, true)?;
        }
        // Pages show ages, which change by the minute.
        let minute = Some(self.now.0.div_euclid(60));
        let tag = self.tag(&(&selection, &missing_site), minute, &listing);
        if let Some(known) = tag.matched(self.vars) {
            return Ok(Response::not_modified(known));
        }
        let frame = self.frame(&selection);
        let missing_site = missing_site.as_deref();
        let year_month = selection.year_month.as_deref();
        let period = year_month.and_then(|text| Some((text, calendar::period(text)?)));
        let is_site = matches!(
            &selection,
            Selection {
                company: Some(_),
                site: Some(_),
                year_month: None
            }
        );
        let days = match &period {
            Some((_, days)) => days.clone(),
            None if is_site => self.last_days(YEAR),
            None => self.last_days(BAR_DAYS),
        };
        let runs_since = if is_site {
            Moment::ALL.start
        } else {
            self.config.calendar.start_of(days.start)
        };
        let window = Window {
            hours: is_site,
            months: is_site || year_month.is_some(),
            ..Window::of(&days, runs_since)
        };
        let rollups = self.rollups(AllSites::of(&selection, &listing));
        let logs = self
            .reading(window, rollups.as_ref(), true)
            .read(&listing.files, &mut listing.faults);
        let body = match period {
            Some((year_month, _)) => {
                month::page(&frame, &listing, &logs, year_month, &days, missing_site)?
            }
            None if is_site => site::page(&frame, &listing, &logs)?,
            None => overview::page(&frame, &listing, &logs, missing_site)?,
        };
        Ok(tagged(tag, &listing, Media::Html, body))
    }

    /// What is right and wrong with the installation.
    fn check(&self) -> Result<Response, Problem> {
        let nothing = Selection::default();
        let findings = installation::Findings {
            logs: self.setup.installation.logs,
            permissions: (self.setup.installation.permissions)(),
            survey: self.setup.logs.survey(),
            open_to_all: self.setup.logs.is_open_to_all(),
            keeps: self.rollups(None).map(|rollups| rollups.can_write()),
        };
        let body = installation::page(&self.frame(&nothing), &findings)?;
        Ok(Response::new(Status::Ok, Media::Html, body))
    }

    fn list(&self, selection: &Selection, whole: bool) -> Result<Listing, Problem> {
        let listing = self.setup.logs.list(selection, whole);
        listing.map_err(|error| self.store(error))
    }

    fn store(&self, error: StoreError) -> Problem {
        Problem::Store(error, self.setup.installation.logs)
    }

    /// Where what was read may be kept.
    fn rollups(&self, all_sites: Option<AllSites>) -> Option<CacheFolder> {
        let folder = || CacheFolder::new(self.setup.logs.rollups(), self.setup.build, all_sites);
        self.config.rollups.then(folder)
    }

    /// How to read the logs for what is in a window.
    fn reading<'r>(
        &'r self,
        window: Window,
        rollups: Option<&'r CacheFolder>,
        whole: bool,
    ) -> Loader<'r> {
        let calendar = &self.config.calendar;
        // A day more than now: a log may be written in a zone that is ahead of the settings'.
        let latest = Moment(self.now.0.saturating_add(86_400));
        let times = Times { calendar, latest };
        Loader {
            schema: &self.config.schema,
            times: (!window.is_nothing()).then_some(times),
            window,
            rollups,
            now: self.now,
            whole,
        }
    }

    /// The last days up to today.
    fn last_days(&self, count: i32) -> Range<Day> {
        self.config.calendar.last_days(self.now, count)
    }

    /// The tag of an answer: a hash of the program, the question and the state of the files. One
    /// that tells of the present has a new tag each minute, and may differ within it.
    fn tag(&self, question: &impl Hash, minute: Option<i64>, listing: &Listing) -> EntityTag {
        let mut hasher = Xxh3::new();
        (
            self.setup.build,
            question,
            minute,
            self.lang,
            &self.links,
            listing,
        )
            .hash(&mut hasher);
        EntityTag {
            hash: hasher.finish(),
            weak: minute.is_some(),
        }
    }

    fn frame<'a>(&'a self, selection: &'a Selection) -> Frame<'a> {
        Frame {
            lang: self.lang,
            config: self.config,
            links: &self.links,
            selection,
            now: self.now,
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

/// An answer with its tag, or without one if a file could not be read: the next time it may,
/// though nothing about the file has changed.
fn tagged(tag: EntityTag, listing: &Listing, media: Media, body: String) -> Response {
    let etag = (!listing.faults.passing).then(|| tag.header());
    Response {
        etag,
        ..Response::new(Status::Ok, media, body)
    }
}
