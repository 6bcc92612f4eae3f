"""Laws that must hold on any tree, checked on random ones."""

import tempfile
from datetime import date

import figures
import random_tree
from answer import answer, read_all
from data import DAY, Row
from hand import equal
from local_time import calendar_range, days_between
from read_logs import Settings, read_config
from spans import lay_spans
from time_rules import timeline

KEYS = ("up_seconds", "down_seconds", "planned_seconds", "unknown_seconds")


def seconds_add_up(line):
    """up + down + planned + unknown = the time from the first check to now (or
    to where the range of an ended URL ends)."""
    total = sum(figures.seconds(line).values())
    equal(total, max(0, line.end - line.first_check))
    if not line.ended:
        equal(line.end, line.now)
    for a, b in zip(line.spans, line.spans[1:]):
        equal(a.end, b.start)


def days_add_up_to_months(line, zone):
    a, b = figures.bounds(line, None, None)
    months = {}
    for day, start, end in days_between(a, b, zone):
        s = figures.seconds(line, start, end)
        sums = months.setdefault(day.strftime("%Y%m"), dict.fromkeys(KEYS, 0))
        for key in KEYS:
            sums[key] += s[key]
    for month, sums in months.items():
        equal(sums, figures.seconds(line, *calendar_range(month, zone)))
    equal(sum(sum(s.values()) for s in months.values()),
          sum(figures.seconds(line).values()))
    return sorted(months)


def downtime_is_the_incidents(line, start, end):
    """Downtime = the incidents' time inside the range = its down seconds."""
    down = figures.seconds(line, start, end)["down_seconds"]
    equal(sum(figures.inside(line, run, start, end)
              for run in figures.touching(line, start, end)), down)
    if start is None and end is None:
        equal(sum(run.seconds for run in line.incidents), down)


def runs_are_apart(line):
    for a, b in zip(line.runs, line.runs[1:]):
        assert a.end is not None and a.end <= b.start, (a, b)
    for run in line.runs:
        assert (run.end is None) == (run.how == "open"), run
        assert run.confirmed == (run.failed_checks >= line.threshold), run
        assert run.confirmed or run.seconds == 0, run


def final(line, start, end):
    """What of a range may not change once it is final: its seconds and where its
    incidents begin and, if they don't last to its end, end."""
    incidents = [(run.start, figures.inside(line, run, start, end),
                  None if run.end is None or run.end >= end else (run.end, run.how))
                 for run in figures.touching(line, start, end)]
    return figures.seconds(line, start, end), incidents, figures.failed_in_time(line, start, end)


def cut(line, now):
    """The same log as it stood at an earlier moment."""
    rows = [Row(r.url, r.kind, r.code, r.t, r.response_ms, r.month, r.place)
            for r in line.rows if r.t is not None and r.t <= now]
    earlier = timeline(rows, line.notes, line.hours, now, line.threshold)
    if earlier.checks:
        lay_spans(earlier)
    return earlier


def stays(line, start, end, moments, counts):
    """If the range was final at an earlier moment, it is the same now."""
    for now in moments:
        earlier = cut(line, now)
        if earlier.checks and not figures.provisional(earlier, start, end):
            counts["stale" if earlier.last_check < end else "check"] += 1
            equal((now, final(earlier, start, end)), (now, final(line, start, end)))


def final_months_stay(line, months, zone, counts):
    for month in months[-3:]:
        start, end = calendar_range(month, zone)
        moments = sorted({c.t for c in line.checks if end <= c.t <= line.now}
                         | {t for t in (end, end + DAY, line.now) if end <= t <= line.now})
        stays(line, start, end, moments[:14] + moments[-2:], counts)


def silences_stay(line, counts):
    """The same of ranges that end in the longest gaps, where the URL was stale:
    near the end of what its last check speaks for."""
    for gap in sorted(line.gaps, key=lambda gap: -gap.length)[:4]:
        last = line.checks[gap.first].t
        for reach in {gap.before or 1, gap.interval, 1}:
            for end in (last + reach - 1, last + reach, last + reach + 1):
                if last < end < gap.end <= line.now:
                    stays(line, None, end, (gap.end - 1, gap.end), counts)


def check(trees):
    """Returns how many trees broke a law."""
    broken, counts = 0, {"check": 0, "stale": 0}
    for seed in range(trees):
        try:
            with tempfile.TemporaryDirectory() as out:
                case = random_tree.make(seed, out)
                settings = Settings(read_config(out + "/config.json"))
                for lines in read_all(out + "/logs", settings, case["now"]).values():
                    for line in lines.values():
                        if line.checks:
                            all_laws(line, settings.zone, counts)
                answers_agree(out, settings, case)
        except AssertionError as error:
            broken += 1
            print(f"seed {seed}: a law is broken: {error}")
    print(f"{trees} random trees, {broken} broke a law")
    for how, times in counts.items():
        print(f"ranges that were final by {how} and compared with later: {times}")
    return broken


def all_laws(line, zone, counts):
    seconds_add_up(line)
    runs_are_apart(line)
    months = days_add_up_to_months(line, zone)
    downtime_is_the_incidents(line, None, None)
    for month in months:
        downtime_is_the_incidents(line, *calendar_range(month, zone))
    if not line.end < line.now:
        final_months_stay(line, months, zone, counts)
        silences_stay(line, counts)


def answers_agree(out, settings, case):
    """What the JSON shows adds up too."""
    whole = answer(out + "/logs", settings, case["now"])
    for entry in whole["logs"].values():
        equal(entry["total"], entry["success"] + entry["failure"])
        equal(entry["total"], sum(entry["status_codes"].values()))
        for part in entry.get("folders", {"": entry}).values():
            # Days of which nothing is known, and early ones, are not listed.
            for key in ("up_seconds", "down_seconds"):
                if sum(day[key] for day in part["days"]) > part["coverage"][key]:
                    raise AssertionError(key)
            equal(sum(i["seconds"] for i in part["incidents"]), part["downtime_seconds"])
            for day in part["days"]:
                date.fromisoformat(day["date"])
                equal(day["failure"], sum(day["failed_codes"].values()))
