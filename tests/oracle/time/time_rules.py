"""One idea: a check speaks for the time until the next one.

From the rows of one URL of one site folder to spans: order, rounds, gaps,
intervals, holes, what each check speaks for; then failing runs (`runs.py`) and
spans (`spans.py`). Spans first, sums after (`figures.py`).

Slow and obvious on purpose. Each rule is one function, with its sentence.
"""

from data import DAY, MAINTENANCE, MINUTE, UP, Check, Gap, Timeline
from local_time import merged, within
from runs import find_runs
from spans import lay_spans
from state import ended, ends_early


# ---- order ---------------------------------------------------------------

def in_order(rows):
    """Rule: "Rows of one URL of one site folder are in order of time, ties in
    order of files and lines."
    """
    return sorted(rows, key=lambda row: (row.t, row.place))


def ahead_of_clock(t, now):
    """Rule: "Checks more than 5 minutes ahead of the clock are counted but take
    no part in time until it reaches them."
    """
    return t > now + 5 * MINUTE


def rounds_of(checks):
    """Rule: "Checks in one minute of the clock are one round (retries, several
    monitors, a copied file)."

    Returns (index of the first check, index of the last) of each.
    """
    rounds = []
    for i, check in enumerate(checks):
        if rounds and checks[i - 1].t // MINUTE == check.t // MINUTE:
            rounds[-1] = (rounds[-1][0], i)
        else:
            rounds.append((i, i))
    return rounds


def gaps_of(checks, rounds, hours):
    """Rule: "a gap between rounds runs from first check to first check", "gaps
    are measured without off time (a night outside `hours` is no gap)", "A gap
    wholly in off time is no gap"."""
    gaps = []
    for (first, last), (after, _) in zip(rounds, rounds[1:]):
        start, end = checks[first].t, checks[after].t
        length = hours.on_between(start, end)
        if length > 0:
            gaps.append(Gap(start, end, length, last, began_with_up(checks, last)))
    return gaps


def began_with_up(checks, last_of_round):
    """Rule: ""Began with an up check" means the last check of the round before
    the gap."
    """
    return checks[last_of_round].kind == UP


# ---- interval and hole ---------------------------------------------------

def usual(lengths):
    """Rule: "The *usual* of some gaps between rounds is the third longest, of
    fewer than three the shortest." None of none."""
    if not lengths:
        return None
    if len(lengths) < 3:
        return min(lengths)
    return sorted(lengths, reverse=True)[2]


def before(gaps, k):
    """Rule: "*Before* = the usual of the last fifteen that end at or before the
    round of the gap's first check."
    """
    return usual([gap.length for gap in gaps[max(0, k - 15):k]])


def after(gaps, k):
    """Rule: "*After* = the usual of the first ten that begin at or after the
    round of its second."
    """
    return usual([gap.length for gap in gaps[k + 1:k + 11]])


def interval_near(gap):
    """Rule: "The interval is the larger; if there is neither, the gap itself, at
    most a day."
    """
    known = [x for x in (gap.before, gap.after) if x is not None]
    return max(known) if known else min(gap.length, DAY)


def is_hole(gap):
    """Rule: "A gap from one round to another, longer than 3 intervals. [...] If
    neither side is known, only a gap over three days is a hole."
    """
    return gap.length > 3 * gap.interval


def judge(gaps):
    """Fills in what stands around each gap and whether it is a hole."""
    for k, gap in enumerate(gaps):
        gap.before, gap.after = before(gaps, k), after(gaps, k)
        gap.interval = interval_near(gap)
        gap.hole = is_hole(gap)
        gap.following = len(gaps) - k - 1


# ---- what a check speaks for ---------------------------------------------

def reach_of_last(line):
    """How long the last check speaks until now: (limit, interval if stale).

    Rule: "The last check speaks until now if now is at most 3 × Before away,
    Before here being no less than the usual of the last ten gaps that began
    with an up check (retries in an outage are no sign of how often a site is
    checked); a single check: one day; all checks in one minute: three minutes.
    Else it speaks for one interval, and the URL is **stale**."
    """
    if line.gaps:
        usual_before = before(line.gaps, len(line.gaps))
        while_up = usual([g.length for g in line.gaps if g.began_up][-10:])
        interval = max(usual_before, while_up or 0)
        line.interval = interval
        return 3 * interval, interval
    if len(line.checks) > 1 and len(line.rounds) == 1:
        return 3 * MINUTE, 3 * MINUTE
    return DAY, DAY


def judge_last(line):
    """Sets whether the URL is stale, since when, and until when its last check
    speaks.

    Rule: "what a check speaks for over a hole, and the distance from the last
    check to now, leave out off time too."
    """
    last = line.last_check
    limit, interval = reach_of_last(line)
    line.stale = line.hours.on_between(last, line.now) > limit
    if not line.stale:
        return line.now
    line.sure_until = sure_reach(line)
    return line.hours.after(last, interval)


def sure_reach(line):
    """Until when a stale last check speaks whatever follows: Before is known, and the
    next gap's interval can't be less. Without a gap it is not known: if the next
    checks are a minute apart, even a single check speaks for only a minute.
    """
    if not line.gaps:
        return line.last_check
    return line.hours.after(line.last_check, before(line.gaps, len(line.gaps)))


def speak(line):
    """Rule: "a check speaks for the time until the next one". "[Hole:] Over it
    the check before speaks for one interval; the rest is **unknown**."
    """
    checks = line.checks
    line.speaks = [check.t for check in checks[1:]]
    for gap in line.gaps:
        if gap.hole:
            end = line.hours.after(checks[gap.first].t, gap.interval)
            line.speaks[gap.first] = min(end, checks[gap.first + 1].t)
    line.speaks.append(judge_last(line))


# ---- all of it -----------------------------------------------------------

def check_of(row, notes, hours):
    """Rule: "A row with a maintenance status, any check inside a maintenance
    note [...] is maintenance."
    """
    kind = MAINTENANCE if within(notes, row.t) else row.kind
    return Check(row.t, kind, hours.is_off(row.t), row.code)


def timeline(rows, notes, hours, now, threshold):
    """Everything up to the runs; whether it ended needs the rest of its folder."""
    line = Timeline(rows, merged(notes), hours, now, threshold, end=now)
    used = [r for r in rows if r.t is not None and not ahead_of_clock(r.t, now)]
    line.checks = [check_of(row, line.notes, hours) for row in in_order(used)]
    if not line.checks:
        return line
    line.rounds = rounds_of(line.checks)
    line.gaps = gaps_of(line.checks, line.rounds, hours)
    judge(line.gaps)
    speak(line)
    find_runs(line)
    return line


def finish(line, others):
    """Ends it if it has ended (see `state.py`), then lays the spans."""
    if not line.checks:
        return
    line.ended = ended(line, others)
    if ends_early(line, others):
        line.end = min(line.now, line.speaks[-1])
    lay_spans(line)
