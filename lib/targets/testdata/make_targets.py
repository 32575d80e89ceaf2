"""Classes, events and volatilities of the days to come, by pandas.

Made with pandas and numpy; versions stand in the file. Run: python make_targets.py > targets.json
"""
import json

import numpy as np
import pandas as pd

HORIZONS, WINDOW = [1, 5], 8
random = np.random.default_rng(11)
days = [day.strftime("%Y-%m-%d") for day in pd.bdate_range("2020-01-01", periods=40)]
returns = pd.DataFrame(random.normal(0, [0.01, 0.03, 0.02], (40, 3)), index=days, columns=["A", "B", "C"])
index = (1 + returns).cumprod().round(6)
index.loc[days[17:19], "B"] = np.nan  # no rows on two days
index.loc[: days[5], "C"] = np.nan

known = {}
for horizon in HORIZONS:
    forward = index.shift(-horizon) / index - 1
    # Daily returns go from row to row of the symbol, as do windows.
    usual = index.apply(lambda x: x.dropna().pct_change().rolling(WINDOW).std().reindex(x.index))
    move = forward / (usual * np.sqrt(horizon))
    known[f"sign_{horizon}"] = (np.sign(move) * (move.abs() > 0.25) + 1).where(move.notna())
    known[f"rise_{horizon}"] = (move > 0.5).astype(float).where(move.notna())
    known[f"fall_{horizon}"] = (move < -0.5).astype(float).where(move.notna())
    squares = (index / index.shift(1) - 1) ** 2
    known[f"volatility_{horizon}"] = np.sqrt(squares.rolling(horizon).mean().shift(-horizon))

rows = [(symbol, day) for symbol in index for day in days if not np.isnan(index.loc[day, symbol])]
told = {
    "made_with": {"pandas": pd.__version__, "numpy": np.__version__},
    "horizons": HORIZONS,
    "windowDays": WINDOW,
    "symbol": [symbol for symbol, _ in rows],
    "date": [day for _, day in rows],
    "index": [float(index.loc[day, symbol]) for symbol, day in rows],
    "targets": {
        name: [None if np.isnan(table.loc[day, symbol]) else float(table.loc[day, symbol]) for symbol, day in rows]
        for name, table in known.items()
    },
}
print(json.dumps(told))
