//! Months that are over: they stay as they are, or say that they may change.

use super::misleading::{DAY, DOWN_ROW, FIVE_MINUTES, HOUR, Log, UP_ROW, ask, seconds};
use super::*;

/// All that is said of October, without what is said of now.
fn october(site: &Site) -> Value {
    let mut url = ask(site, "/api/all/202410", "u");
    for key in ["interval_seconds", "last_check", "stale", "state"] {
        url["coverage"].as_object_mut().unwrap().remove(key);
    }
    url
}

#[test]
fn a_closed_month_does_not_change_days_later() {
    // Hourly, with a failure at ten, and the next check at half past twelve: within three hours.
    let hourly = Log::new()
        .every(HOUR, "2024-10-28T00:00", 58, UP_ROW)
        .every(HOUR, "2024-10-30T10:00", 1, DOWN_ROW)
        .every(HOUR, "2024-10-30T12:30", 46, UP_ROW);
    let closed = october(&hourly.site("2024-11-01T09:30:00"));
    assert_eq!(closed["coverage"]["provisional"], false);
    assert_eq!(
        seconds(&closed),
        [4 * DAY - 2 * HOUR - 1800, 2 * HOUR + 1800, 0, 0]
    );
    // Then every five minutes for days, by which that would be a hole.
    let later = hourly.every(FIVE_MINUTES, "2024-11-01T09:35", 9 * 288, UP_ROW);
    for now in [
        "2024-11-02T00:00:00",
        "2024-11-10T09:30:00",
        "2025-03-01T00:00:00",
    ] {
        assert_eq!(october(&later.site(now)), closed, "{now}");
    }
}

#[test]
fn a_month_says_that_it_is_provisional_while_it_can_change() {
    // Hourly; from eight in the evening of the last day on daily.
    let check = |daily: i64, want: (bool, i64)| {
        let log = Log::new()
            .every(HOUR, "2024-10-29T20:00", 49, UP_ROW)
            .every(DAY, "2024-11-01T20:00", daily, UP_ROW);
        let now = format!("2024-11-{daily:02}T20:00:00");
        let october = october(&log.site(&now));
        let provisional = october["coverage"]["provisional"].as_bool().unwrap();
        assert_eq!((provisional, seconds(&october)[0] / HOUR), want, "{daily}");
    };
    // The gap is a hole only while none follows it; it is judged by ten.
    check(1, (true, 49));
    (2..=10).for_each(|daily| check(daily, (true, 52)));
    (11..=15).for_each(|daily| check(daily, (false, 52)));
}

/// Whether October is provisional, and its seconds.
fn state_of_october(site: &Site) -> (bool, [i64; 4]) {
    let october = october(site);
    let provisional = &october["coverage"]["provisional"];
    (provisional.as_bool().unwrap(), seconds(&october))
}

#[test]
fn a_month_that_ends_in_silence_is_final_only_if_nothing_can_still_be_known() {
    // What the last check speaks for, whatever follows, reaches the end of the month.
    let log = Log::new().every(FIVE_MINUTES, "2024-10-31T20:00", 48, UP_ROW);
    for now in ["2024-11-01T00:10:01", "2024-12-25T00:00:00"] {
        assert_eq!(
            state_of_october(&log.site(now)),
            (false, [4 * HOUR, 0, 0, 0]),
            "{now}"
        );
    }
    // It does not: five minutes are unknown until hourly checks follow, for which it is no hole.
    let log = Log::new().every(FIVE_MINUTES, "2024-10-31T20:00", 47, UP_ROW);
    let october = state_of_october(&log.site("2024-11-01T00:06:00"));
    assert_eq!(october, (true, [4 * HOUR - 300, 0, 0, 300]));
    let log = log.every(HOUR, "2024-11-01T00:10", 12, UP_ROW);
    let october = state_of_october(&log.site("2024-11-01T11:10:00"));
    assert_eq!(october, (false, [4 * HOUR, 0, 0, 0]));
}

#[test]
fn a_month_that_ends_in_retries_and_silence_may_change() {
    // Nobody looks after 23:58. The site is checked every five minutes, so it counts as down until
    // 00:03; but by the gaps before alone, which retries made short, it is down for a minute.
    let log = Log::new()
        .every(FIVE_MINUTES, "2024-10-31T20:00", 37, UP_ROW)
        .every(10, "2024-10-31T23:05", 53 * 6 + 1, DOWN_ROW);
    let october = state_of_october(&log.site("2024-11-01T00:20:00"));
    assert_eq!(october, (true, [3 * HOUR + 300, 55 * 60, 0, 0]));
    let log = log.every(10, "2024-11-01T00:30", 20 * 6, DOWN_ROW);
    let october = state_of_october(&log.site("2024-11-01T00:50:00"));
    assert_eq!(october, (false, [3 * HOUR + 300, 54 * 60, 0, 60]));
}
