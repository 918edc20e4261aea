"""Functions and scikit-learn estimators made into detectors."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.ensemble import IsolationForest, RandomForestClassifier

from detectors import check_detector
from detectors.adapters.function import FunctionDetector
from detectors.adapters.sklearn_estimator import EstimatorDetector, estimator
from detectors.base import Labels
from recording.errors import DetectorError
from recording.samples import MS_PER_DAY, sample_log
from recording.view import LogView

LOG = sample_log()
VIEW = LogView(LOG, LOG.start + 3 * MS_PER_DAY)


def busy(log):
    return log.requests(["account"]).value_counts("account")


def test_a_function_keeps_the_rules():
    check_detector(lambda: FunctionDetector(busy))


def test_accounts_left_out_get_the_default():
    found = FunctionDetector(lambda log: pd.Series([9.0], index=[LOG.crowd[0]]), -1).review(VIEW)
    scores = dict(zip(found.account.tolist(), found.score.tolist(), strict=True))
    assert scores.pop(int(LOG.crowd[0])) == 9.0
    assert set(scores.values()) == {-1.0}


def test_a_nan_and_a_stranger_are_passed_on_to_be_refused():
    known = VIEW.accounts()["account"].to_numpy()
    for series in (pd.Series([np.nan], index=[known[0]]), pd.Series([1.0], index=[-5])):
        found = FunctionDetector(lambda log, series=series: series).review(VIEW)
        with pytest.raises(DetectorError):
            found.checked(known)


def test_an_outlier_estimator_keeps_the_rules():
    check_detector(estimator(lambda: IsolationForest(n_estimators=20, random_state=0)))


def test_a_classifier_learns_who_is_sham():
    detector = EstimatorDetector(lambda: RandomForestClassifier(50, random_state=0))
    assert set(detector.review(VIEW).score) == {0.5}
    accounts = VIEW.accounts()["account"].to_numpy()
    detector.fit(VIEW, Labels(accounts, np.isin(accounts, LOG.crowd)))
    other = sample_log(seed=5)
    fresh = EstimatorDetector(lambda: RandomForestClassifier(50, random_state=0))
    fresh.fit(VIEW, Labels(accounts, np.isin(accounts, LOG.crowd)))
    found = fresh.review(LogView(other, other.start + 3 * MS_PER_DAY))
    crowd = np.isin(found.account, other.crowd)
    assert found.score[crowd].mean() > found.score[~crowd].mean() + 0.4


def test_other_estimators_are_refused():
    with pytest.raises(TypeError, match="KMeans"):
        EstimatorDetector(lambda: KMeans(2))
