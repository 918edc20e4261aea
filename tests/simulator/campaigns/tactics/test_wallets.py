"""The wallets add up: what recording and truth imply, at the file's prices, is what they say."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.economics.prices import OTHER, Prices
from shamcrowd.simulator.campaigns.strategies import learning
from shamcrowd.simulator.registry import tactics
from shamcrowd.simulator.supply.mailboxes import PUBLIC
from tests.recordings import recorded
from tests.simulator.campaigns.strategies.reviewers import Culling, phases
from tests.simulator.response.reviewers import Oracle, plain

PRICES = Prices.model_validate({})


def implied(folder, scenario):
    """Units by campaign and item, from the recording and the rest of its truth alone."""
    log, truth = open_log(folder), Truth(folder)
    known = {
        name: plain(log.rows(name, EARLIEST, NEVER)).to_pandas()
        for name in ("accounts", "activity", "addresses", "cards", "phones", "mailboxes")
    }
    people = truth.accounts().set_index("account").astype({"campaign": object, "segment": object})
    responses = truth.responses().astype({"campaign": object, "segment": object})
    supply, activity = truth.supply().astype({"campaign": object}), known["activity"]
    activity = activity.assign(campaign=activity["account"].map(people["campaign"]))
    worth, tokens, theft = takings(log, truth, people, scenario)
    first = plain(log.rows("requests", EARLIEST, NEVER, ["account", "time"])).to_pandas()
    first = first.groupby("account")["time"].min()
    found = {}
    for name, tactic in scenario.campaigns.items():
        own = people[(people["campaign"] == name) & people["segment"].isna()]
        taken = people[(people["campaign"] == name) & people["segment"].notna()]
        things = supply[supply["campaign"] == name]
        units = {"captcha": len(own), "stolen account": int((taken["sham_from"].notna()).sum())}

        def kinds(kind, column, things=things):
            table = known["addresses" if kind == "address" else f"{kind}s"].set_index(kind)
            which = things.loc[things["kind"] == kind, "thing"]
            return table.loc[which, column].value_counts().items()

        units |= {f"address {k}": n for k, n in kinds("address", "kind")}
        if tactic.sells != "codes":
            units |= {f"phone {k}": n for k, n in kinds("phone", "country")}
        cards = dict(kinds("card", "kind"))
        if tactic.stolen_cards:
            units["stolen card"] = sum(cards.values())
        else:
            units |= {f"card {k}": n for k, n in cards.items()}
        boxes = known["mailboxes"].set_index("mailbox")
        domain = boxes.loc[things.loc[things["kind"] == "mailbox", "thing"], "domain"]
        units["mailbox"] = len(domain)
        units["domain"] = domain[~domain.isin(PUBLIC)].nunique()
        units["device"] = int((things["kind"] == "device").sum())
        passed = responses[(responses["action"] == "challenge_passed")]
        passed = passed[(passed["campaign"] == name) & passed["segment"].isna()]
        units["identity check"] = len(passed)
        mine = activity[activity["account"].isin(own.index)]
        dollars = {}
        if not tactic.stolen_cards:
            charges = mine[mine["kind"] == "charge"]
            units["charge"], dollars["charge"] = len(charges), charges["amount"].sum()
        used = first[first.index.isin(own.index)]
        created = known["accounts"].set_index("account")["created"]
        units["ageing"] = int(((used - created.loc[used.index]).dt.days).sum())
        if tactic.sells == "codes":
            units["codes"] = int((mine["kind"] == "phone_verification_requested").sum())
        units["traffic"] = tokens.get(name, 0.0) * PRICES.bytes_per_token / 1e9
        if tactic.sells == "tokens":
            units["resale"] = theft.get(name, 0.0)
            dollars["resale"] = -PRICES.resale * worth.get(name, 0.0)
        for item, many in units.items():
            if many:
                each = 0.0 if item in dollars else price(item)
                found[name, item] = float(many), dollars.get(item, many * each)
    return pd.DataFrame.from_dict(found, orient="index", columns=["units", "dollars"])


def takings(log, truth, people, scenario):
    """Worth of abusive tokens, all tokens and abusive ones by campaign.

    On victims' accounts only what is flagged is the campaign's.
    """
    files = truth.request_files()
    rows = pd.concat(
        plain(pq.read_table(f, partitioning=None))
        .to_pandas()
        .assign(abusive=pq.read_table(t, partitioning=None)["abusive"].to_numpy())
        for f, t in files
    )
    rows = rows.join(people[["campaign", "segment"]], on="account")
    rows = rows[rows["campaign"].notna() & (rows["segment"].isna() | rows["abusive"])]
    rows = rows[rows["status"] == 200]
    models = scenario.platform.models
    asked, kept, answered = (
        rows["model"].map({k: getattr(m, price) for k, m in models.items()}).astype(float) / 1e6
        for price in ("input_price", "cached_price", "output_price")
    )
    cached = rows["cached_tokens"].astype(float)
    tokens = rows["input_tokens"].astype(float) + rows["output_tokens"]
    worth = (rows["input_tokens"] - cached) * asked + cached * kept
    worth += rows["output_tokens"] * answered
    by = rows["campaign"]
    return (
        (worth * rows["abusive"]).groupby(by).sum(),
        tokens.groupby(by).sum(),
        (tokens * rows["abusive"]).groupby(by).sum(),
    )


def price(item):
    if item == "codes":
        return -PRICES.code
    kind, _, which = item.partition(" ")
    if kind in ("address", "card"):
        return getattr(PRICES, kind)[which]
    if kind == "phone":
        return PRICES.phone.get(which, PRICES.phone[OTHER])
    return PRICES.gigabyte if kind == "traffic" else getattr(PRICES, item.replace(" ", "_"))


def adds_up(folder, scenario):
    said = Truth(folder).wallets().astype({"campaign": object, "item": object})
    said = said.groupby(["campaign", "item"])[["units", "dollars"]].sum()
    said.index = pd.MultiIndex.from_tuples(said.index).to_flat_index()
    want = implied(folder, scenario)
    assert sorted(said.index) == sorted(want.index)
    np.testing.assert_allclose(said, want.loc[said.index], rtol=1e-9, atol=1e-9)
    return said


@pytest.mark.parametrize("tactic", list(tactics()))
def test_adds_up_for_every_tactic(with_campaign, small_scenario, tactic):
    assert len(adds_up(with_campaign(tactic).folder, small_scenario(tactic))) > 2


def test_adds_up_in_the_closed_loop(small_scenario):
    scenario = small_scenario("hydra")
    said = adds_up(recorded(scenario, 3, reviewer=Oracle()), scenario)
    assert ("c", "identity check") in said.index


def test_accounts_that_rest_cost_more(small_scenario, campaign_settings):
    """An account that is used late costs more than one that is used at once."""
    days = {}
    for ageing in (0.0, 1.0):
        settings = [*campaign_settings("hydra", 0.0), f"campaigns.c.evasion.ageing={ageing}"]
        folder = recorded("confounders-v2", 3, settings=settings)
        said = adds_up(folder, small_scenario("hydra"))
        people = Truth(folder).accounts()
        own = people.loc[people["campaign"].notna(), "account"]
        asked = plain(open_log(folder).rows("requests", EARLIEST, NEVER, ["account"]))
        used = len(set(asked["account"].to_pylist()) & set(own))
        days[ageing] = said["units"].get(("c", "ageing"), 0.0) / used
    # Measured: 1.5 and 1.3; whose turn comes seldom is used late without any rest.
    assert days[1.0] > 1.1 * days[0.0]


def test_adds_up_when_further_accounts_pay_otherwise(
    small_scenario, campaign_settings, tmp_path, monkeypatch
):
    """Cards and charges follow the access path, and so does what they cost."""
    monkeypatch.setattr(learning, "BEHAVIOUR", ("path",))
    monkeypatch.setattr(learning, "PATIENCE", 1)
    settings = [*campaign_settings("hydra"), "campaigns.c.strategy=learning", "response=instant"]
    simulate("confounders-v2", 3, tmp_path / "r", reviewer=Culling(0.5, 4), settings=settings)
    assert "behave: path" in set(phases(tmp_path / "r", "c")["phase"])
    adds_up(tmp_path / "r", small_scenario("hydra"))


def test_a_scenario_overrides_single_prices():
    prices = "prices={device: 7.5, address: {hosting: 0}}"
    folder = recorded("quickstart-v2", 3, scale=0.2, settings=["shards=4", "prior=null", prices])
    paid = Truth(folder).wallets()
    device = paid[paid["item"] == "device"]
    assert (device["dollars"] == 7.5 * device["units"]).all()
    assert len(device)
    assert (paid.loc[paid["item"] == "address hosting", "dollars"] == 0).all()
    assert paid.loc[paid["item"] == "mailbox", "dollars"].gt(0).all()


def test_is_the_same_for_any_number_of_workers(tmp_path):
    one, two = (
        simulate("quickstart-v2", 2, tmp_path / str(n), scale=0.2, workers=n, settings=["shards=4"])
        for n in (1, 2)
    )
    assert one.fingerprints == two.fingerprints
    assert one.rows["truth/wallets"]
