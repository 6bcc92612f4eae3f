//! Runs of failed checks, and the incidents they contain. A run is recorded while reading; where a
//! long gap splits it into incidents is only known once the typical interval is.

use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::interval::rounded;
use crate::check::Moment;

/// A gap of more than this many typical intervals is a hole: what happened in it is unknown.
pub const LONG: i64 = 3;

/// Consecutive failed checks of one URL.
///
/// Two runs that meet at the border of two stretches join into the run that reading both stretches
/// at once would have given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The time of the first failed check.
    pub from: Moment,
    /// The status code of the first failed check.
    first_code: String,
    /// The failed checks after the first, grouped by equal gaps.
    steps: Vec<Step>,
    /// The time of the check that was up again; `None` while there is none.
    pub until: Option<Moment>,
}

/// Consecutive failed checks with equal gaps before them. Gaps under an hour are rounded, because a
/// run may have thousands; longer ones are exact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    gap: i64,
    checks: i64,
    /// The sum of their gaps in seconds, not rounded.
    seconds: i64,
    codes: Codes,
}

/// How an incident ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With this check, which was up.
    Up(Moment),
    /// In a hole after this check, the last one that failed.
    Unknown(Moment),
    /// It has not ended.
    Open,
}

/// Failed checks of one URL, up to the next check that is up or the next hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The time of the first failed check.
    pub from: Moment,
    pub end: End,
    /// The number of failed checks.
    pub checks: i64,
    /// The status codes of the failed checks.
    pub codes: Codes,
}

impl Run {
    /// A run that starts with a failed check.
    pub fn new(from: Moment, code: &str) -> Self {
        Self {
            from,
            first_code: code.to_owned(),
            steps: Vec::new(),
            until: None,
        }
    }

    /// Adds a failed check, `gap` seconds after the last one.
    pub fn add(&mut self, gap: i64, code: &str) {
        let step = Step {
            gap: if gap < 3600 { rounded(gap) } else { gap },
            checks: 1,
            seconds: gap,
            codes: Codes::from_iter([(code, 1)]),
        };
        self.add_step(step);
    }

    fn add_step(&mut self, step: Step) {
        match self.steps.last_mut() {
            Some(last) if last.gap == step.gap => {
                last.checks += step.checks;
                last.seconds += step.seconds;
                last.codes.merge(&step.codes);
            }
            _ => self.steps.push(step),
        }
    }

    /// Appends the run that continues this one, `gap` seconds after its last failed check.
    pub fn join(&mut self, gap: i64, next: Self) {
        self.add(gap, &next.first_code);
        for step in next.steps {
            self.add_step(step);
        }
        self.until = next.until;
    }

    /// Whether it had not ended before `since`.
    pub fn reaches(&self, since: Moment) -> bool {
        self.until.is_none_or(|until| until >= since)
    }

    /// The incidents of this run. A gap of more than `long` seconds, by the time of the check
    /// before it, is a hole and ends an incident. A run without an end is [`End::Open`] if `open`,
    /// else [`End::Unknown`]. Incidents of fewer than `confirm` checks do not count.
    pub fn incidents(
        &self,
        long: impl Fn(Moment) -> i64,
        open: bool,
        confirm: i64,
    ) -> Vec<Incident> {
        let begin = |from| Incident {
            from,
            end: End::Open,
            checks: 0,
            codes: Codes::default(),
        };
        let mut done = Vec::new();
        let mut last = self.from;
        let mut incident = begin(self.from);
        incident.count(1, [(self.first_code.as_str(), 1)]);
        for step in &self.steps {
            let codes = step.codes.iter();
            if rounded(step.gap) <= long(last) {
                incident.count(step.checks, codes);
                last = Moment(last.0 + step.seconds);
                continue;
            }
            // Each of these checks is an incident of its own. Their gaps are equal after rounding,
            // so their times are taken to be evenly spread.
            let mut codes = codes.flat_map(|(code, count)| (0..count).map(move |_| code));
            let start = last;
            for n in 1..=step.checks {
                incident.end = End::Unknown(last);
                last = Moment(start.0 + step.seconds * n / step.checks);
                done.push(std::mem::replace(&mut incident, begin(last)));
                incident.count(1, codes.next().map(|code| (code, 1)));
            }
        }
        incident.end = match self.until {
            Some(up) if rounded(up.since(last)) <= long(last) => End::Up(up),
            None if open => End::Open,
            _ => End::Unknown(last),
        };
        done.push(incident);
        done.retain(|incident| incident.checks >= confirm);
        done
    }
}

impl Incident {
    fn count<'a>(&mut self, checks: i64, codes: impl IntoIterator<Item = (&'a str, u64)>) {
        self.checks += checks;
        for (code, count) in codes {
            self.codes.add(code, count);
        }
    }

    /// When it ended; an open incident lasts until `now`.
    pub fn until(&self, now: Moment) -> Moment {
        match self.end {
            End::Up(at) | End::Unknown(at) => at,
            End::Open => now.max(self.from),
        }
    }

    /// How many seconds of it are between `from` and `to`.
    pub fn seconds_within(&self, from: Moment, to: Moment, now: Moment) -> i64 {
        self.until(now).min(to).since(self.from.max(from)).max(0)
    }
}
