"""Writes real flights as the events of an airline's systems, and the spine of a model of delays.

    python3 events.py DATA FOLDER [--until DATE]

DATA is the folder `data` of the npm package vega-datasets, with flights-3m.parquet and
airports.csv. FOLDER takes events.jsonl.gz and spine.parquet. Needs duckdb (pip install duckdb).
"""

import argparse
import pathlib

import duckdb

# The file says local times, and an event has an instant: so each airport needs its time zone.
ZONES = {
    "America/New_York": "CT DE FL GA KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Phoenix": "AZ",
    "America/Indiana/Indianapolis": "IN",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
}
# Airports in another zone than most of their state.
OTHER_ZONES = {
    "America/New_York": "CHA MQT TRI TYS",
    "America/Chicago": "EVV PNS VPS",
    "America/Denver": "ELP RAP",
}

# Flights of one route and minute are different flights, told apart by a number at the end of `leg`.
FLIGHTS = """
CREATE TABLE flights AS
SELECT
    f.*,
    epoch(timezone(z.zone, f.date))::BIGINT AS scheduled,
    epoch(timezone(z.zone, f.date))::BIGINT + 60 * f.delay AS actual,
    f.origin || '-' || f.destination || strftime(f.date, '-%Y%m%dT%H%M-') || row_number() OVER (
        PARTITION BY f.origin, f.destination, f.date ORDER BY f.delay) AS leg
FROM read_parquet($flights) f JOIN zones z ON z.iata = f.origin
WHERE f.date < $until::TIMESTAMP
"""

# A departure is recorded at its time, but not before the scheduled one: at the scheduled instant,
# nothing is known yet of a flight that left early.
EVENTS = """
COPY (
    WITH flight AS (
        SELECT
            *,
            {'leg': leg, 'origin': origin, 'destination': destination,
             'distance_miles': format('{}.0', distance)} AS flight
        FROM flights)
    SELECT * FROM (
        SELECT 'FLIGHT_SCHEDULED' AS event, scheduled AS recorded_at, flight, NULL AS departure
        FROM flight
        UNION ALL
        SELECT
            'FLIGHT_DEPARTED', greatest(scheduled, actual), flight,
            {'scheduled_at': scheduled, 'actual_at': actual,
             'delay_minutes': format('{}.0', delay)}
        FROM flight)
    ORDER BY recorded_at, flight.leg
) TO '%s' (FORMAT json, COMPRESSION gzip)
"""

SPINE = """
COPY (
    SELECT
        make_timestamp(scheduled * 1000000) AS "at",
        leg,
        origin,
        destination,
        origin || '|' || destination AS route,
        hour(date) + minute(date) / 60.0 AS hour,
        isodow(date) AS weekday,
        distance,
        delay
    FROM flights
    ORDER BY "at", leg
) TO '%s' (FORMAT parquet)
"""


def zones_of_airports(database, airports):
    states = {state: zone for zone, all in ZONES.items() for state in all.split()}
    others = {iata: zone for zone, all in OTHER_ZONES.items() for iata in all.split()}
    rows = database.execute("SELECT iata, state FROM read_csv($1)", [airports]).fetchall()
    return [(iata, others.get(iata, states.get(state))) for iata, state in rows]


def main(data, folder, until):
    folder.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    database.execute("CREATE TABLE zones (iata VARCHAR, zone VARCHAR)")
    zones = [pair for pair in zones_of_airports(database, str(data / "airports.csv")) if pair[1]]
    database.executemany("INSERT INTO zones VALUES (?, ?)", zones)
    file = str(data / "flights-3m.parquet")
    database.execute(FLIGHTS, {"flights": file, "until": until})
    database.execute(EVENTS % (folder / "events.jsonl.gz"))
    database.execute(SPINE % (folder / "spine.parquet"))
    flights = database.execute("SELECT count(*) FROM flights").fetchone()[0]
    print(f"{flights:,} flights, {2 * flights:,} events in {folder}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--until", default="2001-07-02", help="local date before which flights are")
    arguments = parser.parse_args()
    main(arguments.data, arguments.folder, arguments.until)
