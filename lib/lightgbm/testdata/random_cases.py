"""What LightGBM's Python package makes of the cases of random_cases.ts: pip install lightgbm==4.7.0 numpy==2.4.6, then python random_cases.py"""
import hashlib, json, lightgbm, math, numpy

CASES = 360
OBJECTIVES = ["regression", "binary", "quantile", "multiclass", "lambdarank", "custom", "regression_l1", "huber", "gamma"]


def draw_case(index):
    state = (index * 2654435761 + 12345) % 2**32

    def draw(below):
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) % below

    def pick(*items):
        return items[draw(len(items))]

    objective = OBJECTIVES[index % len(OBJECTIVES)]
    rows = 80 + draw(320)
    columns = []
    for _ in range(3 + draw(6)):
        kind = pick("categorical", "coarse", "fine", "fine", "fine")
        columns.append((kind, draw(2) == 1))
    values = numpy.zeros((rows, len(columns)), dtype=pick(numpy.float32, numpy.float64))
    raw = numpy.zeros(rows)
    size = {"categorical": lambda: draw(9), "coarse": lambda: draw(5) / 4, "fine": lambda: draw(10007) / 10007 - 0.5}
    for row in range(rows):
        for column, (kind, holes) in enumerate(columns):
            missing = holes and draw(20) == 0
            values[row, column] = math.nan if missing else size[kind]()
        a, b, c = (0.0 if math.isnan(value) else float(value) for value in values[row, :3])
        raw[row] = a - 2 * b * c + (draw(997) / 997 - 0.5)
    if objective == "binary":
        target = raw > 0
    elif objective == "multiclass":
        target = (raw > -0.3).astype(int) + (raw > 0.3)
    elif objective == "lambdarank":
        target = numpy.clip(numpy.floor(2 * (raw + 1)), 0, 4)
    elif objective == "gamma":
        target = abs(raw) + 0.01
    else:
        target = raw
    weight = numpy.array([1 + draw(3) for _ in raw], dtype=float) if draw(3) == 0 else None
    starts = draw(5) == 0 and objective != "multiclass"
    start = numpy.array([(draw(11) - 5) / 10 for _ in raw]) if starts else None
    parameters = {"objective": objective}
    if objective == "multiclass":
        parameters["num_class"] = 3
    if objective == "quantile":
        parameters["alpha"] = 0.25
    parameters["num_leaves"] = 2 + draw(30)
    parameters["learning_rate"] = pick(0.05, 0.1, 0.3, 1)
    parameters["min_data_in_leaf"] = 1 + draw(30)
    parameters["max_bin"] = pick(15, 63, 255)
    parameters["feature_fraction"] = 1 if objective == "custom" else pick(1, 0.5)
    parameters["lambda_l1"] = pick(0, 0, 0.1)
    parameters["lambda_l2"] = pick(0, 1.5)
    parameters["path_smooth"] = pick(0, 0, 1)
    parameters["max_depth"] = pick(-1, -1, 3)
    parameters["extra_trees"] = pick(False, False, False, True)
    parameters["boost_from_average"] = pick(True, True, False)
    parameters |= pick({}, {"bagging_fraction": 0.5, "bagging_freq": 1}, {"data_sample_strategy": "goss"}, {})
    parameters["seed"] = index
    groups, left = [], rows if objective == "lambdarank" else 0
    while left > 0:
        groups.append(min(left, 5 + draw(20)))
        left -= groups[-1]
    categorical = [column for column, (kind, _) in enumerate(columns) if kind == "categorical"]
    data = {"label": target.astype(numpy.float32), "weight": weight, "init_score": start, "group": groups or None}
    return values, data, categorical, parameters, 3 + draw(10)


def fair(scores, data):
    off = scores - data.get_label()
    scale = 1 / (abs(off) + 1)
    weight = 1 if data.get_weight() is None else data.get_weight().astype(float)
    return (off * scale * weight).astype(numpy.float32), (scale * scale * weight).astype(numpy.float32)


def digest(what):
    return hashlib.sha256(what).hexdigest()[:16]


def fingerprint(index):
    values, data, categorical, parameters, rounds = draw_case(index)
    parameters |= {"num_threads": 1, "deterministic": True, "force_col_wise": True, "verbosity": -1}
    if parameters["objective"] == "custom":
        parameters["objective"] = fair
    names = [f"feature_{column}" for column in range(values.shape[1])]
    train = lightgbm.Dataset(values, **data, feature_name=names, categorical_feature=categorical, params=dict(parameters))
    model = lightgbm.train(parameters, train, rounds, keep_training_booster=True)
    text = model.model_to_string(num_iteration=-1)
    return {
        "trees": digest(text[text.index("Tree=0"):text.index("end of trees")].encode()),
        "scores": digest(numpy.ascontiguousarray(model.predict(values[:40], raw_score=True)).tobytes()),
        "contributions": digest(numpy.ascontiguousarray(model.predict(values[:5], pred_contrib=True)).tobytes()),
    }


golden = {
    "tools": {"lightgbm": lightgbm.__version__, "numpy": numpy.__version__},
    "cases": [fingerprint(index) for index in range(CASES)],
}
with open("random_cases.json", "w") as file:
    file.write('{"tools": ' + json.dumps(golden["tools"]) + ', "cases": [\n')
    file.write(",\n".join(json.dumps(case) for case in golden["cases"]) + "\n]}\n")
