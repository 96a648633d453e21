"""Writes aggregation-reference.json: last-N features as NumPy and SciPy compute them.

Run from anywhere: python3 aggregation_reference.py (NumPy 2, SciPy 1.17).
The output depends on nothing but this file and the versions of the two libraries.
"""

import json
from pathlib import Path

import numpy as np
from scipy import signal, stats

OUTPUT = Path(__file__).parents[1] / "resources" / "aggregation-reference.json"
SIZES = [1, 2, 3, 5, 7, 8, 9, 10, 16, 49, 50]
LARGE = 200
SEED = 20240229


def features(x):
    """Every feature of the values, oldest first; None where it is absent."""
    n = len(x)
    return {
        "count": n,
        "mean": np.mean(x),
        "variance": np.var(x, ddof=1) if n >= 2 else None,
        "stddev": np.std(x, ddof=1) if n >= 2 else None,
        "min": np.min(x),
        "max": np.max(x),
        **{f"p{p}": np.percentile(x, p) for p in (0, 7, 25, 50, 90, 99, 100)},
        **{f"rolling_mean_{k}": np.mean(x[-k:]) if n >= k else None for k in (1, 5, 10)},
        # What pandas documents for ewm(alpha=.2).mean(): weights (1 - alpha)^i, normalised.
        "ewma": np.average(x, weights=0.8 ** np.arange(n)[::-1]),
        "ewma_0_5": np.average(x, weights=0.5 ** np.arange(n)[::-1]),
        "ewma_0_03": np.average(x, weights=0.97 ** np.arange(n)[::-1]),
        # The events of the test are one millisecond apart, the half-life is three.
        "decayed_mean": np.average(x, weights=2.0 ** (-np.arange(n)[::-1] / 3)),
        "slope": stats.linregress(np.arange(n), x).slope if n >= 2 else None,
        **spectral_features(x),
    }


def spectral_features(x):
    if len(x) < 8 or np.ptp(x) == 0:
        return {"dominant_frequency": None, "spectral_entropy": None}
    frequency, power = signal.periodogram(x, fs=1, detrend="constant")
    frequency, power = frequency[1:], power[1:]
    strongest = power >= power.max() * (1 - 1e-9)
    return {
        "dominant_frequency": frequency[strongest][0],
        "spectral_entropy": stats.entropy(power) / np.log(len(power)),
    }


def sines(n, *cycles):
    """Waves of equal amplitude, each with that many cycles in n values."""
    angles = 2 * np.pi * np.outer(cycles, np.arange(n)) / n
    return 900 + 60 * np.sin(angles + 0.3).sum(axis=0)


def samples(random):
    for n in [*SIZES, LARGE]:
        yield f"durations to the millisecond, n={n}", random.lognormal(6, 0.7, n).round(3)
        yield f"uniform, n={n}", random.uniform(0, 3600, n)
        yield f"large offset, n={n}", 1e9 + random.uniform(0, 10, n).round(3)
        yield f"uniform up to 1e9, n={n}", random.uniform(0, 1e9, n)
    for n in SIZES:
        yield f"constant 12.5, n={n}", np.full(n, 12.5)
        yield f"constant 0.1, n={n}", np.full(n, 0.1)
        yield f"rising ramp, n={n}", 3 + 0.25 * np.arange(n)
        yield f"falling ramp at a large offset, n={n}", 1e9 - 2.0 * np.arange(n)
        yield f"few distinct values, n={n}", random.integers(0, 3, n).astype(float)
    for n in [8, 9, 10, 16, 49, 50, LARGE]:
        yield f"one wave, n={n}", sines(n, 2)
        yield f"two equal waves, n={n}", sines(n, 3, 2)
        yield f"one pulse, n={n}", np.where(np.arange(n) == 3, 40.0, 15.0)
    for n in [8, 10, 16, 50]:
        yield f"alternating, n={n}", np.where(np.arange(n) % 2 == 0, 30.0, 20.0)


def plain(value):
    return None if value is None else float(value)


def main():
    cases = [
        {
            "name": name,
            "values": x.tolist(),
            "features": {feature: plain(value) for feature, value in features(x).items()},
        }
        for name, x in samples(np.random.default_rng(SEED))
    ]
    lines = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    OUTPUT.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
