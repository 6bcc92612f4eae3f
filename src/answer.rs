//! What a request asks for, resolved against the log folder: the kind of answer, its days, and what
//! must be read. Here, so that no format decides any of this. Nothing is read or printed here.

use std::collections::BTreeMap;

use crate::calendar::Calendar;
use crate::check::Moment;
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

    pub(crate) fn grouping(&self) -> Grouping {
        match self.kind {
            Kind::Counts(_) => Grouping::Together,
            Kind::Overview | Kind::Site | Kind::Report(_) => Grouping::BySite,
        }
    }

    /// Whether times must be read. Then the answer also changes as time passes: it shows ages and
    /// states.
    pub(crate) fn needs_times(&self) -> bool {
        !matches!(self.kind, Kind::Counts(include) if !include.needs_times())
    }

    /// What its reports are about.
    pub(crate) fn scope(&self, calendar: &Calendar, rules: Rules) -> Scope {
        let period = self.selection.months.period();
        let days = match (period, self.kind) {
            (Some(period), _) => period.days(),
            (None, Kind::Overview) => calendar.last_days(rules.now, BAR_DAYS),
            (None, _) => calendar.last_days(rules.now, YEAR),
        };
        Scope {
            months: self.selection.months.clone(),
            before: match self.kind {
                Kind::Report(period) => period.previous().map(Period::months),
                Kind::Overview | Kind::Site | Kind::Counts(_) => None,
            },
            extent: if period.is_some() || self.kind == Kind::Overview {
                Extent::Days(calendar.span(&days))
            } else {
                Extent::WholeLog
            },
            days,
            rules,
        }
    }

    /// What must be known of each URL for reports on a scope.
    pub(crate) fn needs(&self, scope: &Scope) -> Needs {
        let is_site = self.kind == Kind::Site;
        let details = Details {
            days: scope.days.clone(),
            runs_since: match &scope.extent {
                Extent::WholeLog => Moment::ALL.start,
                Extent::Days(range) => range.start,
            },
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
}

/// The report of one URL of one site folder.
#[derive(Debug)]
pub(crate) struct UrlReport<'a> {
    pub company: &'a str,
    pub site: &'a str,
    /// As logged, without user and password.
    pub url: &'a str,
    /// Its checks, by the month of the file.
    pub months: &'a BTreeMap<String, Tally>,
    pub report: Report<'a>,
}

/// The reports of all URLs, by company, site folder and URL.
pub(crate) fn reports<'a>(logs: &'a [SiteLog], scope: &'a Scope) -> Vec<UrlReport<'a>> {
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
