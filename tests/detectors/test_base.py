"""The contract of findings names every breach."""

import numpy as np
import pytest

from shamcrowd.detectors.base import MOST_THINGS, Findings, NamedThings
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
        (found((3, 5), (0, 1)), "no score for 1 of 3 accounts"),
        (found((3, 5, 9)), "1 unknown account,"),
        (found((3, 5, 8, 8), (0, 1, 2, 3)), "1 account is scored twice"),
        (found(score=(0, 1)), "2 values in score"),
        (found(cluster=np.array([0])), "1 value in cluster"),
        (found(reason=["x"]), "1 value in reason"),
        (found(scale="odds"), "scale is 'odds', not one of: '', 'probability', 'log-odds'"),
        (found(score=(0, 1, 1.01), scale="probability"), "must be from 0 to 1"),
        (found(score=(-0.01, 1, 1), scale="probability"), "must be from 0 to 1"),
    ],
)
def test_breaches_are_named(findings, said):
    with pytest.raises(DetectorError, match=said):
        findings.checked(KNOWN)


def things(kind=("bin", "block"), name=("400012", "100.64.3.0/24"), score=(1.0, 2.0)):
    return NamedThings(list(kind), list(name), np.array(score))


def test_things_that_are_some_pass():
    kept = found(things=things()).checked(KNOWN).things
    assert (kept.kind, kept.name, kept.score.tolist()) == (
        ["bin", "block"], ["400012", "100.64.3.0/24"], [1.0, 2.0],
    )  # fmt: skip
    many = [str(n) for n in range(MOST_THINGS)]
    assert not NamedThings(["key"] * MOST_THINGS, many, np.zeros(MOST_THINGS)).faults()
    assert not things(name=("4", "a" * 200)).faults()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (things(kind=("bin", "planet")), "'planet' is no kind of thing"),
        (things(name=("1", "")), "texts of 1 to 200 characters"),
        (things(name=("1", "a" * 201)), "texts of 1 to 200 characters"),
        (things(name=("1", 2)), "texts of 1 to 200 characters"),
        (things(kind=("bin", "bin"), name=("1", "1")), "a thing is named twice"),
        (things(score=(1.0, np.nan)), "scores of things must be finite"),
        (things(score=(1.0,)), "2 kinds, 2 names and scores"),
        (things(kind=("bin",)), "1 kinds, 2 names"),
        (
            things(["key"] * (MOST_THINGS + 1), map(str, range(MOST_THINGS + 1)),
                   np.zeros(MOST_THINGS + 1)),
            "10,001 things are named",
        ),
    ],
)  # fmt: skip
def test_faults_of_things_are_named(named, said):
    with pytest.raises(DetectorError, match=said):
        found(things=named).checked(KNOWN)


def test_one_name_may_be_of_two_kinds():
    assert not things(name=("1", "1")).faults()
