"""Hand-made examples: local time, hours, folders, notes, the JSON."""

import os
import tempfile
from datetime import datetime, timezone

from answer import answer
from data import DAY, HOUR
from hand import equal
from local_time import (HoursMistake, OnTime, calendar_range, days_between, read_hours,
                        read_time, window_start, zone_of)
from read_logs import Settings, file_month

BERLIN, UTC, TOKYO = zone_of("Europe/Berlin"), zone_of("UTC"), zone_of("Asia/Tokyo")
HEADER = "日時,サイト,状態,ステータスコード,応答時間(ms)\n"
OK, BAD = "正常に稼働中", "停止"


def utc(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp())


def test_forms_of_a_time():
    want = utc("2024-01-05 10:00:00")
    for text in ("2024-01-05 10:00:00", "2024/01/05 10:00:00", "2024-01-05T10:00:00",
                 "2024-01-05 10:00", "2024-01-05T19:00:00+09:00", "2024-01-05T10:00:00Z"):
        equal(read_time(text, UTC), want)


def test_times_that_cant_be_read():
    for text in ("", "なし", "2024-13-01 10:00", "2024-02-30 10:00", "2024-01-01 25:00", "10:00"):
        equal(read_time(text, UTC), None)


def test_a_time_that_the_clock_shows_twice():
    # Berlin, 27 October 2024: 02:30 is 00:30 and 01:30 UTC.
    text, first = "2024-10-27 02:30:00", utc("2024-10-27 00:30:00")
    equal(read_time(text, BERLIN), first)
    equal(read_time(text, BERLIN, first - 1), first)
    equal(read_time(text, BERLIN, first), first + HOUR)
    equal(read_time(text, BERLIN, first + 60), first + HOUR)


def test_a_time_that_the_clock_skips():
    # Berlin, 31 March 2024: 02:30 doesn't exist; read as 03:30 summer time.
    equal(read_time("2024-03-31 02:30:00", BERLIN), utc("2024-03-31 01:30:00"))


def test_days_of_23_and_25_hours():
    for text, hours in (("2024-03-31", 23), ("2024-10-27", 25), ("2024-05-05", 24)):
        noon = utc(text + " 12:00:00")
        (_, a, b), = days_between(noon, noon + 1, BERLIN)
        equal(b - a, hours * HOUR)


def test_five_digits_are_a_prefix():
    equal(calendar_range("20241", UTC), (utc("2024-10-01"), utc("2025-01-01")))
    equal(calendar_range("20240", UTC), (utc("2024-01-01"), utc("2024-10-01")))
    equal(calendar_range("2024", UTC), (utc("2024-01-01"), utc("2025-01-01")))
    equal(calendar_range("202402", TOKYO)[0], utc("2024-02-01") - 9 * HOUR)
    equal([calendar_range(x, UTC) for x in ("202413", "x")], [(0, 0), (0, 0)])


def test_where_windows_begin():
    now = utc("2024-05-05 10:20:00")
    equal(window_start("24h", now, UTC), utc("2024-05-04 10:00:00"))
    equal(window_start("7d", now, UTC), utc("2024-04-28 00:00:00"))
    # Kolkata is 5:30 ahead: its full hour is at half past in UTC.
    equal(window_start("24h", now, zone_of("Asia/Kolkata")), utc("2024-05-04 09:30:00"))


def test_hours_are_read():
    equal(read_hours("Mon-Fri 09:00-18:00"), [({0, 1, 2, 3, 4}, 9 * HOUR, 18 * HOUR)])
    equal(read_hours("Sat 22:00-24:00, Sun 00:00-02:00"),
          [({5}, 22 * HOUR, 24 * HOUR), ({6}, 0, 2 * HOUR)])


def test_a_mistake_in_hours_names_the_part():
    for text, part in (("Mon 9-18", "Mon 9-18"), ("Mon 09:00-18:00, Tue 18:00-09:00",
                       "Tue 18:00-09:00"), ("Mo 09:00-18:00", "Mo 09:00-18:00"),
                       ("Mon 09:00-24:01", "Mon 09:00-24:01"), ("Mon 09:60-18:00",
                       "Mon 09:60-18:00")):
        try:
            read_hours(text)
        except HoursMistake as mistake:
            equal(str(mistake), part)
        else:
            raise AssertionError(text)


def test_hours_over_a_change_of_the_clock():
    # Berlin, 31 March 2024 (a Sunday): 01:00 to 04:00 on the wall are 2 hours.
    day = utc("2024-03-30 23:00:00")
    on = OnTime("Sun 01:00-04:00", BERLIN, day, day + DAY)
    equal(on.on_between(day, day + DAY), 2 * HOUR)
    # 27 October: the same are 4 hours.
    day = utc("2024-10-26 22:00:00")
    on = OnTime("Sun 01:00-04:00", BERLIN, day, day + DAY)
    equal(on.on_between(day, day + DAY), 4 * HOUR)


def test_the_end_of_hours_is_excluded():
    monday = utc("2024-01-01 00:00:00")
    on = OnTime("Mon 09:00-18:00", UTC, monday, monday + DAY)
    equal([on.is_off(monday + h * HOUR) for h in (8, 9, 17, 18)], [True, False, False, True])


def test_the_month_of_a_file():
    equal([file_month(n) for n in ("monitor_results_202401.csv", "x_y_2024.csv", "plain.csv")],
          ["202401", "2024", "plain"])


