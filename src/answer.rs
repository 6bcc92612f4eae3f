//! What a request asks for, resolved against the log folder: the kind of answer, its days, and what
//! must be read. Here, so that no format decides any of this. Nothing is read or printed here.

use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::config::Config;
use crate::hide_query::HideQuery;
use crate::load::loader::SiteLog;
use crate::period::{Months, Period};
use crate::query::{Filter, Include, Selection};
use crate::stats::course::Course;
use crate::stats::needs::{Counts, Details, Hourly, Needs};
use crate::stats::report::{Report, Scope, settle};
use crate::stats::rules::SiteReading;
use crate::stats::state::Folder;
use crate::stats::summary::UrlSummary;
use crate::store::folder::{Files, Listing};

/// How many days the bars of an overview show.
pub(crate) const BAR_DAYS: i32 = 90;

/// The days of the longest year.
const YEAR: i32 = 366;

/// What a request asks for.
#[derive(Debug, Default, Hash)]
pub(crate) struct Answer {
    pub selection: Selection,
    pub kind: Kind,
    /// The requested site, if it does not exist: then all sites are shown.
    pub missing_site: Option<String>,
}

/// What an answer shows of the selected logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// The state of every site.
    #[default]
    Overview,
    /// One site folder in detail.
    Site,
    /// A period, for a client.
    Report(Period),
    /// The counts of the API, and what `include` adds.
    Counts(Include),
}

/// Whether what an answer is about exists.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    Found,
    NoSuchCompany(String),
    /// The answer is now about all sites, and must be listed again.
    NoSuchSite,
}

impl Kind {
    /// The page that shows a selection.
    pub(crate) fn page(selection: &Selection) -> Self {
        let is_named = selection.company != Filter::All && selection.site != Filter::All;
        match selection.months.period() {
            Some(period) => Self::Report(period),
            None if is_named && selection.months == Months::All => Self::Site,
            None => Self::Overview,
        }
    }
}

impl Answer {
    /// Compares a page with the names that were found. JSON is empty where nothing was.
    pub(crate) fn resolve(&mut self, listing: &Listing) -> Resolved {
        if matches!(self.kind, Kind::Counts(_)) {
            return Resolved::Found;
        }
        if let Filter::Only(company) = &self.selection.company
            && !listing.companies.contains(company)
        {
            return Resolved::NoSuchCompany(company.clone());
        }
        // Without JavaScript, choosing another company still sends the site of the former one.
        match &self.selection.site {
            Filter::Only(site) if !listing.sites.contains(site) => {
                self.missing_site = Some(site.clone());
                self.selection.site = Filter::All;
                self.kind = Kind::page(&self.selection);
                Resolved::NoSuchSite
            }
            _ => Resolved::Found,
        }
    }

    /// Which files must be listed. Incidents may begin or end in a month that is not selected, and
    /// the newest check may be in one; names are numbered among all URLs of a site.
    pub(crate) fn files(&self, hide_query: HideQuery) -> Files {
        let is_of_files = !self.needs_times() && hide_query != HideQuery::Everywhere;
        if is_of_files && self.selection.months != Months::All {
            Files::Selected
        } else {
            Files::OfSites
        }
    }

    /// Whether times must be read. Then the answer also changes as time passes: it shows ages and
    /// states.
    pub(crate) fn needs_times(&self) -> bool {
        !matches!(self.kind, Kind::Counts(include) if !include.needs_times())
    }

    /// What its reports are about.
    pub(crate) fn scope(&self, calendar: &Calendar, now: Moment) -> Scope {
        let days = match (&self.selection.months, self.kind) {
            // Files of no known days: their checks are counted, but none of their time.
            (months @ Months::Beginning(_), _) => {
                months.period().map_or(Day(0)..Day(0), Period::days)
            }
            (Months::All, Kind::Overview) => calendar.last_days(now, BAR_DAYS),
            (Months::All, Kind::Site | Kind::Report(_) | Kind::Counts(_)) => Day::ALL,
        };
        let before = match self.kind {
            Kind::Report(period) => period.previous().map(Period::days),
            Kind::Overview | Kind::Site | Kind::Counts(_) => None,
        };
        let listed = if days == Day::ALL {
            calendar.last_days(now, YEAR).start..Day::ALL.end
        } else {
            days.clone()
        };
        Scope {
            months: self.selection.months.clone(),
            days,
            listed,
            before,
            now,
        }
    }

    /// What must be known of each URL for reports on a scope.
    pub(crate) fn needs(&self, scope: &Scope, calendar: &Calendar) -> Needs {
        let is_site = self.kind == Kind::Site;
        let days = match &scope.before {
            Some(before) => before.start..scope.days.end,
            None => scope.days.clone(),
        };
        let since = if days == Day::ALL {
            Moment::ALL.start
        } else {
            calendar.start_of(days.start)
        };
        let hours = if is_site {
            Hourly::Needed
        } else {
            Hourly::Unneeded
        };
        let details = || Details::new(days, hours, since, calendar);
        Needs {
            counts: match self.selection.months {
                Months::All if !is_site => Counts::Total,
                _ => Counts::ByMonth,
            },
            details: self.needs_times().then(details),
        }
    }
}

/// The report of one URL of one site folder.
#[derive(Debug)]
pub(crate) struct UrlReport<'a> {
    pub company: &'a str,
    pub site: &'a str,
    /// As logged, without user and password.
    pub url: &'a str,
    pub summary: &'a UrlSummary,
    pub report: Report<'a>,
}

/// The reports of all URLs, by company, site folder and URL.
pub(crate) fn reports<'a>(
    logs: &'a mut [SiteLog],
    scope: &'a Scope,
    needs: &'a Needs,
    config: &'a Config,
) -> Vec<UrlReport<'a>> {
    let mut reports = Vec::new();
    for log in logs {
        let reading = SiteReading {
            rules: &log.rules,
            calendar: &config.calendar,
            needs,
        };
        let courses: Vec<Option<Course>> = log
            .summary
            .urls
            .iter_mut()
            .map(|(url, summary)| settle(&mut summary.dated, scope.now, reading.of(url)))
            .collect();
        let is_watched =
            |course: &Option<Course>| course.as_ref().is_some_and(|one| one.stale_since.is_none());
        let watched = courses.iter().filter(|course| is_watched(course)).count();
        let (company, site) = (log.company.as_str(), log.site.as_str());
        let target = config.target(company, site);
        for ((url, summary), course) in log.summary.urls.iter().zip(courses) {
            let others = watched - usize::from(is_watched(&course));
            let folder = if others > 0 {
                Folder::Watched
            } else {
                Folder::Silent
            };
            reports.push(UrlReport {
                company,
                site,
                url,
                summary,
                report: Report::of(summary, course, folder, target, scope),
            });
        }
    }
    reports
}
