"""Golden values for the tests of lib/models/xgboost: pip install xgboost-cpu==3.2.0, then python goldens.py

The rows are those of lib/models/_golden_rows.ts: made of whole numbers, so that both languages make the same bits.
"""
import hashlib, json, numpy, xgboost

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
    "plain": {"max_depth": 3},
    "drawn": {"max_depth": 4, "learning_rate": 0.05, "subsample": 0.5, "colsample_bynode": 0.5, "max_bin": 63, "min_child_weight": 10},
    "weighted": {"max_depth": 3, "reg_lambda": 1.5, "reg_alpha": 0.1},
    "leafwise": {"max_depth": 0, "max_leaves": 7, "grow_policy": "lossguide", "gamma": 0.01},
    "quantile": {"objective": "reg:quantileerror", "quantile_alpha": 0.25, "max_depth": 3},
    "stopped": {"max_depth": 4, "learning_rate": 0.3},
    "gamma": {"objective": "reg:gamma", "max_depth": 3},  # of the absolute target: sizes above 0
    "binary": {"objective": "binary:logistic", "max_depth": 3},  # of the target's sign
}
targets = {"gamma": abs, "binary": lambda target: (target > 0).astype(float)}


def boosted(name, parameters):
    common = {"tree_method": "hist", "seed": 7, "nthread": 1, "verbosity": 0}
    target = targets.get(name, lambda value: value)
    weight = fitted[2] if name == "weighted" else None
    train = xgboost.DMatrix(fitted[0], target(fitted[1]), weight=weight, feature_names=NAMES)
    held = xgboost.DMatrix(stop[0], target(stop[1]), feature_names=NAMES)
    early = {"evals": [(held, "stop")], "early_stopping_rounds": 5} if name == "stopped" else {}
    model = xgboost.train({**common, **parameters}, train, 40, verbose_eval=False, **early)
    best = model.best_iteration + 1 if early else 40
    model = model[:best]
    text = model.save_raw("json").decode()
    trees = text[text.index('"trees":['):text.index('"name":"gbtree"')]
    rest = xgboost.DMatrix(test[0], feature_names=NAMES)
    gain = model.get_score(importance_type="total_gain")
    return {
        "rounds": best,
        "treesSha256": hashlib.sha256(trees.encode()).hexdigest(),
        "forecast": [float(value) for value in model.predict(rest)],
        "gain": [float(gain.get(feature, 0)) for feature in NAMES],
        "contributions": [[float(value) for value in row] for row in model.predict(rest, pred_contribs=True)[:8]],
    }


golden = {
    "tools": {"xgboost": xgboost.__version__, "numpy": numpy.__version__},
    "xgboost": {name: {"parameters": parameters, **boosted(name, parameters)} for name, parameters in settings.items()},
}
json.dump(golden, open("goldens.json", "w"), indent=1)
