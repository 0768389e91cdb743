"""Makes lstm.json: a bidirectional LSTM's outputs and gradients, computed with numpy in 64 bits.

The forward pass is written from the formulas, one sequence and one step at a time; gradients are central differences. Run it in this
folder: python3 make_lstm.py > lstm.json
"""

import json

import numpy as np

INPUTS, HIDDEN, LENGTHS = 5, 16, [3, 5, 1]
random = np.random.default_rng(20261121)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(x, w, u, b):
    h, c, states = np.zeros(HIDDEN), np.zeros(HIDDEN), []
    for step in x:
        i, f, g, o = np.split(step @ w + h @ u + b, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.array(states)


def bilstm(p):
    outputs, start = [], 0
    for length in LENGTHS:
        x = p["x"][start : start + length]
        forward = lstm(x, p["forward.inputWeights"], p["forward.recurrentWeights"], p["forward.bias"])
        backward = lstm(x[::-1], p["backward.inputWeights"], p["backward.recurrentWeights"], p["backward.bias"])[::-1]
        outputs.append(np.hstack([forward, backward]))
        start += length
    return np.vstack(outputs)


def uniform(*shape):
    # Rounded to 32 bits, so that both sides start from the same numbers.
    return random.uniform(-0.7, 0.7, shape).astype(np.float32).astype(np.float64)


parameters = {"x": uniform(sum(LENGTHS), INPUTS)}
for direction in ["forward", "backward"]:
    parameters[f"{direction}.inputWeights"] = uniform(INPUTS, 4 * HIDDEN)
    parameters[f"{direction}.recurrentWeights"] = uniform(HIDDEN, 4 * HIDDEN)
    parameters[f"{direction}.bias"] = uniform(4 * HIDDEN)
weight = uniform(sum(LENGTHS), 2 * HIDDEN)

gradients = {}
for name, value in parameters.items():
    gradient = np.zeros_like(value)
    for index in np.ndindex(*value.shape):
        kept, epsilon = value[index], 1e-5
        value[index] = kept + epsilon
        above = (bilstm(parameters) * weight).sum()
        value[index] = kept - epsilon
        below = (bilstm(parameters) * weight).sum()
        value[index] = kept
        gradient[index] = (above - below) / (2 * epsilon)
    gradients[name] = gradient


def rounded(array):
    return [float(f"{v:.8g}") for v in array.ravel()]


print(
    json.dumps(
        {
            "inputs": INPUTS,
            "hidden": HIDDEN,
            "lengths": LENGTHS,
            "parameters": {k: rounded(v) for k, v in parameters.items()},
            "outputWeight": rounded(weight),
            "output": rounded(bilstm(parameters)),
            "gradients": {k: rounded(v) for k, v in gradients.items()},
        }
    )
)
