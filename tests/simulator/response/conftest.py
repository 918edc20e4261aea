"""Runs small closed loops."""

import pytest

from shamcrowd.simulator import simulate
from tests.simulator.response.reviewers import Run


@pytest.fixture
def play(tmp_path):
    """Play a closed loop."""

    def closed(reviewer, *settings, scenario="quickstart-v2", seed=3, name="r", **options):
        options = {"scale": 0.2, **options}
        folder = tmp_path / name
        settings = ["shards=2", *settings]
        manifest = simulate(scenario, seed, folder, reviewer=reviewer, settings=settings, **options)
        return Run(folder, manifest)

    return closed
