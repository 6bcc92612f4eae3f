"""Hand-made examples: order, rounds, gaps, intervals, holes, the last check."""

from data import DAY, HOUR, Gap
from hand import at, equal, every, folder, incidents, line, rows, spans, URL
import time_rules as rule


def test_rows_are_in_order_of_time():
    # Written: 10:05 F, 10:00 U, 10:10 U. In order: up 5 min, down 5, up 1.
    equal(spans(line("10:05 F, 10:00 U, 10:10 U", "10:11")), "up 300, down 300, up 60")


def test_ties_are_in_order_of_lines():
    # U then F at one second: the F is the one that speaks on.
    equal(spans(line("10:00 U, 10:00 F, 10:05 U", "10:05")), "down 300")
    # F then U: the F speaks for no time; it still was an incident.
    one = line("10:00 F, 10:00 U, 10:05 U", "10:05")
    equal((spans(one), incidents(one)), ("up 300", [(0, 0, "up", 0)]))


def test_checks_of_one_minute_are_a_round():
    checks = line("10:00:10 U, 10:00:59 F, 10:01:00 U, 10:05:20 U", "10:06").checks
    equal(rule.rounds_of(checks), [(0, 1), (2, 2), (3, 3)])


def test_a_gap_runs_from_first_check_to_first_check():
    one = line("10:00:10 U, 10:00:50 U, 10:05:20 U", "10:06")
    equal([gap.length for gap in one.gaps], [310])


def test_five_minutes_ahead_of_the_clock_takes_part():
    equal(line("09:55 U, 10:00 U, 10:05:00 F", "10:00").last_check, at("10:05"))
    late = line("09:55 U, 10:00 U, 10:05:01 F", "10:00")
    equal((late.last_check, len(late.rows)), (at("10:00"), 3))


def test_time_ends_at_the_clock_even_if_a_check_is_ahead():
    # The failed check is 60 s ahead: no second of it is over, but it is known.
    one = line("09:55 U, 10:00 U, 10:05 F", "10:04")
    equal((spans(one), incidents(one)), ("up 540", [(600, None, "open", 0)]))


def test_a_row_a_year_ahead_does_not_keep_a_dead_monitor_up():
    one = line(every(300, "10:00", 10) + ", 366/10:00 U", "2/10:00")
    equal((one.stale, spans(one)), (True, "up 3000, unknown 83400"))


def test_usual_is_the_third_longest():
    equal(rule.usual([5, 1, 4, 2, 3]), 3)
    equal(rule.usual([10, 10, 1]), 1)


def test_usual_of_fewer_than_three_is_the_shortest():
    equal([rule.usual([9, 4]), rule.usual([7]), rule.usual([])], [4, 7, None])


def gaps(*lengths):
    return [Gap(0, 0, length, 0, True) for length in lengths]


def test_before_is_of_the_last_fifteen():
    # Three of 900 among the last fifteen make it 900; one step later only two.
    g = gaps(900, 900, 900, *[300] * 13)
    equal([rule.before(g, 15), rule.before(g, 16), rule.before(g, 0)], [900, 300, None])


def test_after_is_of_the_first_ten():
    # After the gap 0 come eight of 300 and three of 900: two of 900 count.
    g = gaps(60, *[300] * 8, 900, 900, 900)
    equal([rule.after(g, 0), rule.after(g, 1), rule.after(g, 11)], [300, 900, None])


def test_the_interval_is_the_larger():
    one = line(every(300, "10:00", 5) + ", " + every(3600, "11:00", 5), "15:30")
    gap = one.gaps[4]
    equal((gap.length, gap.before, gap.after, gap.interval, gap.hole),
          (2400, 300, 3600, 3600, False))


def test_three_intervals_are_no_hole_one_second_more_is():
    # Checks every 5 min on both sides; the gap is 15 min, then 15 min 1 s.
    one = line(every(300, "10:00", 4) + ", " + every(300, "10:30", 4), "10:45")
    equal(spans(one), "up 2700")
    one = line(every(300, "10:00", 4) + ", " + every(300, "10:30:01", 4), "10:45:01")
    equal(spans(one), "up 1200, unknown 601, up 900")


def test_the_check_before_a_hole_speaks_from_its_own_time():
    # Round 10:15:00 and 10:15:40; a gap of an hour; it speaks until 10:20:40.
    one = line(every(300, "10:00", 4) + ", 10:15:40 U, " + every(300, "11:15", 4), "11:30")
    equal(spans(one), "up 1240, unknown 3260, up 900")


def test_if_neither_side_is_known_three_days_are_no_hole():
    equal(spans(line("1/10:00 U, 4/10:00:00 U", "4/10:00:00")), "up 259200")
    # One second more: it speaks for a day at most.
    equal(spans(line("1/10:00 U, 4/10:00:01 U", "4/10:00:01")), "up 86400, unknown 172801")


def test_the_first_gap_is_judged_by_what_follows():
    # An hour, then every 5 min: a hole; the first check speaks for 5 min.
    equal(spans(line("09:00 U, " + every(300, "10:00", 5), "10:20")),
          "up 300, unknown 3300, up 1200")


def test_the_last_gap_is_judged_by_what_was_before():
    equal(spans(line(every(300, "09:00", 4) + ", 10:00 U", "10:01")),
          "up 1200, unknown 2400, up 60")


def test_a_new_slower_cadence_is_no_hole_from_its_second_gap_on():
    # Up every 5 min; then failed checks every hour: nothing of it is unknown.
    one = line(every(300, "09:00", 13) + ", " + every(3600, "11:00", 4, "F"), "14:30")
    equal(spans(one), "up 7200, down 12600")


