"""DuckDB's answer to what the program's smaller half is: checks by site, state and code.

    duckdb_peer.py FILE...

prints the number of all checks, then the number of sites. A query is as short as DuckDB
allows, and names the columns' types, so that no time goes into guessing them.
"""

import sys

import duckdb

groups = duckdb.execute(
    """
    SELECT "サイト" AS site, "状態" AS state, "ステータスコード" AS code, count(*) AS checks
    FROM read_csv(?, header = true, delim = ',', quote = '"', all_varchar = true)
    GROUP BY ALL
    """,
    [sys.argv[1:]],
).fetchall()
print(sum(checks for *_, checks in groups))
print(len({site for site, *_ in groups}))
