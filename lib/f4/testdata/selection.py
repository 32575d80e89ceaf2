"""Golden values for what is claimed after choosing or comparing: python selection.py (numpy, scipy, statsmodels, arch)"""
import itertools, json, math
import arch, numpy as np, scipy, scipy.stats as st, statsmodels
import statsmodels.api as sm
from arch.bootstrap import SPA, StationaryBootstrap, StepM
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(19640101)
p_values = np.concatenate([rng.uniform(size=17), rng.uniform(size=6) ** 6, [0.02, 0.02, 1.0, 0.0]])
trials = rng.normal(size=(5, 83)) * 0.01 + np.array([[0.0], [0.001], [0.002], [0.0], [-0.001]])
actual = rng.normal(size=120)
good, bad = 0.3 * actual + rng.normal(size=120), rng.normal(size=120)
inside = (rng.uniform(size=250) < 0.9).tolist()
clustered = [bool(v) for v in np.repeat(rng.uniform(size=60) < 0.85, 4)]


def overfitting(returns, blocks):
    """Cross-validation as published, straight from the definition."""
    pieces = np.array_split(np.arange(returns.shape[1]), blocks)
    ranks, lost = [], 0
    sharpe = lambda part: part.mean(axis=1) / part.std(axis=1, ddof=1)
    for chosen in itertools.combinations(range(blocks), blocks // 2):
        here = np.concatenate([pieces[b] for b in chosen])
        there = np.concatenate([pieces[b] for b in range(blocks) if b not in chosen])
        winner = sharpe(returns[:, here]).argmax()
        outside = sharpe(returns[:, there])
        ranks.append(st.rankdata(outside)[winner] / (len(outside) + 1))
        lost += outside[winner] < 0
    return {"probability": float(np.mean(np.array(ranks) <= 0.5)), "lossProbability": lost / len(ranks),
            "sumOfRanks": float(np.sum(ranks)), "splits": len(ranks)}


def diebold_mariano(first, second, horizon):
    d, n = first - second, len(first)
    c = [np.sum((d[k:] - d.mean()) * (d[: n - k] - d.mean())) / n for k in range(horizon)]
    statistic = d.mean() / math.sqrt((c[0] + 2 * sum(c[1:])) / n)
    statistic *= math.sqrt((n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n)
    return {"statistic": statistic, "pValue": float(st.t.sf(statistic, n - 1))}


def clark_west(forecast, benchmark, lags):
    gains = (actual - benchmark) ** 2 - (actual - forecast) ** 2 + (benchmark - forecast) ** 2
    fit = sm.OLS(gains, np.ones(len(gains))).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    return {"statistic": float(fit.tvalues[0]), "pValue": float(st.norm.sf(fit.tvalues[0]))}


def christoffersen(hits, confidence):
    moves = np.zeros((2, 2))
    for before, after in zip(hits, hits[1:]):
        moves[int(before), int(after)] += 1
    xlogy = scipy.special.xlogy
    likelihood = lambda out, into, p: xlogy(into, p) + xlogy(out, 1 - p)
    out, into = moves.sum(axis=0)
    free = likelihood(out, into, into / (out + into))
    chain = sum(likelihood(o, i, i / (o + i)) for o, i in moves)
    first, second = 2 * (free - likelihood(out, into, confidence)), 2 * (chain - free)
    test = lambda value, degrees: {"statistic": float(value), "pValue": float(st.chi2.sf(value, degrees))}
    return {"unconditional": test(first, 1), "independence": test(second, 1), "conditional": test(first + second, 2)}


def superior_ability(gains, block):
    """Gains against a benchmark of no loss; the draws are handed over, since no two generators agree."""
    spa = SPA(np.zeros(gains.shape[1]), -gains.T, block_size=block, reps=200, studentize=False, seed=7)
    spa.compute()
    step = StepM(np.zeros(gains.shape[1]), -gains.T, size=0.1, block_size=block, reps=200, studentize=False, seed=7)
    step.compute()
    draws = StationaryBootstrap(block, gains.T, seed=7)
    indices = [draws.index.tolist() for _ in draws.bootstrap(200)]
    return {"indices": indices, **{k: float(v) for k, v in spa.pvalues.items()},
            "superior": [int(v) for v in step.superior_models]}


def adaptive(scores, alpha, rate, window, delay):
    reach, level, now = np.full(len(scores), np.nan), np.full(len(scores), alpha), alpha
    for t in range(len(scores)):
        known = t - delay + 1
        if known > 0 and not np.isnan(reach[known - 1]):
            now += rate * (alpha - float(scores[known - 1] > reach[known - 1]))
        level[t] = now
        if known >= 20:
            past = scores[max(0, known - window): known]
            reach[t] = np.inf if now <= 0 else 0 if now >= 1 else np.quantile(past, 1 - now)
    return {"reach": [None if np.isnan(r) else r if np.isfinite(r) else "Infinity" for r in reach], "level": level.tolist()}


gains = np.array([[0.0], [0.4], [0.25], [-0.6], [0.1]]) + rng.normal(size=(5, 60))
scores = np.abs(rng.normal(size=150)) * np.repeat([1.0, 3.0], 75)

json.dump(
    {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
                     "arch": arch.__version__},
        "pValues": p_values.tolist(),
        "adjusted": {
            "positive": multipletests(p_values, method="fdr_bh")[1].tolist(),
            "any": multipletests(p_values, method="fdr_by")[1].tolist(),
        },
        "trials": trials.tolist(),
        "overfitting": {str(blocks): overfitting(trials, blocks) for blocks in (4, 8)},
        "actual": actual.tolist(), "good": good.tolist(), "bad": bad.tolist(),
        "dieboldMariano": {
            str(h): diebold_mariano((actual - bad) ** 2, (actual - good) ** 2, h) for h in (1, 5)
        },
        "clarkWest": {"zero": clark_west(good, np.zeros(120), 4), "bad": clark_west(good, bad, 8)},
        "inside": {"even": inside, "clustered": clustered},
        "christoffersen": {"even": christoffersen(inside, 0.9), "clustered": christoffersen(clustered, 0.9)},
        "gains": gains.tolist(), "superiorAbility": superior_ability(gains, 4),
        "scores": scores.tolist(), "adaptive": adaptive(scores, 1 - 0.9, 0.17, 40, 3),
        "student": [[t, df, float(st.t.cdf(t, df))] for t in (-40, -3.3, -1, -0.01, 0, 0.7, 5, 100) for df in (1, 2.5, 30, 1749)],
        "expectedMaximum": [
            [n, (1 - np.euler_gamma) * st.norm.ppf(1 - 1 / n) + np.euler_gamma * st.norm.ppf(1 - 1 / (n * math.e))]
            for n in (2, 10, 45, 46, 100, 1000, 10**6)
        ],
    },
    open("selection.json", "w"),
)
