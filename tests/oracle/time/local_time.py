"""Local time: reading it, days and months, and the hours of a site."""

import bisect
import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from data import DAY, HOUR, MINUTE

TIME = re.compile(
    r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})[ T]"
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?")
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def zone_of(name):
    return timezone.utc if name == "UTC" else ZoneInfo(name)


def read_time(text, zone, row_before=None):
    """Returns unix seconds, or None if the text is no time.

    Rule: "local time; `/` for `-`, `T`, no seconds, or with an offset. Of a
    time that the clock shows twice, the second is meant if the first is not
    after that URL's row before."
    A time that the clock skips is read with the offset of before the change.
    """
    match = TIME.fullmatch(text.strip())
    if not match:
        return None
    year, _, month, day, hour, minute, second, offset = match.groups()
    try:
        local = datetime(int(year), int(month), int(day), int(hour),
                         int(minute), int(second or 0))
        if offset:
            if offset == "Z":
                seconds = 0
            else:
                seconds = int(offset[1:3]) * HOUR + int(offset[-2:]) * MINUTE
                seconds = -seconds if offset[0] == "-" else seconds
            aware = local.replace(tzinfo=timezone(timedelta(seconds=seconds)))
            return int(aware.timestamp())
        first = int(local.replace(tzinfo=zone, fold=0).timestamp())
        second = int(local.replace(tzinfo=zone, fold=1).timestamp())
    except (ValueError, OverflowError):
        return None
    twice = second > first
    if twice and row_before is not None and first <= row_before:
        return second
    return first


def local(t, zone):
    return datetime.fromtimestamp(t, zone)


