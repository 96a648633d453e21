# %% [markdown]
# # Training rows in pandas
#
# Runs cell by cell in an editor that knows `# %%`, or as a whole: `python examples/rows_pandas.py training.parquet`.
# Needs pandas and pyarrow. The rows, for one model and a tenth of the orders:
#
#     ./freshet replay --events 'orders-*.jsonl.gz' --spine labels.csv --service arrival_time \
#       --sample 0.1 --output training.parquet

# %%
import sys

import pandas as pd

TRAINING = sys.argv[1] if len(sys.argv) > 1 else "training.parquet"

# %% [markdown]
# ## Only the columns that are needed
# Parquet keeps columns apart, so that the others are not read. A feature is named `<feature group>:<feature>`.

# %%
import pyarrow.parquet as parquet

names = parquet.read_schema(TRAINING).names
features = [name for name in names if ":" in name]
kept = [name for name in names if ":" not in name]
rows = pd.read_parquet(TRAINING, columns=kept + features[:20])
print(f"{len(rows):,} rows, {len(features)} features; kept from the spine: {', '.join(kept)}")

# %% [markdown]
# ## What is absent, and how values lie
# Absent is not 0: no event had named the entity yet, or its state had expired.

# %%
numbers = rows[features[:20]].select_dtypes("number")
summary = numbers.describe(percentiles=[0.5, 0.9]).T[["mean", "50%", "90%", "max"]]
summary.insert(0, "absent", numbers.isna().mean().map("{:.1%}".format))
print(summary.to_string(float_format="{:.2f}".format))

# %% [markdown]
# ## Training before, testing after
# Rows split by time: a model is used on what comes after all that it has seen.

# %%
if "at" in rows:
    at = pd.to_datetime(rows["at"], utc=True, format="ISO8601")
    split = at.quantile(0.75)
    print(f"{(at < split).sum():,} rows to train until {split}, {(at >= split).sum():,} to test from then on")
