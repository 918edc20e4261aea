"""A farm shares supply within a batch only, however its accounts arrive and whatever its size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.simulator.campaigns.supply_batches import SupplyBatches
from tests.recordings import recorded


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 30), st.integers(1, 9))
def test_nothing_is_shared_between_supply_batches(counts, size, each):
    batches, rng, sold = SupplyBatches(size), np.random.default_rng(1), 0

    def buy(wanted):
        nonlocal sold
        sold += len(wanted)
        return np.arange(sold - len(wanted), sold)

    numbers, dealt = [], []
    for count in counts:
        numbers.append(batches.draw(count))
        dealt += batches.deal("card", numbers[-1], each, rng, buy)
    batch = np.concatenate(numbers)
    assert (batch == np.arange(sum(counts)) // size).all()
    # Each batch has `each` things of its own, bought once.
    assert (np.concatenate(dealt) // each == batch).all()
    assert sold == (batch[-1] + 1) * each


def _sharing(folder, campaign):
    """Mean number of a campaign's accounts on a sign-up device, as an account sees it."""
    log = open_log(folder)
    accounts = log.rows("accounts", EARLIEST, NEVER, ["account", "device"]).to_pandas()
    truth = Truth(folder).accounts().set_index("account")
    own = accounts[(truth["campaign"].reindex(accounts["account"]) == campaign).to_numpy()]
    assert len(own) > 100
    # What it hides behind is other people's, and there are only so many of them here.
    supply = Truth(folder).supply()
    own = own[own["device"].isin(supply.loc[supply["kind"] == "device", "thing"])]
    return own.groupby("device")["account"].transform("size").mean()


def test_a_farm_of_any_size_shares_alike():
    few = ["horizon=2d", "reviews=24h", "releases=[]", "campaigns.hydra.duration=2d",
           *(f"populations.{name}.accounts=60" for name in
              ("casual", "agentic", "corporate", "classroom", "batch"))]  # fmt: skip
    found = []
    for accounts in (150, 1200):
        settings = [*few, f"campaigns.hydra.accounts={accounts}", "campaigns.hydra.exchanges=2000"]
        folder = recorded("incident-2026-v2", 1, settings=settings)
        found.append(_sharing(folder, "hydra"))
    assert found[0] > 1.5
    assert found[1] == pytest.approx(found[0], rel=0.15)
