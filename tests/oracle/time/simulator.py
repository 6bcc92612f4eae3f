"""A simulated site and its monitor: what truly was, and what is shown of it."""

import json
import os
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Dict, List, Optional

from answer import series_of
from data import DAY, DOWN, MAINTENANCE, OFF, UNKNOWN, UP, Row, Timeline
from local_time import day_start, read_time, zone_of
from read_logs import UP_STATUS, Settings
from state import state
from time_rules import check_of, gaps_of, in_order, judge_last, rounds_of

URL, BESIDE = "https://site.example/", "https://beside.example/"
START = day_start(date(2024, 1, 1), zone_of("UTC"))       # a Monday


@dataclass
class Scenario:
    """`down`: when the site was truly down. `looks`: (when the monitor looked,
    when its clock says it did, or None if that is right)."""

    name: str
    now: int
    down: List[tuple]
    looks: List[tuple]
    config: Dict = field(default_factory=dict)
    hours: str = ""
    beside: List[int] = field(default_factory=list)       # looks at another URL
    alive: Optional[List[tuple]] = None                   # when the monitor ran
    local_text: bool = False                              # logs without an offset
    limits: Dict = field(default_factory=dict)            # what must hold


def steady(start, end, step):
    return list(range(start, end, step))


def honest(times):
    return [(t, None) for t in times]


def is_down(down, t):
    return any(a <= t < b for a, b in down)


def rows_of(s, until=None):
    """The rows that the monitor has written by a moment."""
    zone, before, out = zone_of(s.config.get("time_zone", "UTC")), {}, []
    looks = [(t, said, URL) for t, said in s.looks] + [(t, None, BESIDE) for t in s.beside]
    for line, (t, said, url) in enumerate(sorted(looks, key=lambda look: look[0])):
        if until is not None and t > until:
            break
        logged = t if said is None else said
        if s.local_text:
            text = datetime.fromtimestamp(logged, zone).strftime("%Y-%m-%d %H:%M:%S")
            logged = before[url] = read_time(text, zone, before.get(url))
        failing = url == URL and is_down(s.down, t)
        month = datetime.fromtimestamp(logged, zone).strftime("%Y%m")
        out.append(Row(url, DOWN if failing else UP, "503" if failing else "200", logged,
                       None, month, (0, line)))
    return out


def shown(s, until=None):
    now = s.now if until is None else until
    return series_of(rows_of(s, until), [], s.hours, Settings(s.config), now)[URL]


def overlap(spans, a, b):
    return sum(max(0, min(b, end) - max(a, start)) for start, end in spans)


def stale_at(s, line, moment):
    """Whether the URL was shown as stale at an earlier moment."""
    seen = {t if said is None else said: t for t, said in s.looks}
    rows = [row for row in line.rows if seen.get(row.t, row.t) <= moment
            and row.t <= moment + 300]
    if not rows:
        return False
    early = Timeline([], [], line.hours, moment, line.threshold)
    early.checks = [check_of(row, [], line.hours) for row in in_order(rows)]
    early.rounds = rounds_of(early.checks)
    early.gaps = gaps_of(early.checks, early.rounds, line.hours)
    judge_last(early)
    return early.stale and not line.hours.is_off(moment)


def measure(s, samples=48):
    """The true and the shown figures of a scenario, in seconds."""
    line = shown(s)
    by_kind = {kind: [(p.start, p.end) for p in line.spans if p.kind == kind]
               for kind in (UP, DOWN, MAINTENANCE, OFF, UNKNOWN)}
    counted = by_kind[UP] + by_kind[DOWN] + by_kind[UNKNOWN]
    truly = [(max(a, line.first_check), min(b, line.end)) for a, b in s.down]
    alive = s.alive or [(line.first_check, s.now)]
    moments = [line.first_check + (line.now - line.first_check) * i // samples
               for i in range(1, samples + 1)]
    moments = [t for t in moments if is_down(alive, t) or t == alive[-1][1] == s.now]
    stale = sum(stale_at(s, line, t) for t in moments)
    return {
        "true_down": sum(overlap(counted, a, b) for a, b in truly),
        "shown_down": sum(b - a for a, b in by_kind[DOWN]),
        "unknown": sum(b - a for a, b in by_kind[UNKNOWN]),
        "hidden": sum(overlap(by_kind[UP], a, b) for a, b in truly),
        "false_down": sum(b - a for a, b in by_kind[DOWN])
        - sum(overlap(by_kind[DOWN], a, b) for a, b in truly),
        "true_incidents": sum(1 for a, b in truly if overlap(counted, a, b) > 0),
        "incidents": len(line.incidents),
        "false_stale": round(100 * stale / len(moments)) if moments else 0,
        "state": state(line),
    }


def write(s, out):
    """Writes a scenario as a log folder with `config.json` and `case.json`."""
    zone = zone_of(s.config.get("time_zone", "UTC"))
    folder = os.path.join(out, "logs", "company", "site")
    os.makedirs(folder, exist_ok=True)
    months = {}
    looks = [(t, said, URL) for t, said in s.looks] + [(t, None, BESIDE) for t in s.beside]
    for t, said, url in sorted(looks, key=lambda look: look[0]):
        at = datetime.fromtimestamp(t if said is None else said, zone)
        text = at.replace(tzinfo=None).isoformat(" ") if s.local_text else at.isoformat()
        failing = url == URL and is_down(s.down, t)
        months.setdefault(at.strftime("%Y%m"), []).append(
            f"{text},{url},{'停止' if failing else UP_STATUS},{503 if failing else 200}\n")
    for month, lines in months.items():
        path = os.path.join(folder, f"monitor_results_{month}.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("日時,サイト,状態,ステータスコード\n" + "".join(lines))
    config = dict({"time_zone": "UTC", **s.config}, **({"hours": {"company/site": s.hours}} if s.hours else {}))
    # Also at earlier moments, when other checks were the last.
    first = s.looks[0][0]
    filters = [{}] + [{"now": first + (s.now - first) * i // 3} for i in (1, 2)]
    case = {"now": s.now, "filters": filters}
    for name, value in (("config.json", config), ("case.json", case)):
        with open(os.path.join(out, name), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)


def days(n):
    return START + int(n * DAY)
