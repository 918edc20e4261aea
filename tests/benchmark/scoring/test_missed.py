"""The sentence on what was missed."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.missed import FeatureTable, missed
from shamcrowd.detectors.features.table import NAMES
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY

ACCOUNTS = 40


@pytest.fixture
def features():
    """A table in which nothing differs, to be written into."""
    log = sample_log(accounts=ACCOUNTS)
    end = log.start + 3 * MS_PER_DAY
    ids = np.sort(log.tables["accounts"].column("account").to_numpy())
    table = FeatureTable(log, end, ids)
    assert table._table.shape == (ACCOUNTS, len(NAMES))
    table._table[:] = np.linspace(0, 1, ACCOUNTS)[:, None] * 0.01
    return table


def _groups(gone, caught):
    place = np.arange(ACCOUNTS)
    member = place < gone + caught
    return member, (place >= gone) & member, ~member


def test_nothing_missed(features):
    member, _, legitimate = _groups(0, 5)
    assert missed(features, member, member, legitimate) == ""


def test_names_the_difference_between_missed_and_caught(features):
    member, alert, legitimate = _groups(4, 6)
    column = NAMES.index("topics")
    features._table[:4, column], features._table[4:10, column] = 3, 9
    said = missed(features, member, alert, legitimate)
    assert said == "4 missed; they differ from the 6 caught: topics 3 against 9"


def test_at_most_two_differences_the_clearest_first(features):
    member, alert, legitimate = _groups(4, 6)
    for name, value in (("topics", 3.0), ("models", 6.0), ("days", 9.0)):
        features._table[:4, NAMES.index(name)] = value
        features._table[4:10, NAMES.index(name)] = 0
    said = missed(features, member, alert, legitimate)
    assert said.endswith("days with a request 9 against 0; models 6 against 0")


def test_missed_like_those_caught(features):
    member, alert, legitimate = _groups(4, 6)
    features._table[:] = 1
    said = missed(features, member, alert, legitimate)
    assert said == "4 missed; their medians are close to those of the 6 caught"


def test_all_missed(features):
    member, alert, legitimate = _groups(5, 0)
    features._table[:] = 1
    assert "medians are close to those of legitimate accounts" in missed(
        features, member, alert, legitimate
    )
    features._table[:5, NAMES.index("failed")] = 0.25
    features._table[5:, NAMES.index("failed")] = 0.05
    said = missed(features, member, alert, legitimate)
    assert said == (
        "all 5 missed; they differ from legitimate accounts: failed requests 25% against 5%"
    )
