"""Golden values for the tests of lib/models/calibration:
pip install scikit-learn==1.9.1 mapie==1.6.0 statsmodels==0.15.0, then python calibration.py

Isotonic regression, Platt's sigmoid and the thresholds are scikit-learn's; the sigmoid's exact minimum is that of a
binomial model in statsmodels, since scikit-learn stops at a gradient of 1e-6; conformal bounds are MAPIE's.
"""
import json, mapie, numpy, sklearn, statsmodels, warnings
import statsmodels.api
from mapie.regression import ConformalizedQuantileRegressor
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import balanced_accuracy_score, f1_score

warnings.simplefilter("ignore", FutureWarning)
random = numpy.random.default_rng(5)
score = numpy.round(random.normal(size=160), 1)  # with ties
outcome = (random.random(160) < 1 / (1 + numpy.exp(-1.5 * score + 0.5))).astype(float)
weight = numpy.round(random.uniform(0.5, 3, 160), 2)
asked = numpy.concatenate([[-9.0], numpy.round(random.uniform(-3, 3, 25), 3), [9.0]])


def isotonic(weight):
    fitted = IsotonicRegression(out_of_bounds="clip").fit(score, outcome, sample_weight=weight)
    return {"asked": fitted.predict(asked).tolist()}


def platt(weight):
    slope, intercept = _sigmoid_calibration(score, outcome, sample_weight=weight)
    own = numpy.ones(160) if weight is None else weight
    one, zero = own[outcome > 0].sum(), own[outcome <= 0].sum()
    smooth = numpy.where(outcome > 0, (one + 1) / (one + 2), 1 / (zero + 2))
    design = statsmodels.api.add_constant(score)
    family = statsmodels.api.families.Binomial()
    exact = statsmodels.api.GLM(smooth, design, family=family, freq_weights=own).fit(tol=1e-14, maxiter=100).params
    return {"slope": exact[1], "intercept": exact[0], "scikitLearn": {"slope": -slope, "intercept": -intercept}}


def threshold(metric, weight):
    candidates = numpy.unique(score)[::-1]  # the highest comes first, and wins where others are as good
    worth = [metric(outcome, score >= candidate, sample_weight=weight) for candidate in candidates]
    best = int(numpy.argmax(worth))
    return {"threshold": candidates[best], "value": worth[best]}


class Column(RegressorMixin, BaseEstimator):
    """A model that has already forecast: it passes on one of its features."""

    def __init__(self, column):
        self.column, self.fitted_ = column, True

    def fit(self, X, y):
        return self

    def predict(self, X):
        return X[:, self.column]


def conformal():
    centre = random.normal(size=99)
    forecasts = numpy.column_stack([centre - 0.5, centre + 0.5, centre])
    actual = centre + random.standard_t(4, size=99)
    models = [Column(0), Column(1), Column(2)]
    interval = ConformalizedQuantileRegressor(models, confidence_level=0.8, prefit=True).conformalize(forecasts, actual)
    _, bounds = interval.predict_interval(forecasts[:5], symmetric_correction=False)
    return {
        "lower": forecasts[:, 0].tolist(),
        "upper": forecasts[:, 1].tolist(),
        "actual": actual.tolist(),
        "bounds": bounds[:, :, 0].tolist(),
    }


golden = {
    "versions": {module.__name__: module.__version__ for module in (numpy, sklearn, statsmodels, mapie)},
    "score": score.tolist(),
    "outcome": outcome.tolist(),
    "weight": weight.tolist(),
    "asked": asked.tolist(),
    "isotonic": {"plain": isotonic(None), "weighted": isotonic(weight)},
    "platt": {"plain": platt(None), "weighted": platt(weight)},
    "threshold": {
        "f1": {"plain": threshold(f1_score, None), "weighted": threshold(f1_score, weight)},
        "balanced accuracy": {
            "plain": threshold(balanced_accuracy_score, None),
            "weighted": threshold(balanced_accuracy_score, weight),
        },
    },
    "conformal": conformal(),
}
with open("calibration.json", "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
