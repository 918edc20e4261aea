"""Plain functions made into detectors."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.adapters.function import FunctionDetector
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

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
