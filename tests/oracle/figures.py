"""Incidents, downtime, coverage and staleness again, slow and obvious.

    figures.py LOGS_DIR ZONE NOW CONFIRM < selections

reads one selection a line, `company<TAB>site<TAB>month` (a month may be empty), and prints
one line of JSON for each: what `?include=incidents,coverage,days` says of every URL.
Standard library only. Every check is held in memory with its time and sorted.
"""

import csv
import json
import os
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from aggregate import public

UP = "正常に稼働中"


def moment(text, zone, previous):
    """Unix seconds of a local time. One that comes twice is the first, unless that is more than
    half an hour before the row before."""
    local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
    first, second = local, local.replace(fold=1)
    comes_twice = first.utcoffset() > second.utcoffset()
    at = int(first.timestamp())
    if comes_twice and previous is not None and previous - at > 1800:
        at = int(second.timestamp())
    return at


def rounded(gap):
    to = 1 if gap < 120 else 15 if gap < 3600 else 60
    return (gap + to // 2) // to * to


WEEK = 7 * 86400


def median(gaps):
    return sorted(gaps)[(len(gaps) - 1) // 2]


def typical(times, at):
    """The median gap of the week of a moment and of as many before as make ten; else of all."""
    pairs = [(rounded(b - a), b) for a, b in zip(times, times[1:]) if b > a]
    recent = []
    for week in sorted({end // WEEK for _, end in pairs if end // WEEK <= at // WEEK}, reverse=True):
        recent += [gap for gap, end in pairs if end // WEEK == week]
        if len(recent) >= 10:
            return median(recent)
    return median([gap for gap, _ in pairs]) if pairs else 86400


def room(times, start, end):
    """How many checks fit between two moments at the typical intervals."""
    millionths = 0
    while start < end:
        stop = min((start // WEEK + 1) * WEEK, end)
        millionths += (stop - start) * 1_000_000 // typical(times, start)
        start = stop
    return millionths // 1_000_000


def incidents(checks, times, stale, confirm):
    """Lists of failed checks, each with its end: ("up" | "unknown" | "open", moment)."""
    found = []
    running = []
    for at, up, code in checks:
        if running and rounded(at - running[-1][0]) > 3 * typical(times, running[-1][0]):
            found.append((running, "unknown", running[-1][0]))
            running = []
        if not up:
            running.append((at, code))
        elif running:
            found.append((running, "up", at))
            running = []
    if running:
        found.append((running, "unknown", running[-1][0]) if stale else (running, "open", None))
    return [incident for incident in found if len(incident[0]) >= confirm]


def period(month, zone):
    first = datetime(int(month[:4]), int(month[4:] or 1), 1, tzinfo=zone)
    years, months = (1, 0) if len(month) == 4 else divmod(first.month, 12)
    last = datetime(first.year + years, 1 if len(month) == 4 else months + 1, 1, tzinfo=zone)
    return int(first.timestamp()), int(last.timestamp())


def figures(folder, month, zone, now, confirm):
    urls = {}
    for name in sorted(os.listdir(folder)):
        of = name.removesuffix(".csv").split("_")[-1]
        selected = of.startswith(month)
        previous = None
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                url = urls.setdefault(public(row["サイト"]), {"seen": 0, "checks": []})
                url["seen"] += selected
                previous = moment(row["日時"], zone, previous)
                url["checks"].append((previous, row["状態"] == UP, public(row["ステータスコード"])))
    start, end = period(month, zone) if month else (-(10**12), 10**12)
    return {name: of_url(url, start, end, zone, now, confirm) for name, url in urls.items() if url["seen"]}


def of_url(url, start, end, zone, now, confirm):
    checks = sorted(url["checks"], key=lambda check: check[0])
    times = [at for at, _, _ in checks]
    interval = typical(times, times[-1])
    stale = now - times[-1] > 3 * interval
    written = lambda at: datetime.fromtimestamp(at, timezone.utc).astimezone(zone).isoformat()
    listed = []
    downtime = 0
    for failed, how, until in incidents(checks, times, stale, confirm):
        begin = failed[0][0]
        stop = max(now, begin) if how == "open" else until
        if begin >= end or begin > now or (stop <= start and begin < start):
            continue
        downtime += max(0, min(stop, end, max(now, start)) - max(begin, start))
        codes = {}
        for _, code in failed:
            codes[code] = codes.get(code, 0) + 1
        listed.append({
            "from": written(begin),
            "to": None if until is None else written(until),
            "end": how,
            "seconds": stop - begin,
            "failed_checks": len(failed),
            "status_codes": codes,
        })
    until = min(end, max(now, start))
    # The first check ever stands at the start of its interval, and the next at its end.
    begins = start <= times[0] <= until
    expected = room(times, max(start, times[0]), until - begins) + begins
    seen = sum(start <= at < end for at in times)
    days = {}
    # Without a month, the last 366 days up to today.
    today = datetime.fromtimestamp(now, zone).date()
    for at, up, code in checks:
        date = datetime.fromtimestamp(at, zone).date()
        if not start <= at < end or end == 10**12 and not timedelta(0) <= today - date < timedelta(366):
            continue
        day = days.setdefault(date.isoformat(), {"total": 0, "success": 0, "failure": 0, "failed_codes": {}})
        day["total"] += 1
        day["success" if up else "failure"] += 1
        if not up:
            day["failed_codes"][code] = day["failed_codes"].get(code, 0) + 1
    return {
        "incidents": listed,
        "downtime_seconds": downtime,
        "coverage": {
            "seen": min(seen, expected),
            "expected": expected,
            "interval_seconds": interval,
            "stale": stale,
            "first_check": written(times[0]),
            "last_check": written(times[-1]),
        },
        "days": [{"date": date, **day} for date, day in sorted(days.items())],
    }


if __name__ == "__main__":
    root, zone, now, confirm = sys.argv[1], ZoneInfo(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    for line in sys.stdin:
        company, site, month = line.rstrip("\n").split("\t")
        print(json.dumps(figures(os.path.join(root, company, site), month, zone, now, confirm)))
