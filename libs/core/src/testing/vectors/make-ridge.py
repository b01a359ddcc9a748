"""Makes ridge.json: ridge classifiers of scikit-learn, and generalised cross-validation from singular values by NumPy.

Run with any Python that has both: python3 make-ridge.py > ridge.json
"""

import json

import numpy as np
import sklearn
from sklearn.linear_model import RidgeClassifier, RidgeClassifierCV
from sklearn.preprocessing import StandardScaler

PENALTIES = [1, 10, 100, 1e3, 1e4]


def case(name, rows, features, noise, seed):
    rng = np.random.default_rng(seed)
    classes = 3
    labels = np.sort(rng.integers(0, classes, rows))
    labels[:classes] = range(classes)
    centres = rng.normal(size=(classes, features))
    train = (centres[labels] + noise * rng.normal(size=(rows, features))).round(3)
    train[:, 1] = 0.25  # a feature that never changes
    test = (centres[rng.integers(0, classes, 4)] + noise * rng.normal(size=(4, features))).round(3)
    scaler = StandardScaler().fit(train)
    z = scaler.transform(train)
    targets = 2.0 * np.eye(classes)[labels] - 1
    singular = np.linalg.svd(z, compute_uv=False)
    criteria = []
    for penalty in PENALTIES:
        model = RidgeClassifier(alpha=penalty).fit(z, labels)
        errors = ((targets - model.decision_function(z)) ** 2).sum()
        freedom = (singular**2 / (singular**2 + penalty)).sum()
        criteria.append(errors / (rows - 1 - freedom) ** 2)
    penalty = PENALTIES[int(np.argmin(criteria))]
    model = RidgeClassifier(alpha=penalty).fit(z, labels)
    return {
        "name": name,
        "features": features,
        "train": train.ravel().tolist(),
        "classOf": labels.tolist(),
        "test": test.ravel().tolist(),
        "penalty": penalty,
        "leaveOneOutPenalty": RidgeClassifierCV(alphas=PENALTIES).fit(z, labels).alpha_,
        "scores": model.decision_function(scaler.transform(test)).ravel().tolist(),
    }


print(
    json.dumps(
        {
            "about": f"made by make-ridge.py with scikit-learn {sklearn.__version__} and NumPy {np.__version__}",
            "cases": [
                case("more rows than features", 30, 4, 0.7, 1),
                case("fewer rows than features", 9, 13, 1.5, 2),
                case("more rows than features, mostly noise", 40, 5, 6.0, 3),
            ],
        }
    )
)
