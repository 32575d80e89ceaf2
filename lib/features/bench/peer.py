"""Features of the catalogue in polars, pandas and TA-Lib, each the way that is quickest there.

Called by catalogue_speed.ts, each time in a process of its own: python peer.py ENGINE FOLDER [OUT]. Prints JSON; where
OUT is given, a file of numbers for each feature is left there. Bars are full: each symbol has all days.
"""
import json
import math
import resource
import sys
import time

import numpy as np

engine, folder, *out = sys.argv[1:]
with open(f"{folder}/settings.json") as file:
    settings = json.load(file)
symbols, days = settings["symbols"], settings["days"]
bars = {name: np.fromfile(f"{folder}/{name}", dtype=np.float64) for name in settings["columns"]}


def in_polars():
    """Windows over the symbols of one lazy frame: a frame for each symbol took many times as long."""
    import polars as pl

    w = lambda e: e.over("symbol")
    O, H, L, C, V, D, R, I, M = (
        pl.col(name)
        for name in ("open", "high", "low", "close", "volume", "dollar_volume", "return", "index", "market_return")
    )
    t = lambda name: pl.col(f"_{name}")
    seeded = lambda x, n, first: pl.when(t("day") > first + n - 1).then(x).when(t("day") == first + n - 1).then(x.rolling_mean(n))
    wilder = lambda x, n: w(seeded(x, n, 1).ewm_mean(alpha=1 / n, adjust=False, ignore_nulls=True))
    ema = lambda x, n, first=0: w(seeded(x, n, first).ewm_mean(span=n, adjust=False, ignore_nulls=True))
    mean = lambda x, n: w(x.rolling_mean(n))
    total = lambda x, n: w(x.rolling_sum(n))
    std = lambda x, n: w(x.rolling_std(n))
    var = lambda x, n: w(x.rolling_var(n))
    top = lambda x, n: w(x.rolling_max(n))
    bottom = lambda x, n: w(x.rolling_min(n))
    lag = lambda x, n: w(x.shift(n))
    cov = lambda x, y, n: w(pl.rolling_cov(x, y, window_size=n))
    growth = lambda x, n: x / lag(x, n) - 1
    typical = (H + L + C) / 3
    stages = [
        {
            "_day": w(pl.int_range(pl.len(), dtype=pl.Int32)),
            "_change": I - lag(I, 1),
            "_before": lag(C, 1),
            "_log": D.log(),
            "_typical": typical,
            "_paid": typical * V,
            "_hl": (H / L).log(),
            "_co": (C / O).log(),
            "_rs": (H / C).log() * (H / O).log() + (L / C).log() * (L / O).log(),
            "_range": pl.when(H == L).then(0 * (C - O) * V).otherwise(V * (C - O) / (H - L)),
            "_rd": R * D,
            "_loss2": pl.when(R > 0).then(0.0).otherwise(R * R),
            "_impact": R.abs() / (D / 1e6),
            "_zero": (R == 0).cast(pl.Float64),
            "_top14": top(H, 14),
            "_bottom14": bottom(L, 14),
            "_m5": growth(I, 5),
            "_m21": growth(I, 21),
            "_std5": std(R, 5),
            "_std20": std(R, 20),
            "_std60": std(R, 60),
            "_mean10": mean(I, 10),
            "_mean20": mean(I, 20),
            "_sd20": std(I, 20),
            "_dv20": mean(D, 20),
            "_v20": total(V, 20),
            "_beta60": cov(R, M, 60) / var(M, 60),
            "_beta252": cov(R, M, 252) / var(M, 252),
        },
        {
            "_gain": t("change").clip(lower_bound=0),
            "_loss": (-t("change")).clip(lower_bound=0),
            "_tr": pl.max_horizontal(H, t("before")) - pl.min_horizontal(L, t("before")) + 0 * t("before"),
            "_vwap": total(t("paid"), 20) / t("v20"),
            "_obv": V * (C - t("before")).sign(),
            "_k": 100 * (C - t("bottom14")) / (t("top14") - t("bottom14")),
            "_gap": (O / t("before")).log(),
            "_ema12": ema(I, 12),
            "_ema26": ema(I, 26),
            "_fast": ema(I, 12, 14),
            "_rs20": mean(t("rs"), 20),
            "_residual": R - t("beta252") * M,
            "_mr": mean(R, 231),
            "_mm": mean(M, 231),
            "_vr": var(R, 231),
            "_vm": var(M, 231),
            "_crm": cov(R, M, 231),
        },
        {
            "_atr": wilder(t("tr"), 14) / C,
            "_line": t("fast") - t("ema26"),
            **{f"_g{n}": wilder(t("gain"), n) for n in (3, 7, 14, 28)},
            **{f"_l{n}": wilder(t("loss"), n) for n in (3, 7, 14, 28)},
        },
        {
            "_signal": ema(t("line"), 9, 25),
            **{f"_rsi{n}": 100 * (t(f"g{n}") / (t(f"g{n}") + t(f"l{n}"))) for n in (3, 7, 14, 28)},
        },
        {"_gap3": t("rsi3") - t("rsi14"), "_gap7": t("rsi7") - t("rsi28")},
        {
            **{f"momentum_{n}": growth(I, n) for n in (1, 10, 20, 60, 120)},
            "momentum_5": t("m5"),
            "momentum_252_21": lag(I, 21) / lag(I, 252) - 1,
            "residual_momentum_252_21": (lag(t("mr"), 21) - t("beta252") * lag(t("mm"), 21))
            / (
                lag(t("vr"), 21)
                + t("beta252") ** 2 * lag(t("vm"), 21)
                - 2 * t("beta252") * lag(t("crm"), 21)
            ).sqrt(),
            **{f"price_to_high_{n}": I / top(I, n) - 1 for n in (60, 252)},
            **{f"return_lag_{n}": lag(R, n) for n in (1, 2, 5)},
            "reversal_5_60": -t("m5") / (t("std60") * math.sqrt(5)),
            "maximum_return_20": top(R, 20),
            **{f"volatility_{n}": t(f"std{n}") + 0.0 for n in (5, 20, 60)},
            "volatility_ratio_5_20": t("std5") / t("std20"),
            "downside_volatility_60": mean(t("loss2"), 60).sqrt(),
            "skewness_60": w(R.rolling_skew(60, bias=False)),
            "market_beta_120": cov(R, M, 120) / var(M, 120),
            "idiosyncratic_volatility_60": ((var(R, 60) - t("beta60") * cov(R, M, 60)) * 59 / 58).sqrt(),
            **{f"price_to_average_{n}": I / mean(I, n) - 1 for n in (50, 200)},
            **{f"price_to_average_{n}": I / t(f"mean{n}") - 1 for n in (10, 20)},
            "average_cross_10_20": t("mean10") / t("mean20") - 1,
            "exponential_average_cross_12_26": t("ema12") / t("ema26") - 1,
            "macd_histogram_12_26_9": (t("line") - t("signal")) / I,
            "macd_signal_12_26_9": t("signal") / I,
            **{f"rsi_{n}": t(f"rsi{n}") + 0.0 for n in (3, 7, 14, 28)},
            "bollinger_position_20": (I - t("mean20")) / (4 * t("sd20") * math.sqrt(19 / 20)) + 0.5,
            "bollinger_width_20": 4 * t("sd20") * math.sqrt(19 / 20) / t("mean20"),
            "dollar_volume_ratio_1_20": D / t("dv20"),
            "dollar_volume_ratio_5_20": mean(D, 5) / t("dv20"),
            "dollar_volume_trend_20": cov(t("log"), t("day").cast(pl.Float64), 20) / 35,
            "amihud_illiquidity_20": mean(t("impact"), 20),
            "return_volume_correlation_20": cov(R, t("log"), 20) / (t("std20") * std(t("log"), 20)),
            **{
                f"volume_weighted_momentum_{n}": total(t("rd"), n) / total(pl.when(R.is_null()).then(None).otherwise(D), n)
                for n in (5, 20)
            },
            "average_true_range_14": t("atr") + 0.0,
            "stochastic_k_14": t("k") + 0.0,
            "stochastic_d_14_3": mean(t("k"), 3),
            "high_low_range": (H - L) / C,
            "close_position": (C - L) / (H - L),
            "candle_body": (C - O) / C,
            "upper_shadow": (H - pl.max_horizontal(O, C)) / C,
            "lower_shadow": (pl.min_horizontal(O, C) - L) / C,
            "overnight_gap": O / t("before") - 1,
            "parkinson_volatility_20": (mean(t("hl") ** 2, 20) / (4 * math.log(2))).sqrt(),
            "garman_klass_volatility_20": mean(t("hl") ** 2 / 2 - (2 * math.log(2) - 1) * t("co") ** 2, 20).sqrt(),
            "rogers_satchell_volatility_20": t("rs20").sqrt(),
            "price_to_vwap_20": C / t("vwap") - 1,
            "on_balance_volume_change_20": total(t("obv"), 20) / t("v20"),
            **{f"price_to_exponential_average_{n}": I / t(f"ema{n}") - 1 for n in (12, 26)},
            "momentum_change_5": t("m5") - lag(t("m5"), 5),
            "rsi_change_14_5": t("rsi14") - lag(t("rsi14"), 5),
            "rsi_spread_zscore_3_14": (t("gap3") - mean(t("gap3"), 20)) / std(t("gap3"), 20),
            "rsi_spread_zscore_7_28": (t("gap7") - mean(t("gap7"), 20)) / std(t("gap7"), 20),
            "dollar_volume_change_5": (D / lag(D, 5)).log(),
            "high_change_1": growth(H, 1),
            "low_change_1": growth(L, 1),
            "volume_scaled_return_20": t("rd") / t("dv20"),
            "vwap_band_position_20": (C - t("vwap")) / (2 * std(t("typical"), 20)),
            "volume_pressure_5": total(t("range"), 5) / total(V, 5),
            "volume_pressure_20": total(t("range"), 20) / t("v20"),
            "average_true_range_ratio_14_50": t("atr") / mean(t("atr"), 50),
            "range_position_20": (C - w(L.rolling_min(20).shift(1)))
            / (w(H.rolling_max(20).shift(1)) - w(L.rolling_min(20).shift(1))),
            "yang_zhang_volatility_20": (
                var(t("gap"), 20) + 0.34 / (1.34 + 21 / 19) * var(t("co"), 20) + (1 - 0.34 / (1.34 + 21 / 19)) * t("rs20")
            ).sqrt(),
            "seasonal_return_252": lag(t("m21"), 231),
            "zero_return_share_60": mean(t("zero"), 60),
            "market_volatility_20": std(M, 20),
            "market_trend_60": mean(M, 60),
        },
    ]

    def frame_of(count):
        frame = pl.DataFrame({name: values[: count * days] for name, values in bars.items()}).fill_nan(None)
        return frame.with_columns(symbol=pl.Series(np.repeat(np.arange(count, dtype=np.int32), days)))

    def build(frame):
        lazy = frame.lazy()
        for stage in stages[:-1]:
            lazy = lazy.with_columns(**stage)
        return lazy.select(**stages[-1]).collect()

    def numbers(result):
        return {name: result[name].fill_null(math.nan).to_numpy() for name in result.columns}

    return f"polars {pl.__version__}, {pl.thread_pool_size()} threads", frame_of, build, numbers


