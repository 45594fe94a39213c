"""Logistic regression by scikit-learn, C chosen by stratified cross-validation, for `npm run bench:heads`.

Takes a file of embeddings, prints the test accuracy and log loss. Needs numpy and scikit-learn.
"""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold

warnings.simplefilter("ignore")
with open(sys.argv[1]) as file:
    given = json.load(file)
x, y = np.array(given["train"]["rows"]), np.array(given["train"]["labels"])
test, actual = np.array(given["test"]["rows"]), np.array(given["test"]["labels"])
mean = x.mean(0)
scale = np.sqrt(((x - mean) ** 2).mean())
folds = StratifiedKFold(5, shuffle=True, random_state=0)
model = LogisticRegressionCV(Cs=10.0 ** np.arange(-5, 1.1, 0.5), cv=folds, scoring="neg_log_loss", max_iter=500)
model.fit((x - mean) / scale, y)
probabilities = model.predict_proba((test - mean) / scale)
print(json.dumps({"accuracy": float((probabilities.argmax(1) == actual).mean()), "loss": float(log_loss(actual, probabilities))}))
