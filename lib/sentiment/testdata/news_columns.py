"""Golden columns for news_columns_test.ts, by pandas.

pip install numpy==2.4.6 pandas==3.1.1, then: python news_columns.py
Articles get the day of the first decision after them by merge_asof, forward, exact matches not allowed.
"""
import json
import platform

import numpy as np
import pandas as pd

random = np.random.default_rng(5)
days = pd.bdate_range("2024-02-20", "2024-04-05")
decisions = (days + pd.Timedelta(hours=16)).tz_localize("America/New_York").tz_convert("UTC")
symbols = ["A", "B"]
count = 120
offset = np.r_[random.choice([-1, 0, 1], count // 2) * 1000, random.integers(-40, 40, count - count // 2) * 600_000]
articles = pd.DataFrame(
    {
        "symbol": random.choice(symbols, count, p=[0.8, 0.2]),
        "knownAt": pd.DatetimeIndex(random.choice(decisions[3:-3], count)) + pd.to_timedelta(offset, unit="ms"),
        "headline": [f"article {number}" for number in range(count)],
        "tone": np.round(random.uniform(-1, 1, count), 3),
    }
)
days_told = days.strftime("%Y-%m-%d")
calendar = pd.DataFrame({"day": days_told, "decision": decisions})
dated = pd.merge_asof(
    articles.sort_values("knownAt"),
    calendar,
    left_on="knownAt",
    right_on="decision",
    direction="forward",
    allow_exact_matches=False,
)
grouped = dated.groupby(["symbol", "day"])["tone"]
table = pd.DataFrame(
    {
        "news_count": grouped.size().astype(float),
        "sentiment": grouped.mean(),
        "sentiment_deviation": grouped.std(),
        "sentiment_minimum": grouped.min(),
        "sentiment_maximum": grouped.max(),
        "positive_share": grouped.apply(lambda tone: (tone > 0.2).mean()),
        "negative_share": grouped.apply(lambda tone: (tone < -0.2).mean()),
    }
).reindex(pd.MultiIndex.from_product([symbols, days_told]))
table["news_count"] = table["news_count"].fillna(0)
for symbol in symbols:
    table.loc[(symbol, days_told[0]), "news_count"] = np.nan  # nobody knows when the first row's time begins

told = articles.assign(knownAt=articles["knownAt"].dt.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
with open("news_columns.json", "w") as file:
    json.dump(
        {
            "versions": {"python": platform.python_version(), "pandas": pd.__version__, "numpy": np.__version__},
            "symbols": symbols,
            "days": list(days_told),
            "articles": told.to_dict("records"),
            "columns": {
                name: [None if np.isnan(value) else value for value in column] for name, column in table.items()
            },
        },
        file,
    )
