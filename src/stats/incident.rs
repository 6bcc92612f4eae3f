//! Runs of failed checks, and the incidents they make once the typical interval is known.

use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::interval::rounded;
use crate::check::Moment;

/// A gap over this many typical intervals hides what happened in it (design section 5).
pub const LONG: i64 = 3;

/// Failed checks of one URL without one between that is up.
///
/// Kept so that two runs which meet at the border of two stretches join into the one that
/// reading both at once would have given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The first failed check.
    pub from: Moment,
    /// Its status code.
    first_code: String,
    /// The further ones, in stretches of equal gaps.
    steps: Vec<Step>,
    /// The check that was up again; `None` while there is none.
    pub until: Option<Moment>,
}

/// Consecutive failed checks whose distance from the one before is the same: rounded below an
/// hour, where a run may have thousands; exactly above, so that times stay exact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    gap: i64,
    checks: i64,
    /// All of their gaps together, in seconds, not rounded.
    seconds: i64,
    codes: Codes,
}

/// How an incident ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With a check that was up.
    Up(Moment),
    /// Nobody looked for too long; the last failed check is all that is known.
    Unknown(Moment),
    /// It goes on.
    Open,
}

/// An incident: failed checks of one URL, from the first to the next check that is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The first failed check.
    pub from: Moment,
    /// How it ended.
    pub end: End,
    /// Failed checks in it.
    pub checks: i64,
    /// Their status codes.
    pub codes: Codes,
}

impl Run {
    /// A run that begins with a failed check.
    pub fn new(from: Moment, code: &str) -> Self {
        Self {
            from,
            first_code: code.to_owned(),
            steps: Vec::new(),
            until: None,
        }
    }

    /// Takes a further failed check in, `gap` seconds after the last one.
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

    /// Takes in the run that continues this one, `gap` seconds after its last check.
    pub fn join(&mut self, gap: i64, next: Self) {
        self.add(gap, &next.first_code);
        for step in next.steps {
            self.add_step(step);
        }
        self.until = next.until;
    }

    /// Whether it goes on at a moment or after it.
    pub fn is_in(&self, since: Moment) -> bool {
        self.until.is_none_or(|until| until >= since)
    }

    /// The incidents of this run, where a gap of more than `long` seconds (at the check before it)
    /// hides the end, and the open end is hidden if `open` is false. Those with fewer checks than `confirm`
    /// do not count.
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
            // Each of these checks stands alone. Their times are evenly spread, to the rounding.
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

    /// Where it ends for the clock: an open one lasts until now.
    pub fn until(&self, now: Moment) -> Moment {
        match self.end {
            End::Up(at) | End::Unknown(at) => at,
            End::Open => now.max(self.from),
        }
    }

    /// Seconds of it between two moments.
    pub fn seconds_within(&self, from: Moment, to: Moment, now: Moment) -> i64 {
        self.until(now).min(to).since(self.from.max(from)).max(0)
    }
}
