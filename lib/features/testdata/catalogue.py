"""Golden values for catalogue_test.ts: every feature, computed with outside tools on made-up bars of one symbol.

pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 statsmodels==0.15.0 TA-Lib==0.8.2, then: python catalogue.py
Of each feature three values are kept: the first one, one a week later, and the last.
"""
import json
import platform

import numpy as np
import pandas as pd
import scipy
import scipy.stats
import statsmodels
import statsmodels.api as sm
import talib

days = 300
random = np.random.default_rng(7)
market = np.round(0.01 * random.standard_normal(days), 5)
close = np.round(50 * np.exp(np.cumsum(1.2 * market + 0.015 * random.standard_normal(days))), 2)
open_ = np.round(np.r_[50, close[:-1]] * np.exp(0.006 * random.standard_normal(days)), 2)
high = np.round(np.maximum(open_, close) * np.exp(0.008 * np.abs(random.standard_normal(days))), 2)
low = np.round(np.minimum(open_, close) * np.exp(-0.008 * np.abs(random.standard_normal(days))), 2)
volume = np.round(1e6 * np.exp(0.4 * random.standard_normal(days)), -2)
index = np.round(close / close[0] * 1.0001 ** np.arange(days), 6)  # dividends make it differ from the close
bars = {"open": open_, "high": high, "low": low, "close": close, "volume": volume, "index": index, "market_return": market}

O, H, L, C, V, I = (pd.Series(x) for x in (open_, high, low, close, volume, index))
M = pd.Series(market)
R = I.pct_change()
D = C * V


def rolling(function, window, *series):
    values = [
        function(*(x[day - window + 1 : day + 1] for x in series)) if day >= window - 1 else np.nan
        for day in range(days)
    ]
    return pd.Series(values)


def ols(window):
    return [
        sm.OLS(R[day - window + 1 : day + 1], sm.add_constant(M[day - window + 1 : day + 1])).fit()
        if day >= window
        else None
        for day in range(days)
    ]


def beta(window):
    return pd.Series([np.nan if fit is None else fit.params.iloc[1] for fit in ols(window)])


def residual_momentum(day):
    slope = sm.OLS(R[day - 251 : day + 1], sm.add_constant(M[day - 251 : day + 1])).fit().params.iloc[1]
    residual = (R - slope * M)[day - 251 : day - 20]
    return residual.mean() / residual.std()


golden = {}
for n in (1, 5, 10, 20, 60, 120):
    golden[f"momentum_{n}"] = I.pct_change(n)
golden["momentum_252_21"] = I.shift(21).pct_change(231)
golden["residual_momentum_252_21"] = pd.Series([residual_momentum(day) if day >= 252 else np.nan for day in range(days)])
for n in (60, 252):
    golden[f"price_to_high_{n}"] = I / I.rolling(n).max() - 1
for n in (1, 2, 5):
    golden[f"return_lag_{n}"] = R.shift(n)
golden["reversal_5_60"] = -I.pct_change(5) / (R.rolling(60).std() * 5**0.5)
golden["maximum_return_20"] = R.rolling(20).max()
for n in (5, 20, 60):
    golden[f"volatility_{n}"] = R.rolling(n).std()
golden["volatility_ratio_5_20"] = R.rolling(5).std() / R.rolling(20).std()
golden["downside_volatility_60"] = (R.clip(upper=0) ** 2).rolling(60).mean() ** 0.5
golden["skewness_60"] = rolling(lambda r: scipy.stats.skew(r, bias=False), 60, R)
golden["market_beta_120"] = beta(120)
golden["idiosyncratic_volatility_60"] = pd.Series([np.nan if fit is None else fit.mse_resid**0.5 for fit in ols(60)])
for n in (10, 20, 50, 200):
    golden[f"price_to_average_{n}"] = I / I.rolling(n).mean() - 1
golden["average_cross_10_20"] = I.rolling(10).mean() / I.rolling(20).mean() - 1
golden["exponential_average_cross_12_26"] = pd.Series(talib.EMA(index, 12) / talib.EMA(index, 26) - 1)
golden["macd_histogram_12_26_9"] = pd.Series(talib.MACD(index, 12, 26, 9)[2] / index)
for n in (3, 7, 14, 28):
    golden[f"rsi_{n}"] = pd.Series(talib.RSI(index, n))
upper, middle, lower = talib.BBANDS(index, 20, 2, 2)
golden["bollinger_position_20"] = pd.Series((index - lower) / (upper - lower))
golden["bollinger_width_20"] = pd.Series((upper - lower) / middle)
for n in (1, 5):
    golden[f"dollar_volume_ratio_{n}_20"] = D.rolling(n).mean() / D.rolling(20).mean()
golden["dollar_volume_trend_20"] = rolling(lambda d: scipy.stats.linregress(np.arange(20), np.log(d)).slope, 20, D)
golden["amihud_illiquidity_20"] = (R.abs() / D * 1e6).rolling(20).mean()
golden["return_volume_correlation_20"] = R.rolling(20).corr(np.log(D))
golden["volume_weighted_momentum_20"] = (R * D).rolling(20).sum() / D.rolling(20).sum()
golden["average_true_range_14"] = pd.Series(talib.ATR(high, low, close, 14) / close)
golden["stochastic_k_14"] = 100 * (C - L.rolling(14).min()) / (H.rolling(14).max() - L.rolling(14).min())
golden["stochastic_d_14_3"] = pd.Series(talib.STOCHF(high, low, close, 14, 3)[1])
golden["high_low_range"] = (H - L) / C
golden["close_position"] = (C - L) / (H - L)
golden["candle_body"] = (C - O) / C
golden["upper_shadow"] = (H - np.maximum(O, C)) / C
golden["lower_shadow"] = (np.minimum(O, C) - L) / C
golden["overnight_gap"] = O / C.shift(1) - 1
golden["parkinson_volatility_20"] = ((np.log(H / L) ** 2).rolling(20).mean() / (4 * np.log(2))) ** 0.5
golden["garman_klass_volatility_20"] = (
    (np.log(H / L) ** 2 / 2 - (2 * np.log(2) - 1) * np.log(C / O) ** 2).rolling(20).mean() ** 0.5
)
golden["rogers_satchell_volatility_20"] = (
    (np.log(H / C) * np.log(H / O) + np.log(L / C) * np.log(L / O)).rolling(20).mean() ** 0.5
)
golden["price_to_vwap_20"] = C / (((H + L + C) / 3 * V).rolling(20).sum() / V.rolling(20).sum()) - 1
golden["on_balance_volume_change_20"] = pd.Series(talib.OBV(close, volume)).diff(20) / V.rolling(20).sum()

rows = {}
for name, values in golden.items():
    first = int(values.first_valid_index())
    rows[name] = {str(day): float(values[day]) for day in sorted({first, min(first + 7, days - 1), days - 1})}
versions = {
    "python": platform.python_version(),
    **{tool.__name__: tool.__version__ for tool in (np, pd, scipy, statsmodels, talib)},
}
with open("catalogue.json", "w") as file:
    json.dump({"versions": versions, "bars": {name: x.tolist() for name, x in bars.items()}, "golden": rows}, file)
