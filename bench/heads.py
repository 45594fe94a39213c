"""Logistic regression by scikit-learn, C chosen by stratified cross-validation, for `npm run bench:heads`.

Takes the path of a set's embeddings without `-train.f32`, and a file of draws, each a list of training photos. Prints the
probabilities of the test photos for each draw. Needs numpy and scikit-learn.
"""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold

warnings.simplefilter("ignore")


def read(part):
    with open(f"{sys.argv[1]}-{part}.json") as file:
        labels = np.array(json.load(file)["labels"])
    return np.fromfile(f"{sys.argv[1]}-{part}.f32", "<f4").reshape(len(labels), -1).astype(float), labels


def probabilities(x, y, test):
    mean = x.mean(0)
    scale = np.sqrt(((x - mean) ** 2).mean())
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    model = LogisticRegressionCV(Cs=10.0 ** np.arange(-5, 1.1, 0.5), cv=folds, scoring="neg_log_loss", max_iter=500)
    # A penalised fit stays in the span of the photos: the same result, of fewer numbers.
    basis = np.linalg.svd((x - mean) / scale, full_matrices=False)[2].T
    model.fit((x - mean) / scale @ basis, y)
    return model.predict_proba((test - mean) / scale @ basis)


(train, labels), (test, _) = read("train"), read("test")
with open(sys.argv[2]) as file:
    draws = json.load(file)
print(json.dumps([probabilities(train[chosen], labels[chosen], test).tolist() for chosen in draws]))
