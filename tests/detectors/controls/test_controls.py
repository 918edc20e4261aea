"""Controls do what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.controls.age_only import AgeOnly
from shamcrowd.detectors.controls.random import Random
from shamcrowd.detectors.controls.volume_only import VolumeOnly
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

LOG = sample_log(accounts=400)
DAYS = (1, 2, 3)


def _at(log, day):
    return LogView(log, log.start + day * MS_PER_DAY)


@pytest.mark.parametrize("moments", [(3,), DAYS])
def test_volume_is_the_number_of_requests(scores_at, moments):
    scores = scores_at(VolumeOnly, LOG, *(day * MS_PER_DAY for day in moments))
    sent = _at(LOG, 3).requests().value_counts("account").to_dict()
    assert scores == pytest.approx({a: np.log1p(sent.get(a, 0)) for a in scores})


def test_age_puts_the_youngest_first(scores_at):
    scores = scores_at(AgeOnly, LOG, 3 * MS_PER_DAY)
    rows = _at(LOG, 3).accounts().sort_values("created")
    assert sorted(scores, key=scores.__getitem__) == rows["account"].tolist()
    first = rows.iloc[0]
    assert scores[first["account"]] == pytest.approx(
        (first["created"].timestamp() * 1000 - LOG.start) / MS_PER_DAY
    )


def test_a_lottery_is_even_and_knows_nothing(scores_at):
    scores = scores_at(Random, LOG, 3 * MS_PER_DAY)
    values = np.array(list(scores.values()))
    assert (values >= 0).all()
    assert (values < 1).all()
    # 400 draws: quarters hold 100 each, with a standard deviation of 8.7.
    assert (abs(np.histogram(values, 4, (0, 1))[0] - 100) < 35).all()
    age = scores_at(AgeOnly, LOG, 3 * MS_PER_DAY)
    # The correlation of 400 independent pairs has a standard deviation of 0.05.
    assert abs(np.corrcoef(values, [age[a] for a in scores])[0, 1]) < 0.2


def test_a_lot_is_kept(scores_at):
    early = scores_at(Random, LOG, MS_PER_DAY)
    late = scores_at(Random, LOG, *(day * MS_PER_DAY for day in DAYS))
    assert early.items() <= late.items()
