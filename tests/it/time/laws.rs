//! What holds for the answers about any log.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;

use site_monitor::check::{Day, Moment};
use site_monitor::stats::incident::End;

use super::scenario::{scenarios, stretch};
use super::{cases, days, incidents, reference, seconds, told};

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn it_says_what_the_plain_rules_say(scenario in scenarios()) {
        scenario.read(|reading| {
            let Some(course) = stretch(&scenario.checks, reading).settle(Moment(scenario.now), reading) else {
                return Ok(());
            };
            let want = reference::read(&scenario).unwrap();
            prop_assert_eq!(course.stale_since.map(|at| at.0), want.stale_since);
            prop_assert_eq!(course.interval_seconds, want.interval);
            let days = days(&course, reading, scenario.now);
            let start = |day: i32| reading.calendar.start_of(Day(day)).0;
            for day in days.clone() {
                prop_assert_eq!(seconds(&course, day, day + 1), want.seconds(start(day), start(day + 1)), "day {}", day);
            }
            prop_assert_eq!(seconds(&course, days.start, days.end), want.seconds(i64::MIN, i64::MAX));
            let last_hours = course.last_hours(24);
            // The hour in which a zone shifts by half an hour is no hour of the wall clock.
            let (_, steady_until) = reading.calendar.offset_at(last_hours.start);
            if steady_until >= last_hours.end || scenario.zone != "Australia/Lord_Howe" {
                for hour in (last_hours.start.0..last_hours.end.0).step_by(3600) {
                    let got = course.seconds_of_hours(&(Moment(hour)..Moment(hour + 3600)));
                    let got = [got.up, got.down, got.planned, got.unknown];
                    prop_assert_eq!(got, want.seconds(hour, hour + 3600), "hour {}", hour);
                }
            }
            let (from, to) = (days.start + (days.end - days.start) / 3, days.end);
            let (got, want_now) = (incidents(&course, i32::MIN, i32::MAX), want.now);
            prop_assert_eq!(got.len(), want.incidents.len());
            for (got, want) in got.iter().zip(&want.incidents) {
                let codes: Vec<(String, u64)> = got.codes().map(|(code, n)| (code.to_owned(), n)).collect();
                prop_assert_eq!(
                    (got.from.0, got.to.map(|to| to.0), got.end, got.began, got.failed_checks, &codes, got.seconds),
                    (want.from, want.to, want.end, want.began, want.failed_checks, &want.codes, want.seconds(i64::MIN, want_now))
                );
            }
            for got in incidents(&course, from, to) {
                let want = want.incidents.iter().filter(|want| want.from == got.from.0);
                let seconds: Vec<i64> = want.map(|want| want.seconds(start(from), start(to).min(want_now))).collect();
                prop_assert!(seconds.contains(&got.seconds_in_range));
            }
            Ok(())
        })?;
    }

    #[test]
    fn all_time_is_told_once(scenario in scenarios(), cut in any::<Index>()) {
        scenario.read(|reading| {
            let Some(course) = stretch(&scenario.checks, reading).settle(Moment(scenario.now), reading) else {
                return Ok(());
            };
            let all = days(&course, reading, scenario.now);
            let whole = seconds(&course, all.start, all.end);
            let length = Moment(scenario.now).since(course.first_check).max(0);
            prop_assert_eq!(whole.iter().sum::<i64>(), length);
            prop_assert!(whole.iter().all(|seconds| *seconds >= 0));
            let mut sum = [0; 4];
            for day in all.clone() {
                let day = seconds(&course, day, day + 1);
                prop_assert!(day.iter().all(|seconds| *seconds >= 0));
                sum = std::array::from_fn(|n| sum[n] + day[n]);
            }
            prop_assert_eq!(sum, whole);
            let middle = all.start + i32::try_from(cut.index(all.len())).unwrap();
            for (from, to) in [(all.start, middle), (middle, middle + 1), (middle, all.end)] {
                let within = incidents(&course, from, to);
                let downtime: i64 = within.iter().map(|incident| incident.seconds_in_range).sum();
                prop_assert_eq!(downtime, seconds(&course, from, to)[1]);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_final_range_never_changes(scenario in scenarios(), cut in any::<Index>(), wait in 0..400_000_i64) {
        scenario.read(|reading| {
            let checks = &scenario.checks;
            let (early, late) = checks.split_at(cut.index(checks.len() + 1));
            let (Some(last), Some(next)) = (early.last(), late.first()) else { return Ok(()) };
            // Half of the time the clock is at the next check at most; rows may come late, too.
            let now = if wait % 2 == 0 { last.at + wait / 8 } else { next.at.min(last.at + wait) };
            let before = stretch(early, reading).settle(Moment(now), reading).unwrap();
            let after = stretch(checks, reading).settle(Moment(scenario.now.max(now)), reading).unwrap();
            for end in days(&before, reading, now) {
                let range = Day(end - 31)..Day(end);
                let ends = reading.calendar.start_of(range.end);
                if before.is_provisional(&range) || (before.last_check < ends && next.at < now) {
                    continue;
                }
                let (from, to) = (range.start.0, range.end.0);
                prop_assert_eq!(seconds(&after, from, to), seconds(&before, from, to));
                let (old, new) = (incidents(&before, from, to), incidents(&after, from, to));
                prop_assert_eq!(old.len(), new.len());
                for (old, new) in old.iter().zip(&new) {
                    prop_assert_eq!(
                        (old.from, old.began, old.seconds_in_range),
                        (new.from, new.began, new.seconds_in_range)
                    );
                    let over = old.end != End::Open && before.stale_since.is_none() && old.to < Some(ends);
                    prop_assert!(!over || told(old) == told(new), "{:?} {:?}", old, new);
                }
            }
            Ok(())
        })?;
    }
}
