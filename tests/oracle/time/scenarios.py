"""Scenarios with a known truth: what is shown of them, beside what was.

    python3 scenarios.py [--json] [--write DIR] [--readme]

The columns are seconds, but for incidents and `false_stale` (how many of a
hundred moments at which the monitor ran were shown as stale). `hidden` is time
truly down and shown as up, `false_down` truly up and shown as down. `--readme`
writes the table in README.md again.
"""

import argparse
import json
import os
import random
from datetime import date

from data import DAY, HOUR, MINUTE
from local_time import day_start, zone_of
from simulator import START, Scenario, days, honest, measure, steady, write

FIVE = 5 * MINUTE
README = os.path.join(os.path.dirname(os.path.abspath(__file__)), "README.md")
BEGIN, END = "<!-- scenarios.py --readme -->\n", "<!-- end -->\n"
COLUMNS = ["true_down", "shown_down", "unknown", "hidden", "false_down",
           "true_incidents", "incidents", "false_stale", "state"]


def outage(day, seconds):
    return days(day), days(day) + seconds


def cadences():
    """Steady, and changes of the interval while up and while down."""
    week, twice = days(7), [outage(1.5, 1200), outage(3.25, 3 * HOUR)]
    five, hourly = steady(START, week, FIVE), steady(START, week, HOUR)
    exact = {"hidden": 0, "false_down": 0, "unknown": 0, "false_stale": 0}
    yield Scenario("steady, all up", week, [], honest(five), limits=exact)
    yield Scenario("steady, two outages", week, twice, honest(five), limits=exact)
    yield Scenario("steady, outages between the checks", week,
                   [(days(1) + 60, days(1) + 200)], honest(five), limits={"unknown": 0})
    for name, first, last, down in (
            ("5 min to 1 h while up", FIVE, HOUR, twice),
            ("1 h to 5 min while up", HOUR, FIVE, twice),
            ("5 min to 1 h while down", FIVE, HOUR, [outage(2, 4 * DAY)]),
            ("1 h to 5 min while down", HOUR, FIVE, [outage(2, 4 * DAY)])):
        looks = steady(START, days(4), first) + steady(days(4), week, last)
        most = max(first, last)
        yield Scenario(name, week, down, honest(looks),
                       limits={"unknown": 0, "hidden": most, "false_down": most})
    month = days(30)
    looks = steady(START, days(3), FIVE) + steady(days(4), month + 1, DAY)
    yield Scenario("5 min to 1 day while down for weeks", month, [outage(2, 28 * DAY)],
                   honest(looks), limits={"hidden": 0, "unknown": 0})
    yield Scenario("hourly, one missed run", week, [], honest(
        [t for t in hourly if t != hourly[50]]), limits=exact)
    daily = [t for t in steady(START, month, DAY) if t != days(12)]
    yield Scenario("daily, one missed", month, [], honest(daily), limits={"unknown": 0})
    daily = [t for t in steady(START, month, DAY) if not days(12) <= t < days(16)]
    yield Scenario("daily, four missed", month, [], honest(daily),
                   limits={"hidden": 0, "false_down": 0})


