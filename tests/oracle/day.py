"""A day of a site folder, read once more with the csv module: a second opinion on its page.

    day.py LOGS_DIR < questions

reads lines of JSON {"company", "site", "date": "20241106", "zone", "maintenance": [STATUS..]}
and prints for each the URLs of the folder's files of that month: {URL: {"checks", "failed",
"planned", "hours": [[LABEL, checks, failed, median ms, slowest ms]..], "failed_list":
[[TIME, CODE]..], "offsets": {"up", "failed", "planned"}, "timed"}}. Standard library only.
"""

import csv
import json
import os
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

UP = "正常に稼働中"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def seconds(text, zone, before):
    """Unix seconds of a local time; the second of two if the first is not after the row before."""
    local = datetime.fromisoformat(text)
    first, second = (int(local.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    return second if second > first and before is not None and first <= before else first


def midnight(day, zone):
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def clock(t, zone, form):
    """A time as the clock shows it, and whether it has shown that hour before."""
    local = datetime.fromtimestamp(t, zone)
    return local.strftime(form) + (" (again)" if local.fold else "")


def maintenance_of(logs, question, zone):
    """The spans of maintenance notes about all of the company."""
    path = os.path.join(logs, question["company"], "notes.csv")
    if not os.path.exists(path):
        return []
    notes = [row for row in rows(path) if row["種類"] == "メンテナンス"]
    return [tuple(seconds(row[name], zone, None) for name in ("開始", "終了")) for row in notes]


def nearest_rank_median(values):
    return sorted(values)[(len(values) + 1) // 2 - 1] if values else None


def answer(logs, question):
    zone = ZoneInfo(question["zone"])
    day = datetime.strptime(question["date"], "%Y%m%d")
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    noted = maintenance_of(logs, question, zone)
    folder = os.path.join(logs, question["company"], question["site"])
    found = {}
    for name in sorted(os.listdir(folder)):
        if name[:-len(".csv")].rsplit("_", 1)[-1] != question["date"][:6]:
            continue
        before = {}
        for row in rows(os.path.join(folder, name)):
            url = row["サイト"]
            t = before[url] = seconds(row["日時"], zone, before.get(url))
            checks = found.setdefault(url, [])
            if not start <= t < end:
                continue
            is_noted = any(a <= t < b for a, b in noted)
            if is_noted or row["状態"] in question["maintenance"]:
                kind = "planned"
            else:
                kind = "up" if row["状態"] == UP else "failed"
            time = row["応答時間"] if kind == "up" else ""
            checks.append((t, kind, row["ステータスコード"], float(time) * 1000 if time else None))
    return {url: of_url(sorted(checks, key=lambda check: check[0]), start, end, zone)
            for url, checks in found.items()}


def of_url(checks, start, end, zone):
    hours = {clock(t, zone, "%H:00"): [] for t in range(start, end, 900)}
    for check in checks:
        hours[clock(check[0], zone, "%H:00")].append(check)
    table = []
    for label, inside in hours.items():
        times = [check[3] for check in inside if check[3] is not None]
        failed = sum(check[1] == "failed" for check in inside)
        table.append([label, len(inside), failed, nearest_rank_median(times), max(times, default=None)])
    form = "%H:%M:%S" if any(check[0] % 60 for check in checks) else "%H:%M"
    kinds = ["up", "failed", "planned"]
    return {
        "checks": len(checks),
        "failed": sum(check[1] == "failed" for check in checks),
        "hours": table,
        "failed_list": [[clock(t, zone, form), code] for t, kind, code, _ in checks if kind == "failed"],
        "offsets": {kind: [check[0] - start for check in checks if check[1] == kind] for kind in kinds},
        "timed": sum(check[3] is not None for check in checks),
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(sys.argv[1], json.loads(line)), ensure_ascii=False), flush=True)
