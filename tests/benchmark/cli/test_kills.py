"""A command that is killed leaves nothing that is taken for whole, and nothing at work.

One kill a command, at a moment that its name gives; `python -m tests.kills 50` makes more.
"""

import sys

import numpy as np
import pytest

from tests import kills

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="orphans are looked for in /proc")


@pytest.mark.parametrize("command", kills.COMMANDS)
def test_a_kill_changes_nothing(command, tmp_path):
    usual = kills.undisturbed(command, tmp_path / "usual")
    share = float(np.random.default_rng(len(command)).uniform(0.2, 0.8))
    trial = kills.killed(command, tmp_path / "killed", share, usual)
    assert not trial.faults
    assert trial.seconds < kills.GONE_WITHIN


def test_what_is_half_written_is_found(tmp_path):
    """The harness itself can fail."""
    folder = tmp_path / "out" / "recordings" / "seed-1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{", "utf-8")
    (tmp_path / "out" / "scores.json").write_text('{"version"', "utf-8")
    assert len(kills.half_written(tmp_path)) == 2
    (folder / "manifest.json").unlink()
    assert len(kills.half_written(tmp_path)) == 2
