"""From a log folder to what is printed: the JSON and the figures of pages."""

from datetime import timedelta

import figures
from data import DAY
from local_time import OnTime, calendar_range, days_between, local
from pages import pages
from read_logs import folders, read_folder, read_notes
from state import shown_stale, state
from time_rules import finish, timeline

MOST_INCIDENTS = 10000
PARTS = ("logs", "pages")


def series_of(rows, notes, hours_text, settings, now):
    """The timelines of one site folder, by URL."""
    times = [row.t for row in rows if row.t is not None] + [now]
    hours = OnTime(hours_text, settings.zone, min(times) - DAY, max(times) + 15 * DAY)
    by_url = {}
    for row in rows:
        by_url.setdefault(row.url, []).append(row)
    lines = {}
    for url, own in sorted(by_url.items()):
        its_notes = [(n.start, n.end) for n in notes if n.url in ("", url)]
        lines[url] = timeline(own, its_notes, hours, now, settings.threshold)
    for url, line in lines.items():
        finish(line, [other for key, other in lines.items() if key != url])
    return lines


def read_all(root, settings, now, company=None, site=None):
    """{(company, site): {url: timeline}}"""
    out = {}
    for c, s in folders(root):
        if company in (None, c) and site in (None, s):
            rows = read_folder(root, c, s, settings)
            notes = read_notes(root, c, settings)
            out[c, s] = series_of(rows, notes, settings.hours_of(c, s), settings, now)
    return out


class Printer:
    """Times as unix seconds, or as local text with its offset."""

    def __init__(self, settings, texts):
        self.zone, self.texts = settings.zone, texts

    def time(self, t):
        if t is None or not self.texts:
            return t
        return local(t, self.zone).isoformat()


def answer(root, settings, now, company=None, site=None, year_month=None, texts=False):
    everything = read_all(root, settings, now, company, site)
    return answer_of(everything, settings, now, year_month, texts)


def answers(root, settings, now, filters, texts=False, parts=PARTS):
    """The answers to several filters, each at `now` or at a moment of its own; the
    logs are read once for neighbours with the same moment."""
    everything, read_at, out = {}, None, []
    for wanted in filters:
        moment = wanted.get("now", now)
        if moment != read_at:
            everything, read_at = read_all(root, settings, moment), moment
        company, site = wanted.get("company"), wanted.get("site")
        some = {(c, s): lines for (c, s), lines in everything.items()
                if company in (None, c) and site in (None, s)}
        year_month = wanted.get("year_month")
        out.append({"filter": wanted,
                    **answer_of(some, settings, moment, year_month, texts, parts)})
    return out


def answer_of(everything, settings, now, year_month, texts, parts=PARTS):
    printer = Printer(settings, texts)
    prefix = year_month or ""
    start, end = calendar_range(prefix, settings.zone)
    out = {"now": printer.time(now)}
    if "logs" in parts:
        out["logs"] = logs(everything, settings, printer, start, end, prefix)
    if "pages" in parts:
        out["pages"] = pages(everything, settings, printer, start, end, prefix, now, coverage)
    return out


# ---- JSON ----------------------------------------------------------------

def logs(everything, settings, printer, start, end, prefix):
    """The original's keys, and those of `include=`, by URL.

    Rule: "the API [counts a dated row] in its file's month (the original's
    rule)". "A URL that two folders log has two series; their counts are added
    in the JSON, their time is shown by folder." "`folders` is keyed by
    `company/site`."
    """
    found = {}
    for (company, site), lines in everything.items():
        for url, line in lines.items():
            rows = [row for row in line.rows if row.month.startswith(prefix)]
            if rows:
                found.setdefault(url, []).append((company, site, line, rows))
    out = {}
    for url, entries in found.items():
        counts = {"total": 0, "success": 0, "failure": 0, "status_codes": {}}
        for _, _, _, rows in entries:
            add_counts(counts, rows)
        by_folder = {f"{c}/{s}": time_keys(line, c, s, settings, printer, start, end, prefix)
                     for c, s, line, _ in entries}
        if len(entries) == 1:
            counts.update(by_folder.popitem()[1])
        else:
            counts["folders"] = by_folder
        out[url] = counts
    return out


def add_counts(counts, rows):
    for row in rows:
        counts["total"] += 1
        counts["success" if row.kind == "up" else "failure"] += 1
        if "status_codes" in counts:
            codes = counts["status_codes"]
            codes[row.code] = codes.get(row.code, 0) + 1


def time_keys(line, company, site, settings, printer, start, end, prefix):
    touched = figures.touching(line, start, end)
    kept = touched[-MOST_INCIDENTS:]
    return {
        "coverage": coverage(line, company, site, settings, printer, start, end, prefix),
        "incidents": [incident(run, printer) for run in kept],
        "incidents_left_out": len(touched) - len(kept),
        "downtime_seconds": figures.seconds(line, start, end)["down_seconds"],
        "days": days(line, settings, start, end),
    }


def incident(run, printer):
    return {"from": printer.time(run.start), "to": printer.time(run.end), "end": run.how,
            "seconds": run.seconds, "failed_checks": run.failed_checks,
            "status_codes": run.codes}


def coverage(line, company, site, settings, printer, start, end, prefix):
    """Rule: "`first_check`, `last_check`, `interval_seconds`, `state` and `stale`
    are of the whole log and now; all else of the range; `checks` by date."
    """
    s = figures.seconds(line, start, end)
    rows = list(figures.rows_in(line, start, end, prefix))
    up, failed, _ = figures.counted(line, rows)
    by_checks = settings.uptime_by == "checks" or not line.checks
    return {
        "first_check": printer.time(line.first_check),
        "last_check": printer.time(line.last_check),
        "interval_seconds": line.interval,
        "state": state(line),
        "stale": shown_stale(line),
        "checks": len(rows),
        **s,
        "uptime_by_time": figures.uptime_by_time(
            s["up_seconds"], s["down_seconds"], figures.failed_in_time(line, start, end)),
        "uptime_by_checks": figures.uptime_by_checks(up, failed),
        "coverage": figures.coverage(s),
        "verdict": figures.verdict(s, up, failed, by_checks,
                                   settings.target(company, site), settings.min_coverage),
        "provisional": figures.provisional(line, start, end),
    }


def days(line, settings, start, end):
    """Per day of the range the counts, by date, and the four seconds; days without
    a row and without up or down time are left out. Without a range: of the last 366."""
    out = {}
    oldest = str((local(line.now, settings.zone) - timedelta(days=365)).date())

    def day(date):
        return out.setdefault(str(date), {
            "date": str(date), "total": 0, "success": 0, "failure": 0, "failed_codes": {},
            **figures.no_seconds()})

    for row in figures.rows_in(line, start, end):
        if row.t is not None:
            date = next(days_between(row.t, row.t + 1, settings.zone))[0]
            add_counts(day(date), [row])
            if row.kind != "up":
                codes = day(date)["failed_codes"]
                codes[row.code] = codes.get(row.code, 0) + 1
    if line.checks:
        a, b = figures.bounds(line, start, end)
        for date, first, last in days_between(a, b, settings.zone):
            s = figures.seconds(line, max(a, first), min(b, last))
            if str(date) in out or s["up_seconds"] or s["down_seconds"]:
                day(date).update(s)
    return [out[date] for date in sorted(out) if start is not None or date >= oldest]
