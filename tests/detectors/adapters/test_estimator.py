"""Estimators of scikit-learn and PyOD score the right way up, whatever their methods are called."""

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.covariance import EllipticEnvelope
from sklearn.ensemble import IsolationForest, RandomForestClassifier
from sklearn.linear_model import SGDOneClassSVM
from sklearn.neighbors import KernelDensity, LocalOutlierFactor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import OneClassSVM

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.adapters.estimator import EstimatorDetector, estimator, scorer
from shamcrowd.detectors.base import Labels
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

LOG = sample_log()
VIEW = LogView(LOG, LOG.start + 3 * MS_PER_DAY)


def pyod(name, **kwargs):
    def make():
        module = pytest.importorskip(f"pyod.models.{name.lower()}")
        return getattr(module, name)(**kwargs)

    make.__name__ = f"pyod {name}"
    return make


OUTLIER_DETECTORS = [
    lambda: IsolationForest(random_state=0),
    lambda: OneClassSVM(gamma=0.05),
    lambda: EllipticEnvelope(random_state=0),
    lambda: LocalOutlierFactor(novelty=True),
    KernelDensity,
    lambda: SGDOneClassSVM(random_state=0),
    lambda: make_pipeline(StandardScaler(), IsolationForest(random_state=0)),
    pyod("ECOD"),
    pyod("COPOD"),
    pyod("HBOS"),
    pyod("IForest", random_state=0),
    pyod("KNN"),
    lambda: make_pipeline(StandardScaler(), pyod("PCA")()),
]


@pytest.mark.parametrize("make", OUTLIER_DETECTORS)
def test_what_lies_far_out_scores_higher(make):
    """The sign itself, for every kind: one point far from two hundred."""
    rng = np.random.default_rng(0)
    table = np.concatenate([rng.normal(size=(200, 4)), np.full((1, 4), 9.0)])
    model = make()
    score = scorer(model)(model.fit(table[:200]), table)
    assert score[200] > np.quantile(score[:200], 0.9)


def test_keeps_the_rules():
    check_detector(estimator(lambda: IsolationForest(n_estimators=20, random_state=0)))


def test_a_classifier_learns_who_is_sham():
    def make():
        return RandomForestClassifier(50, random_state=0)

    assert set(EstimatorDetector(make).review(VIEW).score) == {0.5}
    accounts = VIEW.accounts()["account"].to_numpy()
    detector = EstimatorDetector(make)
    detector.fit(VIEW, Labels(accounts, np.isin(accounts, LOG.crowd)))
    other = sample_log(seed=5)
    found = detector.review(LogView(other, other.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, other.crowd)
    assert found.score[crowd].mean() > found.score[~crowd].mean() + 0.4


class Own(BaseEstimator):
    """Somebody's own: nothing says which way it points."""

    def decision_function(self, table):
        return table[:, 0]


@pytest.mark.parametrize("make", [lambda: KMeans(2), Own, lambda: LocalOutlierFactor()])
def test_what_points_nobody_knows_where_is_refused(make):
    with pytest.raises(TypeError, match="the sign of its scores is not known"):
        EstimatorDetector(make)