def in_pandas():
    """Frames of days by symbols."""
    import pandas as pd

    names = ("open", "high", "low", "close", "volume", "dollar_volume", "return", "index", "market_return")

    def frame_of(count):
        return [pd.DataFrame(np.ascontiguousarray(bars[name][: count * days].reshape(count, days).T)) for name in names]

    def build(frames):
        O, H, L, C, V, D, R, I, M = frames
        log = np.log
        growth = lambda x, n: x / x.shift(n) - 1

        def seeded(x, n, first):
            values = x.copy()
            values.iloc[: first + n - 1] = np.nan
            values.iloc[first + n - 1] = x.iloc[first : first + n].mean()
            return values

        ema = lambda x, n, first=0: seeded(x, n, first).ewm(span=n, adjust=False, ignore_na=True).mean()
        wilder = lambda x, n: seeded(x, n, 1).ewm(alpha=1 / n, adjust=False, ignore_na=True).mean()
        mean = lambda x, n: x.rolling(n).mean()
        total = lambda x, n: x.rolling(n).sum()
        std = lambda x, n: x.rolling(n).std()
        var = lambda x, n: x.rolling(n).var()
        cov = lambda x, y, n: (mean(x * y, n) - mean(x, n) * mean(y, n)) * (n / (n - 1))
        got = {f"momentum_{n}": growth(I, n) for n in (1, 5, 10, 20, 60, 120)}
        got["momentum_252_21"] = I.shift(21) / I.shift(252) - 1
        beta = cov(R, M, 252) / var(M, 252)
        residual = var(R, 231).shift(21) + beta**2 * var(M, 231).shift(21) - 2 * beta * cov(R, M, 231).shift(21)
        got["residual_momentum_252_21"] = (mean(R, 231).shift(21) - beta * mean(M, 231).shift(21)) / residual**0.5
        for n in (60, 252):
            got[f"price_to_high_{n}"] = I / I.rolling(n).max() - 1
        for n in (1, 2, 5):
            got[f"return_lag_{n}"] = R.shift(n)
        for n in (5, 20, 60):
            got[f"volatility_{n}"] = std(R, n)
        got["reversal_5_60"] = -got["momentum_5"] / (got["volatility_60"] * 5**0.5)
        got["maximum_return_20"] = R.rolling(20).max()
        got["volatility_ratio_5_20"] = got["volatility_5"] / got["volatility_20"]
        got["downside_volatility_60"] = mean(R.clip(upper=0) ** 2, 60) ** 0.5
        got["skewness_60"] = R.rolling(60).skew()
        got["market_beta_120"] = cov(R, M, 120) / var(M, 120)
        both = cov(R, M, 60)
        got["idiosyncratic_volatility_60"] = ((var(R, 60) - both**2 / var(M, 60)) * 59 / 58) ** 0.5
        means = {n: mean(I, n) for n in (10, 20, 50, 200)}
        for n in means:
            got[f"price_to_average_{n}"] = I / means[n] - 1
        got["average_cross_10_20"] = means[10] / means[20] - 1
        ema12, ema26 = ema(I, 12), ema(I, 26)
        got["exponential_average_cross_12_26"] = ema12 / ema26 - 1
        line = ema(I, 12, 14) - ema26
        signal = ema(line, 9, 25)
        got["macd_histogram_12_26_9"] = (line - signal) / I
        got["macd_signal_12_26_9"] = signal / I
        change = I.diff()
        gain, loss = change.clip(lower=0), (-change).clip(lower=0)
        for n in (3, 7, 14, 28):
            up = wilder(gain, n)
            got[f"rsi_{n}"] = 100 * (up / (up + wilder(loss, n)))
        half = 2 * std(I, 20) * (19 / 20) ** 0.5
        got["bollinger_position_20"] = (I - means[20]) / (2 * half) + 0.5
        got["bollinger_width_20"] = 2 * half / means[20]
        usual = mean(D, 20)
        got["dollar_volume_ratio_1_20"] = D / usual
        got["dollar_volume_ratio_5_20"] = mean(D, 5) / usual
        logs = log(D)
        time_ = pd.DataFrame(np.repeat(np.arange(days, dtype=float)[:, None], I.shape[1], axis=1))
        got["dollar_volume_trend_20"] = logs.rolling(20).cov(time_, pairwise=False) / 35
        got["amihud_illiquidity_20"] = mean(R.abs() / (D / 1e6), 20)
        got["return_volume_correlation_20"] = R.rolling(20).corr(logs, pairwise=False)
        for n in (5, 20):
            got[f"volume_weighted_momentum_{n}"] = total(R * D, n) / total(D.where(R.notna()), n)
        before = C.shift(1)
        true_range = np.maximum(H, before) - np.minimum(L, before)
        got["average_true_range_14"] = wilder(true_range, 14) / C
        low, high = L.rolling(14).min(), H.rolling(14).max()
        got["stochastic_k_14"] = 100 * (C - low) / (high - low)
        got["stochastic_d_14_3"] = mean(got["stochastic_k_14"], 3)
        got["high_low_range"] = (H - L) / C
        got["close_position"] = (C - L) / (H - L)
        got["candle_body"] = (C - O) / C
        got["upper_shadow"] = (H - np.maximum(O, C)) / C
        got["lower_shadow"] = (np.minimum(O, C) - L) / C
        got["overnight_gap"] = O / before - 1
        range2, body = log(H / L) ** 2, log(C / O)
        got["parkinson_volatility_20"] = (mean(range2, 20) / (4 * np.log(2))) ** 0.5
        got["garman_klass_volatility_20"] = mean(range2 / 2 - (2 * np.log(2) - 1) * body**2, 20) ** 0.5
        inside = mean(log(H / C) * log(H / O) + log(L / C) * log(L / O), 20)
        got["rogers_satchell_volatility_20"] = inside**0.5
        typical, traded = (H + L + C) / 3, total(V, 20)
        vwap = total(typical * V, 20) / traded
        got["price_to_vwap_20"] = C / vwap - 1
        got["on_balance_volume_change_20"] = total(V * np.sign(C - before), 20) / traded
        got["price_to_exponential_average_12"] = I / ema12 - 1
        got["price_to_exponential_average_26"] = I / ema26 - 1
        got["momentum_change_5"] = got["momentum_5"] - got["momentum_5"].shift(5)
        got["rsi_change_14_5"] = got["rsi_14"].diff(5)
        for fast, slow in ((3, 14), (7, 28)):
            gap = got[f"rsi_{fast}"] - got[f"rsi_{slow}"]
            got[f"rsi_spread_zscore_{fast}_{slow}"] = (gap - mean(gap, 20)) / std(gap, 20)
        got["dollar_volume_change_5"] = log(D / D.shift(5))
        got["high_change_1"] = growth(H, 1)
        got["low_change_1"] = growth(L, 1)
        got["volume_scaled_return_20"] = R * D / usual
        got["vwap_band_position_20"] = (C - vwap) / (2 * std(typical, 20))
        pressure = (V * (C - O) / (H - L)).where(H != L, 0)
        got["volume_pressure_5"] = total(pressure, 5) / total(V, 5)
        got["volume_pressure_20"] = total(pressure, 20) / traded
        got["average_true_range_ratio_14_50"] = got["average_true_range_14"] / mean(got["average_true_range_14"], 50)
        below, above = L.rolling(20).min().shift(1), H.rolling(20).max().shift(1)
        got["range_position_20"] = (C - below) / (above - below)
        k = 0.34 / (1.34 + 21 / 19)
        got["yang_zhang_volatility_20"] = (var(log(O / before), 20) + k * var(body, 20) + (1 - k) * inside) ** 0.5
        got["seasonal_return_252"] = growth(I, 21).shift(231)
        got["zero_return_share_60"] = mean((R == 0).where(R.notna()).astype(float), 60)
        got["market_volatility_20"] = std(M, 20)
        got["market_trend_60"] = mean(M, 60)
        return got

    def numbers(result):
        return {name: frame.to_numpy().T.ravel() for name, frame in result.items()}

    return f"pandas {pd.__version__}", frame_of, build, numbers


