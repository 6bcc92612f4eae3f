"""Sums over ranges, and what is said of them.

A range is (start, end) in unix seconds; None is "from the first check" or "up
to now".
"""

from fractions import Fraction
from math import ceil, floor

from data import DOWN, MAINTENANCE, OFF, UNKNOWN, UP
from local_time import within

NOTHING = "—"
VERDICTS = ["missed", "not_proven", "met_as_observed", "met", "none"]   # worst first


def bounds(line, start, end):
    """Rule: "the range's start or the first check, whichever is later, to its
    end or now". An ended URL's range may end earlier."""
    a = line.first_check if start is None else max(start, line.first_check)
    b = line.end if end is None else min(end, line.end)
    return a, max(a, b)


def no_seconds():
    return {"up_seconds": 0, "down_seconds": 0, "planned_seconds": 0, "unknown_seconds": 0}


def seconds(line, start=None, end=None):
    """The four seconds of a range.

    Rule: "Downtime of a range = the incidents' time inside it = its down time,
    by construction."
    """
    out = no_seconds()
    if not line.checks:
        return out
    a, b = bounds(line, start, end)
    names = {UP: "up_seconds", DOWN: "down_seconds", UNKNOWN: "unknown_seconds",
             MAINTENANCE: "planned_seconds", OFF: "planned_seconds"}
    for span in line.spans:
        if span.start >= b:
            break
        if span.end > a:
            out[names[span.kind]] += min(b, span.end) - max(a, span.start)
    return out


def inside(line, run, start, end):
    """How much of an incident is inside a range: "one longer than the range also
    prints how much of it is in it"."""
    number = next(n for n, other in enumerate(line.runs) if other is run)
    a, b = bounds(line, start, end)
    return sum(max(0, min(b, span.end) - max(a, span.start))
               for span in line.spans if span.run == number)


def rows_in(line, start, end, prefix=None):
    """The rows of a range.

    Rule: "pages and reports count a dated row in the month of its date". One
    without a date is counted in its file's month (`prefix`), if a month or
    everything is asked for; never in days and windows.
    """
    for row in line.rows:
        if row.t is None:
            if prefix is not None and row.month.startswith(prefix):
                yield row
        elif (start is None or row.t >= start) and (end is None or row.t < end):
            yield row


def counted(line, rows):
    """How many checks are up, failed, planned; for uptime by checks.

    Rule: "Maintenance rows are `failure` in the original's JSON (its rule) and
    in no printed percentage." "Both [maintenance and off] are in no ratio."
    """
    up = failed = planned = 0
    for row in rows:
        dated = row.t is not None
        if row.kind == MAINTENANCE or dated and (
                within(line.notes, row.t) or line.hours.is_off(row.t)):
            planned += 1
        elif row.kind == UP:
            up += 1
        else:
            failed += 1
    return up, failed, planned


def failed_in_time(line, start, end):
    """Failed checks of the range that take part in time, "confirmed or not"."""
    return sum(1 for check in line.checks if check.kind == DOWN and not check.off
               and (start is None or check.t >= start)
               and (end is None or check.t < end))


# ---- printed texts -------------------------------------------------------

def percent(part, whole, perfect):
    """Rule: "floored to 3 decimals; `100%` only if [perfect]; `—` if nothing was
    observed"."""
    if whole == 0:
        return NOTHING
    if perfect:
        return "100%"
    thousandths = min(floor(Fraction(part * 100000, whole)), 99999)
    return f"{thousandths // 1000}.{thousandths % 1000:03}%"


def uptime_by_time(up, down, failed):
    """Rule: "up ÷ (up + down), floored to 3 decimals; `100%` only if no down
    time and no failed check, confirmed or not; `—` if nothing was observed."
    """
    return percent(up, up + down, down == 0 and failed == 0)


def uptime_by_checks(up, failed):
    """Rule: "up ÷ (all − maintenance), printed by the same rule."
    """
    return percent(up, up + failed, failed == 0)


def coverage(s):
    """Rule: "(up + down) ÷ the time [...] less planned time; floored, `100%` only
    if nothing is unknown."
    """
    seen = s["up_seconds"] + s["down_seconds"]
    return percent(seen, seen + s["unknown_seconds"], s["unknown_seconds"] == 0)


def enough_coverage(s, min_coverage):
    seen = s["up_seconds"] + s["down_seconds"]
    return seen > 0 and 100 * seen >= min_coverage * (seen + s["unknown_seconds"])


# ---- verdict -------------------------------------------------------------

def verdict(s, up_checks, failed_checks, by_checks, target, min_coverage):
    """Rule: "*Met*: met even with all unknown time down. *Missed*: missed even
    with all unknown time up, or, with coverage of at least `min_coverage`, by
    uptime. Else with that coverage: *met as far as observed*, with the unknown
    time. Else *not proven*."

    By checks, the observed share of the time counts with the uptime by checks.
    """
    observed = s["up_seconds"] + s["down_seconds"]
    total = observed + s["unknown_seconds"]
    if by_checks:
        known = up_checks + failed_checks
        uptime = Fraction(up_checks, known) if known else None
        share = Fraction(observed, total) if total else Fraction(1)
        nothing = uptime is None and not s["unknown_seconds"]
    else:
        uptime = Fraction(s["up_seconds"], observed) if observed else None
        share = Fraction(observed, total) if total else Fraction(0)
        nothing = total == 0
    if nothing:
        return "none"
    target = Fraction(target) / 100
    if uptime is None:
        return "met" if target <= 0 else "not_proven"
    if uptime * share >= target:
        return "met"
    if uptime * share + (1 - share) < target:
        return "missed"
    if share * 100 >= min_coverage:
        return "missed" if uptime < target else "met_as_observed"
    return "not_proven"


