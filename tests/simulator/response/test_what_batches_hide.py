"""What an attacker can infer from its losses, where they come one by one and where in batches.

A reviewer knows shared devices alone. A campaign that learns tests which kind of supply explains
its losses (`loss_attribution`).
"""

import numpy as np
import pytest

from tests.recordings import recorded
from tests.simulator.campaigns.strategies.conftest import HYDRA
from tests.simulator.campaigns.strategies.reviewers import SharedDevice, accounts, phases
from tests.simulator.response.reviewers import Run

SEEDS = 3, 4
STAFF = "people: {capacity: 1000, missed: 0}"


@pytest.fixture(scope="module", params=SEEDS)
def runs(request):
    def of(policy):
        settings = [*(s for s in HYDRA if not s.startswith("response")), *policy,
                    "campaigns.hydra.strategy=learning"]  # fmt: skip
        made = recorded("quickstart-v2", request.param, reviewer=SharedDevice(), settings=settings)
        return Run.read(made)

    return {
        "immediate": of([f"response={{like: immediate, {STAFF}}}"]),
        "batched": of([f"response={{like: batched, {STAFF}}}"]),
    }


def suspensions(run):
    steps = run.responses.query("action == 'suspension' and campaign == 'hydra'")
    return steps[steps["cause"] == "alert"]


def learned_after(run):
    """Hours from the first alert that led to a loss to the change of devices."""
    found = phases(run.folder)
    change = found.loc[found["phase"] == "rotate device", "time"]
    first = run.manifest.reviews[int(suspensions(run)["review"].min())]
    return (change.min().timestamp() * 1000 - first) / 3_600_000


def test_it_infers_the_device_days_later(runs):
    """Of one loss after the other it knows the cause within two days."""
    early, late = (learned_after(runs[name]) for name in ("immediate", "batched"))
    assert early < 48
    assert late > early + 24


def test_so_more_accounts_are_made_in_the_way_that_was_found(runs):
    """Measured: 193 suspended against 160 (seed 3), 193 against 149 (seed 4)."""
    lost = {name: len(suspensions(run)) for name, run in runs.items()}
    assert lost["batched"] > 1.1 * lost["immediate"]
    assert len(accounts(runs["immediate"].folder, "hydra")) > 300


def test_the_moment_of_a_loss_does_not_say_which_review_found_it(runs):
    """One by one, all losses of a review come within hours, before those of the next."""
    spread = {}
    for name, run in runs.items():
        steps = suspensions(run)
        after = steps["ms"] - np.array(run.manifest.reviews)[steps["review"].astype(int)]
        spread[name] = after.max() - after.min()
    assert spread["batched"] > 3 * spread["immediate"]
