"""Golden values, whole series, for the tests of the kernels that TA-Lib defines.

pip install TA-Lib==0.8.2 numpy==2.4.6, then:
python talib_kernels.py
"""
import json

import numpy as np
import talib

days = 60
random = np.random.default_rng(11)
close = np.round(80 * np.exp(np.cumsum(0.02 * random.standard_normal(days))), 2)
close[20] = close[19]  # a day without change
high = np.round(close * np.exp(0.01 * np.abs(random.standard_normal(days))), 2)
low = np.round(close * np.exp(-0.01 * np.abs(random.standard_normal(days))), 2)
volume = np.round(1e6 * np.exp(0.4 * random.standard_normal(days)), -2)

fast_k, fast_d = talib.STOCHF(high, low, close, 5, 3)
line, signal, histogram = talib.MACD(close, 5, 12, 4)
upper, middle, lower = talib.BBANDS(close, 7, 1.5, 1.5)
golden = {
    "rsi_3": talib.RSI(close, 3),
    "rsi_14": talib.RSI(close, 14),
    "ema_10": talib.EMA(close, 10),
    "macd_line": line,
    "macd_signal": signal,
    "macd_histogram": histogram,
    "bollinger_lower": lower,
    "bollinger_middle": middle,
    "bollinger_upper": upper,
    "average_true_range_5": talib.ATR(high, low, close, 5),
    "stochastic_k": fast_k,
    "stochastic_d": fast_d,
    "on_balance_volume": talib.OBV(close, volume),
}
known = {name: [None if np.isnan(value) else value for value in values.tolist()] for name, values in golden.items()}
bars = {"high": high.tolist(), "low": low.tolist(), "close": close.tolist(), "volume": volume.tolist()}
with open("talib_kernels.json", "w") as file:
    json.dump({"tool": "TA-Lib " + talib.__version__, "bars": bars, "golden": known}, file)
