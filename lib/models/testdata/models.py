"""Golden values for the tests of lib/models: pip install lightgbm==4.7.0 scikit-learn==1.9.1, then python models.py

The rows are those of _golden_rows.ts: made of whole numbers, so that both languages make the same bits.
"""
import hashlib, json, lightgbm, numpy, sklearn
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

NAMES = [f"feature_{column}" for column in range(6)]


def rows(first, count):
    values = numpy.empty((count, 6), dtype=numpy.float32)
    target = numpy.empty(count)
    for at in range(count):
        i = first + at
        for j in range(6):
            known = (i + 3 * j) % 17 != 0
            values[at, j] = ((i * 7919 + j * 104729 + i * i * 31 * (j + 1)) % 1009) / 1009 - 0.5 if known else numpy.nan
        x = [0.0 if numpy.isnan(value) else float(value) for value in values[at]]
        noise = ((i * 5081 + i * i * 17) % 997) / 997 - 0.5
        target[at] = x[0] - 2 * x[1] * x[2] + noise
    weight = numpy.array([1 + (first + at) % 3 for at in range(count)], dtype=float)
    return values, target, weight


fitted, stop, test = rows(0, 800), rows(1000, 300), rows(2000, 60)

settings = {
    "plain": {"num_leaves": 7},
    "drawn": {"num_leaves": 15, "learning_rate": 0.05, "feature_fraction": 0.5, "bagging_fraction": 0.5, "bagging_freq": 1, "max_bin": 63, "min_data_in_leaf": 10},
    "weighted": {"num_leaves": 7, "lambda_l2": 1.5},
    "quantile": {"objective": "quantile", "alpha": 0.25, "num_leaves": 7},
    "stopped": {"num_leaves": 15, "learning_rate": 0.3},
    "gamma": {"objective": "gamma", "num_leaves": 7},  # of the absolute target: sizes above 0
    "binary": {"objective": "binary", "num_leaves": 7},  # whether the target is above 0
    "multiclass": {"objective": "multiclass", "num_class": 3, "num_leaves": 7},  # below -0.3, between, above 0.3
    "lambdarank": {"objective": "lambdarank", "num_leaves": 7, "eval_at": 10},  # grades of the days, see graded()
}


def graded(target):
    """Ten rows are a day: five grades of equal size by rank."""
    ranks = target.reshape(-1, 10).argsort(axis=1).argsort(axis=1)
    return numpy.floor(5 * (ranks + 0.5) / 10).ravel()


targets = {
    "gamma": abs,
    "binary": lambda target: target > 0,
    "multiclass": lambda target: (target > -0.3).astype(int) + (target > 0.3),
    "lambdarank": graded,
}


def boosted(name, parameters):
    common = {"objective": "regression", "seed": 7, "num_threads": 1, "deterministic": True, "force_col_wise": True, "verbosity": -1}
    parameters = {**common, **parameters}
    weight = fitted[2] if name == "weighted" else None
    target = targets.get(name, lambda target: target)(fitted[1])
    group = [10] * 80 if name == "lambdarank" else None
    train = lightgbm.Dataset(fitted[0], target, weight=weight, group=group, feature_name=NAMES, params=parameters)
    valid = lightgbm.Dataset(stop[0], stop[1], reference=train, params=parameters)
    callbacks = [lightgbm.early_stopping(5, verbose=False)] if name == "stopped" else []
    model = lightgbm.train(parameters, train, 40, valid_sets=[valid] if callbacks else None, callbacks=callbacks)
    best = model.best_iteration if callbacks else 40
    text = model.model_to_string(num_iteration=best)
    trees = text[text.index("Tree=0"):text.index("end of trees")]
    return {
        "rounds": best,
        "treesSha256": hashlib.sha256(trees.encode()).hexdigest(),
        "forecast": model.predict(test[0], num_iteration=best).tolist(),
        "gain": model.feature_importance("gain", iteration=best).tolist(),
        "contributions": model.predict(test[0][:8], num_iteration=best, pred_contrib=True).tolist(),
    }


def ridge(penalty, weight):
    scaler = StandardScaler().fit(fitted[0].astype(float))
    scaled = lambda values: numpy.nan_to_num(scaler.transform(values.astype(float)))
    alpha = penalty * (len(fitted[1]) if weight is None else weight.sum())
    model = Ridge(alpha=alpha, solver="cholesky").fit(scaled(fitted[0]), fitted[1], sample_weight=weight)
    return {
        "penalty": penalty,
        "weighted": weight is not None,
        "coefficients": model.coef_.tolist(),
        "intercept": float(model.intercept_),
        "forecast": model.predict(scaled(test[0])).tolist(),
    }


golden = {
    "tools": {"lightgbm": lightgbm.__version__, "scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
    "lightgbm": {name: {"parameters": parameters, **boosted(name, parameters)} for name, parameters in settings.items()},
    "ridge": [ridge(penalty, weight) for weight in (None, fitted[2]) for penalty in (0.0, 0.1, 10.0)],
}
json.dump(golden, open("models.json", "w"), indent=1)
