"""Failing runs. One that is confirmed is an incident."""

from data import DOWN, MAINTENANCE, UP, Run


def note_that_begins(line, i):
    """The note that begins while check i speaks, or None.

    Rule: "A note that begins while a failed check speaks ends the run there;
    what is left after it is the check's again, and belongs to that incident."
    """
    check, end = line.checks[i], line.speaks[i]
    if i == len(line.checks) - 1 and not line.stale:
        end += 1          # a note that begins right now has begun
    for note in line.notes:
        if check.t < note[0] < end:
            return note
    return None


def end_after_note(line, i):
    """The end of what check i speaks for, or the begin of the note over it."""
    end = line.speaks[i]
    for start, stop in line.notes:
        if line.checks[i].t < start <= end <= stop:
            return start
    return end


def how_it_began(line, i, j):
    """What stands before a run that begins with check i; j is the check before
    it that has a part in runs."""
    if j is None:
        return "first"
    if any(gap.hole and j <= gap.first < i for gap in line.gaps):
        return "hole"
    return UP if line.checks[j].kind == UP else MAINTENANCE


def find_runs(line):
    """Rule: "Failed checks with no up check, no maintenance and no hole between
    them. With `failure_threshold` checks (default 1) it is confirmed: an
    **incident**, from its first check (not from the one that confirmed it) to
    the end of what its last check speaks for. It ended `up`, `unknown` (a hole,
    or stale), with `maintenance`, or is `open`." "A maintenance row ends a
    failing run." "A failed check in off time takes no part in runs."

    Such a check in off time is passed over: it neither begins, counts, keeps
    nor ends a run, and what it speaks for goes on as before it.
    """
    holes = {gap.first for gap in line.gaps if gap.hole}
    current, previous = None, None
    for i, check in enumerate(line.checks):
        if current is not None and i - 1 in holes:
            current = close(line, current, "unknown", line.speaks[i - 1])
        passed_over = check.kind == DOWN and check.off
        if not passed_over:
            if check.kind == DOWN:
                if current is None:
                    current = len(line.runs)
                    line.runs.append(begin(line, i, previous))
                count(line.runs[current], check, line.threshold)
            elif current is not None:
                current = close(line, current, check.kind, check.t)
            previous = i
        line.owner.append(current)
        if current is not None and note_that_begins(line, i):
            current = close(line, current, MAINTENANCE, end_after_note(line, i))
    if current is not None and line.stale:
        close(line, current, "unknown", line.speaks[-1])


def begin(line, i, previous):
    run = Run(line.checks[i].t, how_it_began(line, i, previous))
    run.after_hole_in_outage = (
        run.began == "hole" and line.checks[previous].kind == DOWN)
    return run


def count(run, check, threshold):
    run.failed_checks += 1
    run.codes[check.code] = run.codes.get(check.code, 0) + 1
    run.confirmed = run.failed_checks >= threshold


def close(line, number, how, end):
    line.runs[number].how = how
    line.runs[number].end = end
    return None
