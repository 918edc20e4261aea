"""Kits: every file is sound, mixtures follow the knobs, and aspects come together."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.kit import FOLDER, default_mixture, kit, kits
from shamcrowd.simulator.campaigns.tradecraft import SUPPLY
from shamcrowd.simulator.scenario.load import load_scenario

LADDER = ("one-machine", "webmail-farm", "sticky-residential", "antidetect")
TOWN = [
    "populations.casual.accounts=400",
    "campaigns.credit-farm=null",
    "campaigns.hydra.accounts=240",
    "campaigns.hydra.exchanges=5000",
    "prior=null",
]


@pytest.mark.parametrize("name", kits())
def test_every_file_is_a_kit_and_says_where_its_numbers_are_from(name):
    assert kit(name).about
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    assert "ssumed" in text or "hreat model" in text


def test_the_ladder_gets_better():
    accounts = [kit(name).supply.device.accounts for name in LADDER]
    assert accounts == sorted(accounts, reverse=True)
    lines = [kit(name).supply.in_line for name in LADDER]
    assert lines == sorted(lines)


@pytest.mark.parametrize("rotation", [0.0, 0.2, 0.35, 0.5, 1.0])
def test_the_mixture_has_the_care_of_the_knob(rotation):
    shares = default_mixture(LADDER, rotation)
    assert sum(shares.values()) == pytest.approx(1)
    assert sum(kit(n).care * s for n, s in shares.items()) == pytest.approx(rotation)
    assert len(shares) <= 2


def test_rotations_make_a_kit_better_in_that_kind_only():
    supply = kit("one-machine").supply
    for kind in SUPPLY:
        turned = supply.rotated({kind: 3})
        part = {"address": "network"}.get(kind, kind)
        same = [p for p in ("network", "device", "card", "mailbox", "phone") if p != part]
        assert all(getattr(turned, p) == getattr(supply, p) for p in same)
        if part in ("network", "device", "card"):
            assert 1 < getattr(turned, part).accounts < getattr(supply, part).accounts


def test_a_scenario_names_kits():
    settings = ["campaigns.hydra.kits={antidetect: 3, as-people: 1}",
                "campaigns.hydra.imitates=casual"]  # fmt: skip
    hydra = load_scenario("quickstart-v2", settings=settings).campaigns["hydra"]
    assert hydra.kit_shares() == {"antidetect": 0.75, "as-people": 0.25}
    assert hydra.impostors == 0.25


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{antidetct: 1}", 'did you mean "antidetect"'),
        ("{antidetect: -1}", "0 or more"),
        ("{antidetect: 0}", "not all be 0"),
        ("{}", "must not be empty"),
        ("{as-people: 1}", "`kits` needs `imitates: NAME`"),
    ],
)
def test_faulty_kits_are_said(value, said):
    with pytest.raises(ScenarioError) as caught:
        load_scenario("quickstart-v2", settings=[f"campaigns.hydra.kits={value}"])
    assert said in str(caught.value)


def _accounts(folder) -> pd.DataFrame:
    accounts = pq.read_table(folder / "accounts.parquet").to_pandas().set_index("account")
    device = pq.read_table(folder / "devices.parquet").to_pandas().set_index("device")
    address = pq.read_table(folder / "addresses.parquet").to_pandas().set_index("address")
    truth = Truth(folder).accounts().set_index("account")
    own = accounts[(truth["campaign"].reindex(accounts.index) == "hydra").to_numpy()].copy()
    own["speaks"] = device["language"].reindex(own["device"]).astype(str).to_numpy() == own[
        "locale"
    ].astype(str)
    own["at home"] = address["country"].reindex(own["address"]).astype(str).to_numpy() == own[
        "country"
    ].astype(str)
    return own


def test_network_and_language_are_wrong_together(tmp_path):
    simulate("quickstart-v2", 5, tmp_path / "r",
             settings=[*TOWN, "campaigns.hydra.kits={one-machine: 1}"])  # fmt: skip
    own = _accounts(tmp_path / "r")
    assert 0.3 < own["at home"].mean() < 0.75
    # Languages have several countries, so some who are abroad speak the right one.
    assert own.loc[own["at home"], "speaks"].mean() > 0.9
    assert own.loc[~own["at home"], "speaks"].mean() < 0.5


def test_accounts_of_the_best_kit_share_what_the_imitated_do(tmp_path):
    shares = "campaigns.hydra.kits={as-people: 1, antidetect: 1}"
    simulate("quickstart-v2", 5, tmp_path / "r",
             settings=[*TOWN, shares, "campaigns.hydra.imitates=casual"])  # fmt: skip
    own = _accounts(tmp_path / "r")
    assert own["at home"].mean() > 0.95
    supply = Truth(tmp_path / "r").supply()
    bought = supply.loc[supply["kind"] == "device", "thing"]
    mine = own[own["device"].isin(bought)]
    shared = mine.groupby("device")["locale"].transform("size") > 1
    # About half are made from supply batches, whose devices serve two; impostors have their own.
    assert 0.2 < shared.mean() < 0.75
    assert np.isclose(len(own), 240, rtol=0.05)
