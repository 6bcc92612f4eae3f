"""Hostile random log trees, the same for the same seed.

    python3 random_tree.py --seed 7 --out DIR

writes DIR/logs, DIR/config.json and DIR/case.json (`now` and the filters worth
asking). What stands in a tree is unkind but has one reading: no stray quotes,
no exotic time formats.
"""

import argparse
import json
import os
import random
import shutil
from datetime import datetime

from local_time import zone_of

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe",
         "Asia/Kolkata", "America/St_Johns", "UTC"]
CLOCKS = [  # local times near which something happens in one of the zones
    "2024-03-31 04:00", "2024-10-27 03:00", "2024-03-10 03:00", "2024-11-03 02:00",
    "2024-04-07 02:00", "2024-10-06 03:00", "2025-01-01 00:10", "2024-03-01 00:02",
    "2024-12-01 12:00", "2024-11-11 09:30", "2025-06-15 20:00", "2024-07-31 23:58"]
HOURS = ["Mon-Fri 09:00-18:00", "Mon-Sun 06:00-24:00", "Sat 10:00-12:30",
         "Mon-Fri 08:30-12:00, Mon-Fri 13:00-17:00, Sat 10:00-12:00",
         "Mon-Sun 00:00-02:30,Mon-Sun 03:30-24:00"]
CADENCES = [10, 30, 60, 300, 300, 300, 900, 3600, 7200, 86400, 604800]
UP, OTHER_UP, RESTING = "正常に稼働中", "OK", "メンテナンス中"
FAILED = ["停止", "エラー", "応答なし"]
CODES = ["404", "500", "503", "N/A", "タイムアウト"]
BAD_TIMES = ["なし", "2024-13-01 10:00:00", "2024-02-30 10:00:00", "10:00", "2024-05-05 25:00"]


