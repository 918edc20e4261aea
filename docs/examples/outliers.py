"""Any estimator of scikit-learn or PyOD, in a line each. Which way it scores is known.

shamcrowd run quickstart-v2 --detector docs/examples/outliers.py:Knn --out my-run
"""

from __future__ import annotations

from typing import Any

from shamcrowd.detectors.adapters.estimator import estimator


def neighbours() -> Any:
    """scikit-learn: how thin the crowd is around an account."""
    from sklearn.neighbors import KernelDensity
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import RobustScaler

    return make_pipeline(RobustScaler(), KernelDensity(bandwidth=1.0))


def knn() -> Any:
    """PyOD: how far the fifth nearest account is (extra ``ml``)."""
    from pyod.models.knn import KNN
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import RobustScaler

    return make_pipeline(RobustScaler(), KNN(n_neighbors=5))


Neighbours = estimator(neighbours)
Knn = estimator(knn)
