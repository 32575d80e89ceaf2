"""Golden values for within_sectors_test.ts: values less the mean of their sector and day, and ranks there, by pandas.

pip install numpy==2.4.6 pandas==3.1.1, then: python within_sectors.py
Sectors change over time, some values and sectors are missing, values tie, and some groups have fewer than 5 values.
"""
import json
import platform

import numpy as np
import pandas as pd

LEAST_NAMES = 5
random = np.random.default_rng(11)
dates = [str(day.date()) for day in pd.bdate_range("2020-01-01", periods=12)]
symbols = [f"S{number:02d}" for number in range(30)]
table = pd.MultiIndex.from_product([symbols, dates], names=["symbol", "date"]).to_frame(index=False)
table = table[random.random(len(table)) > 0.1].reset_index(drop=True)
first = dict(zip(symbols, random.choice([3.0, 7.0, 10.0, 45.0], len(symbols), p=[0.4, 0.3, 0.2, 0.1])))
table["sector"] = table["symbol"].map(first)
moves = (table["symbol"] < "S06") & (table["date"] >= dates[6])
table.loc[moves, "sector"] = 45.0
table.loc[random.random(len(table)) < 0.08, "sector"] = np.nan
table["x"] = np.round(random.standard_normal(len(table)), 1)
table.loc[random.random(len(table)) < 0.1, "x"] = np.nan

groups = table.groupby(["date", "sector"], dropna=True)["x"]
count = groups.transform("count")
enough = count >= LEAST_NAMES
demeaned = (table["x"] - groups.transform("mean")).where(enough)
ranked = ((groups.rank(method="average") - 0.5) / count - 0.5).where(enough)


def numbers(column):
    return [None if np.isnan(value) else float(value) for value in column]


with open("within_sectors.json", "w") as file:
    json.dump(
        {
            "versions": {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__},
            "leastNames": LEAST_NAMES,
            "symbol": table["symbol"].tolist(),
            "date": table["date"].tolist(),
            **{name: numbers(table[name]) for name in ("sector", "x")},
            "demeaned": numbers(demeaned),
            "ranked": numbers(ranked),
        },
        file,
    )
