"""Random scores where sign-ups tell accounts apart, and where some or all are equal."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.controls.random import Random
from shamcrowd.recording.samples import START
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

N = 80


@pytest.mark.parametrize("apart", [1, 39, 40, 79, 80])
def test_equal_sign_ups_have_scores_of_their_own(changed, apart):
    moments = START + np.arange(N) % apart
    log = changed(accounts={"created": moments, "utc_offset": [60] * N})
    found = Random().review(LogView(log, START + MS_PER_DAY))
    assert len(np.unique(found.score)) == N
    assert found.score.min() >= 0
    assert found.score.max() < 1


def test_an_account_keeps_its_score_when_others_come(changed):
    moments = START + np.arange(N) // 2 * 1000
    log = changed(accounts={"created": moments, "utc_offset": [60] * N})
    early = Random().review(LogView(log, START + 20_000))
    late = Random().review(LogView(log, START + MS_PER_DAY))
    later = dict(zip(late.account.tolist(), late.score.tolist(), strict=True))
    assert 2 < len(early.account) < N
    assert [later[a] for a in early.account.tolist()] == early.score.tolist()
