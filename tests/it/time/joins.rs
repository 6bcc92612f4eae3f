//! What holds however a log is cut, joined, encoded and read on.

use std::collections::VecDeque;
use std::ops::Range;

use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;

use site_monitor::check::{Day, Moment};
use site_monitor::stats::incident::Record;
use site_monitor::stats::needs::{self, Counts, Hourly, Needs};
use site_monitor::stats::rules::Reading;
use site_monitor::stats::stretch::{Details, Edges, Stretch};

use super::scenario::{Scenario, add, scenarios, stretch};
use super::{cases, days, incidents, seconds};

/// Edges with codes of one letter fit in this, whatever the log: some blocks at each end, each
/// with two runs and their codes.
const MOST_BYTES: usize = 1500;

/// All that is kept of a stretch.
type Kept = (Edges, VecDeque<Record>, Details);

fn kept(stretch: &Stretch, reading: Reading) -> Kept {
    let mut stretch = stretch.clone();
    stretch.rest(reading);
    let incidents = stretch.incidents().cloned().collect();
    (stretch.edges(), incidents, stretch.details())
}

fn bytes(stretch: &Stretch, reading: Reading) -> Vec<u8> {
    postcard::to_allocvec(&kept(stretch, reading)).unwrap()
}

/// The details of some days, no hours, and the incidents that had not ended before a moment.
fn needs(days: Range<Day>, incidents_since: Moment, reading: Reading) -> Needs {
    let details = needs::Details::new(days, Hourly::Unneeded, incidents_since, reading.calendar);
    Needs {
        counts: Counts::ByMonth,
        details: Some(details),
    }
}

/// Joins stretches in a grouping that `seed` says.
fn join(mut parts: Vec<Stretch>, mut seed: u64, reading: Reading) -> Stretch {
    while parts.len() > 1 {
        let at = usize::try_from(seed % (parts.len() as u64 - 1)).unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1) >> 3;
        let later = parts.remove(at + 1);
        parts[at].append(later, reading).unwrap();
    }
    parts.pop().unwrap_or_default()
}

fn pieces(scenario: &Scenario, cuts: &[Index], reading: Reading) -> Vec<Stretch> {
    let checks = &scenario.checks;
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(checks.len() + 1)).collect();
    cuts.extend([0, checks.len()]);
    cuts.sort_unstable();
    let pieces = cuts.windows(2);
    pieces
        .map(|cut| stretch(&checks[cut[0]..cut[1]], reading))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn joining_any_stretches_is_reading_all(
        scenario in scenarios(), cuts in prop::collection::vec(any::<Index>(), 0..6), seed in any::<u64>(),
    ) {
        scenario.read(|reading| {
            let all = stretch(&scenario.checks, reading);
            let joined = join(pieces(&scenario, &cuts, reading), seed, reading);
            prop_assert!(kept(&joined, reading) == kept(&all, reading), "what is kept differs");
            prop_assert!(bytes(&joined, reading) == bytes(&all, reading), "the bytes differ");
            Ok(())
        })?;
    }

    #[test]
    fn joining_checks_one_by_one_is_reading_all(scenario in scenarios(), seed in any::<u64>()) {
        scenario.read(|reading| {
            let all = bytes(&stretch(&scenario.checks, reading), reading);
            let single = scenario.checks.chunks(1).map(|check| stretch(check, reading));
            prop_assert!(bytes(&join(single.collect(), seed, reading), reading) == all, "the bytes differ");
            Ok(())
        })?;
    }

    #[test]
    fn reading_goes_on_where_it_ended(scenario in scenarios(), cut in any::<Index>()) {
        scenario.read(|reading| {
            let (left, right) = scenario.checks.split_at(cut.index(scenario.checks.len() + 1));
            let cached = bytes(&stretch(left, reading), reading);
            let (edges, incidents, details): Kept = postcard::from_bytes(&cached).unwrap();
            let mut restored = Stretch::of(edges, incidents);
            restored.add_details(details);
            add(&mut restored, right, reading);
            prop_assert_eq!(bytes(&restored, reading), bytes(&stretch(&scenario.checks, reading), reading));
            Ok(())
        })?;
    }

    #[test]
    fn what_is_not_needed_changes_nothing_else(scenario in scenarios(), from in any::<Index>(), to in any::<Index>()) {
        scenario.read(|reading| {
            let Some(all) = stretch(&scenario.checks, reading).settle(Moment(scenario.now), reading) else {
                return Ok(());
            };
            let days = days(&all, reading, scenario.now);
            let day = |index: Index| days.start + i32::try_from(index.index(days.len())).unwrap();
            let (from, to) = (day(from).min(day(to)), day(from).max(day(to)));
            let needs = needs(Day(from)..Day(to), Moment::ALL.start, reading);
            let reading = Reading { needs: &needs, ..reading };
            let some = stretch(&scenario.checks, reading).settle(Moment(scenario.now), reading).unwrap();
            for day in from..to {
                prop_assert_eq!(some.days().get(Day(day)), all.days().get(Day(day)));
                prop_assert_eq!(seconds(&some, day, day + 1), seconds(&all, day, day + 1));
            }
            prop_assert_eq!(incidents(&some, i32::MIN, i32::MAX), incidents(&all, i32::MIN, i32::MAX));
            Ok(())
        })?;
    }

    #[test]
    fn incidents_that_are_not_needed_can_be_removed_before_joining(
        scenario in scenarios(), cuts in prop::collection::vec(any::<Index>(), 0..6), seed in any::<u64>(), since in any::<Index>(),
    ) {
        scenario.read(|reading| {
            let Some(since) = scenario.checks.get(since.index(scenario.checks.len().max(1))) else {
                return Ok(());
            };
            let needs = needs(Day::ALL, Moment(since.at), reading);
            let reading = Reading { needs: &needs, ..reading };
            let mut all = stretch(&scenario.checks, reading);
            all.retain(&needs);
            let mut pieces = pieces(&scenario, &cuts, reading);
            for piece in &mut pieces {
                piece.retain(&needs);
            }
            let mut joined = join(pieces, seed, reading);
            joined.retain(&needs);
            prop_assert!(bytes(&joined, reading) == bytes(&all, reading), "the bytes differ");
            Ok(())
        })?;
    }

    #[test]
    fn edges_are_small(scenario in scenarios()) {
        scenario.read(|reading| {
            let (edges, _, _) = kept(&stretch(&scenario.checks, reading), reading);
            let size = postcard::to_allocvec(&edges).unwrap().len();
            prop_assert!(size <= MOST_BYTES, "{}", size);
            Ok(())
        })?;
    }
}