def in_talib():
    """Symbol by symbol."""
    import talib

    def frame_of(count):
        return count

    def build(count):
        got = {}

        def put(name, at, values):
            if name not in got:
                got[name] = np.empty(count * days)
            got[name][at] = values

        for symbol in range(count):
            at = slice(symbol * days, (symbol + 1) * days)
            H, L, C, D, I = (bars[name][at] for name in ("high", "low", "close", "dollar_volume", "index"))
            for n in (1, 5, 10, 20, 60, 120):
                put(f"momentum_{n}", at, talib.ROCP(I, n))
            for n in (60, 252):
                put(f"price_to_high_{n}", at, I / talib.MAX(I, n) - 1)
            means = {n: talib.SMA(I, n) for n in (10, 20, 50, 200)}
            for n, values in means.items():
                put(f"price_to_average_{n}", at, I / values - 1)
            put("average_cross_10_20", at, means[10] / means[20] - 1)
            fast, slow = talib.EMA(I, 12), talib.EMA(I, 26)
            put("exponential_average_cross_12_26", at, fast / slow - 1)
            put("price_to_exponential_average_12", at, I / fast - 1)
            put("price_to_exponential_average_26", at, I / slow - 1)
            _, signal, histogram = talib.MACD(I, 12, 26, 9)
            put("macd_signal_12_26_9", at, signal / I)
            put("macd_histogram_12_26_9", at, histogram / I)
            for n in (3, 7, 14, 28):
                put(f"rsi_{n}", at, talib.RSI(I, n))
            upper, middle, lower = talib.BBANDS(I, 20, 2, 2)
            put("bollinger_position_20", at, (I - lower) / (upper - lower))
            put("bollinger_width_20", at, (upper - lower) / middle)
            usual = talib.SMA(D, 20)
            put("dollar_volume_ratio_1_20", at, D / usual)
            put("dollar_volume_ratio_5_20", at, talib.SMA(D, 5) / usual)
            put("dollar_volume_trend_20", at, talib.LINEARREG_SLOPE(np.log(D), 20))
            put("average_true_range_14", at, talib.ATR(H, L, C, 14) / C)
            fast_k, _ = talib.STOCHF(H, L, C, 14, 1)
            put("stochastic_k_14", at, fast_k)
            put("stochastic_d_14_3", at, talib.STOCHF(H, L, C, 14, 3)[1])
            put("high_change_1", at, talib.ROCP(H, 1))
            put("low_change_1", at, talib.ROCP(L, 1))
        return got

    return f"TA-Lib {talib.__version__}", frame_of, build, lambda result: result


engines = {"polars": in_polars, "pandas": in_pandas, "talib": in_talib}
name, frame_of, build, numbers = engines[engine]()
build(frame_of(min(symbols, 10)))  # what is loaded or begun on first use is not counted
frame = frame_of(symbols)
began = time.perf_counter()
result = build(frame)
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
columns = numbers(result)
if out:
    for feature, values in columns.items():
        np.ascontiguousarray(values, dtype=np.float64).tofile(f"{out[0]}/{feature}")
print(json.dumps({"engine": name, "seconds": seconds, "peakMegabytes": peak, "features": list(columns)}))
