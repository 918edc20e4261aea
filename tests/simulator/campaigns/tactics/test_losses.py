"""Every tactic lives on when its accounts are shut, whatever its strategy."""

from itertools import cycle

import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate
from shamcrowd.simulator.registry import strategies, tactics
from tests.simulator.campaigns.strategies.reviewers import Culling

OTHERS = [name for name in strategies() if name not in ("naive", "learning")]
PAIRS = [(name, "learning") for name in tactics()] + list(zip(tactics(), cycle(OTHERS)))
GUISED = [(name, cycle_) for (name, kind), cycle_ in zip(tactics().items(), cycle(strategies()))
          if not kind.hijacks]  # fmt: skip
CLOSED = ("response=instant", "shards=2")


def closed(settings, folder, strategy, workers=1):
    """One closed loop in which most of a campaign's accounts are shut."""
    return simulate(
        "confounders-v1", 3, folder, workers=workers, reviewer=Culling(0.6, 1),
        settings=[*settings, f"campaigns.c.strategy={strategy}", *CLOSED],
    )  # fmt: skip


@pytest.mark.parametrize(("tactic", "strategy"), PAIRS)
def test_answers_losses_without_error(
    campaign_settings, asked_accounts, tmp_path, tactic, strategy
):
    closed(campaign_settings(tactic), tmp_path / "r", strategy)
    found = validate(tmp_path / "r")
    assert found.passed, [check for check in found.checks if not check.holds]
    truth = Truth(tmp_path / "r")
    phases = truth.campaigns()
    replaced = int(phases.loc[phases["phase"] == "replace", "accounts"].sum())
    steps = truth.responses()
    assert len(steps[(steps["action"] == "suspension") & (steps["cause"] == "alert")])
    if strategy != "budgeted":
        assert replaced > 0
    people = truth.accounts().astype({"campaign": object})
    owned = int((people["campaign"] == "c").sum())
    if replaced and strategy != "patient":
        assert owned > asked_accounts[tactic]


@pytest.mark.parametrize(("tactic", "strategy"), GUISED)
def test_answers_losses_in_guise(campaign_settings, tmp_path, tactic, strategy):
    closed(campaign_settings(tactic, 1.0, 0.7), tmp_path / "r", strategy)
    found = validate(tmp_path / "r")
    assert found.passed, [check for check in found.checks if not check.holds]


def test_is_the_same_for_any_number_of_workers(campaign_settings, tmp_path):
    runs = [closed(campaign_settings("hydra"), tmp_path / str(n), "learning", n) for n in (1, 2)]
    assert runs[0].fingerprints == runs[1].fingerprints
    assert Manifest.read(tmp_path / "1").closed
