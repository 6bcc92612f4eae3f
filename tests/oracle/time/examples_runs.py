"""Hand-made examples: failing runs, planned time, states."""

from data import DAY, HOUR
from hand import at, equal, every, folder, incidents, line, spans, URL
from state import at_least_down, banner, shown_stale, sort_key, state
import figures

WEEK = "Mon-Fri 09:00-18:00"
BEFORE = every(300, "09:00", 12) + ", "          # 09:00 to 09:55, up


def test_an_incident_ends_with_the_up_check():
    one = line(BEFORE + "10:00 F, 10:05 F, 10:10 U", "10:12")
    equal((incidents(one), state(one)), ([(3600, 600, "up", 600)], "up"))
    equal((one.runs[0].failed_checks, one.runs[0].codes), (2, {"500": 2}))


def test_an_incident_is_open_while_its_last_check_speaks():
    one = line(BEFORE + "10:00 F, 10:05 F", "10:12")
    equal((incidents(one), state(one)), ([(3600, None, "open", 720)], "down"))


def test_confirmed_by_the_second_dated_from_the_first():
    one = line(BEFORE + "10:00 F, 10:05 F, 10:10 U", "10:12", failure_threshold=2)
    equal(incidents(one), [(3600, 600, "up", 600)])


def test_unconfirmed_time_is_up_time():
    one = line(BEFORE + "10:00 F, 10:05 U", "10:10", failure_threshold=2)
    equal((incidents(one), spans(one)), ([], "up 4200"))


def test_checks_confirm_not_rounds():
    one = line(BEFORE + "10:00:00 F, 10:00:10 F, 10:05 U", "10:05", failure_threshold=2)
    equal(incidents(one), [(3600, 300, "up", 300)])


def test_below_the_threshold_is_unconfirmed():
    one = line(BEFORE + "10:00 F", "10:02", failure_threshold=2)
    equal((state(one), spans(one)), ("unconfirmed", "up 3720"))


def test_every_other_check_failing_is_not_100_percent():
    text = ", ".join(f"10:{m:02} {'F' if m % 10 else 'U'}" for m in range(0, 60, 5))
    one = line(text, "11:00", failure_threshold=2)
    s = figures.seconds(one)
    equal((s["up_seconds"], figures.failed_in_time(one, None, None)), (3600, 6))
    equal(figures.uptime_by_time(3600, 0, 6), "99.999%")


def test_a_hole_ends_a_run():
    # F at 10:00, nothing until 12:00: it speaks for 5 min; two incidents.
    one = line(BEFORE + "10:00 F, " + every(300, "12:00", 3, "F") + ", 12:15 U", "12:16")
    equal(incidents(one), [(3600, 300, "unknown", 300), (10800, 900, "up", 900)])
    equal([run.began for run in one.runs], ["up", "hole"])


def test_a_run_that_went_silent_ends_unknown():
    one = line(BEFORE + "10:00 F", "11:00")
    equal((incidents(one), state(one)), ([(3600, 300, "unknown", 300)], "stale_down"))
    equal(at_least_down(one), 300)


def test_silent_and_never_confirmed_is_only_stale():
    one = line(BEFORE + "10:00 F", "11:00", failure_threshold=2)
    equal((state(one), incidents(one)), ("stale", []))


def test_a_maintenance_row_ends_a_run():
    one = line(BEFORE + "10:00 F, 10:05 M, 10:10 F, 10:15 U", "10:15")
    equal(incidents(one), [(3600, 300, "maintenance", 300), (4200, 300, "up", 300)])
    equal([run.began for run in one.runs], ["up", "maintenance"])
    equal(spans(one), "up 3600, down 300, maintenance 300, down 300")


def test_a_check_inside_a_note_is_maintenance():
    # The note is [10:00, 10:07): the check at 10:05 speaks on until 10:10.
    one = line(BEFORE + "10:00 F, 10:05 F, 10:10 U", "10:12", notes=[("10:00", "10:07")])
    equal((incidents(one), spans(one)), ([], "up 3600, maintenance 600, up 120"))


def test_the_end_of_a_note_is_not_in_it():
    one = line(BEFORE + "10:00 U, 10:05 F, 10:10 U", "10:10", notes=[("10:00", "10:05")])
    equal(spans(one), "up 3600, maintenance 300, down 300")


def test_a_note_begins_while_a_failed_check_speaks():
    # F at 10:00; note [10:01, 10:03); next check 10:05, up.
    one = line(BEFORE + "10:00 F, 10:05 U", "10:06", notes=[("10:01", "10:03")])
    equal(spans(one), "up 3600, down 60, maintenance 120, down 120, up 60")
    equal(incidents(one), [(3600, 300, "maintenance", 180)])


