"""Makes svm.json: scikit-learn's weights for a small problem, to compare ours with. Needs numpy and scikit-learn."""
import json
import pathlib

import numpy as np
from sklearn.svm import LinearSVC

generator = np.random.default_rng(3)
x = generator.normal(size=(40, 9)) * (generator.random((40, 9)) < 0.5)
x[:, -1] = 1  # the bias
labels = generator.integers(0, 3, 40)
x[:, 0] += labels
model = LinearSVC(C=1, loss="squared_hinge", dual=True, fit_intercept=False, tol=1e-10, max_iter=1_000_000)
model.fit(x, labels)
x = np.round(x, 6)
golden = {"x": x.tolist(), "labels": labels.tolist(), "weights": np.round(model.coef_.T, 6).tolist()}
pathlib.Path(__file__).with_name("svm.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
