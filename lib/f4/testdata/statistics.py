"""Golden values for the single statistics of lib/f4: python statistics.py (numpy, scipy, statsmodels, arch)"""
import json, math
import arch, numpy as np, scipy, scipy.stats as st, statsmodels, statsmodels.api as sm
from arch.bootstrap import optimal_block_length

rng = np.random.default_rng(20120101)
noise = rng.standard_t(5, 400) * 0.01 + 0.0004
slow = np.zeros(400)
for t in range(1, 400):
    slow[t] = 0.7 * slow[t - 1] + rng.normal()
overlap = np.convolve(rng.normal(size=419), np.ones(20), "valid")
series = {"noise": noise, "slow": slow, "overlap": overlap, "short": noise[:37]}


def newey_west(values, lags):
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    return float(fit.bse[0])


def psr(values, benchmark):
    ratio = values.mean() / values.std(ddof=1)
    variance = 1 - st.skew(values) * ratio + (st.kurtosis(values, fisher=False) - 1) / 4 * ratio**2
    return float(st.norm.cdf((ratio - benchmark) * math.sqrt(len(values) - 1) / math.sqrt(variance)))


def pesaran_timmermann(forecast, actual):
    """Pesaran and Timmermann (1992), equations 3 to 6."""
    n = len(forecast)
    hit = np.mean((forecast > 0) == (actual > 0))
    x, y = np.mean(forecast > 0), np.mean(actual > 0)
    expected = y * x + (1 - y) * (1 - x)
    v_hit = expected * (1 - expected) / n
    v_expected = (
        (2 * y - 1) ** 2 * x * (1 - x) / n
        + (2 * x - 1) ** 2 * y * (1 - y) / n
        + 4 * y * x * (1 - y) * (1 - x) / n**2
    )
    z = (hit - expected) / math.sqrt(v_hit - v_expected)
    return {"hitRate": float(hit), "expected": float(expected), "statistic": z, "pValue": float(st.norm.sf(z))}


points = [-37.5, -9.0, -3.0001, -2.9999, -1.3, -0.02, 0.0, 0.7, 2.5, 3.5, 7.0]
probabilities = [1e-300, 1e-12, 0.001, 0.02425, 0.3, 0.5, 0.8, 0.99999]
forecast = 0.3 * noise + rng.normal(size=400) * 0.01 + 0.001
json.dump(
    {
        "versions": {
            "numpy": np.__version__, "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__, "arch": arch.__version__,
        },
        "series": {name: values.tolist() for name, values in series.items()},
        "neweyWest": {n: {str(lags): newey_west(v, lags) for lags in (0, 1, 5, 19)} for n, v in series.items()},
        "blockLength": {n: float(optimal_block_length(v)["stationary"].iloc[0]) for n, v in series.items()},
        "skewness": {n: float(st.skew(v)) for n, v in series.items()},
        "kurtosis": {n: float(st.kurtosis(v, fisher=False)) for n, v in series.items()},
        "psr": {n: {str(b): psr(v, b) for b in (0, 0.05)} for n, v in series.items()},
        "normal": [[x, float(st.norm.cdf(x))] for x in points],
        "quantile": [[p, float(st.norm.ppf(p))] for p in probabilities],
        "signs": {"forecast": forecast.tolist(), "pesaranTimmermann": pesaran_timmermann(forecast, noise)},
    },
    open("statistics.json", "w"),
)
