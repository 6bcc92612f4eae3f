"""DuckDB's answer to what `/api/all` counts: checks by site, state and code.

    duckdb_peer.py told|guess FILE...

prints the number of all checks, then the number of sites. The columns are told, or it looks
into each of the many files to guess them, as `read_csv` does by itself.
"""

import sys

import duckdb

TOLD = """, auto_detect = false, header = true, delim = ',', quote = '"', new_line = '\\n',
    columns = {
        '日時': 'VARCHAR', 'サイト': 'VARCHAR', '状態': 'VARCHAR',
        'ステータスコード': 'VARCHAR'
    }"""

groups = duckdb.execute(
    f"""
    SELECT "サイト" AS site, "状態" AS state, "ステータスコード" AS code, count(*) AS checks
    FROM read_csv(?{TOLD if sys.argv[1] == "told" else ""})
    GROUP BY ALL
    """,
    [sys.argv[2:]],
).fetchall()
print(sum(checks for *_, checks in groups))
print(len({site for site, *_ in groups}))
