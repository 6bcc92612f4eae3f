"""From the log folder to rows, notes and settings.

`logs/<company>/<site>/*.csv`. Whatever can't be used is skipped.
"""

import csv
import io
import json
import os
import re
from fractions import Fraction

from data import DOWN, MAINTENANCE, UP, Note, Row
from local_time import read_time, zone_of

UP_STATUS = "正常に稼働中"
TIME_COLUMNS = ["日時", "チェック日時", "タイムスタンプ", "timestamp", "datetime", "date"]
RESPONSE_COLUMNS = ["応答時間", "レスポンスタイム", "response_time"]
NOTE_COLUMNS = [("開始", "from"), ("終了", "to"), ("サイト", "site"),
                ("種類", "kind"), ("内容", "note")]


class Settings:
    """The settings that change numbers, as `config.json` has them."""

    def __init__(self, config=None):
        config = config or {}
        self.zone = zone_of(config.get("time_zone", "UTC"))
        self.uptime_by = config.get("uptime_by", "time")
        self.targets = config.get("targets", 99.9)
        self.min_coverage = Fraction(str(config.get("min_coverage", 99)))
        self.maintenance_statuses = config.get("maintenance_statuses", [])
        self.up_statuses = config.get("up_statuses", [])
        self.hours = config.get("hours", {})
        self.threshold = config.get("failure_threshold", 1)

    def target(self, company, site):
        """Rule: "`targets` (99.9; by company, by `company/site`)"."""
        return Fraction(str(_narrowest(self.targets, company, site, 99.9)))

    def hours_of(self, company, site):
        """Rule: "`hours` (a setting by company and by `company/site`)"."""
        return _narrowest(self.hours, company, site, "")

    def kind(self, status):
        """Rule: "up if it equals `正常に稼働中` or one of `up_statuses`; neither
        up nor down if it is one of `maintenance_statuses`; else down"."""
        if status == UP_STATUS or status in self.up_statuses:
            return UP
        return MAINTENANCE if status in self.maintenance_statuses else DOWN


def _narrowest(setting, company, site, default):
    if not isinstance(setting, dict):
        return setting
    for key in (f"{company}/{site}", company, "default"):
        if key in setting:
            return setting[key]
    return default


def read_config(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def decoded(data):
    """Rule: "UTF-8, BOM, CRLF, CP932, quoted fields all read"."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932", errors="replace")


def records(path):
    """The records of a CSV file, blank lines left out."""
    if os.path.islink(path) or not os.path.isfile(path):
        return []
    with open(path, "rb") as file:
        text = decoded(file.read())
    return [record for record in csv.reader(io.StringIO(text, newline="")) if record]


def column(header, names):
    for name in names:
        if name in header:
            return header.index(name)
    return None


def response_column(header):
    """The column of response times and what makes milliseconds of it.

    Rule: "`応答時間` (also `レスポンスタイム`, `response_time`, with a unit in the
    name)". Without a unit it is seconds.
    """
    for i, name in enumerate(header):
        if any(name.startswith(start) for start in RESPONSE_COLUMNS):
            unit = re.search(r"(ms|msec|ミリ秒)[)）\]]?$", name)
            return i, 1.0 if unit else 1000.0
    return None, 1.0


def file_month(name):
    """Rule: "A file's month is what follows the last `_` in its name, without
    `.csv`"."""
    return name[:-len(".csv")].rsplit("_", 1)[-1]


def read_file(path, name, number, settings):
    """The rows of one file; an empty list if it lacks a required column."""
    lines = records(path)
    if not lines:
        return []
    header = lines[0]
    needed = [column(header, [n]) for n in ("サイト", "状態", "ステータスコード")]
    if None in needed:
        return []
    at, (response, to_ms) = column(header, TIME_COLUMNS), response_column(header)
    rows, before = [], {}
    for line, cells in enumerate(lines[1:], 2):
        if max(needed) >= len(cells):
            continue
        url, status, code = (cells[i] for i in needed)
        text = cells[at] if at is not None and at < len(cells) else ""
        t = read_time(text, settings.zone, before.get(url))
        if t is not None:
            before[url] = t
        rows.append(Row(url, settings.kind(status), code, t,
                        _number(cells, response, to_ms), file_month(name),
                        (number, line), bool(text.strip()) and t is None))
    return rows


def _number(cells, i, factor):
    try:
        value = float(cells[i]) * factor
        return value if 0 <= value < float("inf") else None
    except (TypeError, ValueError, IndexError):
        return None


def folders(root):
    """The site folders: (company, site), in order of names."""
    for company in sorted(os.listdir(root)):
        path = os.path.join(root, company)
        if company.startswith(".") or os.path.islink(path) or not os.path.isdir(path):
            continue
        for site in sorted(os.listdir(path)):
            folder = os.path.join(path, site)
            if not (site.startswith(".") or os.path.islink(folder)) and os.path.isdir(folder):
                yield company, site


def read_folder(root, company, site, settings):
    """All rows of a site folder, in order of files (by month, then name) and lines."""
    folder = os.path.join(root, company, site)
    rows = []

    def place(name):
        return os.fsencode(name[:-len(".csv")].rpartition("_")[2]), os.fsencode(name)

    for number, name in enumerate(sorted(os.listdir(folder), key=place)):
        if name.endswith(".csv") and not name.startswith("."):
            rows += read_file(os.path.join(folder, name), name, number, settings)
    return rows


def read_notes(root, company, settings):
    """The maintenance notes of a company.

    Rule: "`開始,終了,サイト,種類,内容` (also `from,to,site,kind,note`); empty
    `サイト` means all of the company; `種類` is `メンテナンス`/`maintenance` (that
    time is neither up nor down) or `備考`/`note`. A broken row is a skipped row."
    """
    lines = records(os.path.join(root, company, "notes.csv"))
    if not lines:
        return []
    start, end, site, kind, _ = (column(lines[0], names) for names in NOTE_COLUMNS)
    if None in (start, end, kind):
        return []
    notes = []
    for cells in lines[1:]:
        if max(start, end, kind) >= len(cells):
            continue
        if cells[kind].strip() not in ("メンテナンス", "maintenance"):
            continue
        a = read_time(cells[start], settings.zone)
        b = read_time(cells[end], settings.zone, a)
        if a is None or b is None or a >= b:
            continue
        url = cells[site].strip() if site is not None and site < len(cells) else ""
        notes.append(Note(a, b, url))
    return notes
