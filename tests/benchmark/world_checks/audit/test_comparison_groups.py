"""Who is held against whom."""

import numpy as np

from shamcrowd.benchmark.world_checks.audit.comparison_groups import (
    FEWEST,
    SMALL,
    read_comparison_groups,
)
from shamcrowd.recording.truth import Truth
from tests.recordings import recorded

CREW = "tactic: hydra, start: 1d, duration: 8d, exchanges: 900"


def sides(*crews):
    inner = ", ".join(f"{name}: {{{CREW}, accounts: {many}}}" for name, many in crews)
    settings = [f"campaigns={{{inner}}}", "populations={casual: {accounts: 200}}", "releases=[]"]
    folder = recorded("confounders-v2", 1, settings=settings)
    truth = Truth(folder).accounts()
    return read_comparison_groups(folder, truth["account"].to_numpy()), truth


def test_small_campaigns_stand_together():
    found, truth = sides(("one", 12), ("two", 14), ("large", FEWEST + 5))
    assert found.campaigns == ("large", SMALL)
    together = found.group == found.campaigns.index(SMALL)
    assert together.sum() == 26
    assert set(truth.loc[together, "campaign"]) == {"one", "two"}


def test_a_single_small_campaign_keeps_its_name():
    found, _ = sides(("one", 12))
    assert found.campaigns == ("one",)
    assert np.count_nonzero(found.group == 0) == 12
