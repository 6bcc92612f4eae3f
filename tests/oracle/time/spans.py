"""Spans: from the first check to now, what each second was."""

from data import DOWN, MAINTENANCE, OFF, UNKNOWN, UP, Span
from local_time import within


def kind_of_check(line, i):
    """What the time that a check speaks for is, notes and hours aside.

    Rule: "An unconfirmed run's time is up time."
    """
    if line.checks[i].kind != DOWN:
        return line.checks[i].kind, None
    number = line.owner[i]
    if number is not None and line.runs[number].confirmed:
        return DOWN, number
    return UP, None


def lay_spans(line):
    """Lays the spans from the first check to the end of the URL's time.

    Rule: "all time inside a note ([from, to)) is maintenance; all time outside
    `hours` is off."
    """
    start, end = line.first_check, line.end
    pieces = []
    for i, check in enumerate(line.checks):
        following = line.checks[i + 1].t if i + 1 < len(line.checks) else end
        kind, number = kind_of_check(line, i)
        pieces.append(Span(check.t, line.speaks[i], kind, number))
        pieces.append(Span(line.speaks[i], following, UNKNOWN))
    edges = sorted({t for note in line.notes for t in note} | set(line.hours.edges()))
    at = 0
    for piece in pieces:
        a, b = piece.start, min(piece.end, end)
        while a < b:
            while at < len(edges) and edges[at] <= a:
                at += 1
            to = min(b, edges[at]) if at < len(edges) else b
            if within(line.notes, a):
                add_span(line, a, to, MAINTENANCE, None)
            elif line.hours.is_off(a):
                add_span(line, a, to, OFF, None)
            else:
                add_span(line, a, to, piece.kind, piece.run)
            a = to
    for span in line.spans:
        if span.run is not None:
            line.runs[span.run].seconds += span.end - span.start
    assert sum(s.end - s.start for s in line.spans) == max(0, end - start)


def add_span(line, start, end, kind, number):
    last = line.spans[-1] if line.spans else None
    if last and last.end == start and (last.kind, last.run) == (kind, number):
        last.end = end
    else:
        line.spans.append(Span(start, end, kind, number))
