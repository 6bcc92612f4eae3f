"""DuckDB's answer to what `/api/all` counts: checks by site, state and code.

    duckdb_peer.py FILE...

prints the number of all checks, then the number of sites. The columns are told, because
looking into each of many files to guess them takes DuckDB several times as long as all
else.
"""

import sys

import duckdb

groups = duckdb.execute(
    """
    SELECT "サイト" AS site, "状態" AS state, "ステータスコード" AS code, count(*) AS checks
    FROM read_csv(
        ?, auto_detect = false, header = true, delim = ',', quote = '"', new_line = '\\n',
        columns = {
            '日時': 'VARCHAR', 'サイト': 'VARCHAR', '状態': 'VARCHAR',
            'ステータスコード': 'VARCHAR'
        }
    )
    GROUP BY ALL
    """,
    [sys.argv[1:]],
).fetchall()
print(sum(checks for *_, checks in groups))
print(len({site for site, *_ in groups}))
