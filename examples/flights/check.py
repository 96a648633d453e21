"""Recomputes features of some rows from the flights themselves: none may know of a later event.

    python3 check.py FOLDER [ROWS]

FOLDER has spine.parquet; ROWS is by default rows.parquet in it. Needs duckdb.
"""

import pathlib
import sys

import duckdb

SAMPLE = """
CREATE TABLE flights AS
SELECT *, epoch("at") AS scheduled, epoch("at") + 60 * greatest(delay, 0) AS departed
FROM read_parquet('%s');
CREATE TABLE rows AS
SELECT *, epoch("at") AS scheduled
FROM read_parquet('%s') USING SAMPLE reservoir(%d ROWS) REPEATABLE (1);
"""
COMPARE = """
WITH compared AS (
    SELECT any_value(r."{feature}") AS found, {expected} AS expected
    FROM rows r LEFT JOIN flights f ON {seen}
    GROUP BY r.leg)
SELECT
    count(found),
    count(*) FILTER (WHERE (found IS NULL) <> (expected IS NULL)
        OR abs(found - expected) > {tolerance} * greatest(1, abs(expected)))
FROM compared
"""
ROWS = 3000


def departed(hours):
    return f"f.departed > r.scheduled - {hours} * 3600 AND f.departed < r.scheduled"


# After the start of the day in which the instant 30 days before lies.
MONTH = (
    "f.departed > (r.scheduled - 30 * 86400)::BIGINT // 86400 * 86400 AND f.departed < r.scheduled"
)
WAITING = (
    "f.scheduled > r.scheduled - 6 * 3600 AND f.scheduled < r.scheduled"
    " AND f.departed >= r.scheduled"
)
P90_30D = "origin_history:p90_30d"
OLDEST = "any_value(r.scheduled) - min(f.scheduled)"
FEATURES = [
    ("origin_delays:mean_1h", "avg(f.delay)", "f.origin = r.origin AND " + departed(1)),
    (
        "origin_delays:p90_3h",
        "quantile_cont(f.delay, 0.9)",
        "f.origin = r.origin AND " + departed(3),
    ),
    ("origin_delays:oldest_undeparted", OLDEST, "f.origin = r.origin AND " + WAITING),
    (
        "destination_delays:max_3h",
        "max(f.delay)",
        "f.destination = r.destination AND " + departed(3),
    ),
    (
        "destination_departures:mean_3h",
        "avg(f.delay)",
        "f.origin = r.destination AND " + departed(3),
    ),
    ("route_delays:mean_7d", "avg(f.delay)", "f.route = r.route AND " + departed(168)),
    (
        "route_timetable:earlier_2h_after_1d",
        "any_value(r.scheduled) - max(f.scheduled)",
        "f.route = r.route AND f.scheduled > r.scheduled - 26 * 3600"
        " AND f.scheduled <= r.scheduled - 24 * 3600",
    ),
    ("network_delays:oldest_undeparted", OLDEST, WAITING),
    ("route_history:mean_30d", "avg(f.delay)", "f.route = r.route AND " + MONTH),
    (
        "route_history:late_share_lifetime",
        "avg((f.delay > 15)::INT)",
        "f.route = r.route AND f.departed < r.scheduled",
    ),
    (P90_30D, "quantile_cont(f.delay, 0.9)", "f.origin = r.origin AND " + MONTH),
]


def main(folder, rows):
    database = duckdb.connect()
    database.execute(SAMPLE % (folder / "spine.parquet", rows, ROWS))
    wrong = 0
    for feature, expected, seen in FEATURES:
        tolerance = 0.01 if feature == P90_30D else 1e-9  # an estimate, or rounding
        query = COMPARE.format(feature=feature, expected=expected, seen=seen, tolerance=tolerance)
        present, differ = database.execute(query).fetchone()
        print(f"{feature:40} {present:5} of {ROWS} rows have it, {differ} differ")
        wrong += differ
    return 1 if wrong else 0


if __name__ == "__main__":
    of = pathlib.Path(sys.argv[1])
    sys.exit(main(of, sys.argv[2] if len(sys.argv) > 2 else of / "rows.parquet"))
