"""Golden values of attention and of an encoder block with normalisation behind each sum, by Keras.

pip install keras==3.15.1 jax==0.10.2 numpy==2.4.6; KERAS_BACKEND=jax python make_keras_values.py > keras_values.json
"""

import json
import sys

import jax
import keras
import numpy as np

WIDTH, HEADS, HIDDEN, STEPS, ROWS = 6, 2, 5, 4, 3
random = np.random.default_rng(1)


def drawn(*shape):
    return random.normal(0, 0.5, shape).astype("float32")


x = drawn(ROWS, STEPS, WIDTH)
names = ["query", "key", "value", "output"]
kernels = {name: drawn(WIDTH, WIDTH) for name in names}
biases = {name: drawn(WIDTH) for name in names}
hidden, hidden_bias, output, output_bias = drawn(WIDTH, HIDDEN), drawn(HIDDEN), drawn(HIDDEN, WIDTH), drawn(WIDTH)
norms = {name: (1 + drawn(WIDTH), drawn(WIDTH)) for name in ["attention_norm", "dense_norm"]}

attention = keras.layers.MultiHeadAttention(HEADS, WIDTH // HEADS)
attention.build(x.shape, x.shape)
by_head = (WIDTH, HEADS, WIDTH // HEADS)
attention.set_weights(
    [part for name in names[:3] for part in (kernels[name].reshape(by_head), biases[name].reshape(by_head[1:]))]
    + [kernels["output"].reshape(HEADS, WIDTH // HEADS, WIDTH), biases["output"]]
)


def layer(kind, weights, *args, **options):
    made = kind(*args, **options)
    made.build(weights[0].shape[:1] if kind is keras.layers.LayerNormalization else (None, weights[0].shape[0]))
    made.set_weights(list(weights))
    return made


def normalise(name, value):
    return layer(keras.layers.LayerNormalization, norms[name], epsilon=1e-5)(value)


found, scores = attention(x, x, return_attention_scores=True)
causal = attention(x, x, use_causal_mask=True)
middle = normalise("attention_norm", x + found)
inner = layer(keras.layers.Dense, (hidden, hidden_bias), HIDDEN, activation="relu")(middle)
block = normalise("dense_norm", middle + layer(keras.layers.Dense, (output, output_bias), WIDTH)(inner))


def plain(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "values": [float(number) for number in value.ravel()]}


weights = {f"attention/{name}/{kind}": of[name] for name in names for kind, of in [("kernel", kernels), ("bias", biases)]}
weights |= {"hidden/kernel": hidden, "hidden/bias": hidden_bias, "output/kernel": output, "output/bias": output_bias}
weights |= {f"{name}/{kind}": norms[name][at] for name in norms for at, kind in enumerate(["scale", "offset"])}
json.dump(
    {
        "versions": {"python": sys.version.split()[0], "keras": keras.__version__, "jax": jax.__version__},
        "sizes": {"width": WIDTH, "heads": HEADS, "feedForward": HIDDEN},
        "weights": {name: plain(value) for name, value in weights.items()},
        "x": plain(x),
        "attention": plain(found),
        "scores": plain(scores),
        "causal": plain(causal),
        "block": plain(block),
    },
    sys.stdout,
)
print()
