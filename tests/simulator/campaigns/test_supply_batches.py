"""Supply is shared within a batch only, however a farm's accounts arrive and whatever its size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.simulator.campaigns.supply_batches import SupplyBatches
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.scenario.load import load_scenario
from tests.recordings import recorded

KITS = {"one-machine": (0.25, 30), "antidetect": (0.75, 12)}


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.floats(1, 9), st.integers(1, 4))
def test_nothing_is_shared_between_batches(counts, accounts, uses):
    batches = SupplyBatches(KITS, 1000, Streams(1), "batches")
    rng, sold = np.random.default_rng(1), []

    def buy(wanted):
        sold.extend(wanted.tolist())
        return np.arange(len(sold) - len(wanted), len(sold))

    places, dealt = [], []
    for count in counts:
        places.append(batches.draw(count))
        dealt.append(batches.deal("card", places[-1], accounts, rng, buy, uses))
    batch = np.concatenate([p.batch for p in places])
    assert len(batch) == sum(counts)
    assert (np.diff(batch) >= 0).all()
    for use in range(uses):
        of = np.array(sold, np.int64)[np.concatenate([d[use] for d in dealt])]
        assert (of == batch).all()
    size = np.concatenate([p.size for p in places])
    for number in set(batch.tolist()):
        # Each batch has things of its own, bought once, as many as its size asks for.
        wanted = max(round(uses * int(size[batch == number][0]) / accounts), 1)
        assert sold.count(number) == wanted


def test_kits_have_their_shares():
    batches = SupplyBatches(KITS, 4000, Streams(1), "batches")
    places = batches.draw(4000)
    share = np.bincount(places.kit) / len(places)
    assert batches.kits == tuple(KITS)
    assert share == pytest.approx([0.25, 0.75], abs=0.02)
    # Positions count from 0 in each batch, and stay below its size.
    assert (places.position < places.size).all()
    assert (places.position[np.diff(places.batch, prepend=-1) > 0] == 0).all()


def test_a_kits_batch_is_no_larger_than_its_share_of_a_small_campaign():
    places = SupplyBatches(KITS, 20, Streams(1), "batches").draw(20)
    assert places.size[places.kit == 0].max() <= 12
    assert set(places.kit.tolist()) == {0, 1}


def test_replacements_may_come_from_the_batch_in_use():
    batches = SupplyBatches(KITS, 1000, Streams(1), "batches")
    last = batches.draw(50).batch[-1]
    again = batches.draw(100, again=True)
    assert (again.batch == last).all()
    assert (again.position < again.size).all()
    assert batches.draw(1).batch[0] in (last, last + 1)


def test_what_is_dropped_is_bought_again():
    batches, rng, shop = (
        SupplyBatches(KITS, 1000, Streams(1), "batches"),
        np.random.default_rng(1),
        iter(range(99)),
    )

    def buy(wanted):
        return np.array([next(shop) for _ in wanted])

    (first,) = batches.deal("device", batches.draw(3), 9.0, rng, buy)
    batches.drop("device")
    (second,) = batches.deal("device", batches.draw(3), 9.0, rng, buy)
    assert not set(first.tolist()) & set(second.tolist())


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
    few = ["horizon=2d", "reviews=24h", "releases=[]", "campaigns.hydra.duration=2d"]
    for name in load_scenario("incident-2026-v2").populations:
        some = name in ("casual", "agentic", "corporate", "classroom", "batch")
        few.append(f"populations.{name}.accounts=60" if some else f"populations.{name}=null")
    found = []
    for accounts in (150, 1200):
        settings = [*few, f"campaigns.hydra.accounts={accounts}", "campaigns.hydra.exchanges=2000"]
        folder = recorded("incident-2026-v2", 1, settings=settings)
        found.append(_sharing(folder, "hydra"))
    assert found[0] > 1.5
    assert found[1] == pytest.approx(found[0], rel=0.15)
