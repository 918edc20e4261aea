"""Who is held against whom."""

import numpy as np

from shamcrowd.benchmark.world_checks.audit.sides import FEWEST, SMALL, open_sides
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate

CREW = "tactic: hydra, start: 1d, duration: 8d, exchanges: 900"


def sides(folder, *crews):
    inner = ", ".join(f"{name}: {{{CREW}, accounts: {many}}}" for name, many in crews)
    settings = [f"campaigns={{{inner}}}", "populations={casual: {accounts: 200}}", "releases=[]"]
    simulate("confounders-v1", 1, folder, settings=settings)
    truth = Truth(folder).accounts()
    return open_sides(folder, truth["account"].to_numpy()), truth


def test_small_campaigns_stand_together(tmp_path):
    found, truth = sides(tmp_path / "r", ("one", 12), ("two", 14), ("large", FEWEST + 5))
    assert found.campaigns == ("large", SMALL)
    together = found.group == found.campaigns.index(SMALL)
    assert together.sum() == 26
    assert set(truth.loc[together, "campaign"]) == {"one", "two"}


def test_a_single_small_campaign_keeps_its_name(tmp_path):
    found, _ = sides(tmp_path / "r", ("one", 12))
    assert found.campaigns == ("one",)
    assert np.count_nonzero(found.group == 0) == 12