def monitors():
    """Retries, several monitors, monitors that die."""
    week, down = days(7), [outage(2, HOUR), outage(4, 6 * HOUR)]
    five = steady(START, week, FIVE)
    failing = [t for t in five if any(a <= t < b for a, b in down)]
    burst = sorted(five + [t + 10 * i for t in failing for i in (1, 2)])
    endless = sorted(set(five) | {t for a, b in down for t in range(a, b, 10)})
    exact = {"hidden": 0, "false_down": 0, "unknown": 0, "false_stale": 0}
    yield Scenario("retries in bursts", week, down, honest(burst), limits=exact)
    yield Scenario("retries every 10 s without end", week, down, honest(endless), limits=exact)
    still = [outage(6.9, DAY)]
    endless = sorted(set(five) | {t for a, b in still for t in range(a, week, 10)})
    yield Scenario("the same, down now", week, still, honest(endless), limits=exact)
    yield Scenario("two monitors, 20 s apart", week, down,
                   honest(sorted(five + [t + 20 for t in five])), limits=exact)
    yield Scenario("two monitors, 140 s apart", week, down,
                   honest(sorted(five + [t + 140 for t in five])), limits=exact)
    yield Scenario("three rows a round, always down", week, [outage(0, 8 * DAY)],
                   honest(sorted(t + i for t in five for i in (0, 1, 2))),
                   limits={**exact, "incidents": 1})
    dead = (days(3), days(5))
    living = [t for t in five if not dead[0] < t < dead[1]]
    alive = [(START, dead[0]), (dead[1], week)]
    yield Scenario("monitor dead for two days, site up", week, [], honest(living), alive=alive,
                   limits={"false_down": 0, "false_stale": 0})
    yield Scenario("monitor dead, site down in that time", week, [outage(3.5, DAY)],
                   honest(living), alive=alive, limits={"hidden": 0})
    yield Scenario("monitor dead, site down from before until after", week,
                   [outage(2.5, 3 * DAY)], honest(living), alive=alive,
                   limits={"hidden": 0, "false_down": 0, "incidents": 2})
    ten = [t for t in five if t <= days(3)] + steady(days(4), days(4) + 601, FIVE) \
        + [t for t in five if t >= days(5)]
    yield Scenario("monitor alive ten minutes between two dead days", week, [],
                   honest(ten), alive=alive, limits={"false_down": 0})
    host = [t for t in five if not any(a <= t < b for a, b in down)]
    yield Scenario("host dead: the monitor is on the host that it watches", week, down,
                   honest(host), alive=[(START, days(2)), (days(2) + HOUR, days(4)),
                                        (days(4) + 6 * HOUR, week)])
    yield Scenario("copied file", week, down, honest(sorted(five + five)), limits=exact)
    yield Scenario("monitor dead since day 5", week, [], honest([t for t in five if t < days(5)]),
                   alive=[(START, days(5))], limits={"false_stale": 0})


def disorder():
    """Flapping, jitter, missed runs, clocks."""
    rng, week = random.Random(1), days(7)
    five = steady(START, week, FIVE)
    half = [(t, t + 1800) for t in range(days(1), days(6), HOUR)]
    yield Scenario("flapping every 30 minutes", week, half, honest(five),
                   limits={"hidden": 0, "false_down": 0, "unknown": 0})
    fast = [(t, t + 120) for t in range(days(1), days(2), 240)]
    yield Scenario("flapping faster than the checks", week, fast, honest(five),
                   limits={"unknown": 0})
    down = [outage(2, HOUR), outage(4, 6 * HOUR)]
    shaken = sorted(t + rng.randint(0, 120) for t in five)
    shaken = [t for t in shaken if t <= week]
    yield Scenario("jitter of two minutes", week, down, honest(shaken),
                   limits={"unknown": 0, "hidden": 900, "false_down": 900, "false_stale": 0})
    kept = [t for t in five if rng.random() < 0.8]
    yield Scenario("every fifth run missed", week, down, honest(kept),
                   limits={"unknown": 2 * HOUR, "hidden": 1800, "false_down": 1800})
    kept = [t for t in five if rng.random() < 0.5]
    yield Scenario("every other run missed", week, down, honest(kept))
    later = [t if t % (50 * FIVE) else t + 4 for t in five]
    yield Scenario("seconds late now and then", week, down, honest(later),
                   limits={"unknown": 0, "hidden": 8, "false_down": 8, "false_stale": 0})
    back = [(t, t + HOUR if t < days(3) else None) for t in five]
    yield Scenario("clock an hour ahead, then put back", week, down, back)
    slow = [(t, t - HOUR if days(2) <= t < days(3) else None) for t in five]
    yield Scenario("clock an hour behind for a day", week, [outage(4, HOUR)], slow)
    for name, month, day in (("clocks go forward", 3, 31), ("clocks go back", 10, 27)):
        zone = zone_of("Europe/Berlin")
        start = day_start(date(2024, month, day), zone) - DAY
        looks = steady(start, start + 3 * DAY, FIVE)
        down = [(start + DAY + HOUR + 1800, start + DAY + 4 * HOUR)]
        yield Scenario(f"{name} in an outage, no offsets in the log", start + 3 * DAY, down,
                       honest(looks), config={"time_zone": "Europe/Berlin"}, local_text=True,
                       limits={"hidden": 0, "false_down": 0, "unknown": 0, "incidents": 1})