def pick_now(rng, zone):
    at = datetime.strptime(rng.choice(CLOCKS), "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    wander = rng.choice([0, 60, 3600, 86400, 20 * 86400])
    return int(at.timestamp()) + rng.randint(0, wander) if wander else int(at.timestamp())


def pick_times(rng, now):
    """Times of checks, from a log made of stretches, the last ends near now."""
    times, t = [], 0
    for _ in range(rng.randint(1, 5)):
        cadence = rng.choice(CADENCES)
        jitter = rng.choice([0, 0, 1, cadence // 10, cadence // 2])
        for _ in range(rng.choice([1, 2, 3, 9, 10, 11, 14, 15, 16, 30, 60])):
            times.append(t + rng.randint(-jitter, jitter))
            if rng.random() < 0.06:      # retries, or a second monitor
                for _ in range(rng.randint(1, 3)):
                    times.append(times[-1] + rng.choice([0, 1, 10, 20, 59]))
            step = cadence
            if rng.random() < 0.08:      # a gap, at and around the border
                step = cadence * rng.choice([2, 3, 3, 4, 9, 40]) + rng.choice([-1, 0, 0, 1])
            t += step
        t += rng.choice([0, 0, 3600, 3 * 86400, 3 * 86400 + 1, 33 * 86400])
    cadence = max(times) - sorted(times)[-2] if len(times) > 1 else 86400
    back = rng.choice([0, 1, cadence, 3 * cadence, 3 * cadence + 1, 86400, 86401, 180, 181,
                       3 * 86400, 30 * 86400, 31 * 86400, -100, -300, -301])
    shift = now - back - max(times)
    if rng.random() < 0.4:               # on the minute
        shift -= (max(times) + shift) % 60
    times = sorted(t + shift for t in times)
    if rng.random() < 0.1:
        times.append(now + rng.choice([300, 301, 4000, 365 * 86400]))
    return times


def pick_states(rng, n):
    """A status and a code for each check: long runs, short ones, or a coin."""
    style, out, left, failing = rng.choice(["calm", "calm", "calm", "flap", "coin", "down"]), [], 0, False
    for _ in range(n):
        if style == "coin":
            failing = rng.random() < 0.5
        elif style == "down":
            failing = rng.random() < 0.97
        elif left == 0:
            failing = not failing if out else rng.random() < 0.2
            most = 3 if style == "flap" or failing else 25
            left = rng.randint(1, most)
        left = max(0, left - 1)
        if rng.random() < 0.03:
            out.append((RESTING, "503"))
        elif failing:
            out.append((rng.choice(FAILED), rng.choice(CODES)))
        else:
            out.append((rng.choice([UP, UP, UP, OTHER_UP]), "200"))
    return out


def text_of(t, zone, style):
    """The local time as a log would have it; seconds are lost in one style."""
    local = datetime.fromtimestamp(t, zone)
    if style == "offset":
        return local.strftime("%Y-%m-%dT%H:%M:%S") + local.strftime("%z")[:3] \
            + ":" + local.strftime("%z")[3:5]
    forms = {"dash": "%Y-%m-%d %H:%M:%S", "slash": "%Y/%m/%d %H:%M:%S",
             "T": "%Y-%m-%dT%H:%M:%S", "short": "%Y-%m-%d %H:%M"}
    return local.strftime(forms[style])


def cell(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def rows_of(rng, urls, zone, now):
    """(month of the file, line as a dict) of all URLs, in order of writing."""
    rows = []
    for url in urls:
        times = pick_times(rng, now) if rng.random() < 0.96 else []
        times = times[-rng.choice([2, 20, 60, 150, 300]):]
        style = rng.choice(["dash", "dash", "slash", "T", "short", "offset"])
        undated = rng.random() < 0.04
        for t, (status, code) in zip(times, pick_states(rng, len(times))):
            text = "" if undated else text_of(t, zone, style)
            if rng.random() < 0.01:
                text = rng.choice(BAD_TIMES)
            month = datetime.fromtimestamp(t, zone).strftime("%Y%m")
            row = {"サイト": url, "状態": status, "ステータスコード": code, "日時": text,
                   "応答時間(ms)": rng.choice(["", "N/A", str(rng.randint(1, 3000)), "12.5"]),
                   "エラー": rng.choice(["", "a, b", 'he said "no"'])}
            rows.append([t, month, row])
            if rng.random() < 0.01:
                rows.append([t, month, dict(row)])
    rows.sort(key=lambda row: row[0])
    for _ in range(rng.choice([0, 0, 1, 5])):        # rows out of order
        if len(rows) > 1:
            a = rng.randrange(len(rows))
            rows.insert(min(len(rows) - 1, a + rng.choice([1, 2, 40])), rows.pop(a))
    for _ in range(rng.choice([0, 0, 0, 2])):        # rows in another month's file
        if rows:
            rng.choice(rows)[1] = rng.choice(rows)[1]
    return [(month, row) for _, month, row in rows]


def write_files(rng, folder, rows):
    os.makedirs(folder)
    months = {}
    for month, row in rows:
        months.setdefault(month, []).append(row)
    for month, lines in sorted(months.items()):
        names = [n for n in lines[0] if n != "日時" or rng.random() < 0.97]
        rng.shuffle(names)
        shown = {"日時": rng.choice(["日時", "日時", "チェック日時", "timestamp"])}
        out = [",".join(cell(shown.get(n, n)) for n in names)]
        for row in lines:
            out.append(",".join(cell(row[n]) for n in names))
            if rng.random() < 0.004:
                out.append(rng.choice(["", "x"]))
        end = rng.choice(["\n", "\n", "\r\n"])
        text = end.join(out) + (end if rng.random() < 0.9 else "")
        how = rng.choice(["utf-8", "utf-8", "utf-8-sig", "cp932"])
        data = text.encode(how)
        path = os.path.join(folder, f"monitor_results_{month}.csv")
        with open(path, "wb") as file:
            file.write(data)
        if rng.random() < 0.05:
            shutil.copy(path, os.path.join(folder, f"copy_of_{month}.csv"))
    if rng.random() < 0.1:
        with open(os.path.join(folder, "other.csv"), "w", encoding="utf-8") as file:
            file.write("a,b\n1,2\n")


def write_notes(rng, path, urls, zone, now):
    english = rng.random() < 0.4
    lines = ["from,to,site,kind,note" if english else "開始,終了,サイト,種類,内容"]
    for _ in range(rng.randint(1, 6)):
        start = now - rng.choice([0, 60, 3600, 5 * 86400, 40 * 86400]) - rng.randint(-600, 86400)
        if rng.random() < 0.5:
            start -= start % 300
        end = start + rng.choice([0, 60, 300, 420, 3600, 86400, -60])
        kind = rng.choice(["メンテナンス", "maintenance", "備考", "note", "?"])
        url = rng.choice(["", "", rng.choice(urls), "https://nobody.example/"])
        lines.append(",".join(cell(x) for x in (
            text_of(start, zone, "dash"), text_of(end, zone, "slash"), url, kind, "作業, 深夜")))
    if rng.random() < 0.3:
        lines.append("いつか,2024-01-01 00:00,,メンテナンス,")
    with open(path, "w", encoding=rng.choice(["utf-8", "cp932"])) as file:
        file.write("\n".join(lines) + "\n")


def make(seed, out):
    """Writes the tree of a seed into `out` and returns its case."""
    rng = random.Random(seed)
    zone_name = rng.choice(ZONES)
    zone = zone_of(zone_name)
    now = pick_now(rng, zone)
    config = {"time_zone": zone_name, "failure_threshold": rng.randint(1, 3),
              "up_statuses": [OTHER_UP], "maintenance_statuses": [RESTING],
              "uptime_by": rng.choice(["time", "time", "checks"]),
              "min_coverage": rng.choice([99, 90, 50, 100, 99.5])}
    shared = ["https://a.example/", "https://b.example/x?y=1", "http://共有.example/",
              "https://c.example/path,with,commas"]
    targets, hours, pairs = {}, {}, []
    logs = os.path.join(out, "logs")
    for company in rng.sample(["acme", "hoshi", "株式会社"], rng.randint(1, 2)):
        for site in rng.sample(["web", "shop", "本店"], rng.choice([1, 1, 2])):
            urls = rng.sample(shared, rng.choice([1, 1, 2, 3]))
            rows = rows_of(rng, urls, zone, now)
            write_files(rng, os.path.join(logs, company, site), rows)
            pairs.append((company, site))
            if rng.random() < 0.25:
                hours[rng.choice([company, f"{company}/{site}"])] = rng.choice(HOURS)
            if rng.random() < 0.4:
                targets[rng.choice([company, f"{company}/{site}"])] = \
                    rng.choice([99.9, 99, 95, 99.99, 100, 50, 20])
        if rng.random() < 0.5:
            write_notes(rng, os.path.join(logs, company, "notes.csv"), shared, zone, now)
    config.update({"targets": targets} if targets else {}, **({"hours": hours} if hours else {}))
    with open(os.path.join(out, "config.json"), "w", encoding="utf-8") as file:
        json.dump(config, file, ensure_ascii=False, indent=1)
    months = sorted({name.rsplit("_", 1)[1][:-4] for c, s in pairs
                     for name in os.listdir(os.path.join(logs, c, s)) if "_" in name})
    years = sorted({month[:4] for month in months})
    filters = [{}] + [{"year_month": m} for m in months + years + [y + "1" for y in years]]
    company, site = rng.choice(pairs)
    filters += [{"company": company}, {"company": company, "site": site}]
    if months:
        filters.append({"company": company, "site": site, "year_month": rng.choice(months)})
    case = {"seed": seed, "now": now, "filters": filters}
    with open(os.path.join(out, "case.json"), "w", encoding="utf-8") as file:
        json.dump(case, file, ensure_ascii=False, indent=1)
    return case


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    print(json.dumps(make(arguments.seed, arguments.out), ensure_ascii=False))
