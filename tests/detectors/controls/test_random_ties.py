"""Random scores where sign-ups tell accounts apart, and where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.controls.random import Random
from shamcrowd.recording.samples import START
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

N = 80


@pytest.mark.parametrize(("apart", "by_id"), [(1, True), (39, True), (40, False), (80, False)])
def test_ids_are_used_where_fewer_than_half_can_be_told_apart(changed, apart, by_id):
    moments = START + np.arange(N) % apart
    log = changed(accounts={"created": moments, "utc_offset": [60] * N})
    found = Random().review(LogView(log, START + MS_PER_DAY))
    assert len(np.unique(found.score)) == (N if by_id else apart)
    assert found.score.min() >= 0
    assert found.score.max() < 1
