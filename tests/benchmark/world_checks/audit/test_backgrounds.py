"""Recordings with injected campaigns and one background share no legitimate account in an audit."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit.sides import (
    EVERYONE,
    AuditPair,
    Sides,
    with_own_background,
)

MANY = 1000
IDS = np.arange(MANY, dtype=np.int64)


def sides() -> Sides:
    """Two recordings of the same accounts, the first hundred of a campaign in each."""
    group = np.where(np.tile(IDS, 2) < 100, 1, 0)
    pair = AuditPair("hydra", EVERYONE, 200, 1800)
    return Sides(group, ("all others", "hydra"), 0, (pair,))


def test_each_has_a_part_of_the_background_for_itself() -> None:
    found = with_own_background(sides(), [IDS, IDS], ["same", "same"])
    one, other = found.group[:MANY], found.group[MANY:]
    assert ((one == 0) ^ (other == 0))[100:].all()
    assert (one[:100] == 1).all()
    assert (other[:100] == 1).all()
    assert 0.4 < (one == 0).sum() / 900 < 0.6
    assert found.comparisons[0].n_honest == 900
    assert found.comparisons[0].n_sham == 200


@pytest.mark.parametrize("backgrounds", [["a", "b"], [None, None], [None, "a"]])
def test_recordings_of_their_own_stay_as_they_are(backgrounds: list[str | None]) -> None:
    found = with_own_background(sides(), [IDS, IDS], backgrounds)
    assert (found.group == sides().group).all()
    assert found.comparisons == sides().comparisons


def test_a_single_recording_keeps_its_background() -> None:
    whole = Sides(sides().group[:MANY], ("all others", "hydra"), 0,
                  (AuditPair("hydra", EVERYONE, 100, 900),))  # fmt: skip
    assert (with_own_background(whole, [IDS], ["a"]).group == whole.group).all()