def tree(files):
    root = tempfile.TemporaryDirectory()
    for path, content in files.items():
        path = os.path.join(root.name, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
    return root


def ask(files, now, config=None, **filters):
    with tree(files) as root:
        return answer(root, Settings(config), utc(now), **filters)


def row(time, status=OK, code="200", url="u", response=""):
    return f"{time},{url},{status},{code},{response}\n"


def test_the_originals_counts():
    text = HEADER + row("2024-01-01 10:00") + row("2024-01-01 10:05", BAD, "500") \
        + row("2024-01-01 10:10", "休止", "503") + row("なし", BAD, "N/A") + "x\n"
    out = ask({"c/s/m_202401.csv": text}, "2024-01-01 10:12:00",
              {"maintenance_statuses": ["休止"]})["logs"]["u"]
    equal((out["total"], out["success"], out["failure"]), (4, 1, 3))
    equal(out["status_codes"], {"200": 1, "500": 1, "503": 1, "N/A": 1})
    # By checks: the maintenance row is left out, the undated one is not.
    equal((out["coverage"]["checks"], out["coverage"]["uptime_by_checks"]), (4, "33.333%"))
    equal(out["coverage"]["uptime_by_time"], "50.000%")


def test_bom_crlf_cp932_quotes():
    body = 'サイト,日時,状態,ステータスコード\r\n"u","2024-01-01 10:00","正常に稼働中","200"\r\n'
    files = {"c/s/a_202401.csv": b"\xef\xbb\xbf" + body.encode(),
             "c/s/b_202401.csv": body.replace("10:00", "10:05").encode("cp932")}
    equal(ask(files, "2024-01-01 10:06:00")["logs"]["u"]["success"], 2)


def test_a_file_without_a_required_column_is_skipped():
    out = ask({"c/s/a_202401.csv": "サイト,状態\nu,停止\n"}, "2024-01-01 10:06:00")
    equal(out["logs"], {})


def test_api_by_month_of_file_time_by_date():
    files = {"c/s/m_202401.csv": HEADER + row("2024-01-31 23:00")
             + row("2024-02-01 00:00"), "c/s/m_202402.csv": HEADER + row("2024-02-01 01:00")}
    out = ask(files, "2024-02-01 01:30:00", year_month="202401")
    equal((out["logs"]["u"]["total"], out["logs"]["u"]["coverage"]["checks"]), (2, 1))
    equal(out["logs"]["u"]["coverage"]["up_seconds"], 3600)
    equal(out["pages"]["series"]["c/s u"]["rows_in_other_months_file"], 1)


def test_a_url_in_two_folders():
    text = HEADER + row("2024-01-01 10:00") + row("2024-01-01 10:05")
    files = {"c/a/m_202401.csv": text, "d/b/m_202401.csv": text}
    out = ask(files, "2024-01-01 10:06:00")
    equal(out["logs"]["u"]["total"], 4)
    equal(sorted(out["logs"]["u"]["folders"]), ["c/a", "d/b"])
    equal(sorted(out["logs"]["u"]["folders"]["c/a"]),
          ["coverage", "days", "downtime_seconds", "incidents", "incidents_left_out"])
    # The group adds the time of both.
    equal(out["pages"]["group"]["up_seconds"], 720)
    equal("coverage" in ask(files, "2024-01-01 10:06:00", company="c")["logs"]["u"], True)


def test_days_carry_counts_and_seconds():
    text = HEADER + row("2024-01-01 23:00") + row("2024-01-02 00:00", BAD, "500")
    out = ask({"c/s/m_202401.csv": text}, "2024-01-02 01:00:00")["logs"]["u"]["days"]
    zero = {"up_seconds": 0, "down_seconds": 0, "planned_seconds": 0, "unknown_seconds": 0}
    equal(out, [{"date": "2024-01-01", "total": 1, "success": 1, "failure": 0,
                 "failed_codes": {}, **zero, "up_seconds": 3600},
                {"date": "2024-01-02", "total": 1, "success": 0, "failure": 1,
                 "failed_codes": {"500": 1}, **zero, "down_seconds": 3600}])


def test_notes_of_a_company_and_of_a_url():
    log = HEADER + row("2024-01-01 10:00") + row("2024-01-01 10:00", url="v")
    notes = ("開始,終了,サイト,種類,内容\n2024-01-01 10:10,2024-01-01 10:20,,メンテナンス,a\n"
             "2024/01/01 10:30,2024/01/01 10:45,v,maintenance,b\n"
             "2024-01-01 10:00,2024-01-01 11:00,,備考,c\n"
             "2024-01-01 11:00,2024-01-01 10:00,,メンテナンス,broken\n")
    out = ask({"c/s/m_202401.csv": log, "c/notes.csv": notes}, "2024-01-01 11:00:00")
    equal([out["logs"][u]["coverage"]["planned_seconds"] for u in "uv"], [600, 1500])


def test_settings_by_company_and_by_site():
    s = Settings({"targets": {"c": 99, "c/s": 95}, "hours": {"c": "Mon 09:00-10:00"}})
    equal([s.target("c", "s"), s.target("c", "x")], [95, 99])
    equal(float(s.target("d", "x")), 99.9)
    equal([s.hours_of("c", "s"), s.hours_of("d", "s")], ["Mon 09:00-10:00", ""])


def test_site_hours_and_group_uptime():
    rows_u = "".join(row(f"2024-01-01 10:{m:02}") for m in range(0, 60, 5))
    rows_v = row("2024-01-01 09:00", BAD, "500", "v") + row("2024-01-01 10:00", BAD, "500", "v")
    out = ask({"c/s/m_202401.csv": HEADER + rows_u + rows_v}, "2024-01-01 11:00:00")
    group = out["pages"]["group"]
    # u: an hour up, twelve checks; v: two hours down, two checks. 1 of 3.
    equal((group["site_hours_down"], group["uptime_by_time"]), (2.0, "33.333%"))
    equal((group["verdict"], group["verdict_sites"], group["sites"]), ("missed", 1, 2))
