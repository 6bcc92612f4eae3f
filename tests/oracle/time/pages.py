"""What pages print beside the JSON: of each URL, of the group, of windows."""

from datetime import datetime, timedelta

import figures
from local_time import calendar_range, local, window_start
from state import at_least_down, banner, sort_key, state

WINDOWS = ["24h", "7d", "30d", "90d", "365d"]


def pages(everything, settings, printer, start, end, prefix, now, coverage):
    series, flat = {}, []
    for (company, site), lines in everything.items():
        for url, line in lines.items():
            name = f"{company}/{site} {url}"
            flat.append((name, company, site, line))
            series[name] = page(line, settings, printer, start, end, prefix)
            series[name]["coverage"] = coverage(
                line, company, site, settings, printer, start, end, prefix)
    return {
        "series": series,
        "order": [name for name, _, _, line in
                  sorted(flat, key=lambda f: sort_key(f[3], f[0]))],
        "all_ended_since": printer.time(banner([f[3] for f in flat])),
        "group": group(flat, settings, start, end, prefix),
        "events": event_rows(flat, printer, start, end, now),
    }


def page(line, settings, printer, start, end, prefix):
    s = figures.seconds(line, start, end)
    touched = figures.touching(line, start, end)
    repair = figures.mttr(touched)
    between = figures.mtbf(s["up_seconds"], touched)
    rows = list(figures.rows_in(line, start, end, prefix))
    first = line.first_check
    return {
        "incidents": len(touched),
        "seconds_in_range": [figures.inside(line, run, start, end) for run in touched],
        "perhaps_one_outage": figures.perhaps_one(line, touched),
        "mttr_seconds": float(repair[0]) if repair else None,
        "mttr_at_least": repair[1] if repair else None,
        "mtbf_seconds": float(between) if between is not None else None,
        "response_ms": figures.percentiles(line, rows),
        "so_far": end is not None and line.now < end,
        "named_first_check": printer.time(first) if first and start and first > start else None,
        "named_interval": line.interval if (line.interval or 0) > 15 * 60 else None,
        "low_coverage": bool(line.checks) and not figures.enough_coverage(
            s, settings.min_coverage),
        "ended_at": printer.time(line.end) if line.ended and line.end < line.now else None,
        "down_at_least": at_least_down(line),
        "ahead_of_clock": sum(1 for row in line.rows if row.t is not None) - len(line.checks),
        "unreadable_times": sum(row.unreadable_time for row in line.rows),
        "rows_in_other_months_file": other_months(line, settings),
        "change_thousandths": month_change(line, settings, prefix),
        "windows": {kind: window(line, kind, settings, printer) for kind in WINDOWS},
    }


def other_months(line, settings):
    """Rule: "A row in another month's file is shown as such."
    """
    return sum(1 for row in line.rows if row.t is not None and len(row.month) == 6
               and row.month.isdigit()
               and local(row.t, settings.zone).strftime("%Y%m") != row.month)


def window(line, kind, settings, printer):
    """Rule: "A window longer than the log says since when."
    """
    start = window_start(kind, line.now, settings.zone)
    s = figures.seconds(line, start, None)
    late = line.first_check is not None and line.first_check > start
    up, failed, _ = figures.counted(line, [row for row in figures.rows_in(line, start, None)
                                           if row.t <= line.now + 300])
    return {
        "begins": printer.time(start),
        "since": printer.time(line.first_check) if late else None,
        **s,
        "uptime_by_time": figures.uptime_by_time(
            s["up_seconds"], s["down_seconds"], figures.failed_in_time(line, start, None)),
        "uptime_by_checks": figures.uptime_by_checks(up, failed),
        "coverage": figures.coverage(s),
        "incidents": len(figures.touching(line, start, None)),
    }


def month_change(line, settings, prefix):
    """The change of a month against the one before, in thousandths of a point."""
    if len(prefix) != 6 or not line.checks:
        return None
    this = calendar_range(prefix, settings.zone)
    if this == (0, 0):
        return None
    before = datetime.strptime(prefix + "01", "%Y%m%d") - timedelta(days=1)
    that = calendar_range(before.strftime("%Y%m"), settings.zone)
    parts = []
    for start, end in (this, that):
        s = figures.seconds(line, start, end)
        a, b = figures.bounds(line, start, end)
        if settings.uptime_by == "checks":
            up, failed, _ = figures.counted(line, figures.rows_in(line, start, end))
            text = figures.uptime_by_checks(up, failed)
        else:
            text = figures.uptime_by_time(s["up_seconds"], s["down_seconds"],
                                          figures.failed_in_time(line, start, end))
        parts.append((text, figures.enough_coverage(s, settings.min_coverage),
                      b - a, end - start))
    return figures.change(*parts)


def group(flat, settings, start, end, prefix):
    """Rule: "time of its sites added up (a site checked more often weighs no
    more); downtime as site-hours, named so"."""
    total = {"up_seconds": 0, "down_seconds": 0, "planned_seconds": 0, "unknown_seconds": 0}
    failed, ups, fails, verdicts, states = 0, 0, 0, [], {}
    for _, company, site, line in flat:
        s = figures.seconds(line, start, end)
        for key in total:
            total[key] += s[key]
        failed += figures.failed_in_time(line, start, end) if line.checks else 0
        rows = list(figures.rows_in(line, start, end, prefix))
        up, bad, _ = figures.counted(line, rows)
        ups, fails = ups + up, fails + bad
        by_checks = settings.uptime_by == "checks" or not line.checks
        verdicts.append(figures.verdict(s, up, bad, by_checks, settings.target(company, site),
                                        settings.min_coverage))
        states[state(line)] = states.get(state(line), 0) + 1
    verdict, having, of = figures.worst(verdicts)
    return {
        **total,
        "site_hours_down": total["down_seconds"] / 3600,
        "uptime_by_time": figures.uptime_by_time(
            total["up_seconds"], total["down_seconds"], failed),
        "uptime_by_checks": figures.uptime_by_checks(ups, fails),
        "coverage": figures.coverage(total),
        "verdict": verdict, "verdict_sites": having, "sites": of,
        "states": states,
    }


def event_rows(flat, printer, start, end, now):
    incidents = []
    for name, _, _, line in flat:
        for run in figures.touching(line, start, end):
            stop = run.end if run.end is not None else max(now, run.start)
            incidents.append((run.start, stop, name))
    return [{"from": printer.time(e["from"]), "to": printer.time(e["to"]),
             "incidents": e["incidents"]} for e in figures.events(incidents)]
