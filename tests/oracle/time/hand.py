"""What the hand-made examples share: logs written as short texts.

`"10:00 U, 10:05 F"` is an up check and a failed one on Monday, 1 January 2024;
`"3/10:00:30 M"` a maintenance row on 3 January. Times are UTC unless a zone is
named.
"""

from datetime import date

from answer import series_of
from data import DAY, HOUR, MINUTE, Note, Row
from local_time import calendar_range, day_start, zone_of
from read_logs import Settings

URL = "https://a.example/"
KINDS = {"U": "up", "F": "down", "M": "maintenance"}


def at(text, zone="UTC"):
    """Unix seconds of a short time such as 10:00, 10:00:30 or 3/10:00."""
    day, _, clock = text.rpartition("/")
    parts = [int(x) for x in clock.split(":")] + [0]
    start = day_start(date(2024, 1, 1), zone_of(zone)) + (int(day or 1) - 1) * DAY
    return start + parts[0] * HOUR + parts[1] * MINUTE + parts[2]


def every(seconds, start, n, kind="U"):
    """The text of n checks, one every so many seconds."""
    t, out = at(start), []
    for i in range(n):
        s = t + i * seconds - at("00:00")
        out.append(f"{s // DAY + 1}/{s // 3600 % 24}:{s // 60 % 60}:{s % 60} {kind}")
    return ", ".join(out)


def rows(text, url=URL, month="202401", response=None):
    out = []
    for line, part in enumerate(x for x in text.split(",") if x.strip()):
        when, kind = part.split()
        out.append(Row(url, KINDS[kind], "200" if kind == "U" else "500",
                       None if when == "-" else at(when), response, month, (0, line)))
    return out


def folder(logs, now, notes=(), hours="", **config):
    """The timelines of one site folder; logs is {url: text} or {url: rows}."""
    everything = []
    for url, text in logs.items():
        everything += rows(text, url) if isinstance(text, str) else text
    marks = [Note(at(a), at(b), "") for a, b in notes]
    when = now if isinstance(now, int) else at(now)
    return series_of(everything, marks, hours, Settings(config), when)


def line(text, now, **more):
    return folder({URL: text}, now, **more)[URL]


def spans(line):
    """The spans as short text: "up 300, unknown 60"."""
    return ", ".join(f"{s.kind} {s.end - s.start}" for s in line.spans)


def incidents(line):
    """(seconds after the first check, length to its end or None, how, seconds)."""
    return [(r.start - line.first_check, None if r.end is None else r.end - r.start,
             r.how, r.seconds) for r in line.incidents]


def month(text, zone="UTC"):
    return calendar_range(text, zone_of(zone))


def equal(got, want):
    assert got == want, f"\n   got  {got!r}\n   want {want!r}"
