"""The JSON routes again, slow and obvious: a second opinion for the tests.

    aggregate.py LOGS_DIR < paths

reads one decoded path a line and prints one line of JSON for each:
{"status": 200, "body": {...}}. Standard library only.
"""

import csv
import io
import json
import os
import sys

UP = "正常に稼働中"
REQUIRED = ["サイト", "状態", "ステータスコード"]


def visible_folders(path):
    names = [name for name in os.listdir(path) if not name.startswith(".")]
    return sorted(name for name in names if os.path.isdir(os.path.join(path, name)))


def month_of(file_name):
    return file_name[: -len(".csv")].split("_")[-1]


def decode(data, header_is_utf8):
    """The text of one physical line or more, or None if it is in neither encoding."""
    for encoding in ["utf-8", "cp932"] if header_is_utf8 else ["cp932"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return None


def records(data):
    """The rows of a CSV file as lists of bytes. Quotes are RFC 4180's; LF, CR and CRLF end a
    row. latin-1 keeps every byte, so that rows can be cut before they are decoded."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    for row in csv.reader(io.StringIO(text, newline="")):
        if row:
            yield [field.encode("latin-1") for field in row]


def public(text):
    """A text without user and password: what is between a "//" and the last "@" before the next
    "/", "?" or "#". The "//" is one after a ":" or a blank, or the text begins with it; a third
    slash belongs to it."""
    at = 0
    while at < len(text):
        begins = text.startswith("//", at) and (at == 0 or text[at - 1] == ":" or text[at - 1].isspace())
        if not begins:
            at += 1
            continue
        while at < len(text) and text[at] == "/":
            at += 1
        end = at
        while end < len(text) and text[end] not in "/?#":
            end += 1
        host = text[at:end].split("@")[-1]
        text = text[:at] + host + text[end:]
        at += len(host)
    return text


def checks(path):
    """Every usable (site, status, code) of a file."""
    with open(path, "rb") as file:
        rows = records(file.read())
    header = next(rows, None)
    if header is None:
        return
    utf8 = decode(b"".join(header), True) is not None
    try:
        b"".join(header).decode("utf-8")
    except UnicodeDecodeError:
        utf8 = False
    names = [(decode(name, utf8) or "").strip() for name in header]
    if any(name not in names for name in REQUIRED):
        return
    # Of a doubled column the last counts.
    columns = [len(names) - 1 - names[::-1].index(name) for name in REQUIRED]
    for row in rows:
        if len(row) <= max(columns):
            continue
        try:
            text = "".join(row[column].decode("utf-8") for column in columns)
            # In a CP932 file, only characters of three bytes and more tell UTF-8 from kana.
            row_is_utf8 = utf8 or any(character >= "\u0800" for character in text)
        except UnicodeDecodeError:
            row_is_utf8 = False
        cells = [decode(row[column], row_is_utf8) for column in columns]
        if None not in cells:
            url, status, code = cells
            yield public(url), status, public(code)


def aggregate(root, company, site, month):
    logs = {}
    for company_name in visible_folders(root):
        if company not in (None, company_name):
            continue
        for site_name in visible_folders(os.path.join(root, company_name)):
            if site not in (None, site_name):
                continue
            folder = os.path.join(root, company_name, site_name)
            for name in sorted(os.listdir(folder)):
                path = os.path.join(folder, name)
                if name.startswith(".") or not name.endswith(".csv") or not os.path.isfile(path):
                    continue
                if month is not None and not month_of(name).startswith(month):
                    continue
                for url, status, code in checks(path):
                    counts = logs.setdefault(url, {"total": 0, "success": 0, "failure": 0, "status_codes": {}})
                    counts["total"] += 1
                    counts["success" if status == UP else "failure"] += 1
                    counts["status_codes"][code] = counts["status_codes"].get(code, 0) + 1
    return logs


def sites_of(root, company):
    companies = visible_folders(root)
    chosen = companies if company is None else [name for name in companies if name == company]
    return sorted({site for name in chosen for site in visible_folders(os.path.join(root, name))})


def answer(root, path):
    parts = path.split("/")[1:]
    if parts[0] != "api" or not 2 <= len(parts) <= 4 or "" in parts:
        return {"status": 404, "body": None}
    company, second, third = ([None if part == "all" else part for part in parts[1:]] + [None, None])[:3]
    site, month = second, third
    if len(parts) == 3 and second is not None and second not in sites_of(root, company):
        if second.isascii() and second.isdigit() and 4 <= len(second) <= 6:
            site, month = None, second
    body = {"logs": aggregate(root, company, site, month)}
    if company is not None and site is None and month is None:
        body["sites"] = sites_of(root, company)
    return {"status": 200, "body": body}


if __name__ == "__main__":
    csv.field_size_limit(1 << 30)
    for line in io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="\n"):
        print(json.dumps(answer(sys.argv[1], line.rstrip("\n"))))
