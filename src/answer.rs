//! What a request asks for, resolved against the log folder: the kind of answer, its days, and what
//! must be read. Here, so that no format decides any of this. Nothing is read or printed here.

use std::ops::Range;

use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::config::Config;
use crate::hide_query::HideQuery;
use crate::load::loader::SiteLog;
use crate::period::{Days, Months, Period};
use crate::query::{Filter, Include, Search, Selection};
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

/// The days of the shortest month.
const MONTH: i32 = 28;

/// What a request asks for.
#[derive(Debug, Default, Hash)]
pub(crate) struct Answer {
    pub selection: Selection,
    pub kind: Kind,
    /// The requested site, if it does not exist: then all sites are shown.
    pub missing_site: Option<String>,
    /// Which sites an overview shows.
    pub search: Search,
}

/// What an answer shows of the selected logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// The state of every site.
    #[default]
    Overview,
    /// One site folder in detail.
    Site,
    /// One day of one site folder, check by check.
    Day(Day),
    /// A month, or some months of a year, for a client.
    Report(Period),
    /// A year, month by month.
    Year(Period),
    /// Any days, for a client: the first one, and the one after the last.
    Range(Day, Day),
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
        match &selection.days {
            Days::One(day) if is_named => return Self::Day(*day),
            Days::Range(days) => return Self::Range(days.start, days.end),
            Days::One(_) | Days::OfMonths => {}
        }
        match selection.months.period() {
            Some(period) if period.is_year() => Self::Year(period),
            Some(period) => Self::Report(period),
            None if is_named && selection.months == Months::All => Self::Site,
            None => Self::Overview,
        }
    }

    /// The days that a report is about; `None` of all else.
    pub(crate) fn days(self) -> Option<Range<Day>> {
        match self {
            Self::Report(period) | Self::Year(period) => Some(period.days()),
            Self::Range(start, end) => Some(start..end),
            Self::Overview | Self::Site | Self::Day(_) | Self::Counts(_) => None,
        }
    }

    /// The days that a report is compared with: the month or the year before, or as many days.
    pub(crate) fn days_before(self) -> Option<Range<Day>> {
        match self {
            Self::Report(period) | Self::Year(period) => period.previous().map(Period::days),
            Self::Range(start, end) => {
                let length = end.0.saturating_sub(start.0);
                Some(start.plus(length.saturating_neg())..start)
            }
            Self::Overview | Self::Site | Self::Day(_) | Self::Counts(_) => None,
        }
    }

    /// The months whose uptime a report shows beside its own, oldest first: none of a few days.
    pub(crate) fn trend(self) -> Vec<Period> {
        let last = match self {
            Self::Report(period) if period.is_month() => Some(period),
            Self::Range(start, end) if end.0.saturating_sub(start.0) >= MONTH => {
                Period::of_day(end.plus(-1))
            }
            _ => None,
        };
        last.map_or_else(Vec::new, |last| last.last_months(12))
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
                if let Days::One(_) = self.selection.days {
                    self.selection.days = Days::OfMonths;
                }
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
            (_, Kind::Day(day)) => day..day.plus(1),
            (_, Kind::Range(start, end)) => start..end,
            // Files of no known days: their checks are counted, but none of their time.
            (months @ Months::Beginning(_), _) => {
                months.period().map_or(Day(0)..Day(0), Period::days)
            }
            (Months::All, Kind::Overview) => calendar.last_days(now, BAR_DAYS),
            (Months::All, _) => Day::ALL,
        };
        let listed = if days == Day::ALL {
            calendar.last_days(now, YEAR).start..Day::ALL.end
        } else {
            days.clone()
        };
        let is_range = matches!(self.kind, Kind::Range(..));
        Scope {
            months: self.selection.months.clone(),
            undated: !is_range,
            days,
            listed,
            before: self.kind.days_before(),
            now,
        }
    }

    /// What must be known of each URL for reports on a scope.
    pub(crate) fn needs(&self, scope: &Scope, calendar: &Calendar) -> Needs {
        let is_site = self.kind == Kind::Site;
        let compared = match &scope.before {
            Some(before) => before.start..scope.days.end,
            None => scope.days.clone(),
        };
        let since = if compared == Day::ALL {
            Moment::ALL.start
        } else {
            calendar.start_of(compared.start)
        };
        let trend = self.kind.trend().first().map(|month| month.days().start);
        let start = trend.unwrap_or(compared.start).min(compared.start);
        let days = start..compared.end;
        let hours = if matches!(self.kind, Kind::Site | Kind::Overview) {
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
