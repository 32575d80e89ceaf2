"""Golden joins for join_as_known_test.ts, by pandas.

pip install numpy==2.4.6 pandas==3.1.1, then: python join_as_known.py
Plain records by merge_asof; those with revisions by filtering and sorting a frame, row by row.
"""
import json
import platform

import numpy as np
import pandas as pd

random = np.random.default_rng(11)
days = pd.bdate_range("2024-02-01", "2024-04-30")  # summer time begins on the way
decisions = (days + pd.Timedelta(hours=16)).tz_localize("America/New_York").tz_convert("UTC")
symbols = ["A", "B"]
panel = pd.DataFrame(
    [(symbol, day, decision) for symbol in symbols for day, decision in zip(days.strftime("%Y-%m-%d"), decisions)],
    columns=["symbol", "day", "decision"],
)

# half of the records come within a second around a decision, or at it
at = random.choice(decisions, 60, replace=False)
offsets = np.r_[random.choice([-1, 0, 1], 30) * 1000, random.integers(-72, 72, 30) * 600_000]
plain = pd.DataFrame(
    {
        "symbol": random.choice(symbols, 60),
        "knownAt": pd.DatetimeIndex(at) + pd.to_timedelta(offsets, unit="ms"),
        "value": np.round(random.standard_normal(60), 6),
    }
).drop_duplicates(["symbol", "knownAt"])


def asof(exact, lag_hours=0.0, stale_days=None):
    left = panel.assign(limit=panel["decision"] - pd.Timedelta(hours=lag_hours), row=range(len(panel)))
    joined = pd.merge_asof(
        left.sort_values("limit"),
        plain.sort_values("knownAt"),
        left_on="limit",
        right_on="knownAt",
        by="symbol",
        allow_exact_matches=exact,
        tolerance=None if stale_days is None else pd.Timedelta(days=stale_days),
    )
    return [None if np.isnan(x) else x for x in joined.sort_values("row")["value"]]


periods = pd.date_range("2023-10-01", periods=6, freq="MS")
rows = []
for period in periods:
    first = pd.Timestamp("2024-02-01 12:00", tz="UTC") + (period - periods[0]) * 0.4
    for revision in range(4):
        first += pd.Timedelta(hours=int(random.integers(5, 500)))
        rows.append((period.strftime("%Y-%m-%d"), first, round(float(random.standard_normal()), 6)))
revised = pd.DataFrame(rows, columns=["period", "knownAt", "value"])


def latest_word(decision):
    known = revised[revised["knownAt"] < decision].sort_values(["period", "knownAt"])
    return None if known.empty else known["value"].iloc[-1]


def told(frame):
    return frame.assign(knownAt=frame["knownAt"].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ").str.replace("000Z", "Z")).to_dict(
        "records"
    )


with open("join_as_known.json", "w") as file:
    json.dump(
        {
            "versions": {"python": platform.python_version(), "pandas": pd.__version__, "numpy": np.__version__},
            "days": list(days.strftime("%Y-%m-%d")),
            "symbols": symbols,
            "plain": told(plain),
            "before": asof(False),
            "by": asof(True),
            "lag_2": asof(False, lag_hours=2),
            "stale_3": asof(False, stale_days=3),
            "revised": told(revised),
            "latest_word": [latest_word(decision) for decision in panel["decision"]],
        },
        file,
    )
