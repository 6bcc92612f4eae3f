//! One request from start to end, on one page: list, tag, 304, load, print.

use std::hash::{Hash, Hasher};
use std::mem;

use xxhash_rust::xxh3::Xxh3;

use crate::answer::{Answer, Kind, Resolved, reports};
use crate::cache::folder::{AllSites, CacheFolder};
use crate::cgi::conditional::EntityTag;
use crate::cgi::request::{Base, Request};
use crate::cgi::response::{Response, Status};
use crate::cgi::vars::Vars;
use crate::check::Moment;
use crate::config::{Config, ConfigError};
use crate::hide_query::HideQuery;
use crate::installation::Installation;
use crate::lang::Lang;
use crate::load::day::DayLog;
use crate::load::loader::SiteLog;
use crate::load::notes::{Notes, read_notes};
use crate::load::read::Loader;
use crate::period::Months;
use crate::problem::Problem;
use crate::query::{Filter, Include, Query, Search, Selection};
use crate::route::{API, Links, Route, reads_as_month};
use crate::stats::needs::Needs;
use crate::store::directory::SettleTime;
use crate::store::folder::{Folder, Listing, StoreError};
use crate::view::context::PageContext;
use crate::view::html::installation::{self, Caching};
use crate::view::words::Words;
use crate::view::{Format, PAGES};

/// What the program was set up with; the same for every request.
#[derive(Debug)]
pub struct Setup {
    pub config: Result<Config, ConfigError>,
    pub logs: Folder,
    /// A hash of the program and its settings: what answers depend on beside the logs.
    pub build: u64,
    /// What can be known of the host.
    pub installation: Installation,
    /// How long a log must be unchanged before what was read of it is cached.
    pub settle: SettleTime,
    pub memory: Memory,
}

/// What becomes of memory once a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// It is freed.
    Freed,
    /// The process ends, and the system takes all of it at once. Freeing it piece by piece would be a
    /// tenth of the instructions of a cached answer.
    LeftToTheSystem,
}

/// Answers a request. Same logs, same setup, same moment, same variables: same bytes.
pub fn respond(setup: &Setup, now: Moment, vars: &Vars) -> Response {
    // Reading a time zone takes a moment, so the defaults are only made when they are needed.
    let defaults;
    let config = if let Ok(config) = &setup.config {
        config
    } else {
        defaults = Config::default();
        &defaults
    };
    let request = Request::from_vars(vars);
    let query = Query::from_pairs(&request.pairs);
    let flow = Flow {
        setup,
        config,
        now,
        vars,
        lang: language(&query, vars, config),
        links: Links::new(Base::from_vars(vars), query.lang),
        format: Format::of_path(&request.area),
    };
    let response = match (&setup.config, &request.path) {
        (Err(error), _) => Err(Problem::Config(error.clone())),
        (Ok(_), Err(refusal)) => Err(Problem::Refused(*refusal)),
        (Ok(_), Ok(path)) => flow.respond(path, &request.pairs, query),
    };
    response.unwrap_or_else(|problem| flow.explain(&problem))
}

/// The URL's language, else the browser's, else the operator's.
fn language(query: &Query, vars: &Vars, config: &Config) -> Lang {
    let accepted = || {
        let header = std::str::from_utf8(vars.get("HTTP_ACCEPT_LANGUAGE")?).ok()?;
        Lang::from_accept_language(header)
    };
    query.lang.or_else(accepted).unwrap_or(config.language)
}

/// What is known before a request is routed. Its problems need it, too.
struct Flow<'a> {
    setup: &'a Setup,
    /// The defaults if the settings are wrong.
    config: &'a Config,
    now: Moment,
    vars: &'a Vars,
    lang: Lang,
    links: Links,
    /// The format of the path, if there is one.
    format: Option<&'static Format>,
}

