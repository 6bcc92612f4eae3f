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
        let is_of_files = !self.needs_times() && hide_query != HideQuery::Everywhere;
        if is_of_files && self.selection.months != Months::All {
            Files::Selected
        } else {
            Files::OfSites
        }
    }

    /// How summaries of site folders are put together.
    pub fn grouping(&self) -> Grouping {
        match self.kind {
            Kind::Counts(_) => Grouping::Together,
            Kind::Overview | Kind::Site | Kind::Report(_) => Grouping::BySite,
        }
    }

    /// Whether it says anything about times. Then it changes as time goes on, though the logs do not:
    /// it shows ages and states.
    pub fn needs_times(&self) -> bool {
        !matches!(self.kind, Kind::Counts(include) if !include.needs_times())
    }

    /// The days that it shows one by one.
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
        let is_site = self.kind == Kind::Site;
        let details = Details {
            runs_since: match self.extent(calendar, &days) {
                Extent::WholeLog => Moment::ALL.start,
                Extent::Days(range) => range.start,
            },
            days,
            hours: if is_site {
                Hours::Needed
            } else {
                Hours::Unneeded
            },
        };
        Needs {
            counts: match self.selection.months {
                Months::All if !is_site => Counts::Total,
                _ => Counts::ByMonth,
            },
            details: Some(details).filter(|_| self.needs_times()),
        }
    }

    /// The time that its figures are of.
    fn extent(&self, calendar: &Calendar, days: &Range<Day>) -> Extent {
        if self.selection.months.period().is_some() || self.kind == Kind::Overview {
            Extent::Days(calendar.span(days))
        } else {
            Extent::WholeLog
        }
    }

    /// What its reports are about.
    pub fn scope(&self, calendar: &Calendar, rules: Rules) -> Scope {
        let days = self.days(calendar, rules.now);
        Scope {
            months: self.selection.months.clone(),
            extent: self.extent(calendar, &days),
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
