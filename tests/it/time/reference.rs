//! The rules of time written as plainly as can be: a list of spans, then sums.

use site_monitor::check::Outcome;
use site_monitor::stats::incident::End;
use site_monitor::stats::run::Began;

use super::scenario::{Row, Scenario};
use super::spans::{Span, after, length, off, union, usual, without};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    Up,
    Failed,
    FailedOff,
    Maintenance,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Incident {
    pub(crate) from: i64,
    pub(crate) to: Option<i64>,
    pub(crate) end: End,
    pub(crate) began: Began,
    pub(crate) failed_checks: u64,
    pub(crate) codes: Vec<(String, u64)>,
    /// What its checks speak for, without planned time.
    pub(crate) pieces: Vec<Span>,
}

#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) first: i64,
    pub(crate) now: i64,
    pub(crate) interval: Option<i64>,
    pub(crate) stale_since: Option<i64>,
    pub(crate) incidents: Vec<Incident>,
    up: Vec<Span>,
    down: Vec<Span>,
    planned: Vec<Span>,
    unknown: Vec<Span>,
}

/// A log with what is known of each of its checks.
struct Log<'a> {
    scenario: &'a Scenario,
    checks: &'a [Row],
    off: Vec<Span>,
    notes: Vec<Span>,
    planned: Vec<Span>,
    findings: Vec<Finding>,
}

/// The time from one round to the next.
struct Gap {
    /// The place of the last check before it.
    after: usize,
    seconds: i64,
}

/// What each check speaks for.
struct Speech {
    spans: Vec<Span>,
    /// Whether a hole, or silence, follows it.
    hole_after: Vec<bool>,
    interval: Option<i64>,
    stale_since: Option<i64>,
}

struct Run {
    /// The places of its checks.
    checks: Vec<usize>,
    /// Those of all that speak for it.
    speaking: Vec<usize>,
    began: Began,
    end: End,
}

fn is_in(at: i64, spans: &[Span]) -> bool {
    spans.iter().any(|span| span.0 <= at && at < span.1)
}

impl<'a> Log<'a> {
    /// `None` without a check.
    fn of(scenario: &'a Scenario) -> Option<Self> {
        let checks = &scenario.checks;
        let (first, last) = (checks.first()?.at, checks.last()?.at);
        let off = match scenario.hours {
            Some(hours) => off(
                hours,
                scenario.zone,
                first - 900,
                scenario.now.max(last) + 900,
            ),
            None => Vec::new(),
        };
        let notes = union(&scenario.notes);
        let finding = |check: &Row| match check.outcome {
            Outcome::Maintenance => Finding::Maintenance,
            _ if is_in(check.at, &notes) => Finding::Maintenance,
            Outcome::Up => Finding::Up,
            Outcome::Down if is_in(check.at, &off) => Finding::FailedOff,
            Outcome::Down => Finding::Failed,
        };
        Some(Self {
            findings: checks.iter().map(finding).collect(),
            planned: union(&[notes.clone(), off.clone()].concat()),
            scenario,
            checks,
            off,
            notes,
        })
    }

    /// Seconds without off time.
    fn on(&self, from: i64, to: i64) -> i64 {
        (to - from) - length(&self.off, (from, to))
    }

    /// The check after one, or else the end of what is told: a check may be ahead of the clock.
    fn next(&self, n: usize) -> i64 {
        let next = self.checks.get(n + 1).map(|next| next.at);
        next.unwrap_or(self.scenario.now.max(self.checks[n].at))
    }

    /// The places of the first and the last check of each round.
    fn rounds(&self) -> Vec<(usize, usize)> {
        let minute = |n: usize| self.checks[n].at.div_euclid(60);
        let mut rounds: Vec<(usize, usize)> = Vec::new();
        for n in 0..self.checks.len() {
            match rounds.last_mut() {
                Some(round) if minute(round.0) == minute(n) => round.1 = n,
                _ => rounds.push((n, n)),
            }
        }
        rounds
    }

    fn gaps(&self) -> Vec<Gap> {
        let rounds = self.rounds();
        let gap = |pair: &[(usize, usize)]| Gap {
            after: pair[0].1,
            seconds: self.on(self.checks[pair[0].0].at, self.checks[pair[1].0].at),
        };
        let gaps = rounds.windows(2).map(gap);
        gaps.filter(|gap| gap.seconds > 0).collect()
    }

    fn speech(&self) -> Speech {
        let (checks, gaps) = (self.checks, self.gaps());
        let lengths: Vec<i64> = gaps.iter().map(|gap| gap.seconds).collect();
        let mut spans: Vec<Span> = (0..checks.len())
            .map(|n| (checks[n].at, self.next(n)))
            .collect();
        let mut hole_after = vec![false; checks.len()];
        for (n, gap) in gaps.iter().enumerate() {
            let before = usual(&lengths[n.saturating_sub(15)..n]);
            let after_it = usual(&lengths[n + 1..(n + 11).min(lengths.len())]);
            let interval = before.max(after_it).unwrap_or(gap.seconds.min(86_400));
            if gap.seconds > 3 * interval {
                hole_after[gap.after] = true;
                let end = after(checks[gap.after].at, interval, &self.off);
                spans[gap.after].1 = end.min(spans[gap.after].1);
            }
        }
        let began_up = gaps
            .iter()
            .filter(|gap| self.findings[gap.after] == Finding::Up);
        let from_up: Vec<i64> = began_up.map(|gap| gap.seconds).collect();
        let before = usual(&lengths[lengths.len().saturating_sub(15)..]);
        let up = usual(&from_up[from_up.len().saturating_sub(10)..]);
        let interval = before.map(|before| before.max(up.unwrap_or(0)));
        let (limit, seconds) = match interval {
            Some(interval) => (3 * interval, interval),
            None if checks.len() > 1 && self.rounds().len() == 1 => (180, 180),
            None => (86_400, 86_400),
        };
        let end = checks.len() - 1;
        let last = checks[end].at;
        let is_stale = self.on(last, self.scenario.now) > limit;
        let stale_since = is_stale.then(|| after(last, seconds, &self.off));
        if let Some(stale) = stale_since {
            spans[end].1 = stale;
            hole_after[end] = true;
        }
        Speech {
            spans,
            hole_after,
            interval,
            stale_since,
        }
    }

