"""Every tactic lives on when its accounts are shut, whatever its strategy."""

from itertools import cycle

import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate
from shamcrowd.simulator.registry import strategies, tactics
from tests.recordings import recorded
from tests.simulator.campaigns.strategies.reviewers import Culling

OTHERS = [name for name in strategies() if name not in ("naive", "learning")]
PAIRS = [(name, "learning") for name in tactics()] + list(zip(tactics(), cycle(OTHERS)))
GUISED = [(name, cycle_) for (name, kind), cycle_ in zip(tactics().items(), cycle(strategies()))
          if not kind.hijacks]  # fmt: skip


def closed(settings, strategy, shards=1):
    """A closed loop in which most of a campaign's accounts are shut."""
    chosen = [*settings, f"campaigns.c.strategy={strategy}", "response=instant", f"shards={shards}"]
    return recorded("confounders-v2", 3, reviewer=Culling(0.6, 1), settings=chosen)


@pytest.mark.parametrize(("tactic", "strategy"), PAIRS)
def test_answers_losses_without_error(campaign_settings, asked_accounts, tactic, strategy):
    """Each tactic once on two shards, and once on one, which takes half the time."""
    folder = closed(
        campaign_settings(tactic, alone=True), strategy, 2 if strategy == "learning" else 1
    )
    found = validate(folder)
    assert found.passed, [check for check in found.checks if not check.holds]
    truth = Truth(folder)
    phases = truth.campaigns()
    replaced = int(phases.loc[phases["phase"] == "replace", "accounts"].sum())
    steps = truth.responses()
    assert len(steps[(steps["action"] == "suspension") & (steps["cause"] == "alert")])
    if strategy != "budgeted":
        assert replaced > 0
    people = truth.accounts().astype({"campaign": object})
    owned = int((people["campaign"] == "c").sum())
    if replaced and strategy != "patient" and "give-up" not in set(phases["phase"]):
        assert owned > asked_accounts[tactic]


@pytest.mark.parametrize(("tactic", "strategy"), GUISED)
def test_answers_losses_in_guise(campaign_settings, tactic, strategy):
    found = validate(closed(campaign_settings(tactic, 1.0, 0.7, alone=True), strategy))
    assert found.passed, [check for check in found.checks if not check.holds]


def test_is_the_same_for_any_number_of_workers(campaign_settings, tmp_path):
    settings = campaign_settings("hydra", alone=True)
    one = Manifest.read(closed(settings, "learning", 2))
    two = simulate(
        "confounders-v2", 3, tmp_path / "r", workers=2, reviewer=Culling(0.6, 1),
        settings=[*settings, "campaigns.c.strategy=learning", "response=instant", "shards=2"],
    )  # fmt: skip
    assert one.fingerprints == two.fingerprints
    assert one.closed
