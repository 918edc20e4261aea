"""The contract of findings names every breach."""

import numpy as np
import pytest

from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import DetectorError

KNOWN = np.array([3, 5, 8], np.int32)


def found(account=(3, 5, 8), score=(0.0, 1.0, 2.0), **more):
    return Findings(np.array(account, np.int32), np.array(score, float), **more)


def test_good_ones_pass_in_any_order():
    assert found((8, 3, 5)).checked(KNOWN).account.tolist() == [8, 3, 5]


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        (found(score=(0, np.nan, np.inf)), "2 scores are NaN or infinite"),
        (found((3, 5), (0, 1)), "1 of 3 accounts have no score"),
        (found((3, 5, 9)), "1 unknown accounts"),
        (found((3, 5, 8, 8), (0, 1, 2, 3)), "1 accounts are scored twice"),
        (found(score=(0, 1)), "2 values in score"),
        (found(cluster=np.array([0])), "1 values in cluster"),
        (found(reason=["x"]), "1 values in reason"),
    ],
)
def test_breaches_are_named(findings, said):
    with pytest.raises(DetectorError, match=said):
        findings.checked(KNOWN)
