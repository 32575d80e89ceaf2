"""Golden values for the kinds of model: python kinds.py (numpy, pandas, scipy, scikit-learn, statsmodels)"""
import json, math
import numpy as np, pandas as pd, scipy, scipy.stats as st, sklearn, statsmodels
import statsmodels.api as sm
from sklearn.metrics import brier_score_loss, log_loss, mean_pinball_loss, roc_auc_score

rng = np.random.default_rng(19730801)
days, names = 40, 6
n = days * names
day = np.tile(np.arange(days), names)  # rows of a symbol side by side
event = (rng.uniform(size=n) < 0.55).astype(float)
probability = np.round(np.clip(0.5 + 0.15 * (event - 0.5) + 0.1 * rng.normal(size=n), 0, 1), 2)  # with ties
volatility = 0.01 * np.exp(0.5 * rng.normal(size=n))
actual = volatility * rng.standard_t(5, size=n)
quantile = actual.std() * st.norm.ppf(0.1) * np.exp(0.2 * rng.normal(size=n))


def bins(count):
    group = np.floor(count * (st.rankdata(probability) - 0.5) / n).astype(int)
    table = pd.DataFrame({"group": group, "p": probability, "y": event}).groupby("group").agg(
        rows=("y", "size"), said=("p", "mean"), came=("y", "mean"))
    share, base = table.rows / n, event.mean()
    return {"rows": table.rows.tolist(), "meanProbability": table.said.tolist(), "observedRate": table.came.tolist(),
            "reliability": float((share * (table.came - table.said) ** 2).sum()),
            "resolution": float((share * (table.came - base) ** 2).sum()), "uncertainty": base * (1 - base),
            "expectedCalibrationError": float((share * (table.came - table.said).abs()).sum())}


def regression(lags, clustered):
    x, y = volatility ** 2, actual ** 2
    # rows in order of time, as the covariance over groups wants them
    order = np.argsort(day, kind="stable") if clustered else np.arange(n)
    design = sm.add_constant(x[order])
    kind = ("hac-groupsum", {"time": day[order], "maxlags": lags, "use_correction": False}) if clustered else (
        "HAC", {"maxlags": lags, "use_correction": False})
    fit = sm.OLS(y[order], design).fit(cov_type=kind[0], cov_kwds=kind[1])
    wald = fit.wald_test((np.eye(2), np.array([0.0, 1.0])), use_f=False, scalar=True)
    return {"lags": lags, "intercept": fit.params[0], "slope": fit.params[1], "interceptError": fit.bse[0],
            "slopeError": fit.bse[1], "rSquared": fit.rsquared, "wald": float(wald.statistic), "pValue": float(wald.pvalue)}


wide = pd.DataFrame({s: event[s * days:(s + 1) * days] for s in range(names)})
said = pd.DataFrame({s: probability[s * days:(s + 1) * days] for s in range(names)})
daily = [roc_auc_score(wide.loc[d], said.loc[d]) if 0 < wide.loc[d].sum() < names else None for d in range(days)]
known = [area for area in daily if area is not None]
first = pd.Series(actual[:days])

golden = {
    "versions": {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__,
                 "sklearn": sklearn.__version__, "statsmodels": statsmodels.__version__},
    "days": days, "names": names, "event": event.tolist(), "probability": probability.tolist(),
    "volatility": volatility.tolist(), "actual": actual.tolist(), "quantile": quantile.tolist(),
    "classifier": {"area": roc_auc_score(event, probability), "brier": brier_score_loss(event, probability),
                   "logLoss": log_loss(event, probability), "dailyArea": float(np.mean(known)), "dailyDays": len(known),
                   "calibrationSlope": float(np.polyfit(probability, event, 1)[0])},
    "bins": {str(count): bins(count) for count in (4, 10)},
    "pinball": mean_pinball_loss(actual, quantile, alpha=0.1),
    "qlike": float(np.mean(np.log(volatility ** 2) + actual ** 2 / volatility ** 2)),
    "rows": regression(5, False), "clustered": regression(3, True),
    # a moving window, known a night later (null: too few), and an exponential mean of squares
    "trailing": [None if math.isnan(v) else v for v in first.rolling(20, min_periods=10).quantile(0.1).shift(1)],
    "ewma": (first ** 2).ewm(alpha=0.8, adjust=False).mean().pow(0.5).tolist(),
}
with open(__file__.replace(".py", ".json"), "w") as file:
    json.dump(golden, file)
