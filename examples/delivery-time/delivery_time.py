"""How much Freshet's features help to predict an order's delivery time.

    /usr/bin/python3 examples/delivery-time/delivery_time.py EVENTS [FOLDER]

EVENTS is a file of order events (docs/events.md); FOLDER, by default a temporary one, takes the
spine and the training rows. Needs scikit-learn and pandas (Debian: python3-sklearn python3-pandas).
"""

import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.inspection import permutation_importance
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import KFold

ROOT = pathlib.Path(__file__).resolve().parents[2]
LABEL = "delivery_minutes"
LONGEST_MINUTES = 180
HELD_OUT = 0.25
SEEDS = range(7)
ORDER = ["hour", "weekday", "amount", "items"]
STORE_MEAN = "store_mean"


def read_events(path):
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    with opened as lines:
        return pd.DataFrame([json.loads(line) for line in lines])


def make_spine(events):
    """A row for each order that was delivered: what it says of itself, and its label."""
    events["occurredAt"] = pd.to_datetime(events["occurredAt"], utc=True)
    created = events[events["eventType"] == "ORDER_CREATED"].set_index("orderId")
    delivered = events[events["eventType"] == "ORDER_DELIVERED"].set_index("orderId")["occurredAt"]
    spine = pd.DataFrame(
        {
            "at": created["occurredAt"],
            "store": created["storeId"],
            "city": created["cityCode"],
            "amount": created["totalAmount"],
            "items": created["itemCount"],
            LABEL: (delivered - created["occurredAt"]).dt.total_seconds() / 60,
        }
    )
    return spine.dropna(subset=[LABEL]).sort_values("at", kind="stable")


def replay(events, spine, folder):
    """Each row of the spine with the features of its store and city at its instant."""
    spine_file, rows_file = folder / "spine.csv", folder / "rows.csv"
    text = spine.assign(at=spine["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    text.to_csv(spine_file, index_label="order")
    command = [ROOT / "freshet", "replay", "--events", events]
    subprocess.run(command + ["--spine", spine_file, "--output", rows_file], check=True)
    return pd.read_csv(rows_file, parse_dates=["at"])


def split(rows):
    """The newest quarter is held out; a training row's label was known before that began."""
    rows = rows[rows[LABEL] <= LONGEST_MINUTES].copy()
    rows["hour"] = rows["at"].dt.hour + rows["at"].dt.minute / 60
    rows["weekday"] = rows["at"].dt.weekday
    begin = rows["at"].quantile(1 - HELD_OUT)
    known = rows["at"] + pd.to_timedelta(rows[LABEL], unit="min")
    return rows[known < begin].copy(), rows[rows["at"] >= begin].copy()


def add_store_mean(train, test):
    """A constant for each store, as a nightly batch would make it; never from a row's own label."""
    for others, own in KFold(10, shuffle=True, random_state=0).split(train):
        means = train.iloc[others].groupby("store")[LABEL].mean()
        index = train.index[own]
        train.loc[index, STORE_MEAN] = train.loc[index, "store"].map(means)
    test[STORE_MEAN] = test["store"].map(train.groupby("store")[LABEL].mean())


def fit(train, columns, seed):
    """A model of a random four fifths of the training rows, the same ones for any columns."""
    sample = train.sample(frac=0.8, random_state=seed)
    model = HistGradientBoostingRegressor(
        loss="absolute_error",
        learning_rate=0.05,
        max_iter=300,
        min_samples_leaf=50,
        early_stopping=False,
        random_state=seed,
    )
    return model.fit(sample[columns], sample[LABEL])


def errors(train, test, columns):
    models = [fit(train, columns, seed) for seed in SEEDS]
    return np.array([mean_absolute_error(test[LABEL], m.predict(test[columns])) for m in models])


def show(name, found, reference):
    reduction = 100 * (1 - found / reference)
    print(
        f"{name:42} {np.median(found):6.2f} ({found.min():.2f} to {found.max():.2f})"
        f"  {np.median(reduction):5.1f} % ({reduction.min():.1f} to {reduction.max():.1f})"
    )


def main(events, folder):
    train, test = split(replay(events, make_spine(read_events(events)), folder))
    add_store_mean(train, test)
    features = [column for column in train.columns if ":" in column and train[column].notna().any()]
    print(f"{len(train)} orders to train on, {len(test)} held out, from {test['at'].min()}")
    print(f"{len(features)} features of Freshet")
    print(f"{'mean absolute error in minutes':42} median (range)         less by")
    order_only = errors(train, test, ORDER)
    median = np.full(len(order_only), (test[LABEL] - train[LABEL].median()).abs().mean())
    show("the median of the training rows, always", median, order_only)
    show("what the order says", order_only, order_only)
    show("... and a constant for each store", errors(train, test, ORDER + [STORE_MEAN]), order_only)
    show("... and Freshet's features", errors(train, test, ORDER + features), order_only)
    everything = ORDER + [STORE_MEAN] + features
    show("... and both", errors(train, test, everything), order_only)

    columns = ORDER + features
    found = permutation_importance(
        fit(train, columns, 0),
        test[columns],
        test[LABEL],
        scoring="neg_mean_absolute_error",
        n_repeats=5,
        random_state=0,
    )
    print("minutes of error more if the column is shuffled:")
    for mean, column in sorted(zip(found.importances_mean, columns), reverse=True)[:10]:
        print(f"  {mean:5.2f}  {column}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else temporary))