impl Flow<'_> {
    fn respond(
        &self,
        path: &[String],
        pairs: &[(String, String)],
        query: Query,
    ) -> Result<Response, Problem> {
        let format = self.format.ok_or(Problem::NoSuchPage)?;
        let route = Route::from_path(path).ok_or(Problem::NoSuchPage)?;
        if query.check && format.path == PAGES.path {
            return self.check_installation();
        }
        if !format.reads_logs {
            return self.answer_alone(format);
        }
        if let Some(mistake) = query.mistake.clone().filter(|_| format.path != API) {
            return Err(Problem::Days(mistake));
        }
        let search = query.search.clone();
        let selection = self.select(route, query)?;
        let include = Include::from_pairs(pairs).map_err(Problem::Include);
        let kind = (format.kind)(&selection, include?);
        let search = match kind {
            Kind::Overview => search,
            _ => Search::default(),
        };
        let (answer, mut listing) = self.list(Answer {
            selection,
            kind,
            search,
            ..Answer::default()
        })?;

        let tag = self.tag(&answer, &listing);
        if let Some(known) = tag.matched(self.vars) {
            return Ok(Response::not_modified(known));
        }
        let calendar = &self.config.calendar;
        let scope = answer.scope(calendar, self.now);
        let needs = answer.needs(&scope, calendar);
        let notes = self.notes(&answer, &mut listing);
        let mut logs = self.load(&answer, needs.clone(), &notes, &mut listing);
        let day = self.day(&answer, needs.clone(), &notes, &logs, &mut listing);
        let reports = reports(&mut logs, &scope, &needs, self.config);
        let context = PageContext {
            notes: &notes,
            day: day.as_ref(),
            ..self.context(&answer)
        };
        let body = (format.print)(&context, &listing, &reports)?;
        // Without a tag if a file could not be read: next time it may be, though nothing about
        // the file has changed.
        let etag = (!listing.faults.transient).then(|| tag.header());
        if self.setup.memory == Memory::LeftToTheSystem {
            mem::forget(reports);
            mem::forget((logs, listing));
        }
        Ok(Response {
            etag,
            ..Response::new(Status::OK, format.media, body)
        })
    }

    /// What part of the logs is asked for.
    fn select(&self, route: Route, query: Query) -> Result<Selection, Problem> {
        Ok(match route {
            Route::ByQuery => query.selection,
            Route::ByPath(selection) => selection,
            Route::Named { company, name } => {
                let is_site = self.setup.logs.has_site(&company, &name);
                if is_site.map_err(|error| self.store(error))? || !reads_as_month(&name) {
                    Selection {
                        company,
                        site: Filter::Only(name),
                        ..Selection::default()
                    }
                } else {
                    Selection {
                        company,
                        months: Months::Beginning(name),
                        ..Selection::default()
                    }
                }
            }
        })
    }

    /// Lists what an answer needs, and resolves it against the names that were found.
    fn list(&self, mut answer: Answer) -> Result<(Answer, Listing), Problem> {
        loop {
            let files = answer.files(self.config.hide_query);
            let listing = self.setup.logs.list(&answer.selection, files);
            let listing = listing.map_err(|error| self.store(error))?;
            match answer.resolve(&listing) {
                Resolved::Found => return Ok((answer, listing)),
                Resolved::NoSuchCompany(name) => return Err(Problem::NoSuchCompany(name)),
                Resolved::NoSuchSite => {}
            }
        }
    }

    /// The tag of an answer: a hash of the program, the request and the stamps of the files.
    /// Answers that show ages get a new weak tag every minute.
    fn tag(&self, answer: &Answer, listing: &Listing) -> EntityTag {
        let minute = answer.needs_times().then_some(self.now.0.div_euclid(60));
        let mut hasher = Xxh3::new();
        let question = (answer, minute, self.lang, &self.links);
        (self.setup.build, question, listing).hash(&mut hasher);
        EntityTag {
            hash: hasher.finish(),
            weak: minute.is_some(),
        }
    }

    fn notes(&self, answer: &Answer, listing: &mut Listing) -> Notes {
        if answer.needs_times() {
            let calendar = &self.config.calendar;
            let mut notes = read_notes(&listing.notes, calendar, &mut listing.faults);
            if self.config.hide_query != HideQuery::Nowhere {
                notes.hide_queries();
            }
            notes
        } else {
            Notes::default()
        }
    }

    fn load(
        &self,
        answer: &Answer,
        needs: Needs,
        notes: &Notes,
        listing: &mut Listing,
    ) -> Vec<SiteLog> {
        let cache = self.cache(AllSites::of(&answer.selection, listing));
        let loader = Loader {
            config: self.config,
            notes,
            needs,
            cache: cache.as_ref(),
            now: self.now,
            files: answer.files(self.config.hide_query),
        };
        loader.load(&listing.files, &mut listing.faults)
    }

    /// The single checks of a day, which are not cached.
    fn day(
        &self,
        answer: &Answer,
        needs: Needs,
        notes: &Notes,
        logs: &[SiteLog],
        listing: &mut Listing,
    ) -> Option<DayLog> {
        let Kind::Day(day) = answer.kind else {
            return None;
        };
        let loader = Loader {
            config: self.config,
            notes,
            needs,
            cache: None,
            now: self.now,
            files: answer.files(self.config.hide_query),
        };
        Some(loader.read_day(day, &listing.files, logs, &mut listing.faults))
    }

    /// Answers from the settings alone.
    fn answer_alone(&self, format: &Format) -> Result<Response, Problem> {
        let (answer, listing) = (Answer::default(), Listing::default());
        let body = (format.print)(&self.context(&answer), &listing, &[])?;
        let tag = EntityTag {
            hash: xxhash_rust::xxh3::xxh3_64(body.as_bytes()),
            weak: false,
        };
        if let Some(known) = tag.matched(self.vars) {
            return Ok(Response::not_modified(known));
        }
        Ok(Response {
            etag: Some(tag.header()),
            ..Response::new(Status::OK, format.media, body)
        })
    }

    fn check_installation(&self) -> Result<Response, Problem> {
        let findings = installation::Findings {
            logs: self.setup.installation.logs,
            permissions: (self.setup.installation.permissions)(),
            survey: self.setup.logs.survey(),
            open_to_all: self.setup.logs.is_open_to_all(),
            caching: match self.cache(None).map(|cache| cache.can_write()) {
                Some(true) => Caching::Works,
                Some(false) => Caching::Refused,
                None => Caching::Off,
            },
        };
        let body = installation::page(&self.context(&Answer::default()), &findings)?;
        Ok(Response::new(Status::OK, PAGES.media, body))
    }

    fn store(&self, error: StoreError) -> Problem {
        Problem::Store(error, self.setup.installation.logs)
    }

    /// Where cached results are, if the operator allows any.
    fn cache(&self, all_sites: Option<AllSites>) -> Option<CacheFolder> {
        let Setup {
            logs,
            build,
            settle,
            ..
        } = self.setup;
        let folder = || CacheFolder::new(logs.cache(), *build, *settle, all_sites);
        self.config.cache.then(folder)
    }

    fn context<'a>(&'a self, answer: &'a Answer) -> PageContext<'a> {
        PageContext {
            lang: self.lang,
            config: self.config,
            links: &self.links,
            answer,
            notes: Notes::none(),
            day: None,
            now: self.now,
        }
    }

    /// Responds with a problem, in the format of the path, else as a page.
    fn explain(&self, problem: &Problem) -> Response {
        let (status, heading, sentence) = problem.describe(Words::of(self.lang));
        let format = self.format.unwrap_or(&PAGES);
        let nothing = Answer::default();
        let body = (format.problem)(&self.context(&nothing), status.code, heading, &sentence);
        // If even this can't be rendered, the sentence alone is still useful.
        Response::new(status, format.media, body.unwrap_or(sentence))
    }
}
