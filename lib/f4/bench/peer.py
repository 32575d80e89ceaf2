"""The numbers of a scorecard as one gets them in Python: alphalens-reloaded, arch, statsmodels, pandas.

Called by scorecard_speed.ts: python peer.py FOLDER NAMES DAYS DRAWS
"""
import json, math, resource, sys, time
import numpy as np, pandas as pd, statsmodels.api as sm
from alphalens import performance
from arch.bootstrap import StationaryBootstrap, optimal_block_length

folder, names, days, draws = sys.argv[1], *map(int, sys.argv[2:])
COSTS = [0, 5, 10, 20]
BASELINES = ["first", "second", "third"]
dates = pd.bdate_range("2010-01-01", periods=days)
symbols = [f"S{name:04}" for name in range(names)]
index = pd.MultiIndex.from_product([symbols, dates], names=["asset", "date"])
columns = {name: np.fromfile(f"{folder}/{name}") for name in ["forecast", "actual", *BASELINES]}
table = pd.DataFrame(columns, index=index).swaplevel().sort_index()

parts = {}
start = last = time.perf_counter()


def lap(part):
    global last
    now = time.perf_counter()
    parts[part] = now - last
    last = now


def rank_ic(forecast):
    factor = pd.DataFrame({"1D": table.actual, "factor": table[forecast], "factor_quantile": 1})
    return performance.factor_information_coefficient(factor)["1D"]


daily_rank_ic = rank_ic("forecast")
lap("daily rank IC (alphalens)")
advantages = {name: daily_rank_ic - rank_ic(name) for name in BASELINES}
lap("three baselines (alphalens)")
daily_ic = table.groupby(level="date")[["forecast", "actual"]].apply(lambda day: day.forecast.corr(day.actual))
lap("daily IC (pandas)")

ranks = table.groupby(level="date").forecast.rank()
factor = pd.DataFrame({"1D": table.actual, "factor": ranks, "factor_quantile": 1})
weights = performance.factor_weights(factor, demeaned=True)
gross = performance.factor_returns(factor, demeaned=True)["1D"]
wide = weights.unstack()
turnover = wide.diff().abs().sum(axis=1)
turnover.iloc[0] = wide.iloc[0].abs().sum()
net = np.column_stack([gross - cost / 1e4 * turnover for cost in COSTS])
lap("book of ranks (alphalens)")

lags = math.floor(4 * (days / 100) ** (2 / 9))
fit = sm.OLS(daily_rank_ic.to_numpy(), np.ones(days)).fit(
    cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False}
)
x, y = table.forecast, table.actual
sums = pd.DataFrame({
    "n": np.ones(len(table)), "x": x, "y": y, "xx": x * x, "yy": y * y, "xy": x * y,
    "error": (y - x) ** 2, "hit": (x > 0) == (y > 0),
}).groupby(level="date").sum()
lap("t and sums of days (statsmodels, pandas)")

data = np.column_stack([daily_rank_ic, daily_ic, turnover, net, sums, *advantages.values()])


def statistics(rows):
    mean, deviation = rows.mean(axis=0), rows.std(axis=0, ddof=1)
    path = np.cumprod(1 + rows[:, 3:7], axis=0)
    peak = np.maximum(np.maximum.accumulate(path, axis=0), 1)
    n, sx, sy, sxx, syy, sxy, error, hit = rows[:, 7:15].sum(axis=0)
    pooled = (sxy / n - sx * sy / n**2) / math.sqrt((sxx / n - (sx / n) ** 2) * (syy / n - (sy / n) ** 2))
    sharpe = math.sqrt(252) * mean[3:7] / deviation[3:7]
    return np.concatenate([
        mean[:3], deviation[:2], mean[:2] / deviation[:2], (rows[:, :1] > 0).mean(axis=0), sharpe,
        252 * mean[3:7], math.sqrt(252) * deviation[3:7], (1 - path / peak).max(axis=0),
        [pooled, hit / n, 1 - error / syy], mean[15:],
    ])


block = max(1, *optimal_block_length(np.column_stack([daily_rank_ic, gross]))["stationary"])
StationaryBootstrap(block, data, seed=1).conf_int(statistics, reps=draws, method="percentile")
lap(f"{draws} draws (arch)")

values = statistics(data)
numbers = {
    "mean rank IC": values[0], "ICIR": values[5], "mean IC": values[1], "Newey-West t": fit.tvalues[0],
    "IC of all rows": values[24], "hit rate": values[25], "R2 against 0": values[26], "turnover": values[2],
    "Sharpe ratio at 20 bp": values[11], "largest drawdown at 20 bp": values[23],
    "rank IC beyond the first baseline": values[27],
}
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "parts": parts,
    "numbers": {name: float(value) for name, value in numbers.items()},
}))
