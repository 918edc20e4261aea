"""Runs small closed loops."""

import pytest

from shamcrowd.simulator import simulate
from tests.recordings import recorded
from tests.simulator.response.reviewers import Names, Oracle, Run, Some, nobody


@pytest.fixture
def play(tmp_path):
    """Play a closed loop; one that only the reviewer and settings decide is kept.

    With any other option it is played anew, in `tmp_path`.
    """

    def closed(reviewer, *settings, scenario="quickstart-v2", seed=3, name="r", **options):
        options = {"scale": 0.2, **options}
        folder = tmp_path / name
        settings = ["shards=2", *settings]
        plain = reviewer is nobody or type(reviewer) in (Oracle, Some, Names)
        if plain and set(options) == {"scale"}:
            made = recorded(scenario, seed, settings=settings, reviewer=reviewer, **options)
            return Run.read(made)
        manifest = simulate(scenario, seed, folder, reviewer=reviewer, settings=settings, **options)
        return Run(folder, manifest)

    return closed
