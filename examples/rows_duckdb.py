# %% [markdown]
# # Training rows in DuckDB
#
# Runs cell by cell in an editor that knows `# %%`, or as a whole: `python examples/rows_duckdb.py training.parquet`.
# Needs duckdb. It reads what a query names, and no more: rows of a file larger than memory are no problem.

# %%
import sys

import duckdb

TRAINING = sys.argv[1] if len(sys.argv) > 1 else "training.parquet"
database = duckdb.connect()
database.execute(f"CREATE VIEW training AS SELECT * FROM read_parquet('{TRAINING}')")

# %% [markdown]
# ## Names with a colon stand in double quotes

# %%
names = [row[0] for row in database.execute("DESCRIBE training").fetchall()]
features = [name for name in names if ":" in name]
first = features[0]
print(database.sql(f'SELECT count(*) AS "rows", count("{first}") AS present FROM training'))

# %% [markdown]
# ## A feature over time
# A jump from one day to the next says that something changed: what happened, or the events.

# %%
if "at" in names:
    print(database.sql(f"""
        SELECT date_trunc('day', "at"::TIMESTAMPTZ) AS day, count(*) AS "rows",
               avg("{first}") AS mean, quantile_cont("{first}", 0.9) AS p90
        FROM training GROUP BY day ORDER BY day LIMIT 10"""))

# %% [markdown]
# ## Events as a table
# `replay` takes events from Parquet too, with a column for each member, so that a database can write them:
#
#     COPY (SELECT id AS "eventId", 'ORDER_CREATED' AS "eventType", created AS "occurredAt", store AS "storeId"
#           FROM orders) TO 'created.parquet' (FORMAT parquet)
#
#     ./freshet replay --events created.parquet --spine labels.csv --output training.parquet
