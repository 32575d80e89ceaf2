"""The same training in Keras. Called by lstm_speed.ts: python peer.py FOLDER ROWS STEPS FEATURES UNITS BATCH EPOCHS COMPILED"""
import json, os, sys, time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras, numpy as np, tensorflow as tf

folder, compiled = sys.argv[1], sys.argv[8]
rows, steps, features, units, batch, epochs = map(int, sys.argv[2:8])
read = lambda name, *shape: np.fromfile(f"{folder}/{name}", dtype=np.float32).reshape(shape)
x, y = read("x", rows, steps, features), read("y", rows, 1)
model = keras.Sequential([keras.Input((steps, features)), keras.layers.LSTM(units), keras.layers.Dense(1)])
model.set_weights([
    read("kernel", features, 4 * units), read("recurrent", units, 4 * units), np.zeros(4 * units, np.float32),
    read("dense", units, 1), np.zeros(1, np.float32),
])
model.compile(keras.optimizers.Adam(1e-3, epsilon=1e-12), "mse", jit_compile={"yes": True, "no": False, "auto": "auto"}[compiled])
seconds, losses = [], []
for _ in range(epochs):
    begin = time.perf_counter()
    losses.append(model.fit(x, y, batch_size=batch, epochs=1, shuffle=False, verbose=0).history["loss"][0])
    seconds.append(time.perf_counter() - begin)
begin = time.perf_counter()
model.predict(x, batch_size=rows, verbose=0)
forecast = []
for _ in range(5):
    begin = time.perf_counter()
    model.predict(x, batch_size=rows, verbose=0)
    forecast.append(time.perf_counter() - begin)
print(json.dumps({
    "engine": f"Keras {keras.__version__}, TensorFlow {tf.__version__}, jit_compile={compiled}",
    "seconds": seconds, "losses": losses, "forecastSeconds": min(forecast),
}))