def day_start(day, zone):
    """The first second of a day: its midnight, the earlier one if it has two."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def days_between(start, end, zone):
    """The days that [start, end) touches, as (date, start, end).

    Rule: "Days and months are cut in the operator's `time_zone`; a day of 23
    or 25 hours is one."
    """
    day = local(start, zone).date() - timedelta(days=1)
    while True:
        a, b = day_start(day, zone), day_start(day + timedelta(days=1), zone)
        if a >= end:
            return
        if b > start:
            yield day, a, b
        day += timedelta(days=1)


def months_of(year_month):
    """The first and last month, as (year, month), that a filter selects.

    Rule: "a filter `year_month` selects files whose month *starts with* it, so
    `2024` is a year", "`year_month` of five digits is a prefix as any other
    (`20241`: October to December)".
    Returns None if it selects no month of the calendar.
    """
    if not re.fullmatch(r"[0-9]{1,6}", year_month):
        return None
    year = year_month[:4]
    first_year = max(int(year.ljust(4, "0")), 1)
    last_year = min(int(year.ljust(4, "9")), 9998)
    months = [m for m in range(1, 13) if f"{m:02}".startswith(year_month[4:])]
    if not months or first_year > last_year:
        return None
    return (first_year, months[0]), (last_year, months[-1])


def calendar_range(year_month, zone):
    """The seconds of the months that a filter selects; (None, None) for all."""
    if not year_month:
        return None, None
    months = months_of(year_month)
    if months is None:
        return 0, 0
    (year, month), (last_year, last_month) = months
    after = date(last_year + last_month // 12, last_month % 12 + 1, 1)
    return day_start(date(year, month, 1), zone), day_start(after, zone)


def window_start(kind, now, zone):
    """Where a window begins.

    Rule: "Windows say where they begin; 24 hours are 24 full hours and the
    current one." By analogy n days are n full days and the current one.
    """
    if kind == "24h":
        offset = int(local(now, zone).utcoffset().total_seconds())
        return (now + offset) // HOUR * HOUR - offset - 24 * HOUR
    days = int(kind[:-1])
    return day_start(local(now, zone).date() - timedelta(days=days), zone)


class HoursMistake(ValueError):
    """Names the part of the `hours` that is wrong."""


def read_hours(text):
    """Returns [(set of weekdays, from second of day, to second of day)].

    Rule: "`hours`: one or more parts with commas, each `Mon-Fri 09:00-18:00`
    (days `Mon` to `Sun`, single or a range; times in `time_zone`, the end
    excluded, `24:00` allowed; over midnight is two parts). A mistake names the
    part."
    """
    parts = []
    for part in text.split(","):
        match = re.fullmatch(r"([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))? +"
                             r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})",
                             part.strip())
        if not match:
            raise HoursMistake(part.strip())
        first, last, h1, m1, h2, m2 = match.groups()
        last = last or first
        start = int(h1) * HOUR + int(m1) * MINUTE
        end = int(h2) * HOUR + int(m2) * MINUTE
        if (first not in WEEKDAYS or last not in WEEKDAYS or int(m1) > 59
                or int(m2) > 59 or not start < end <= DAY):
            raise HoursMistake(part.strip())
        a, b = WEEKDAYS.index(first), WEEKDAYS.index(last)
        days = {(a + i) % 7 for i in range((b - a) % 7 + 1)}
        parts.append((days, start, end))
    return parts


def merged(intervals):
    """The union of intervals [start, end), in order, none touching another."""
    out = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def within(intervals, t):
    """The interval of a merged list that t is in, or None."""
    i = bisect.bisect_right(intervals, (t, float("inf"))) - 1
    return intervals[i] if i >= 0 and intervals[i][0] <= t < intervals[i][1] else None


def steady_offsets(start, end, zone):
    """Pieces of [start, end) with one offset from UTC: (start, end, offset)."""
    def offset(t):
        return int(local(t, zone).utcoffset().total_seconds())
    piece, t = start, start
    while t < end:
        after = min(t + DAY, end)
        if offset(t) != offset(after):
            a, b = t, after
            while b - a > 1:
                middle = (a + b) // 2
                a, b = (middle, b) if offset(middle) == offset(t) else (a, middle)
            yield piece, b, offset(t)
            piece = b
        t = after
    if piece < end:
        yield piece, end, offset(piece)


class OnTime:
    """Which time is inside the `hours` of a site, over [start, end).

    Rule: "all time outside `hours` (a setting by company and by
    `company/site`, `"Mon-Fri 09:00-18:00"`) is off". The clock on the wall
    decides for every second by itself, also when it is put forward or back.
    """

    def __init__(self, text, zone, start, end):
        self.always = not text
        self.on = []
        if self.always:
            return
        parts = read_hours(text)
        pieces = []
        for a, b, offset in steady_offsets(start, end, zone):
            day = (a + offset) // DAY
            while day * DAY < b + offset:
                for days, first, last in parts:
                    if (day + 3) % 7 in days:      # 1 January 1970: a Thursday
                        pieces.append((max(a, day * DAY + first - offset),
                                       min(b, day * DAY + last - offset)))
                day += 1
        self.on = merged(pieces)

    def is_off(self, t):
        return not self.always and within(self.on, t) is None

    def on_between(self, a, b):
        """The seconds of [a, b) that are not off."""
        if self.always or b <= a:
            return b - a
        i = max(bisect.bisect_right(self.on, (a, float("inf"))) - 1, 0)
        total = 0
        while i < len(self.on) and self.on[i][0] < b:
            total += max(0, min(b, self.on[i][1]) - max(a, self.on[i][0]))
            i += 1
        return total

    def after(self, t, seconds):
        """The first moment by which so many seconds that are not off are over."""
        if self.always or seconds <= 0:
            return t + seconds
        i = max(bisect.bisect_right(self.on, (t, float("inf"))) - 1, 0)
        for a, b in self.on[i:]:
            a = max(a, t)
            if b - a >= seconds:
                return a + seconds
            seconds -= max(0, b - a)
        raise ValueError("the hours were not laid out far enough")

    def edges(self):
        return [t for piece in self.on for t in piece]
