"""Golden values for scorecard_test.ts, on a table made here: python scorecard.py (numpy, pandas, scipy, statsmodels)

forecasts.csv is hostile on purpose: rows in no order, missing values, ties, exact zeros, thin days, an extra column.
"""
import json, math
import numpy as np, pandas as pd, scipy, scipy.stats as st, statsmodels, statsmodels.api as sm

HORIZON, MINIMUM_NAMES, LEAST_OUTCOMES = 2, 5, 60
rng = np.random.default_rng(8)
days = pd.bdate_range("2019-01-01", periods=100).strftime("%Y-%m-%d")
rows = []
for number in range(20):
    for day, date in enumerate(days):
        signal = rng.normal()
        actual = round(0.02 * (0.1 * signal + rng.standard_t(5)) + 0.001, 5)
        forecast = round(0.004 * signal + 0.0002, 4)
        if rng.random() < 0.02:
            actual = 0.0
        if rng.random() < 0.03:
            forecast = np.nan
        if rng.random() < 0.02:
            actual = np.nan
        if day in (30, 31) and number > 3:
            continue
        rows.append((f"S{number:02}", date, forecast, actual, "ignored, quoted"))
table = pd.DataFrame(rows, columns=["symbol", "date", "forecast", "actual", "note"])
table.sample(frac=1, random_state=3).to_csv("forecasts.csv", index=False)

judged = table.dropna(subset=["forecast", "actual"])


def of_day(day):
    if len(day) < MINIMUM_NAMES:
        return pd.Series({"ic": np.nan, "rankIc": np.nan})
    return pd.Series({
        "ic": st.pearsonr(day.forecast, day.actual).statistic,
        "rankIc": st.spearmanr(day.forecast, day.actual).statistic,
    })


daily = judged.groupby("date")[["forecast", "actual"]].apply(of_day).dropna()


def newey_west_t(values):
    n = len(values)
    lags = max(math.floor(4 * (n / 100) ** (2 / 9)), 2 * (HORIZON - 1))
    fit = sm.OLS(values, np.ones(n)).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    return float(fit.tvalues[0])


# The mean of the outcomes that are known: those whose two days are over.
wide = table.pivot(index="date", columns="symbol", values="actual")
counts = wide.notna().cumsum().shift(HORIZON)
means = (wide.fillna(0).cumsum().shift(HORIZON) / counts).where(counts >= LEAST_OUTCOMES)
judged = judged.merge(means.stack().rename("mean").reset_index(), on=["date", "symbol"], how="left")
known = judged.dropna(subset=["mean"])
signed = judged[(judged.forecast != 0) & (judged.actual != 0)]
same = (signed.forecast > 0) == (signed.actual > 0)
up, said = (signed.actual > 0).mean(), (signed.forecast > 0).mean()

# The rank book: centred ranks of days with enough names, half long and half short.
size = judged.groupby("date").forecast.transform("size")
rank = judged.groupby("date").forecast.rank()
centred = ((rank - 0.5) / size - 0.5).where(size >= MINIMUM_NAMES, 0)
judged["weight"] = (centred / centred.abs().groupby(judged.date).transform("sum")).fillna(0)
gross = (judged.weight * judged.actual).groupby(judged.date).sum()
weights = judged.pivot(index="date", columns="symbol", values="weight").fillna(0)
turnover = (weights - weights.shift(HORIZON, fill_value=0)).abs().sum(axis=1)
stood = judged.groupby("date").size() >= MINIMUM_NAMES
per_year = 252 / HORIZON


def book(cost):
    net = (gross - cost / 1e4 * turnover)[stood]
    value = (1 + (gross - cost / 1e4 * turnover).where(stood, 0) / HORIZON).cumprod()
    ratio = net.mean() / net.std()
    variance = 1 - st.skew(net) * ratio + (st.kurtosis(net, fisher=False) - 1) / 4 * ratio**2
    return {
        "annualReturn": net.mean() * per_year,
        "annualVolatility": net.std() * math.sqrt(per_year),
        "sharpe": ratio * math.sqrt(per_year),
        "maximumDrawdown": float((1 - value / np.maximum(value.cummax(), 1)).max()),
        "probabilisticSharpe": st.norm.cdf(ratio * math.sqrt(len(net) / HORIZON - 1) / math.sqrt(variance)),
    }


def of_symbol(rows):
    return {
        "rows": len(rows),
        "ic": st.pearsonr(rows.forecast, rows.actual).statistic,
        "rankIc": st.spearmanr(rows.forecast, rows.actual).statistic,
    }


symbols = {name: of_symbol(rows) for name, rows in judged.groupby("symbol")}
golden = {
    "versions": {
        "numpy": np.__version__, "pandas": pd.__version__,
        "scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
    },
    "data": {
        "rows": len(table), "judgedRows": len(judged), "days": int(judged.date.nunique()),
        "missingForecasts": int(table.forecast.isna().sum()), "missingActuals": int(table.actual.isna().sum()),
    },
    "crossSectional": {
        "rankIc": daily.rankIc.mean(), "rankIcDeviation": daily.rankIc.std(),
        "rankIcir": daily.rankIc.mean() / daily.rankIc.std(), "rankIcT": newey_west_t(daily.rankIc.to_numpy()),
        "positiveDays": float((daily.rankIc > 0).mean()),
        "ic": daily.ic.mean(), "icDeviation": daily.ic.std(),
        "icir": daily.ic.mean() / daily.ic.std(), "icT": newey_west_t(daily.ic.to_numpy()),
    },
    "days": len(daily),
    "pooled": {
        "ic": st.pearsonr(judged.forecast, judged.actual).statistic,
        "rankIc": st.spearmanr(judged.forecast, judged.actual).statistic,
        "hitRate": float(same.mean()), "alwaysUp": float(up), "positiveShare": float(said),
        "hitRateBeyondChance": float(same.mean() - (up * said + (1 - up) * (1 - said))),
        "rSquaredZero": 1 - ((judged.actual - judged.forecast) ** 2).sum() / (judged.actual**2).sum(),
        "rSquaredTrailingMean":
            1 - ((known.actual - known.forecast) ** 2).sum() / ((known.actual - known["mean"]) ** 2).sum(),
        "spreadRatio": judged.forecast.std() / judged.actual.std(),
        "calibrationSlope": st.linregress(judged.forecast, judged.actual).slope,
    },
    "zeros": {"actual": int((judged.actual == 0).sum()), "forecast": int((judged.forecast == 0).sum())},
    "turnover": float(turnover[stood].mean() / HORIZON),
    "book": {str(cost): book(cost) for cost in (0, 10)},
    "meanRankIc": float(np.mean([symbol["rankIc"] for symbol in symbols.values()])),
    "symbols": symbols,
}
json.dump(golden, open("scorecard.json", "w"), indent=1, default=float)
