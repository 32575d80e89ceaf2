"""The network of networks.ts in Keras, from the same weights. Called by it: python peer_network.py FOLDER"""
import json, os, resource, sys, time

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras, numpy as np, tensorflow as tf

[folder] = sys.argv[1:]
told = json.load(open(f"{folder}/settings.json"))
rows, steps, columns, units = told["rows"], told["steps"], told["columns"], told["units"]
tf.config.threading.set_intra_op_parallelism_threads(1)  # as the native backend of ours
tf.config.threading.set_inter_op_parallelism_threads(1)


def read(name, *shape):
    return np.fromfile(f"{folder}/{name}", dtype=np.float32).reshape(shape)


x, y, (centre, width) = read("x", rows, steps, columns), read("y", rows, 1), read("scale", 2)
half = np.arange(units) // 2 * 2 / units
angle = np.arange(steps)[:, None] / 10000**half
position = np.where(np.arange(units) % 2 == 0, np.sin(angle), np.cos(angle)).astype(np.float32)

inputs = keras.Input((steps, columns))
lstm = keras.layers.LSTM(units, return_sequences=True)
project = keras.layers.Dense(units)
norms = [keras.layers.LayerNormalization(epsilon=1e-5) for _ in range(3)]
attention = keras.layers.MultiHeadAttention(2, units // 2)
hidden, output = keras.layers.Dense(2 * units, activation="relu"), keras.layers.Dense(units)
forecast = keras.layers.Dense(1)
z = project(lstm(inputs)) + position
normal = norms[0](z)
z = z + attention(normal, normal)
z = z + output(hidden(norms[1](z)))
z = forecast(keras.ops.mean(norms[2](z), axis=1))
model = keras.Model(inputs, z)

block = "encoder.block_0"
lstm.set_weights([read("lstm.kernel", columns, 4 * units), read("lstm.recurrent_kernel", units, 4 * units), read("lstm.bias", 4 * units)])
for layer, name, shape in [
    (project, "project", (units, units)),
    (hidden, f"{block}.hidden", (units, 2 * units)),
    (output, f"{block}.output", (2 * units, units)),
    (forecast, "forecast.output", (units, 1)),
]:
    layer.set_weights([read(f"{name}.kernel", *shape), read(f"{name}.bias", shape[1])])
for layer, name in zip(norms, [f"{block}.attention_norm", f"{block}.dense_norm", "encoder.norm"]):
    layer.set_weights([read(f"{name}.scale", units), read(f"{name}.offset", units)])
heads = (2, units // 2)
attention.set_weights(
    [
        each
        for name in ["query", "key", "value"]
        for each in [read(f"{block}.attention.{name}.kernel", units, *heads), read(f"{block}.attention.{name}.bias", *heads)]
    ]
    + [read(f"{block}.attention.output.kernel", *heads, units), read(f"{block}.attention.output.bias", units)]
)
first = model.predict(x[:100], batch_size=100, verbose=0)[:, 0] * width + centre

optimizer = keras.optimizers.AdamW(1e-3, weight_decay=0.01, global_clipnorm=1.0)
model.compile(optimizer, "huber")
round_seconds = []
for _ in range(told["rounds"]):
    begin = time.perf_counter()
    model.fit(x, y, batch_size=told["batchRows"], epochs=1, shuffle=True, verbose=0)
    round_seconds.append(time.perf_counter() - begin)


def timed(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


call = tf.function(lambda window: model(window, training=False))  # quicker than predict() for one window
call(x[:1])
single = sorted(timed(lambda: call(x[row : row + 1]).numpy()) for row in range(told["singleRows"]))
model.predict(x, batch_size=1024, verbose=0)
batch = timed(lambda: model.predict(x, batch_size=1024, verbose=0))
print(
    json.dumps(
        {
            "engine": f"Keras {keras.__version__}, TensorFlow {tf.__version__}",
            "parameters": model.count_params(),
            "roundSeconds": round_seconds,
            "singleMicroseconds": 1e6 * single[len(single) // 2],
            "batchMicroseconds": 1e6 * batch / rows,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "firstForecast": [float(value) for value in first],
        }
    )
)