    /// What is before the check at a place, failed checks in off time passed over.
    fn began(&self, n: usize, speech: &Speech) -> Began {
        for before in (0..n).rev() {
            if speech.hole_after[before] {
                return Began::Hole;
            }
            match self.findings[before] {
                Finding::Up => return Began::Up,
                Finding::Failed | Finding::Maintenance => return Began::Maintenance,
                Finding::FailedOff => {}
            }
        }
        Began::First
    }

    /// Whether a note begins while a check speaks.
    fn is_cut(&self, n: usize, speech: &Speech) -> bool {
        let (from, to) = speech.spans[n];
        let is_now = n + 1 == self.checks.len() && speech.stale_since.is_none();
        let begins = |at: i64| at > from && (at < to || is_now && at == self.scenario.now);
        self.notes.iter().any(|note| begins(note.0))
    }

    /// The confirmed runs.
    fn runs(&self, speech: &Speech) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut open: Option<Run> = None;
        for n in 0..self.checks.len() {
            let ended = match self.findings[n] {
                Finding::Up => Some(End::Up),
                Finding::Maintenance => Some(End::Maintenance),
                Finding::Failed | Finding::FailedOff => None,
            };
            if let Some(end) = ended {
                runs.extend(open.take().map(|run| Run { end, ..run }));
            }
            if self.findings[n] == Finding::Failed {
                let run = open.get_or_insert_with(|| Run {
                    checks: Vec::new(),
                    speaking: Vec::new(),
                    began: self.began(n, speech),
                    end: End::Open,
                });
                run.checks.push(n);
            }
            if let Some(run) = &mut open {
                run.speaking.push(n);
            }
            let cut = self.is_cut(n, speech).then_some(End::Maintenance);
            let ended = cut.or(speech.hole_after[n].then_some(End::Unknown));
            if let Some(end) = ended {
                runs.extend(open.take().map(|run| Run { end, ..run }));
            }
        }
        runs.extend(open);
        runs.retain(|run| run.checks.len() >= self.scenario.threshold as usize);
        runs
    }

    fn incident(&self, run: &Run, speech: &Speech) -> Incident {
        let mut codes: Vec<(String, u64)> = Vec::new();
        for &n in &run.checks {
            let code = self.checks[n].code.to_string();
            match codes.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => codes.push((code, 1)),
            }
        }
        let spans = || run.speaking.iter().map(|&n| speech.spans[n]);
        let to = spans().next_back().unwrap().1;
        let note = self.notes.iter().find(|note| note.0 < to && to <= note.1);
        let to = note.map_or(to, |note| note.0);
        Incident {
            from: self.checks[run.checks[0]].at,
            to: (run.end != End::Open).then_some(to),
            end: run.end,
            began: run.began,
            failed_checks: run.checks.len() as u64,
            codes,
            pieces: spans()
                .flat_map(|span| without(span, &self.planned))
                .collect(),
        }
    }
}

/// What the rules say of a scenario; `None` without a check.
pub(crate) fn read(scenario: &Scenario) -> Option<Reference> {
    let log = Log::of(scenario)?;
    let speech = log.speech();
    let runs = log.runs(&speech);
    let incidents = runs.iter().map(|run| log.incident(run, &speech));
    let mut all = Reference {
        first: log.checks[0].at,
        now: scenario.now,
        interval: speech.interval,
        stale_since: speech.stale_since,
        incidents: incidents.collect(),
        up: Vec::new(),
        down: Vec::new(),
        planned: log.planned.clone(),
        unknown: Vec::new(),
    };
    for (n, span) in speech.spans.iter().enumerate() {
        let is_down = runs.iter().any(|run| run.speaking.contains(&n));
        let share = match log.findings[n] {
            Finding::Maintenance => &mut all.planned,
            _ if is_down => &mut all.down,
            _ => &mut all.up,
        };
        share.extend(without(*span, &log.planned));
        all.unknown
            .extend(without((span.1, log.next(n)), &log.planned));
    }
    Some(all)
}

impl Reference {
    /// Up, down, planned and unknown seconds.
    pub(crate) fn seconds(&self, from: i64, to: i64) -> [i64; 4] {
        let span = (from.max(self.first), to.min(self.now));
        [&self.up, &self.down, &self.planned, &self.unknown].map(|spans| length(spans, span))
    }
}

impl Incident {
    pub(crate) fn seconds(&self, from: i64, to: i64) -> i64 {
        length(&self.pieces, (from, to))
    }
}
