"""How much features help to predict the delay of a flight at its scheduled instant.

    python3 model.py ROWS [--most N]

ROWS is the spine with its features, as `freshet replay` wrote it. Needs pandas, pyarrow and
scikit-learn.
"""

import argparse

import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.inspection import permutation_importance
from sklearn.metrics import mean_absolute_error

LABEL = "delay"
HELD_OUT = 0.25
FLIGHT = ["hour", "weekday", "distance"]
AIRPORTS = ["origin", "destination"]
TIMETABLE = "route_timetable:"


def split(rows):
    """The newest quarter is held out; a training row's label was known before that began."""
    begin = rows["at"].quantile(1 - HELD_OUT)
    known = rows["at"] + pd.to_timedelta(rows[LABEL].clip(lower=0), unit="min")
    return rows[known < begin], rows[rows["at"] >= begin]


def with_categories(rows):
    return rows.assign(**{each: rows[each].astype("category") for each in AIRPORTS})


def fit(train, columns):
    model = HistGradientBoostingRegressor(
        loss="absolute_error",
        categorical_features="from_dtype",
        max_iter=150,
        max_leaf_nodes=63,
        min_samples_leaf=50,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(train[columns], train[LABEL])


def error(model, test, columns):
    return mean_absolute_error(test[LABEL], model.predict(test[columns]))


def show(name, found, reference):
    print(f"{name:42} {found:7.3f} {100 * (found / reference - 1):7.1f} %", flush=True)


def main(file, most):
    rows = with_categories(pd.read_parquet(file))
    train, test = split(rows)
    if len(train) > most:
        train = train.sample(most, random_state=0)
    # The instants themselves are left out: their ages, without `_at`, say the same of any day.
    features = [each for each in rows if ":" in each and not each.endswith("_at")]
    print(f"{len(train):,} flights to train on, {len(test):,} held out, from {test['at'].min()}")
    print(f"{len(features)} features")
    print("mean absolute error in minutes")
    flight = error(fit(train, FLIGHT), test, FLIGHT)
    median = (test[LABEL] - train[LABEL].median()).abs().mean()
    show("the median of the training rows, always", median, flight)
    show("what the flight says", flight, flight)
    known = FLIGHT + AIRPORTS
    show("... and its airports", error(fit(train, known), test, known), flight)
    timetable = [each for each in features if each.startswith(TIMETABLE)]
    others = [each for each in features if each not in timetable]
    for name, columns in [
        ("... and the features but the timetable's", FLIGHT + others),
        ("... and those of the timetable alone", FLIGHT + timetable),
        ("... and its airports and all features", known + features),
    ]:
        show(name, error(fit(train, columns), test, columns), flight)
    columns = FLIGHT + features
    model = fit(train, columns)
    show("... and all features", error(model, test, columns), flight)

    sample = test.sample(min(len(test), 20_000), random_state=0)
    found = permutation_importance(
        model,
        sample[columns],
        sample[LABEL],
        scoring="neg_mean_absolute_error",
        n_repeats=1,
        random_state=0,
    )
    print("minutes of error more if the column is shuffled:")
    for mean, column in sorted(zip(found.importances_mean, columns), reverse=True)[:15]:
        print(f"  {mean:6.3f}  {column}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows")
    parser.add_argument("--most", type=int, default=1_000_000, help="training rows at most")
    arguments = parser.parse_args()
    main(arguments.rows, arguments.most)
