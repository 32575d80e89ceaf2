"""One engine as one has it in Python, measured as one_engine.ts measures: python peer_engine.py ENGINE FOLDER"""
import hashlib, json, resource, sys, time
import numpy as np

engine, folder = sys.argv[1:]
with open(f"{folder}/settings.json", encoding="utf-8") as file:
    settings = json.load(file)
features = np.fromfile(f"{folder}/features", dtype=np.float32).reshape(settings["rows"], settings["columns"])
target = np.fromfile(f"{folder}/target")
parameters = settings["parameters"][engine]
common = {"seed": settings["seed"]}


def fit_lightgbm():
    import lightgbm

    fixed = {"num_threads": settings["threads"], "deterministic": True, "force_col_wise": True, "verbosity": -1}

    def fit():
        model = lightgbm.train({**parameters, **common, **fixed}, lightgbm.Dataset(features, target), settings["rounds"])
        return lambda rows: model.predict(rows, num_threads=settings["threads"])

    return fit, f"lightgbm {lightgbm.__version__} python"


def fit_xgboost():
    import xgboost

    fixed = {"tree_method": "hist", "nthread": settings["threads"], "verbosity": 0}

    def fit():
        model = xgboost.train({**parameters, **common, **fixed}, xgboost.DMatrix(features, target), settings["rounds"])
        return lambda rows: model.inplace_predict(rows).astype(float)

    return fit, f"xgboost {xgboost.__version__} python"


fit, name = {"lightgbm": fit_lightgbm, "xgboost": fit_xgboost}[engine]()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = peak()
start = time.perf_counter()
predict = fit()
train_seconds = time.perf_counter() - start
trained = peak()

single = []
for row in range(settings["singleRows"]):
    start = time.perf_counter()
    predict(features[row : row + 1])
    single.append(time.perf_counter() - start)
start = time.perf_counter()
forecast = predict(features)
batch_seconds = time.perf_counter() - start
print(json.dumps({
    "engine": name,
    "trainSeconds": train_seconds,
    "singleMicroseconds": 1e6 * sorted(single)[len(single) // 2],
    "batchMicroseconds": 1e6 * batch_seconds / settings["rows"],
    "trainMegabytes": trained - before,
    "peakMegabytes": peak(),
    "forecastSha256": hashlib.sha256(forecast.tobytes()).hexdigest(),
}))