def test_a_note_inside_a_hole_does_not_end_a_run():
    # F at 10:00 speaks until 10:05; the note begins at 10:30, in the hole.
    one = line(BEFORE + "10:00 F, 12:00 U, 12:05 U, 12:10 U", "12:10",
               notes=[("10:30", "11:00")])
    equal(incidents(one), [(3600, 300, "unknown", 300)])
    equal(spans(one), "up 3600, down 300, unknown 1500, maintenance 1800, unknown 3600, up 600")


def test_a_note_that_begins_now_has_begun():
    one = line(BEFORE + "10:00 F", "10:02", notes=[("10:02", "10:30")])
    equal((incidents(one), state(one)), ([(3600, 120, "maintenance", 120)], "maintenance"))


def test_a_note_until_the_next_check():
    one = line(BEFORE + "10:00 F, 10:05 U", "10:05", notes=[("10:02", "10:05")])
    equal(incidents(one), [(3600, 120, "maintenance", 120)])


def test_two_notes_while_one_check_speaks():
    one = line(BEFORE + "10:00 F, 10:05 U", "10:05",
               notes=[("10:01", "10:02"), ("10:03", "10:04")])
    equal(incidents(one), [(3600, 300, "maintenance", 180)])


def test_the_next_failed_check_after_a_note_is_a_new_incident():
    one = line(BEFORE + "10:00 F, 10:05 F, 10:10 U", "10:10", notes=[("10:01", "10:03")])
    equal(incidents(one), [(3600, 300, "maintenance", 180), (3900, 300, "up", 300)])


def test_a_note_that_covers_the_rest_ends_it_where_it_begins():
    one = line(BEFORE + "10:00 F, 10:05 F, 10:10 U", "10:10", notes=[("10:02", "10:10")])
    equal(incidents(one), [(3600, 120, "maintenance", 120)])


def test_what_is_left_after_a_note_is_down_now():
    one = line(BEFORE + "10:00 F", "10:04", notes=[("10:01", "10:03")])
    equal((state(one), spans(one)), ("down", "up 3600, down 60, maintenance 120, down 60"))
    equal(incidents(one), [(3600, 240, "maintenance", 120)])


def test_a_note_parts_the_count_too():
    one = line(BEFORE + "10:00 F, 10:05 F, 10:10 U", "10:10", notes=[("10:01", "10:03")],
               failure_threshold=2)
    equal((incidents(one), spans(one)), ([], "up 3660, maintenance 120, up 420"))


def test_an_incident_goes_on_over_the_night():
    # Mon 17:55 F, Tue 09:00 F, Tue 09:05 U: 5 + 5 minutes inside the hours.
    text = every(300, "17:30", 5) + ", 17:55 F, 2/09:00 F, 2/09:05 U"
    one = line(text, "2/09:06", hours=WEEK)
    equal(incidents(one), [(1500, 15 * HOUR + 600, "up", 600)])


def test_a_failed_check_in_off_time_takes_no_part():
    # Failing at 20:00 and 08:58 only; up at 09:03: no incident, no down time.
    text = every(300, "17:30", 7) + ", 20:00 F, 2/08:58 F, 2/09:03 U"
    one = line(text, "2/09:05", hours=WEEK)
    equal((incidents(one), spans(one)), ([], "up 1800, off 54000, up 300"))
    equal(figures.failed_in_time(one, None, None), 0)


def test_a_failed_check_in_off_time_does_not_part_a_run():
    text = every(300, "17:30", 5) + ", 17:55 F, 20:00 F, 2/08:58 F, 2/09:03 F, 2/09:08 U"
    one = line(text, "2/09:10", hours=WEEK)
    # 17:55 to 18:00 and 09:00 to 09:08; the two checks at night are not counted.
    equal(incidents(one), [(1500, 15 * HOUR + 780, "up", 780)])
    equal(one.runs[0].failed_checks, 2)


def test_an_up_check_in_off_time_ends_a_run():
    text = every(300, "17:30", 5) + ", 17:55 F, 20:00 U, 2/09:00 U"
    equal(incidents(line(text, "2/09:01", hours=WEEK)), [(1500, 7500, "up", 300)])


def test_three_rows_a_round_always_down_are_one_incident():
    text = ", ".join(f"10:{m:02}:{s:02} F" for m in range(0, 60, 5) for s in (0, 10, 20))
    equal(incidents(line(text, "11:00")), [(0, None, "open", 3600)])


def test_alive_ten_minutes_between_two_dead_days():
    text = every(300, "1/00:00", 12) + ", " + every(300, "2/00:55", 3) + ", " \
        + every(300, "3/01:00", 12)
    one = line(text, "3/01:55")
    # The first hour; a hole; 00:55 to 01:05 and 5 min more; a hole; 55 min.
    equal(spans(one), "up 3600, unknown 86100, up 900, unknown 85800, up 3300")


