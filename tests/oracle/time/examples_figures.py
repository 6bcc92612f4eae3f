"""Hand-made examples: uptime, coverage, verdicts, provisional, the rest."""

from fractions import Fraction

from data import DAY, HOUR
from hand import at, equal, every, folder, line, month, rows, URL
import figures


def seconds(up, down, unknown):
    return {"up_seconds": up, "down_seconds": down, "planned_seconds": 0,
            "unknown_seconds": unknown}


def verdict(up, down, unknown, target=99.9, min_coverage=99):
    return figures.verdict(seconds(up, down, unknown), 0, 0, False,
                           Fraction(str(target)), Fraction(min_coverage))


def test_uptime_is_floored_to_three_decimals():
    equal(figures.uptime_by_time(2, 1, 1), "66.666%")
    equal(figures.uptime_by_time(999, 1, 1), "99.900%")
    equal(figures.uptime_by_time(10 ** 9, 1, 1), "99.999%")
    equal(figures.uptime_by_time(0, 5, 1), "0.000%")


def test_100_percent_only_without_any_failed_check():
    equal([figures.uptime_by_time(60, 0, 0), figures.uptime_by_time(60, 0, 1)],
          ["100%", "99.999%"])


def test_nothing_observed_is_a_dash():
    equal([figures.uptime_by_time(0, 0, 0), figures.uptime_by_checks(0, 0)], ["—", "—"])


def test_uptime_by_checks():
    equal([figures.uptime_by_checks(2, 1), figures.uptime_by_checks(3, 0)],
          ["66.666%", "100%"])


def test_maintenance_is_in_no_percentage():
    one = line("10:00 U, 10:05 M, 10:10 F, 10:15 F, 10:20 U", "10:20",
               notes=[("10:14", "10:16")])
    # Of five rows the M and the F inside the note are planned.
    equal(figures.counted(one, one.rows), (2, 1, 2))


def test_off_is_in_no_percentage():
    one = line("08:00 F, 09:00 U, 10:00 U", "10:00", hours="Mon-Fri 09:00-18:00")
    equal(figures.counted(one, one.rows), (2, 0, 1))


def test_coverage_leaves_out_planned_time():
    equal(figures.coverage({**seconds(300, 100, 0), "planned_seconds": 999}), "100%")
    equal(figures.coverage(seconds(299, 0, 1)), "99.666%")
    equal(figures.coverage(seconds(10 ** 9, 0, 1)), "99.999%")
    equal(figures.coverage(seconds(0, 0, 0)), "—")


def test_coverage_begins_with_the_first_check():
    one = line("10/10:00 U", "11/10:00")
    equal(figures.coverage(figures.seconds(one, *month("202401"))), "100%")


def test_a_range_is_cut_at_its_ends():
    one = line(every(HOUR, "1/22:00", 2) + ", " + every(HOUR, "2/00:00", 3, "F"), "2/03:00")
    equal(figures.seconds(one, at("2/00:00"), at("2/01:00")), seconds(0, 3600, 0))
    equal(figures.seconds(one, None, at("2/00:30")), seconds(7200, 1800, 0))


def test_met_even_with_all_unknown_time_down():
    equal([verdict(999, 0, 1), verdict(999, 1, 0)], ["met", "met"])
    # One down, one unknown of 1000: it can still be either.
    equal(verdict(998, 1, 1, min_coverage=100), "not_proven")


def test_missed_even_with_all_unknown_time_up():
    # 5 % coverage, but what is down is already too much.
    equal(verdict(40, 10, 950), "missed")


def test_missed_by_uptime_with_enough_coverage():
    # 990 of 1000 observed, one down: 99.898 % of what was seen; up to 99.9 %.
    equal(verdict(989, 1, 10), "missed")


def test_met_as_far_as_observed():
    equal(verdict(990, 0, 10), "met_as_observed")


def test_not_proven():
    equal([verdict(989, 0, 11), verdict(50, 0, 950)], ["not_proven", "not_proven"])


def test_nothing_to_judge():
    equal([verdict(0, 0, 0), verdict(0, 0, 100)], ["none", "not_proven"])


def test_a_verdict_by_checks():
    target = Fraction("99.9")
    equal(figures.verdict(seconds(0, 0, 0), 999, 1, True, target, 99), "met")
    equal(figures.verdict(seconds(0, 0, 0), 998, 2, True, target, 99), "missed")
    # All checks up, half of the time unknown.
    equal(figures.verdict(seconds(50, 0, 50), 9, 0, True, target, 99), "not_proven")


def test_a_group_has_the_worst_verdict():
    equal(figures.worst(["met", "not_proven", "missed", "missed"]), ("missed", 2, 4))
    equal(figures.worst(["met", "none", "met_as_observed"]), ("met_as_observed", 1, 3))
    equal(figures.worst(["none"]), ("none", 0, 1))


def test_a_month_is_final_when_a_check_after_it_is_in():
    text = every(HOUR, "30/10:00", 37)            # the last on 31 January, 22:00
    january = month("202401")
    equal(figures.provisional(line(text, "31/22:00"), *january), True)
    equal(figures.provisional(line(text, "32/00:30"), *january), True)
    one = line(text + ", 31/23:00 U, 32/00:00 U", "32/00:30")
    equal(figures.provisional(one, *january), False)
    equal(figures.provisional(one, None, None), True)