def calendars():
    """Hours, pauses, first days, sites that were closed."""
    fortnight, hours = days(14), "Mon-Fri 09:00-18:00"
    down = [outage(1.5, HOUR), outage(2.75, DAY), outage(5.5, DAY)]
    five = steady(START, fortnight, FIVE)

    def inside(t):
        return (t - START) // DAY % 7 < 5 and 9 * HOUR <= t % DAY < 18 * HOUR
    office = [t for t in five if inside(t)]
    exact = {"hidden": 0, "false_down": 0, "unknown": 0, "false_stale": 0}
    yield Scenario("office hours, checked day and night", fortnight, down, honest(five),
                   hours=hours, limits=exact)
    yield Scenario("office hours, checked in them only", fortnight, down, honest(office),
                   hours=hours, limits=exact)
    yield Scenario("checked in office hours, no hours set", fortnight, down, honest(office),
                   alive=[(t, t + FIVE) for t in office])
    pause = [t for t in five if not HOUR <= t % DAY < 5 * HOUR]
    yield Scenario("nightly pause, no hours set", fortnight, [outage(3.5, HOUR)], honest(pause),
                   alive=[(t, t + FIVE) for t in pause],
                   limits={"hidden": 0, "false_down": 0})
    yield Scenario("nightly pause as hours", fortnight, [outage(3.5, HOUR)], honest(pause),
                   hours="Mon-Sun 00:00-01:00, Mon-Sun 05:00-24:00", limits=exact)
    yield Scenario("first check", START + 60, [], honest([START]), limits=exact)
    yield Scenario("first check failed", START + 60, [outage(0, HOUR)], honest([START]),
                   limits={**exact, "incidents": 1})
    yield Scenario("second check of a daily one", days(1.5), [], honest([START, days(1)]),
                   limits=exact)
    yield Scenario("first hour", START + HOUR, [(START + 600, START + 1200)],
                   honest(steady(START, START + HOUR, FIVE)), limits=exact)
    closed = [t for t in five if t < days(5)]
    yield Scenario("closed site, another is checked", fortnight, [], honest(closed), beside=five,
                   alive=[(START, days(5))], limits={"false_stale": 0, "unknown": 0})
    yield Scenario("closed site, nothing else", days(40), [], honest(closed),
                   alive=[(START, days(5))], limits={"false_stale": 0})
    yield Scenario("closed site, failed at the end", fortnight, [outage(4.9, 30 * DAY)],
                   honest(closed), beside=five, alive=[(START, days(5))],
                   limits={"false_stale": 0, "unknown": 0})
    yield Scenario("weekly URL beside one of five minutes", days(28) + 3600, [],
                   honest(steady(START, days(29), 7 * DAY)),
                   beside=steady(days(20), days(28), FIVE),
                   limits={**exact, "false_stale": 25})       # until its second check


def all_scenarios():
    for part in (cadences, monitors, disorder, calendars):
        yield from part()


def over_limit(result, limits):
    """The limits that a result doesn't keep. `incidents` is exact."""
    return {key: (result[key], most) for key, most in limits.items()
            if (result[key] != most if key == "incidents" else result[key] > most)}


def results():
    return [(s, measure(s)) for s in all_scenarios()]


def markdown(measured):
    """The table of README.md, between its two marks."""
    titles = [c.replace("_", " ") for c in COLUMNS]
    rows = [["scenario"] + titles, ["---"] + ["--:"] * (len(COLUMNS) - 1) + ["---"]]
    rows += [[s.name] + [str(result[c]) for c in COLUMNS] for s, result in measured]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def with_table(readme, table):
    before, rest = readme.split(BEGIN)
    return before + BEGIN + table + END + rest.split(END)[1]


def folder_of(s):
    return "".join(c if c.isalnum() else "_" for c in s.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", metavar="DIR")
    parser.add_argument("--readme", action="store_true")
    args = parser.parse_args()
    measured = results()
    if args.write:
        for s, _ in measured:
            write(s, os.path.join(args.write, folder_of(s)))
    if args.readme:
        with open(README, encoding="utf-8") as file:
            text = file.read()
        with open(README, "w", encoding="utf-8") as file:
            file.write(with_table(text, markdown(measured)))
    if args.json:
        out = [{"scenario": s.name, "folder": folder_of(s), **result,
                "over": over_limit(result, s.limits)} for s, result in measured]
        print(json.dumps(out, ensure_ascii=False, indent=1, sort_keys=True))
        return
    print(f"{'scenario':52}" + "".join(f"{c:>15}" for c in COLUMNS))
    for s, r in measured:
        over = over_limit(r, s.limits)
        print(f"{s.name:52}" + "".join(f"{r[c]:>15}" for c in COLUMNS)
              + (f"   OVER {over}" if over else ""))


if __name__ == "__main__":
    main()
