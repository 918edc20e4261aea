"""Honest worlds pass for real."""

import pytest

from shamcrowd.benchmark.world_checks.realism import scorecard
from tests.recordings import recorded


@pytest.mark.parametrize(("name", "least"), [("realistic-v2", 14), ("confounders-v2", 12)])
def test_passes_the_card(name, least):
    card = scorecard(recorded(name, 1))
    assert card.passed >= least, card.summary()