def test_a_longer_gap_near_the_end_waits_for_its_ten():
    january = month("202401")
    text = every(HOUR, "30/10:00", 34) + ", "     # until 31 January, 19:00
    # The gap to 23:30 is 4.5 h. Ten gaps after it need eleven rounds.
    one = line(text + every(HOUR, "31/23:30", 10), "32/09:00")
    equal(figures.provisional(one, *january), True)
    one = line(text + every(HOUR, "31/23:30", 11), "32/10:00")
    equal(figures.provisional(one, *january), False)


def test_the_first_gap_waits_too():
    text = every(HOUR, "31/22:00", 4)
    equal(figures.provisional(line(text, "32/01:10"), *month("202401")), True)


def test_no_unconfirmed_run_crosses_the_end():
    january = month("202401")
    text = every(HOUR, "30/10:00", 37) + ", 31/23:00 F, 32/00:00 F"
    one = line(text, "32/00:30", failure_threshold=3)
    equal(figures.provisional(one, *january), True)
    one = line(text + ", 32/01:00 F", "32/01:30", failure_threshold=3)
    equal(figures.provisional(one, *january), False)
    one = line(text + ", 32/01:00 U", "32/01:30", failure_threshold=3)
    equal(figures.provisional(one, *january), False)


def test_stale_makes_a_month_final_that_the_last_check_speaks_for_to_its_end():
    # Hourly until 31 January 23:00: stale from 1 February 02:00 on.
    text = every(HOUR, "30/10:00", 38)
    january = month("202401")
    equal(figures.provisional(line(text, "32/02:00"), *january), True)
    equal(figures.provisional(line(text, at("32/02:00") + 1), *january), False)
    # Until 22:00: if the checks go on every two hours, its last hour is up.
    equal(figures.provisional(line(every(HOUR, "30/10:00", 37), "40/00:00"), *january), True)


def test_stale_in_an_unconfirmed_run_leaves_the_month_provisional():
    # If the next check fails too, and the gap is no hole, the run began at 23:00.
    text = every(HOUR, "30/10:00", 37) + ", 31/23:00 F"
    january = month("202401")
    one = line(text, "32/06:00", failure_threshold=2)
    equal((one.stale, figures.provisional(one, *january)), (True, True))
    equal(figures.provisional(line(text, "32/06:00"), *january), False)


def test_undated_logs_are_never_provisional():
    equal(figures.provisional(line("- U", "10:00"), *month("202401")), False)


def test_change_is_between_the_printed_texts():
    whole, enough = 30 * DAY, True
    equal(figures.change(("100%", enough, whole, whole), ("99.958%", enough, whole, whole)), 42)
    equal(figures.change(("99.000%", enough, 22 * DAY, whole),
                         ("99.000%", enough, whole, whole)), None)
    equal(figures.change(("99.000%", enough, whole * 3 // 4, whole),
                         ("99.500%", enough, whole, whole)), -500)
    equal(figures.change(("99.000%", False, whole, whole), ("99%", enough, whole, whole)), None)
    equal(figures.change(("—", enough, whole, whole), ("99%", enough, whole, whole)), None)


def timed(values, kind="U"):
    return [row for v in values for row in rows(f"10:00 {kind}", response=v)]


def test_percentiles_of_enough_values():
    one = folder({URL: timed(range(1, 20))}, "10:01")[URL]
    equal(figures.percentiles(one, one.rows), {"values": 19, "p50": 10, "p95": None, "p99": None})
    one = folder({URL: timed(range(1, 101))}, "10:01")[URL]
    equal(figures.percentiles(one, one.rows), {"values": 100, "p50": 50, "p95": 95, "p99": 99})


def test_percentiles_are_of_checks_that_were_up():
    one = folder({URL: timed([1, 2]) + timed([900], "F")}, "10:01")[URL]
    equal(figures.percentiles(one, one.rows)["values"], 2)


def test_incidents_that_touch_the_range():
    one = line(every(HOUR, "1/22:00", 1) + ", 1/23:00 F, 2/00:00 U, 2/01:00 F, 2/02:00 U",
               "2/02:00")
    equal(len(figures.touching(one, at("1/00:00"), at("2/00:00"))), 1)
    equal(len(figures.touching(one, at("2/00:00"), at("3/00:00"))), 1)
    equal(len(figures.touching(one, None, None)), 2)


def test_events_are_incidents_that_overlap():
    got = figures.events([(0, 100, "a"), (50, 150, "b"), (149, 200, "c"), (200, 300, "a")])
    equal([e["incidents"] for e in got], [["a", "b", "c"], ["a"]])


def test_a_first_check_at_ten_to_midnight_on_the_last_day():
    one = line(every(300, "31/23:50", 40), "32/03:00")
    s = figures.seconds(one, *month("202401"))
    equal((s, figures.coverage(s)), (seconds(600, 0, 0), "100%"))
    # All met; the text names the first check. A change needs 3/4 of the month.
    equal(verdict(600, 0, 0), "met")


def test_retries_do_not_weigh_in_uptime_by_time():
    # A day every 5 min; one outage of 5 min in which it is tried every 10 s.
    text = every(300, "1/00:00", 144) + ", " + every(10, "1/12:00", 30, "F") \
        + ", " + every(300, "1/12:05", 143)
    one = line(text, "2/00:00")
    s = figures.seconds(one)
    equal(figures.uptime_by_time(s["up_seconds"], s["down_seconds"], 30), "99.652%")
    up, failed, _ = figures.counted(one, one.rows)
    equal(figures.uptime_by_checks(up, failed), "90.536%")     # 287 of 317
