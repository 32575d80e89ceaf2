"""Golden values for catalogue_test.ts: every feature, computed with outside tools on made-up bars of one symbol.

pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 statsmodels==0.15.0 TA-Lib==0.8.2, then: python catalogue.py
Of each feature three values are kept: the first one, one a week later, and the last.
"""
import json
import platform

import numpy as np
import pandas as pd
import scipy
import scipy.signal
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

# later columns are drawn after the others, which so stay what they were
day = (pd.bdate_range("2019-01-02", periods=days) - pd.Timestamp("1970-01-01")).days.to_numpy().astype(float)
implied = np.round(0.2 * np.exp(0.1 * np.cumsum(0.1 * random.standard_normal(days))), 4)
count = random.integers(1, 30, days).astype(float)
tone, spread, top, bottom = (np.round(random.uniform(*ends, days), 4) for ends in ((-0.5, 0.5), (0, 0.3), (0.5, 1), (-1, -0.5)))
positive, negative = (np.round(random.uniform(0, 0.5, days), 4) for _ in range(2))
bars |= {
    "day": day,
    "implied_volatility": implied,
    "news_count": count,
    "sentiment": tone,
    "sentiment_deviation": spread,
    "sentiment_minimum": bottom,
    "sentiment_maximum": top,
    "positive_share": positive,
    "negative_share": negative,
}
shares = 5e7 + np.repeat(np.cumsum(random.integers(-9, 10, days // 50)) * 1e5, 50)  # told anew every 50 days
bars |= {"shares_outstanding": shares}

short, long, credit = (
    np.round(start + np.cumsum(size * random.standard_normal(days)), 4)
    for start, size in ((2, 0.03), (3.5, 0.04), (1.2, 0.02))
)
dollar, coin = (
    np.round(start * np.exp(np.cumsum(size * random.standard_normal(days))), 3)
    for start, size in ((100, 0.004), (30000, 0.03))
)
bars |= {"short_rate": short, "long_rate": long, "credit_spread": credit, "dollar_index": dollar, "crypto_price": coin}

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
golden["macd_signal_12_26_9"] = pd.Series(talib.MACD(index, 12, 26, 9)[1] / index)
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
for n in (5, 20):
    golden[f"volume_weighted_momentum_{n}"] = (R * D).rolling(n).sum() / D.rolling(n).sum()
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

for n in (12, 26):
    golden[f"price_to_exponential_average_{n}"] = pd.Series(index / talib.EMA(index, n) - 1)
golden["momentum_change_5"] = I.pct_change(5) - I.pct_change(5).shift(5)
golden["rsi_change_14_5"] = pd.Series(talib.RSI(index, 14)).diff(5)
for fast, slow in ((3, 14), (7, 28)):
    gap = pd.Series(talib.RSI(index, fast) - talib.RSI(index, slow))
    golden[f"rsi_spread_zscore_{fast}_{slow}"] = (gap - gap.rolling(20).mean()) / gap.rolling(20).std()
golden["dollar_volume_change_5"] = np.log(D / D.shift(5))
golden["high_change_1"] = H.pct_change()
golden["low_change_1"] = L.pct_change()
golden["volume_scaled_return_20"] = R * D / D.rolling(20).mean()
width = pd.Series((upper - lower) / middle)
golden["bollinger_squeeze_252"] = width.rolling(252).apply(lambda w: ((w < w.iloc[-1]).sum() + (w == w.iloc[-1]).sum() / 2) / 252)
typical = (H + L + C) / 3
vwap = (typical * V).rolling(20).sum() / V.rolling(20).sum()
golden["vwap_band_position_20"] = (C - vwap) / (2 * typical.rolling(20).std())
for n in (5, 20):
    golden[f"volume_pressure_{n}"] = (V * (C - O) / (H - L)).rolling(n).sum() / V.rolling(n).sum()
range_ = pd.Series(talib.NATR(high, low, close, 14))
golden["average_true_range_ratio_14_50"] = range_ / range_.rolling(50).mean()
above, below = H.rolling(20).max().shift(1), L.rolling(20).min().shift(1)
golden["range_position_20"] = (C - below) / (above - below)


def levels(day, series, comparator):
    """Pivots of the 60 days up to `day`: scipy's strict relative extrema of 2 bars, both sides inside the window."""
    window = series[day - 59 : day + 1].to_numpy()
    found = scipy.signal.argrelextrema(window, comparator, order=2)[0]
    return window[found[(found >= 2) & (found <= 57)]]


def by_day(function):
    return pd.Series([function(day) if day >= 59 else np.nan for day in range(days)])


golden["distance_to_high_pivot_60"] = by_day(lambda day: levels(day, H, np.greater)[-1] / C[day] - 1)
golden["distance_to_low_pivot_60"] = by_day(lambda day: 1 - levels(day, L, np.less)[-1] / C[day])
golden["distance_to_resistance_60"] = by_day(
    lambda day: min(x for x in [*levels(day, H, np.greater), H[day - 59 : day + 1].max()] if x >= C[day]) / C[day] - 1
)
golden["distance_to_support_60"] = by_day(
    lambda day: 1 - max(x for x in [*levels(day, L, np.less), L[day - 59 : day + 1].min()] if x <= C[day]) / C[day]
)


def profile(day):
    volume, edges = np.histogram(typical[day - 59 : day + 1], bins=30, weights=V[day - 59 : day + 1])
    return volume, (edges[:-1] + edges[1:]) / 2


def node(day):
    volume, centres = profile(day)
    nodes = centres[volume > 1.5 * volume.mean()]
    return nodes[np.argmin(np.abs(nodes - C[day]))] / C[day] - 1


golden["distance_to_volume_control_60"] = by_day(lambda day: profile(day)[1][np.argmax(profile(day)[0])] / C[day] - 1)
golden["distance_to_volume_node_60"] = by_day(node)
k = 0.34 / (1.34 + 21 / 19)
golden["yang_zhang_volatility_20"] = (
    np.log(O / C.shift(1)).rolling(20).var()
    + k * np.log(C / O).rolling(20).var()
    + (1 - k) * golden["rogers_satchell_volatility_20"] ** 2
) ** 0.5
golden["seasonal_return_252"] = I.pct_change(21).shift(231)
golden["zero_return_share_60"] = (R == 0).where(R.notna()).astype(float).rolling(60).mean()
golden["market_volatility_20"] = M.rolling(20).std()
golden["market_trend_60"] = M.rolling(60).mean()
golden["implied_volatility"] = pd.Series(implied)
premium = np.log(R.rolling(20).std() * 252**0.5 / implied)
golden["volatility_premium_20"] = premium
golden["volatility_premium_zscore_20"] = (premium - premium.rolling(20).mean()) / premium.rolling(20).std()
VIX, short, long, credit, dollar, coin = (pd.Series(x) for x in (implied, short, long, credit, dollar, coin))
golden["implied_volatility_change_5"] = np.log(VIX / VIX.shift(5))
golden["implied_volatility_zscore_60"] = (VIX - VIX.rolling(60).mean()) / VIX.rolling(60).std()
golden["dollar_return_20"] = dollar.pct_change(20)
golden["crypto_return_5"] = coin.pct_change(5)
drivers = {"volatility": VIX.diff(), "rate": long.diff(), "dollar": dollar.pct_change(), "crypto": coin.pct_change()}
for driver, moves in drivers.items():
    golden[f"{driver}_beta_120"] = R.rolling(120).cov(moves) / moves.rolling(120).var()
golden["term_spread"] = long - short
golden["term_spread_change_20"] = (long - short).diff(20)
golden["credit_spread"] = credit
golden["credit_spread_change_20"] = credit.diff(20)
dates = pd.bdate_range("2019-01-02", periods=days)
golden["weekday"] = pd.Series(dates.day_of_week).astype(float)
ends = (dates + pd.offsets.MonthEnd(0)).to_numpy().astype("datetime64[D]")
starts = dates.to_numpy().astype("datetime64[M]").astype("datetime64[D]")
today = dates.to_numpy().astype("datetime64[D]")
golden["weekdays_to_month_end"] = pd.Series(np.busday_count(today + 1, ends + 1).astype(float))
golden["weekdays_since_month_start"] = pd.Series(np.busday_count(starts, today + 1).astype(float))

T, N = pd.Series(tone), pd.Series(count)
golden["news_tone"] = T
golden["news_tone_deviation"] = pd.Series(spread)
golden["news_tone_minimum"] = pd.Series(bottom)
golden["news_tone_maximum"] = pd.Series(top)
golden["news_positive_share"] = pd.Series(positive)
golden["news_negative_share"] = pd.Series(negative)
for n in (5, 20):
    golden[f"news_tone_average_{n}"] = T.rolling(n, min_periods=1).mean()
tone5 = T.rolling(5, min_periods=1).mean()
golden["news_tone_change_5"] = tone5.diff(5)
golden["news_tone_acceleration_5"] = tone5.diff(5).diff(5)
golden["news_disagreement_10"] = pd.Series(spread).rolling(10, min_periods=1).mean()
moves = T.diff()
golden["news_tone_strength_14"] = moves.clip(lower=0).rolling(14).sum() / moves.abs().rolling(14).sum()
golden["news_volume"] = np.log1p(N)
golden["news_volume_ratio_1_20"] = N / N.rolling(20).mean()


def impact(decay):
    return sum((T * np.log1p(N)).shift(age, fill_value=0) * np.exp(-decay * age) for age in range(5))


golden["news_impact_slow"] = impact(0.1)
golden["news_impact"] = impact(0.3)
golden["news_impact_fast"] = impact(0.5)
golden["news_impact_zscore_20"] = (impact(0.3) - impact(0.3).rolling(20).mean()) / impact(0.3).rolling(20).std()
golden["news_tone_divergence"] = T.where(T * R < 0, 0).where(R.notna())
golden["news_surge_tone_20"] = T * N / N.rolling(20).mean()

turnover = V / pd.Series(shares)
for n in (20, 60, 250):
    golden[f"turnover_{n}"] = turnover.rolling(n).mean()
for short, long in ((5, 60), (20, 250)):
    golden[f"abnormal_turnover_{short}_{long}"] = turnover.rolling(short).mean() / turnover.rolling(long).mean()


def mixed(bits):
    mask = 2**32 - 1
    bits = ((bits ^ (bits >> 16)) * 0x85EBCA6B) & mask
    bits = ((bits ^ (bits >> 13)) * 0xC2B2AE35) & mask
    return bits ^ (bits >> 16)


def noise(value):
    if np.isnan(value):
        return np.nan
    bits = int(np.float64(value).view(np.uint64))
    first = mixed((bits & 0xFFFFFFFF) ^ 0x9E3779B9)
    second = mixed((bits >> 32) ^ first)
    return ((mixed(first ^ second) >> 6) * 2**27 + (second >> 5)) / 2**52 - 1


# the bits of the return decide, so it is made as the test makes it
exact = pd.Series([np.nan, *(index[1:] / index[:-1] - 1)])
golden["placebo_noise"] = exact.map(noise)
golden["placebo_drift_20"] = golden["placebo_noise"].rolling(20).mean()

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