def test_retries_every_ten_seconds_do_not_make_holes_of_the_rest():
    text = BEFORE + every(10, "10:00", 60, "F") + ", " + every(300, "10:10", 12)
    one = line(text, "11:05")
    equal((spans(one), one.stale), ("up 3600, down 600, up 3300", False))


def test_never_stale_in_planned_time():
    one = line(BEFORE + "10:00 U", "11:00", notes=[("10:50", "11:10")])
    equal((one.stale, state(one), shown_stale(one)), (True, "maintenance", False))
    text = every(300, "09:00", 12)
    one = line(text, "20:00", hours=WEEK)
    equal((one.stale, state(one), shown_stale(one)), (True, "off", False))


def test_state_maintenance_while_a_maintenance_row_speaks():
    equal(state(line(BEFORE + "10:00 M", "10:10")), "maintenance")
    equal(state(line(BEFORE + "10:00 M", "11:00")), "stale")


def test_maintenance_comes_before_off():
    one = line(every(300, "17:30", 6), "20:00", hours=WEEK, notes=[("19:00", "21:00")])
    equal((state(one), spans(one)), ("maintenance", "up 1800, off 3600, maintenance 3600"))


def test_ended_after_thirty_days():
    text = every(300, "10:00", 13)           # the last at 11:00
    equal(state(line(text, at("31/11:00") - 1)), "stale")
    one = line(text, at("31/11:00"))
    equal((state(one), one.end - one.first_check), ("ended", 30 * DAY + HOUR))
    equal(banner([one]), at("11:00"))


def test_ended_after_three_days_beside_one_that_is_checked():
    logs = {URL: every(300, "10:00", 13), "b": every(HOUR, "1/10:00", 100)}
    both = folder(logs, at("4/11:00") - 1)
    equal([state(both[URL]), state(both["b"])], ["stale", "up"])
    both = folder(logs, at("4/11:00"))
    equal([state(both[URL]), both[URL].end], ["ended", at("11:05")])
    equal((spans(both[URL]), banner(list(both.values()))), ("up 3900", None))


def test_two_that_are_silent_have_not_ended_after_three_days():
    both = folder({URL: every(300, "10:00", 13), "b": every(300, "10:00", 14)}, "5/11:00")
    equal([state(both[URL]), state(both["b"])], ["stale", "stale"])


def test_a_weekly_url_beside_a_five_minute_one_has_not_ended():
    logs = {URL: every(7 * DAY, "1/10:00", 3), "b": every(300, "20/10:00", 13)}
    both = folder(logs, "20/11:00")
    equal([state(both[URL]), state(both["b"])], ["up", "up"])


def test_undated_and_the_order_of_states():
    logs = {"u": "- U", "d": BEFORE + "10:00 F", "s": "1/00:00 U, 1/00:05 U", URL: BEFORE}
    lines = folder(logs, "10:01")
    order = sorted(lines, key=lambda url: sort_key(lines[url], url))
    equal(order, ["d", "s", URL, "u"])
    equal([state(lines[url]) for url in order], ["down", "stale", "up", "undated"])


def test_perhaps_one_outage_if_only_holes_separate():
    one = line(BEFORE + "10:00 F, 12:00 F, 12:05 F, 12:10 F, 14:00 F, 14:05 U", "14:06")
    equal((len(one.incidents), figures.perhaps_one(one, one.incidents)), (3, True))
    one = line(BEFORE + "10:00 F, 10:05 U, 10:10 F, 10:15 U", "10:16")
    equal((len(one.incidents), figures.perhaps_one(one, one.incidents)), (2, False))


def test_mttr_and_mtbf():
    one = line(BEFORE + "10:00 F, 10:05 U, 10:10 F, 10:15 F, 10:20 U", "11:00")
    # 300 and 600 s; up: 60 + 5 + 0 min, then 5 min (stale), the rest unknown.
    equal(figures.mttr(one.incidents), (450, False))
    equal(figures.mtbf(figures.seconds(one)["up_seconds"], one.incidents), 2100)


def test_mttr_is_at_least_after_the_first_check():
    one = line("10:00 F, 10:05 U, 10:10 U", "10:11")
    equal(figures.mttr(one.incidents), (300, True))
    equal(figures.mtbf(360, one.incidents), None)


def test_one_longer_than_the_range_says_how_much_is_in_it():
    one = line(every(HOUR, "1/20:00", 3) + ", " + every(HOUR, "1/23:00", 5, "F"), "2/03:30")
    run = one.incidents[0]
    equal((run.seconds, figures.inside(one, run, at("2/00:00"), at("3/00:00"))),
          (16200, 12600))
