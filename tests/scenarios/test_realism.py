"""Honest worlds pass for real."""

import pytest

from shamcrowd.benchmark.world_checks.realism import scorecard
from shamcrowd.simulator import simulate


@pytest.mark.parametrize(("name", "least"), [("realistic-v1", 14), ("confounders-v1", 12)])
def test_passes_the_card(tmp_path, name, least):
    simulate(name, 1, tmp_path / "r")
    card = scorecard(tmp_path / "r")
    assert card.passed >= least, card.summary()
