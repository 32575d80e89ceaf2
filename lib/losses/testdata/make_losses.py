"""Values of the losses and their gradients by outputs, in double precision.

Values of huber, pinball, cross entropy and the normal likelihood come from scipy and scikit-learn; the others are the
formulas of the docstrings in numpy. Gradients are central differences of the values, so that nothing of a library that
differentiates by itself stands behind them; no output lies near a kink or a change of sign.

Made with Python 3.11, numpy, scipy, scikit-learn; versions stand in the file. Run: python make_losses.py > losses.json
"""
import json

import numpy as np
import scipy
import sklearn
from scipy.special import huber as scipy_huber, expit
from scipy.stats import norm
from sklearn.metrics import log_loss, mean_pinball_loss

random = np.random.default_rng(20)
ROWS = 12
y = random.normal(size=ROWS).round(3)
f = (0.4 * y + 0.8 * random.normal(size=ROWS)).round(3)
f[np.abs(f) < 0.05] = 0.1
weights = random.uniform(0.2, 2, size=ROWS).round(3)
w = weights / weights.sum()
volatility = np.abs(random.normal(1, 0.3, size=ROWS)).round(3)
said = np.abs(random.normal(1, 0.3, size=ROWS)).round(3)
event = (y > 0).astype(float)
probability = random.uniform(0.05, 0.95, size=ROWS).round(3)
label = random.integers(0, 3, size=ROWS)
classes = random.dirichlet([2, 2, 2], size=ROWS).round(3)
quantiles = (f[:, None] + np.array([-1.1, 0.07, 1.2])).round(3)
normal = np.column_stack([f, said])


def mean(values):
    return float(np.sum(w * values))


def variance(values):
    return mean((values - mean(values)) ** 2)


def spread(values):
    return np.sqrt(variance(values) + 1e-12)


def hub(y, f, delta=1.0):
    return scipy_huber(delta, y - f)


def wrong(y, f):
    return (y * f < 0).astype(float)


def collapse(f, least):
    return max(-np.log(spread(f) / least), 0)


def imbalance(f):
    return (mean((f > 0).astype(float)) - 0.5) ** 2


def correlation(y, f):
    return mean((y - mean(y)) * (f - mean(f))) / (spread(y) * spread(f))


def focal(p, focus):
    return -((1 - p) ** focus) * np.log(p)


def balance(y):
    return np.where(y > 0, 0.5 / mean(y > 0), 0.5 / mean(y <= 0))


CASES = [
    ("mean_squared_error", {}, y, f, lambda y, f: mean((y - f) ** 2)),
    ("huber", {}, y, f, lambda y, f: mean(hub(y, f))),
    ("huber", {"delta": 0.3}, y, f, lambda y, f: mean(hub(y, f, 0.3))),
    ("directional_huber", {}, y, f, lambda y, f: mean(hub(y, f) * (1 + 2 * wrong(y, f)))),
    ("smooth_directional_huber", {}, y, f, lambda y, f: mean(hub(y, f) * (1 + 2 * expit(-10 * y * f)))),
    ("directional_squared_error", {}, y, f, lambda y, f: mean((y - f) ** 2 + 2 * np.abs(y - f) * wrong(y, f))),
    ("simple_directional", {}, y, f, lambda y, f: mean(0.4 * (y - f) ** 2 + 0.6 * np.abs(y - f) * wrong(y, f))),
    (
        "balanced_directional",
        {},
        y,
        f,
        lambda y, f: mean(balance(y) * (0.3 * (y - f) ** 2 + 0.7 * np.abs(y - f) * wrong(y, f))),
    ),
    ("huber_inverse_variance", {}, y, f, lambda y, f: mean(hub(y, f)) + min(10 / (variance(f) + 1e-12), 100)),
    (
        "variance_regularised",
        {"leastSpread": 2, "weight": 0.5},
        y,
        f,
        lambda y, f: mean(hub(y, f)) + 0.5 / (variance(f) + 1e-6) + 10 * max((2 - spread(f)) / 2, 0) ** 2
        + 0.1 * max(0.5 - variance(np.sign(f)), 0),
    ),
    (
        "combined_directional",
        {},
        y,
        0.5 * f,
        lambda y, f: mean(hub(y, f)) + 0.3 * mean(((y > 0) - expit(10 * f)) ** 2) + 0.3 * collapse(f, spread(y))
        + 0.2 * imbalance(f),
    ),
    (
        "anti_collapse_directional",
        {"leastSpread": 2},
        y,
        f,
        lambda y, f: mean(hub(y, f) * (1 + 0.2 * wrong(y, f))) + 0.5 * mean(np.exp(-5 * np.abs(f)))
        + min(0.3 * collapse(f, 2), 2) + 0.6 * imbalance(f),
    ),
    ("sign_variance_floor", {"least": 1}, y, f, lambda y, f: max(1 - variance(np.sign(f)), 0)),
    ("sign_balance", {}, y, f, lambda y, f: 4 * imbalance(f)),
    ("smooth_sign_balance", {}, y, f, lambda y, f: 4 * (mean(expit(10 * f)) - 0.5) ** 2),
    (
        "smooth_sign_variance_floor",
        {"least": 1},
        y,
        f,
        lambda y, f: max(1 - variance(np.tanh(10 * f)), 0),
    ),
    ("correlation_aware", {}, y, f, lambda y, f: mean(hub(y, f)) - 0.1 * correlation(y, f)),
    (
        "gaussian_likelihood",
        {},
        y,
        normal,
        lambda y, f: -mean(norm.logpdf(y, f[:, 0], np.sqrt(f[:, 1] ** 2 + 1e-6))),
    ),
    (
        "qlike",
        {},
        volatility,
        said,
        lambda y, f: mean((y**2 + 1e-6) / (f**2 + 1e-6) - np.log((y**2 + 1e-6) / (f**2 + 1e-6)) - 1),
    ),
    (
        "pinball",
        {},
        y,
        quantiles,
        lambda y, f: sum(
            mean_pinball_loss(y, f[:, i], alpha=level, sample_weight=w) for i, level in enumerate([0.1, 0.5, 0.9])
        ),
    ),
    ("binary_cross_entropy", {}, event, probability, lambda y, p: log_loss(y, p, sample_weight=w)),
    (
        "binary_focal",
        {},
        event,
        probability,
        lambda y, p: mean(np.where(y == 1, 0.25 * focal(p, 2), 0.75 * focal(1 - p, 2))),
    ),
    (
        "multiclass_focal",
        {"classWeights": [1, 0.5, 2]},
        label.astype(float),
        classes,
        lambda y, p: mean(np.array([1, 0.5, 2])[y.astype(int)] * focal(p[np.arange(ROWS), y.astype(int)], 2)),
    ),
]


def gradient(value, y, f, h=1e-6):
    result = np.zeros_like(f, dtype=float)
    for place in np.ndindex(f.shape):
        up, down = f.copy(), f.copy()
        up[place] += h
        down[place] -= h
        result[place] = (value(y, up) - value(y, down)) / (2 * h)
    return result


print(
    json.dumps(
        {
            "made": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
            "weights": weights.tolist(),
            "cases": [
                {
                    "name": name,
                    "options": options,
                    "actual": actual.reshape(ROWS, -1).tolist(),
                    "forecast": forecast.reshape(ROWS, -1).tolist(),
                    "value": value(actual, forecast),
                    "gradient": gradient(value, actual, forecast).reshape(ROWS, -1).round(9).tolist(),
                }
                for name, options, actual, forecast, value in CASES
            ],
        }
    )
)
