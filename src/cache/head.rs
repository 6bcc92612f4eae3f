//! The cached summary of one URL, without per-day details. What only some requests need stays
//! encoded until one does.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::check::{Day, Moment};
use crate::period::Months;
use crate::stats::codes::Codes;
use crate::stats::dated::Dated;
use crate::stats::day::{DayTally, Spoken};
use crate::stats::incident::Record;
use crate::stats::needs::{Counts, Needs};
use crate::stats::series::Series;
use crate::stats::stretch::{Details, Edges, Stretch};
use crate::stats::summary::{Summary, UrlSummary};
use crate::stats::tally::{Tally, Undated};

/// The summary of a URL, without the details of its days.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UrlHead<'a> {
    pub name: &'a str,
    /// The counts of all months together.
    #[serde(borrow)]
    total: Encoded<'a>,
    /// The counts by month, as `(&str, TallyHead)`.
    #[serde(borrow)]
    months: Encoded<'a>,
    /// A [`StretchHead`], if there are dated checks.
    #[serde(borrow)]
    stretch: Option<Encoded<'a>>,
    /// The checks ahead of the clock, as [`UrlSummary::ahead`], if there are any.
    #[serde(borrow)]
    ahead: Option<Encoded<'a>>,
}

/// Bytes that are decoded only if they are needed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Encoded<'a>(#[serde(borrow)] Cow<'a, [u8]>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct TallyHead<'a> {
    up: u64,
    down: u64,
    undated: Undated,
    elsewhere: u64,
    ahead: u64,
    #[serde(borrow)]
    codes: Vec<(&'a str, u64)>,
    /// From this code on, none is counted separately.
    cut: Option<&'a str>,
}

/// A stretch without the details of the days of its files.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct StretchHead<'a> {
    edges: Edges,
    /// What was decided where files meet: of no file, but of all together.
    days: Series<Day, Spoken>,
    hours: Series<Moment, Spoken>,
    /// The incidents, the last one first, because few requests need the early ones.
    #[serde(borrow)]
    incidents: Encoded<'a>,
}

/// What the head of a URL has of the days: all of it in the bodies, or also what joins those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    InBody,
    BetweenBodies,
}

/// The heads of all URLs of a summary; `None` if one can't be encoded.
pub(crate) fn url_heads(summary: &Summary, days: Days) -> Option<Vec<UrlHead<'_>>> {
    let heads = summary
        .urls
        .iter()
        .map(|(name, url)| UrlHead::of(name, url, days));
    heads.collect()
}

impl<'a> UrlHead<'a> {
    fn of(name: &'a str, url: &UrlSummary, days: Days) -> Option<Self> {
        let mut months = Vec::new();
        for (month, tally) in &url.months {
            months = postcard::to_extend(&(month, TallyHead::of(tally)), months).ok()?;
        }
        let stretch = match &url.dated {
            Dated::None => None,
            Dated::Sorted(stretch) => Some(encode(&StretchHead::of(stretch, days)?)?),
            Dated::Unsorted { .. } => return None,
        };
        let ahead = if url.ahead.is_empty() {
            None
        } else {
            Some(encode(&url.ahead)?)
        };
        let total = url.tally(&Months::All);
        Some(Self {
            name,
            total: encode(&TallyHead::of(&total))?,
            months: Encoded(months.into()),
            stretch,
            ahead,
        })
    }

    /// Decodes what is needed.
    pub(crate) fn summary(&self, needs: &Needs) -> Option<UrlSummary> {
        let mut summary = UrlSummary::default();
        if needs.counts == Counts::ByMonth {
            let mut rest = &*self.months.0;
            while !rest.is_empty() {
                let ((month, tally), after): ((String, TallyHead), _) =
                    postcard::take_from_bytes(rest).ok()?;
                summary.months.insert(month, tally.tally());
                rest = after;
            }
        } else {
            let total: TallyHead = postcard::from_bytes(&self.total.0).ok()?;
            summary.months.insert(String::new(), total.tally());
        }
        if needs.details.is_some() {
            if let Some(stretch) = &self.stretch {
                let head: StretchHead = postcard::from_bytes(&stretch.0).ok()?;
                summary.dated = Dated::Sorted(Box::new(head.stretch(needs)?));
            }
            if let Some(ahead) = &self.ahead {
                summary.ahead = postcard::from_bytes::<Series<Day, DayTally>>(&ahead.0).ok()?;
            }
        }
        Some(summary)
    }
}

fn encode(value: &impl Serialize) -> Option<Encoded<'static>> {
    Some(Encoded(postcard::to_allocvec(value).ok()?.into()))
}

impl<'a> TallyHead<'a> {
    fn of(tally: &'a Tally) -> Self {
        Self {
            up: tally.up,
            down: tally.down,
            undated: tally.undated,
            elsewhere: tally.elsewhere,
            ahead: tally.ahead,
            codes: tally.codes.iter().collect(),
            cut: tally.codes.first_cut(),
        }
    }

    fn tally(&self) -> Tally {
        let mut codes: Codes = self.codes.iter().copied().collect();
        if let Some(cut) = self.cut {
            codes.cut(cut);
        }
        Tally {
            up: self.up,
            down: self.down,
            undated: self.undated,
            elsewhere: self.elsewhere,
            ahead: self.ahead,
            codes,
        }
    }
}

impl StretchHead<'_> {
    fn of(stretch: &Stretch, days: Days) -> Option<Self> {
        let mut incidents = stretch.incidents().rev();
        let incidents =
            incidents.try_fold(Vec::new(), |bytes, one| postcard::to_extend(one, bytes));
        let details = match days {
            Days::InBody => Details::default(),
            Days::BetweenBodies => stretch.details(),
        };
        Some(Self {
            edges: stretch.edges(),
            days: details.seconds,
            hours: details.hour_seconds,
            incidents: Encoded(incidents.ok()?.into()),
        })
    }

    fn stretch(self, needs: &Needs) -> Option<Stretch> {
        let mut incidents = VecDeque::new();
        let mut rest = &*self.incidents.0;
        while !rest.is_empty() {
            let (incident, after): (Record, _) = postcard::take_from_bytes(rest).ok()?;
            let is_needed = !incident.ended_before(needs.incidents_since());
            // The last one says since when a URL is up.
            if !is_needed && !incidents.is_empty() {
                break;
            }
            incidents.push_front(incident);
            if !is_needed {
                break;
            }
            rest = after;
        }
        let mut stretch = Stretch::of(self.edges, incidents);
        stretch.add_details(Details {
            seconds: self.days,
            hour_seconds: self.hours,
            ..Details::default()
        });
        Some(stretch)
    }
}
