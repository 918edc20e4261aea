"""What functions and programs may answer, and how a wrong answer is refused."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from shamcrowd.detectors.adapters.answers import findings_of
from shamcrowd.recording.errors import DetectorError

KNOWN = np.array([30, 10, 20], np.int32)
COLUMNS = {
    "account": [10, 20],
    "score": [1.5, 2],
    "cluster": [4, None],
    "reason": ["shares a card", None],
}


def polars_frame(columns):
    return pl.DataFrame(columns, strict=False)


@pytest.mark.parametrize("frame", [pd.DataFrame, pa.table, polars_frame])
def test_frames_of_any_library_say_the_same(frame):
    found = findings_of(frame(COLUMNS), KNOWN, -1.0).checked(KNOWN)
    by = {a: i for i, a in enumerate(found.account.tolist())}
    assert [found.score[by[a]] for a in (10, 20, 30)] == [1.5, 2, -1]
    assert [found.cluster[by[a]] for a in (10, 20, 30)] == [4, -1, -1]
    assert [found.reason[by[a]] for a in (10, 20, 30)] == ["shares a card", "", ""]
    assert found.account.dtype == np.int32


def test_a_series_by_account():
    found = findings_of(pd.Series([3], index=[20]), KNOWN, 0.0).checked(KNOWN)
    assert found.score[found.account == 20] == 3
    assert found.cluster is found.reason is None


def test_an_answer_for_nobody():
    found = findings_of(pd.Series([], dtype=float), KNOWN, 0.5).checked(KNOWN)
    assert found.score.tolist() == [0.5] * 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([1, 2], "a list; return a series"),
        (np.zeros(3), "a ndarray; return a series"),
        (pd.DataFrame({"score": [1.0]}), "has columns score; it needs account and score"),
        (pd.DataFrame({**COLUMNS, "why": ["", ""]}), "may have cluster and reason"),
        (pa.table({"account": ["10"], "score": [1.0]}), "account holds String, not numbers"),
        (pa.table({"account": [10.5], "score": [1.0]}), "account must hold integers"),
        (pa.table({"account": [10, None], "score": [1.0, 1.0]}), "account must hold integers"),
        (pa.table({"account": [2**40], "score": [1.0]}), "more than 32 bits"),
    ],
)
def test_what_is_no_answer(answer, said):
    with pytest.raises(DetectorError, match=said):
        findings_of(answer, KNOWN, 0.0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (pa.table({"account": [10], "score": pa.array([None], pa.float64())}), "NaN"),
        (pa.table({"account": [10, 10], "score": [1.0, 2.0]}), "scored twice"),
        (pa.table({"account": [11], "score": [1.0]}), "1 unknown account, for example 11"),
    ],
)
def test_what_breaks_the_contract_is_left_to_its_check(answer, said):
    with pytest.raises(DetectorError, match=said):
        findings_of(answer, KNOWN, 0.0).checked(KNOWN)
