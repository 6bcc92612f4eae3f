//! The cached summary of one URL, without per-day details. What only some requests need stays
//! encoded until one does.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::period::Months;
use crate::stats::codes::Codes;
use crate::stats::incident::Run;
use crate::stats::interval::Gaps;
use crate::stats::needs::{Counts, Needs};
use crate::stats::summary::{Summary, UrlSummary};
use crate::stats::tally::Tally;
use crate::stats::timeline::{Edge, Timeline};

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
    /// A [`TimelineHead`], if there are dated checks.
    #[serde(borrow)]
    timeline: Option<Encoded<'a>>,
}

/// Bytes that are decoded only if they are needed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Encoded<'a>(#[serde(borrow)] Cow<'a, [u8]>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct TallyHead<'a> {
    up: u64,
    down: u64,
    #[serde(borrow)]
    codes: Vec<(&'a str, u64)>,
    /// From this code on, none is counted separately.
    cut: Option<&'a str>,
}

/// A timeline without the details of its days.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct TimelineHead<'a> {
    edges: (Edge, Edge),
    checks: u64,
    sorted: bool,
    gaps: Gaps,
    /// The runs of failed checks, the last one first, because few requests need the early ones.
    #[serde(borrow)]
    runs: Encoded<'a>,
}

/// The heads of all URLs of a summary; `None` if one can't be encoded.
pub(crate) fn url_heads(summary: &Summary) -> Option<Vec<UrlHead<'_>>> {
    let heads = summary
        .urls
        .iter()
        .map(|(name, url)| UrlHead::of(name, url));
    heads.collect()
}

impl<'a> UrlHead<'a> {
    fn of(name: &'a str, url: &UrlSummary) -> Option<Self> {
        let mut months = Vec::new();
        for (month, tally) in &url.months {
            months = postcard::to_extend(&(month, TallyHead::of(tally)), months).ok()?;
        }
        let timeline = match url.timeline.edges {
            Some(edges) => Some(Encoded(TimelineHead::encode(&url.timeline, edges)?.into())),
            None => None,
        };
        let total = url.tally(&Months::All);
        Some(Self {
            name,
            total: Encoded(postcard::to_allocvec(&TallyHead::of(&total)).ok()?.into()),
            months: Encoded(months.into()),
            timeline,
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
            summary.months.insert(
                String::new(),
                postcard::from_bytes::<TallyHead>(&self.total.0)
                    .ok()?
                    .tally(),
            );
        }
        if let Some(timeline) = self.timeline.as_ref().filter(|_| needs.details.is_some()) {
            let timeline: TimelineHead = postcard::from_bytes(&timeline.0).ok()?;
            summary.timeline = timeline.timeline(needs)?;
        }
        Some(summary)
    }
}

impl<'a> TallyHead<'a> {
    fn of(tally: &'a Tally) -> Self {
        Self {
            up: tally.up,
            down: tally.down,
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
            codes,
        }
    }
}

impl TimelineHead<'_> {
    fn encode(timeline: &Timeline, edges: (Edge, Edge)) -> Option<Vec<u8>> {
        let mut runs = timeline.runs.iter().rev();
        let runs = runs.try_fold(Vec::new(), |bytes, run| postcard::to_extend(run, bytes));
        let timeline = TimelineHead {
            edges,
            checks: timeline.checks,
            sorted: timeline.sorted,
            gaps: timeline.gaps.clone(),
            runs: Encoded(runs.ok()?.into()),
        };
        postcard::to_allocvec(&timeline).ok()
    }

    fn timeline(self, needs: &Needs) -> Option<Timeline> {
        let mut timeline = Timeline {
            edges: Some(self.edges),
            checks: self.checks,
            sorted: self.sorted,
            gaps: self.gaps,
            ..Timeline::default()
        };
        let mut rest = &*self.runs.0;
        while !rest.is_empty() {
            let (run, after): (Run, _) = postcard::take_from_bytes(rest).ok()?;
            if !run.reaches(needs.runs_since()) {
                break;
            }
            timeline.runs.push(run);
            rest = after;
        }
        timeline.runs.reverse();
        Some(timeline)
    }
}
