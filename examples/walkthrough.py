# %% [markdown]
# # Features for a model: training rows and live values
#
# Runs cell by cell in an editor that knows `# %%`, or as a whole with `python examples/walkthrough.py`, from the
# project's root. It needs pandas (with pyarrow for Parquet) and redis: `pip install pandas pyarrow redis`.
#
# Before: `./freshet local` in one terminal, and for the training rows
#
#     ./freshet replay --events orders.jsonl.gz --spine labels.csv --output training.parquet
#
# (Or `training.csv`, which needs no pyarrow: `python examples/walkthrough.py training.csv`.)

# %%
import os
import sys

import pandas as pd
import redis

TRAINING = sys.argv[1] if len(sys.argv) > 1 else "training.parquet"

# %% [markdown]
# ## Training rows
# One row of the spine each, with the features of its entities as they were at `at`. A feature without a value is empty.

# %%
if os.path.exists(TRAINING):
    read = pd.read_parquet if TRAINING.endswith(".parquet") else pd.read_csv
    rows = read(TRAINING)
    features = [column for column in rows.columns if ":" in column]
    print(f"{len(rows)} rows, {len(features)} features")
    print(rows[features].describe().transpose()[["count", "mean", "min", "max"]].to_string())
    print(rows[features].isna().mean().sort_values(ascending=False).head().to_string())
else:
    print(f"there is no {TRAINING}: see the first cell")

# %% [markdown]
# ## Live values
# One hash an entity, one round trip. `./freshet catalog --json` lists every field. Redis forgets an entity with history
# a day after its last change; then its fields are None, `@computed_at` too: docs/features.md says where to ask next.

# %%
store = redis.Redis(port=int(os.environ.get("FEATURE_STORE_PORT", "6391")), decode_responses=True)
wanted = ["store_orders:unpicked", "store_orders:created_10m", "store_preparation_time:mean"]


def live(dimension, entity, fields):
    """The features of an entity as floats; None where one has no value."""
    values = store.hmget(f"features:{dimension}:{entity}", fields)
    return {field: None if value is None else float(value) for field, value in zip(fields, values)}


print(live("store", 1, wanted))

# %% [markdown]
# ## Many entities at once, as a model server reads them

# %%
pipeline = store.pipeline(transaction=False)
entities = range(1, 6)
for entity in entities:
    pipeline.hmget(f"features:store:{entity}", wanted)
frame = pd.DataFrame(pipeline.execute(), index=list(entities), columns=wanted, dtype="float64")
frame.index.name = "store"
print(frame.to_string())

# %% [markdown]
# ## How fresh are they?

# %%
computed_at, event_time = store.hmget(
    "features:store:1", "store_orders:@computed_at", "store_orders:@event_time"
)
if computed_at is not None:
    print("right at", pd.to_datetime(int(computed_at), unit="ms", utc=True))
    print("newest event", pd.to_datetime(int(event_time), unit="ms", utc=True))
