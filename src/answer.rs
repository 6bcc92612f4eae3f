//! What is asked, resolved against the names in the log folder: the kind of answer, the days it
//! is about, and what must be read for it. Formats print it; none of them decides any of this.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::calendar::Calendar;
use crate::check::{Day, Moment};
use crate::hide_query::HideQuery;
use crate::load::loader::{Grouping, SiteLog};
use crate::period::{Months, Period};
use crate::query::{Filter, Include, Selection};
use crate::stats::needs::{Counts, Details, Hours, Needs};
use crate::stats::report::{Extent, Report, Scope};
use crate::stats::rules::Rules;
use crate::stats::summary::UrlSummary;
use crate::stats::tally::Tally;
use crate::store::folder::{Files, Listing};

/// How many days the bars of a dashboard show.
pub const BAR_DAYS: i32 = 90;

/// Days of a year, whichever it is.
const YEAR: i32 = 366;

/// What a request asks for.
#[derive(Debug, Default, Hash)]
pub struct Answer {
    /// What part of the logs it is about.
    pub selection: Selection,
    /// What it says of them.
    pub kind: Kind,
    /// The site that was asked for, if there is none of its name: all sites are shown instead.
    pub missing_site: Option<String>,
}

/// What an answer says of the selected logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// How every site is now.
    #[default]
    Overview,
    /// All about one site folder.
    Site,
    /// The numbers of a period, for a client.
    Report(Period),
    /// The counts of the original's JSON, and what else is included.
    Counts(Include),
}

/// What the names in the log folder say of an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolved {
    /// What it is about is there.
    Found,
    /// There is no such company.
    NoSuchCompany(String),
    /// There is no such site: the answer is now about all sites, and must be listed again.
    NoSuchSite,
}

impl Kind {
    /// The page that shows a selection.
    pub fn page(selection: &Selection) -> Self {
        match (selection.months.period(), selection) {
            (Some(period), _) => Self::Report(period),
            (
                None,
                Selection {
                    company: Filter::Only(_),
                    site: Filter::Only(_),
                    months: Months::All,
                },
            ) => Self::Site,
            _ => Self::Overview,
        }
    }
}

impl Answer {
    /// An answer of a kind, before anything is known of the log folder.
    pub fn new(selection: Selection, kind: Kind) -> Self {
        Self {
            selection,
            kind,
            missing_site: None,
        }
    }

    /// Holds a page against the names that its listing has. What JSON asks for is simply empty
    /// where it is not there.
    pub fn resolve(&mut self, listing: &Listing) -> Resolved {
        if matches!(self.kind, Kind::Counts(_)) {
            return Resolved::Found;
        }
        if let Filter::Only(company) = &self.selection.company
            && !listing.companies.contains(company)
        {
            return Resolved::NoSuchCompany(company.clone());
        }
        // Without JavaScript, choosing another company still sends the former one's site.
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

    /// Which files must be listed. An incident may begin or end in a month that is not selected,
    /// where the newest check may stand, too; and names are numbered among all of a site's.
    pub fn files(&self, hide_query: HideQuery) -> Files {
        match (&self.kind, &self.selection.months) {
            (Kind::Counts(include), Months::Beginning(_))
                if !include.needs_times() && hide_query != HideQuery::Everywhere =>
            {
                Files::Selected
            }
            _ => Files::OfSites,
        }
    }

    /// How summaries of site folders are put together.
    pub fn grouping(&self) -> Grouping {
        match self.kind {
            Kind::Counts(_) => Grouping::Together,
            Kind::Overview | Kind::Site | Kind::Report(_) => Grouping::BySite,
        }
    }

    /// Whether it changes as time goes on, though the logs do not: it tells ages or states.
    pub fn tells_of_now(&self) -> bool {
        match self.kind {
            Kind::Counts(include) => include.needs_times(),
            Kind::Overview | Kind::Site | Kind::Report(_) => true,
        }
    }

    /// The days that it tells of one by one.
    pub fn days(&self, calendar: &Calendar, now: Moment) -> Range<Day> {
        let period = self.selection.months.period();
        match (period, self.kind) {
            (Some(period), _) => period.days(),
            (None, Kind::Overview) => calendar.last_days(now, BAR_DAYS),
            (None, _) => calendar.last_days(now, YEAR),
        }
    }

    /// What must be known of each URL.
    pub fn needs(&self, calendar: &Calendar, now: Moment) -> Needs {
        let days = self.days(calendar, now);
        let (runs_since, hours) = match self.kind {
            Kind::Site => (Moment::ALL.start, Hours::Needed),
            Kind::Counts(_) if self.selection.months.period().is_none() => {
                (Moment::ALL.start, Hours::Unneeded)
            }
            _ => (calendar.start_of(days.start), Hours::Unneeded),
        };
        let details = Details::Of {
            days,
            runs_since,
            hours,
        };
        Needs {
            counts: match (&self.kind, &self.selection.months) {
                (Kind::Overview | Kind::Counts(_), Months::All) => Counts::Total,
                _ => Counts::ByMonth,
            },
            details: match self.kind {
                Kind::Counts(include) if !include.needs_times() => Details::None,
                _ => details,
            },
        }
    }

    /// What its reports are about.
    pub fn scope(&self, calendar: &Calendar, rules: Rules) -> Scope {
        let days = self.days(calendar, rules.now);
        let is_of_days = self.selection.months.period().is_some() || self.kind == Kind::Overview;
        Scope {
            months: self.selection.months.clone(),
            extent: if is_of_days {
                Extent::Days(calendar.span(&days))
            } else {
                Extent::WholeLog
            },
            days,
            rules,
        }
    }
}

/// What is known of one URL of one site folder, for a format to print.
#[derive(Debug)]
pub struct UrlReport<'a> {
    /// The company folder.
    pub company: &'a str,
    /// The site folder.
    pub site: &'a str,
    /// The URL as logged, but for user and password.
    pub url: &'a str,
    /// Its checks by the month of their file.
    pub months: &'a BTreeMap<String, Tally>,
    /// Its numbers.
    pub report: Report<'a>,
}

/// The reports of all URLs, by company, site folder and URL.
pub fn reports<'a>(logs: &'a [SiteLog], scope: &'a Scope) -> Vec<UrlReport<'a>> {
    let of_site = |log: &'a SiteLog| {
        let report = |(url, summary): (&'a String, &'a UrlSummary)| UrlReport {
            company: &log.company,
            site: &log.site,
            url,
            months: &summary.months,
            report: Report::of(summary, scope),
        };
        log.summary.urls.iter().map(report)
    };
    logs.iter().flat_map(of_site).collect()
}
