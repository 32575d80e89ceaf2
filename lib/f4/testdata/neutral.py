"""Golden values of neutral_test.ts: exposures, neutral rank ICs and loads of a book, by numpy, scipy and statsmodels.

Run: python neutral.py > neutral.json
Made with numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0. Both sides make the same market from the same generator of
random numbers (Park and Miller's), whose products stay below 2 ** 53.
"""

import json

import numpy as np
import statsmodels.api as sm
from scipy.stats import rankdata, spearmanr

NAMES, DAYS = 24, 180
state = 7


def noise():
    global state
    state = state * 16807 % 2147483647
    return state / 2147483647 - 0.5


factors = np.array([[0.02 * noise(), 0.01 * noise()] for _ in range(DAYS + 1)])
returns = np.empty((NAMES, DAYS + 1))
forecast, known = np.full((NAMES, DAYS), np.nan), np.full((NAMES, DAYS), np.nan)
for name in range(NAMES):
    for day in range(DAYS + 1):
        own = (0.005 + 0.03 * name / NAMES) * noise()
        returns[name, day] = (0.5 + name / NAMES) * factors[day, 0] + (7 * name % NAMES / NAMES - 0.5) * factors[day, 1] + own
    for day in range(DAYS):
        guess = 0.3 * returns[name, day + 1] + 0.01 * noise() + 0.004 * name / NAMES
        forecast[name, day] = np.nan if noise() > 0.47 else guess
        known[name, day] = np.nan if noise() > 0.48 else returns[name, day]
actual = returns[:, 1:]


def window(day, days):
    return slice(max(0, day + 1 - days), day + 1)


def volatility(name, day):
    values = known[name, window(day, 60)]
    values = values[~np.isnan(values)]
    return np.std(values, ddof=1) if len(values) >= 20 else np.nan


def betas(name, day, x):
    values, x = known[name, window(day, 252)], x[window(day, 252)]
    rows = ~np.isnan(values)
    if rows.sum() < 126:
        return np.full(x.shape[1], np.nan)
    return sm.OLS(values[rows], sm.add_constant(x[rows])).fit().params[1:]


market = np.nanmean(known, axis=0)[:, None]
volatilities = np.array([[volatility(name, day) for day in range(DAYS)] for name in range(NAMES)])
market_betas = np.array([[betas(name, day, market) for day in range(DAYS)] for name in range(NAMES)])
factor_betas = np.array([[betas(name, day, factors[:DAYS]) for day in range(DAYS)] for name in range(NAMES)])


def grouped(x, y, exposure):
    order = np.argsort(exposure, kind="stable")
    groups = min(10, len(order) // 5)
    place = np.floor(groups * np.arange(len(order)) / len(order)).astype(int)
    within = [order[place == group] for group in range(groups)]
    x_rank, y_rank = rankdata(x), rankdata(y)
    rest = [np.concatenate([ranks[rows] - ranks[rows].mean() for rows in within]) for ranks in (x_rank, y_rank)]
    ics = [spearmanr(x[rows], y[rows]).statistic for rows in within]
    return np.average(ics, weights=[len(rows) for rows in within]), np.mean(rest[0] * rest[1]) / x_rank.std() / y_rank.std()


def partial(x, y, exposure):
    controls = sm.add_constant(np.column_stack([rankdata(column) for column in exposure.T]))
    rest = [sm.OLS(rankdata(values), controls).fit().resid for values in (x, y)]
    return np.corrcoef(*rest)[0, 1], np.mean(rest[0] * rest[1]) / rankdata(x).std() / rankdata(y).std()


def score(exposure, of, least):
    neutral, left, plain, total = [], [], [], 0
    for day in range(DAYS):
        rows = ~np.isnan(forecast[:, day]) & ~np.isnan(exposure[:, day]).any(axis=1)
        if rows.sum() < least:
            continue
        x, y, beside = forecast[rows, day], actual[rows, day], exposure[rows, day]
        correlation, rest = of(x, y, beside)
        neutral.append(correlation)
        left.append(rest)
        plain.append(spearmanr(x, y).statistic)
        total += int(rows.sum())
    hac = sm.OLS(neutral, np.ones(len(neutral))).fit(cov_type="HAC", cov_kwds={"maxlags": int(4 * (len(neutral) / 100) ** (2 / 9))})
    return {"days": len(neutral), "rows": total, "rank_ic": np.mean(neutral), "plain": np.mean(plain),
            "gone": 1 - np.mean(left) / np.mean(plain), "t": hac.tvalues[0]}


book = np.array([0.0006 + 0.4 * factors[day, 0] - 0.2 * factors[day, 1] + 0.004 * noise() for day in range(DAYS)])
exposure = np.array([0.5 + 0.1 * noise() for _ in range(DAYS)])
risk_free = 0.0001
excess = book - exposure * risk_free
lags = int(4 * (DAYS / 100) ** (2 / 9))
fit = sm.OLS(excess, sm.add_constant(factors[:DAYS])).fit(cov_type="HAC", cov_kwds={"maxlags": lags})

print(json.dumps({
    "volatility": volatilities[[3, 20], [60, 179]].tolist(),
    "market_beta": market_betas[[3, 20], [150, 179], 0].tolist(),
    "factor_betas": factor_betas[[3, 20], [150, 179]].tolist(),
    "neutral": {
        "volatility": score(volatilities[:, :, None], lambda x, y, e: grouped(x, y, e[:, 0]), 10),
        "market beta": score(market_betas, partial, 6),
        "factor betas": score(factor_betas, partial, 7),
        "first": score(factor_betas, lambda x, y, e: partial(x, y, e[:, :1]), 7),
        "second": score(factor_betas, lambda x, y, e: partial(x, y, e[:, 1:]), 7),
    },
    "book": {
        "loads": fit.params[1:].tolist(), "t": fit.tvalues.tolist(), "alpha": 252 * fit.params[0],
        "r_squared": fit.rsquared, "contributions": (252 * fit.params[1:] * factors[:DAYS].mean(axis=0)).tolist(),
    },
}, indent=1))