def worst(verdicts):
    """Rule: "A group has the worst of its sites' verdicts, and says of how many."
    """
    some = [v for v in verdicts if v != "none"]
    if not some:
        return "none", 0, len(verdicts)
    bad = min(some, key=VERDICTS.index)
    return bad, some.count(bad), len(verdicts)


# ---- provisional ---------------------------------------------------------

def provisional(line, start, end):
    """Rule: "a month is final when a check after its end is in, no longer gap
    near its end waits for its ten, and no unconfirmed run crosses it". A URL that
    is stale makes a month final if what its last check speaks for, by Before
    alone, reaches the month's end. "Undated logs are never provisional."

    What is asked for up to now is never final.
    """
    if not line.checks:
        return False
    if end is None or line.now < end:
        return True
    seen = line.last_check >= end or (line.stale and line.sure_until >= end)
    return not seen or gap_waits(line, end) or may_be_confirmed(line, end)


def gap_waits(line, end):
    """A gap that begins before the end, is longer than 3 × Before (or has no
    Before), and hasn't ten gaps after it yet."""
    return any(gap.start < end and waits(gap) for gap in line.gaps)


def may_be_confirmed(line, end):
    """An unconfirmed run that later checks may confirm: an open one; one that ended
    only because the URL is stale; and one before a gap that still waits, if failed
    checks follow. If that gap turns out to be no hole, the run goes on; if it
    turns out to be one, what follows doesn't count for it."""
    number = line.owner[-1]
    if number is not None:
        run = line.runs[number]
        if run.how in ("open", UNKNOWN) and not run.confirmed and run.start < end:
            return True
    return any(waits(gap) and confirmed_late(line, gap.first, end) for gap in line.gaps)


def waits(gap):
    return gap.following < 10 and (gap.before is None or gap.length > 3 * gap.before)


def confirmed_late(line, i, end):
    number = line.owner[i]
    if number is None or line.runs[number].start >= end:
        return False
    taken = [k for k, check in enumerate(line.checks) if not (check.kind == DOWN and check.off)]
    failed = sum(1 for k in taken if k <= i and line.owner[k] == number
                 and line.checks[k].kind == DOWN)
    following = next((line.checks[k].kind for k in taken if k > i), DOWN)
    return failed < line.threshold and following == DOWN


def change(this, before):
    """Rule: "against the month before: only if both have `min_coverage` and each
    was watched for three quarters of its calendar time; points between the
    printed texts."

    Each is (text, enough coverage, watched seconds, calendar seconds). Returns
    thousandths of a point or None.
    """
    for text, enough, watched, calendar in (this, before):
        if text == NOTHING or not enough or 4 * watched < 3 * calendar:
            return None
    return thousandths(this[0]) - thousandths(before[0])


def thousandths(text):
    return int(Fraction(text.rstrip("%")) * 1000)


# ---- incidents -----------------------------------------------------------

def touching(line, start, end):
    """Rule: "those that touch the range"."""
    out = []
    for run in line.incidents:
        stop = line.end if run.end is None else run.end
        begins_before = end is None or run.start < end
        ends_after = start is None or stop > start or run.start >= start
        if begins_before and ends_after:
            out.append(run)
    return out


def perhaps_one(line, incidents):
    """Rule: ""3 (perhaps one outage)" where only holes separate them"."""
    if len(incidents) < 2:
        return False
    numbers = [n for n, run in enumerate(line.runs) if any(run is i for i in incidents)]
    return all(line.runs[n].after_hole_in_outage and line.runs[n - 1].how == "unknown"
               for n in range(numbers[0] + 1, numbers[-1] + 1))


def mttr(incidents):
    """Rule: "mean whole duration of them; "at least" if one did not end `up`, or
    began after a hole or with the first check."

    Returns (seconds, at least) or None.
    """
    if not incidents:
        return None
    at_least = any(run.how != "up" or run.began in ("hole", "first") for run in incidents)
    return Fraction(sum(run.seconds for run in incidents), len(incidents)), at_least


def mtbf(up_seconds, incidents):
    """Rule: "up time ÷ incidents in the range that began after an up check; `—`
    if none, or no up time."
    """
    n = sum(1 for run in incidents if run.began == "up")
    return Fraction(up_seconds, n) if n and up_seconds else None


def percentiles(line, rows):
    """Rule: "of checks that were up, within 5 %, two digits; p95 from 20 values
    on, p99 from 100." Here exact: the smallest value that so many reach."""
    values = sorted(row.response_ms for row in rows
                    if row.kind == UP and row.response_ms is not None
                    and not (row.t is not None and within(line.notes, row.t)))
    out = {"values": len(values)}
    for name, p, least in (("p50", 50, 1), ("p95", 95, 20), ("p99", 99, 100)):
        enough = len(values) >= least
        out[name] = values[ceil(Fraction(p * len(values), 100)) - 1] if enough else None
    return out


def events(incidents):
    """Rule: "**Event**: incidents of several sites that overlap in time, one row
    in the report."

    `incidents` are (start, end, name). Returns groups, linked by overlap.
    """
    groups = []
    for start, end, name in sorted(incidents):
        if groups and start < groups[-1]["to"]:
            groups[-1]["to"] = max(groups[-1]["to"], end)
            groups[-1]["incidents"].append(name)
        else:
            groups.append({"from": start, "to": end, "incidents": [name]})
    return groups