def test_the_last_check_speaks_until_now_for_three_intervals():
    equal(spans(line(every(300, "10:00", 4), "10:30:00")), "up 1800")
    one = line(every(300, "10:00", 4), "10:30:01")
    equal((spans(one), one.stale), ("up 1200, unknown 601", True))


def test_retries_are_no_sign_of_the_interval():
    # Up every 5 min, then a failed check every minute; 10 min of silence after.
    one = line(every(300, "09:00", 13) + ", " + every(60, "10:05", 20, "F"), "10:34")
    equal((one.stale, one.interval), (False, 300))


def test_of_gaps_that_began_up_the_last_ten_count():
    # Ten up gaps of 60 s after some of 300 s: the interval is 60 s.
    one = line(every(300, "09:00", 4) + ", " + every(60, "09:16", 20), "09:39")
    equal((one.stale, one.interval), (True, 60))


def test_a_single_check_speaks_for_a_day():
    equal(line("10:00 U", "2/10:00").stale, False)
    equal(spans(line("10:00 U", "2/10:00:01")), "up 86400, unknown 1")


def test_checks_of_one_minute_speak_for_three_minutes():
    equal(spans(line("10:00:00 U, 10:00:20 U", "10:03:20")), "up 200")
    equal(spans(line("10:00:00 U, 10:00:20 U", "10:04:00")), "up 200, unknown 40")


WEEK = "Mon-Fri 09:00-18:00"


def test_all_time_outside_the_hours_is_off():
    # Monday 08:00 to 19:00, checks every hour: 1 h off, 9 h up, 1 h off.
    equal(spans(line(every(3600, "08:00", 12), "19:00", hours=WEEK)),
          "off 3600, up 32400, off 3600")


def test_a_night_outside_the_hours_is_no_gap():
    # Last check Mon 17:55, next Tue 09:00: 5 min of measured time.
    text = every(300, "17:30", 6) + ", " + every(300, "2/09:00", 6)
    one = line(text, "2/09:25", hours=WEEK)
    equal([gap.length for gap in one.gaps], [300] * 11)
    equal(spans(one), "up 1800, off 54000, up 1500")


def test_a_gap_wholly_in_off_time_is_no_gap():
    text = every(300, "17:45", 4) + ", 20:00 U, 23:00 U, " + every(300, "2/09:00", 3)
    one = line(text, "2/09:10", hours=WEEK)
    # 17:45 to 18:00 are three gaps; the night has none; 09:00 to 09:10 two.
    equal([gap.length for gap in one.gaps], [300] * 5)


def test_over_a_hole_a_check_speaks_without_off_time():
    # Every 30 min until 17:45 (Mon), then 12:00 (Tue): a gap of 15 + 180 min.
    text = every(1800, "14:15", 8) + ", " + every(1800, "2/12:00", 4)
    one = line(text, "2/13:30", hours=WEEK)
    # 17:45 to 18:00 and 09:00 to 09:15 are its 30 minutes.
    equal(spans(one), "up 13500, off 54000, up 900, unknown 9900, up 5400")


def test_the_distance_to_now_leaves_out_off_time():
    # Last check 17:55; at 09:10 next day 15 measured minutes have gone by.
    text = every(300, "17:30", 6)
    equal(line(text, "2/09:10:00", hours=WEEK).stale, False)
    equal(line(text, "2/09:10:01", hours=WEEK).stale, True)
    equal(line(text, "2/03:00", hours=WEEK).stale, False)


def test_a_single_check_speaks_for_a_day_of_measured_time():
    # Monday 09:00: 24 h of hours are over on Wednesday 15:00.
    equal(line("09:00 U", "3/15:00:00", hours=WEEK).stale, False)
    equal(line("09:00 U", "3/15:00:01", hours=WEEK).stale, True)


def test_each_url_is_judged_by_itself():
    both = folder({URL: every(300, "10:00", 4), "b": every(3600, "08:00", 4)}, "11:31")
    equal([both[URL].stale, both["b"].stale], [True, False])


def test_rows_without_a_time_are_counted_only():
    one = line("- U, - F", "10:00")
    equal((one.spans, len(one.rows), one.first_check), ([], 2, None))


def test_a_future_first_check_has_no_time_yet():
    one = line("10:03 U", "10:00")
    equal((one.spans, one.first_check), ([], at("10:03")))


def test_lengths_of_a_jittered_log():
    # 10:00:05, 10:04:58, 10:10:01: gaps 293 and 303; the shortest is usual.
    one = line("10:00:05 U, 10:04:58 U, 10:10:01 U", "10:11")
    equal(([g.length for g in one.gaps], one.interval), ([293, 303], 293))


def test_one_monitor_of_two_failing_counts_until_the_other_looks():
    # 10:00:00 F, 10:00:30 U of a second monitor, and so on: down 30 s each.
    text = "10:00:00 F, 10:00:30 U, 10:05:00 F, 10:05:30 U"
    equal(spans(line(text, "10:06")), "down 30, up 270, down 30, up 30")


def test_weeks_of_outage_with_a_changed_interval():
    # Five minutes up, then one failed check a day for three weeks.
    text = every(300, "10:00", 12) + ", " + every(DAY, "2/00:00", 21, "F")
    one = line(text, "22/12:00")
    # 10:55 to midnight: 13 h 5 min; Before 5 min, After a day: no hole.
    equal(spans(one), f"up {14 * HOUR}, down {20 * DAY + 12 * HOUR}")


def test_a_weekly_check_is_no_hole():
    equal(spans(line(every(7 * DAY, "1/10:00", 4), "22/10:00")), f"up {21 * DAY}")


def test_rows_keep_their_lines():
    equal([row.place for row in rows("10:00 U, 10:01 F")], [(0, 0), (0, 1)])
