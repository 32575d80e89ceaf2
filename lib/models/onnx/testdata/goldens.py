"""What onnxruntime makes of exported models, for the tests of lib/models/onnx:

make xgboost && deno run -A lib/models/onnx/testdata/write_models.ts /tmp/onnx_models
pip install onnxruntime==1.32.0 onnx==1.23.2, then python goldens.py /tmp/onnx_models

The rows are those of lib/models/_golden_rows.ts from 2000 on: made of whole numbers, so that both languages make the
same bits.
"""
import hashlib, json, os, sys
import numpy, onnx, onnxruntime

values = numpy.empty((60, 6), dtype=numpy.float32)
for at in range(60):
    i = 2000 + at
    for j in range(6):
        known = (i + 3 * j) % 17 != 0
        values[at, j] = ((i * 7919 + j * 104729 + i * i * 31 * (j + 1)) % 1009) / 1009 - 0.5 if known else numpy.nan

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1


def forecast(path):
    with open(path, "rb") as file:
        content = file.read()
    model = onnx.load_from_string(content)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    kind = numpy.float32 if session.get_inputs()[0].type == "tensor(float)" else numpy.float64
    all_rows = session.run(None, {"features": values.astype(kind)})[0]
    one_by_one = [session.run(None, {"features": row[None].astype(kind)})[0][0, 0] for row in values]
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "inputs": [[value.name, value.type, value.shape] for value in session.get_inputs()],
        "outputs": [[value.name, value.type, value.shape] for value in session.get_outputs()],
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "forecast": [float(value) for value in all_rows[:, 0]],
        "oneByOne": [float(value) for value in one_by_one],
    }


def windows(rows=24, steps=4):
    made = numpy.full((rows, steps, 6), numpy.nan, dtype=numpy.float32)
    for row in range(rows):
        for back in range(min(row + 1, steps)):
            made[row, steps - 1 - back] = values[row - back]
    return made


def answers(path):
    with open(path, "rb") as file:
        content = file.read()
    model = onnx.load_from_string(content)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    outputs = [output.name for output in session.get_outputs()]
    shown = session.run(outputs, {"features": windows()})
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "inputs": [[value.name, value.type, value.shape] for value in session.get_inputs()],
        "outputs": {name: value.astype(float).tolist() for name, value in zip(outputs, shown)},
    }


[folder] = sys.argv[1:]
files = sorted(name for name in os.listdir(folder) if name.endswith(".onnx"))
names = [name for name in files if not name.startswith("network_")]
networks = [name for name in files if name.startswith("network_")]
golden = {
    "tools": {"onnxruntime": onnxruntime.__version__, "onnx": onnx.__version__, "numpy": numpy.__version__},
    "models": {name.removesuffix(".onnx"): forecast(os.path.join(folder, name)) for name in names},
    "networks": {
        name.removeprefix("network_").removesuffix(".onnx"): answers(os.path.join(folder, name)) for name in networks
    },
}
json.dump(golden, open("goldens.json", "w"), indent=1)
