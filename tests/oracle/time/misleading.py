"""Logs that mislead simpler rules, and what must be shown of them."""

from fractions import Fraction

import figures
import scenarios
from data import DAY, HOUR
from hand import at, equal, every, folder, line, month, rows, spans, URL
from state import state


def test_scenarios_keep_their_limits_and_the_readme_has_their_table():
    measured = scenarios.results()
    for s, result in measured:
        equal((s.name, scenarios.over_limit(result, s.limits)), (s.name, {}))
    with open(scenarios.README, encoding="utf-8") as file:
        readme = file.read()
    equal(scenarios.with_table(readme, scenarios.markdown(measured)), readme)


def test_an_outage_of_weeks_in_which_the_interval_changes():
    """Judged by a week's median it vanished: "all sites are up", 0 s."""
    text = every(300, "1/00:00", 288) + ", " + every(300, "2/00:00", 100, "F") \
        + ", " + every(DAY, "3/00:00", 20, "F")
    one = line(text, "22/12:00")
    equal((state(one), len(one.incidents)), ("down", 1))
    equal(one.incidents[0].seconds, 20 * DAY + 12 * HOUR)


def test_a_closed_month_does_not_change_days_later():
    """Hourly; from 31 January 20:00 on daily. While the gap across the end of
    the month waits for its ten, the month says "provisional"; then it stays."""
    january = month("202401")
    start = every(HOUR, "29/20:00", 49)
    seen = []
    for n in range(1, 16):
        one = line(start + ", " + every(DAY, "32/20:00", n), at("32/20:00") + (n - 1) * DAY)
        seen.append((figures.provisional(one, *january),
                     figures.seconds(one, *january)["up_seconds"]))
    # 48 hours and the last 4: the gap is a hole only while nothing follows it.
    equal(seen[0], (True, 49 * HOUR))
    equal(seen[1:10], [(True, 52 * HOUR)] * 9)
    equal(seen[10:], [(False, 52 * HOUR)] * 5)


def test_five_percent_coverage_meets_no_target():
    """A month watched in its first day and a half and its last minutes."""
    text = every(300, "1/00:00", 432) + ", " + every(300, "31/23:00", 40)
    one = line(text, "32/02:15")
    s = figures.seconds(one, *month("202401"))
    equal(figures.coverage(s), "4.973%")              # 37 of 744 hours
    equal(figures.verdict(s, 444, 0, False, Fraction("99.9"), 99), "not_proven")


def test_retries_do_not_miss_a_target():
    """30 days every 5 min; 30 minutes down, tried every 10 s: 99.930 % by time."""
    text = every(300, "1/00:00", 4320) + ", " + every(300, "16/00:30", 4314)
    calm = [r for r in rows(text) if not at("16/00:00") <= r.t < at("16/00:30")]
    calm = [r for r in calm if r.t < at("31/00:00")]
    one = folder({URL: calm + rows(every(10, "16/00:00", 180, "F"))}, "31/00:00")[URL]
    s = figures.seconds(one)
    equal((s["down_seconds"], s["unknown_seconds"]), (1800, 0))
    equal(figures.uptime_by_time(s["up_seconds"], 1800, 180), "99.930%")
    equal(figures.verdict(s, 0, 0, False, Fraction("99.9"), 99), "met")


def test_a_client_who_left_is_not_stale_for_ever():
    logs = {URL: every(300, "1/10:00", 100), "b": every(HOUR, "1/10:00", 480)}
    both = folder(logs, "21/09:00")
    equal((state(both[URL]), both[URL].end), ("ended", at("1/18:20")))


def test_missed_daily_checks_are_not_rounded_away():
    """Of a year three checks in a row are missing: 99.178 %, not 100 %."""
    text = every(DAY, "1/00:00", 200) + ", " + every(DAY, "204/00:00", 162)
    one = line(text, "366/00:00")
    s = figures.seconds(one)
    # The gap is 4 days, more than 3: one day is spoken for, three are unknown.
    equal(s["unknown_seconds"], 3 * DAY)
    equal(figures.coverage(s), "99.178%")             # 362 of 365


def test_one_missed_daily_check_is_no_hole():
    """A gap of two intervals is no hole: the check before speaks for it."""
    text = every(DAY, "1/00:00", 200) + ", " + every(DAY, "202/00:00", 165)
    equal(spans(line(text, "366/00:00")), f"up {365 * DAY}")


def test_retries_every_ten_seconds_and_then_silence():
    """Down, tried every 10 s for an hour, the last time 10 minutes ago."""
    text = every(300, "08:00", 24) + ", " + every(10, "10:00", 361, "F")
    equal(state(line(text, "11:10")), "down")
    equal(state(line(text, "11:15")), "down")
    equal(state(line(text, "11:15:01")), "stale_down")


def test_threshold_two_with_every_other_check_failing():
    text = ", ".join(f"{t} {'UF'[i % 2]}" for i, t in enumerate(
        part.split()[0] for part in every(300, "10:00", 100).split(", ")))
    one = line(text, "18:20", failure_threshold=2)
    s = figures.seconds(one)
    equal(figures.uptime_by_time(s["up_seconds"], s["down_seconds"],
                                 figures.failed_in_time(one, None, None)), "99.999%")
    equal(len(one.incidents), 0)


def test_a_row_dated_a_year_ahead():
    """The monitor died; one row of next year must not keep the site up."""
    one = line(every(300, "10:00", 13, "F") + ", 366/11:00 U", "2/11:00")
    equal((state(one), one.last_check), ("stale_down", at("11:00")))


def test_a_stale_month_whose_end_is_unknown_is_not_final():
    """Every 5 min until 23:50 on 31 January; stale at 00:06, when 5 minutes of
    January are unknown. Then hourly checks from 00:10 on: the gap is no hole any
    more, and they are up. With a last check at 23:55 nothing can change."""
    january, later = month("202401"), ", " + every(HOUR, "32/00:30", 12)
    for n, provisional, unknown in ((47, True, 300), (48, False, 0)):
        text = every(300, "31/20:00", n)
        one = line(text, "32/00:11")
        equal((one.stale, figures.provisional(one, *january)), (True, provisional))
        equal(figures.seconds(one, *january)["unknown_seconds"], unknown)
        one = line(text + later, "32/11:30")
        equal(figures.provisional(one, *january), False)
        equal(figures.seconds(one, *january)["unknown_seconds"], 0)


def test_a_stale_month_with_a_single_round_is_not_final():
    """It speaks for a day, until the checks that follow are five minutes apart."""
    january, text = month("202401"), "31/12:00 U"
    one = line(text, "32/12:01")
    equal((one.stale, figures.provisional(one, *january)), (True, True))
    equal(figures.seconds(one, *january)["up_seconds"], 12 * HOUR)
    one = line(text + ", " + every(300, "32/12:05", 12), "32/13:00")
    equal(figures.provisional(one, *january), False)
    equal(figures.seconds(one, *january)["up_seconds"], 300)
