"""What each strategy does shows in the recording, not only in the truth's phases."""

import pandas as pd
import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator.registry import strategies
from tests.recordings import recorded
from tests.simulator.campaigns.strategies.reviewers import Culling, SharedDevice, accounts, phases

SEEDS = 2, 3, 4


def late(run, days=3.0):
    """Share of the accounts that began late which were shut."""
    own = accounts(run.folder, "hydra")
    return own[own["day"] >= days]["shut"].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_learning_finds_the_device_within_days_and_slips_away(hydra, seed):
    run = hydra("learning", SharedDevice(), seed=seed)
    rotated = phases(run.folder)
    assert rotated.loc[rotated["phase"] == "rotate device", "hours"].min() < 72
    kinds = rotated["phase"].value_counts()
    assert kinds["rotate device"] == kinds[kinds.index.str.startswith("rotate")].max()
    naive = hydra("naive", SharedDevice(), seed=seed)
    assert late(naive) > 0.3
    assert late(run) < 0.4 * late(naive)
    # Once the last change is made nobody is caught any more. Measured: after 3 to 7.5 days.
    own = accounts(run.folder, "hydra")
    last = rotated.loc[rotated["phase"] == "rotate device", "time"].max()
    since = own[own["sham_from"] >= last]
    assert len(since) > 20
    assert since["shut"].mean() < 0.03


def test_learning_buys_other_devices_and_shares_them_less(hydra):
    run = hydra("learning", SharedDevice())
    own = accounts(run.folder, "hydra").set_index("account")
    own = own.join(run.rows("accounts", ["account", "device"]).set_index("account"))
    bought = Truth(run.folder).supply().query("kind == 'device'")["thing"]
    when = phases(run.folder)
    when = when.loc[when["phase"] == "rotate device", "time"]
    before, after = own[own["sham_from"] < when.min()], own[own["sham_from"] >= when.max()]
    assert len(after) > 20
    assert not set(before["device"]) & set(after["device"]) & set(bought)
    each = [
        part[part["device"].isin(bought)]["device"].value_counts().mean()
        for part in (before, after)
    ]
    assert each[0] > 2 * each[1]


def test_naive_changes_nothing(hydra):
    kinds = phases(hydra("naive", SharedDevice()).folder)["phase"]
    assert not kinds.str.contains("rotate|behave|wait|give").any()


@pytest.mark.parametrize("name", list(strategies()))
def test_in_the_open_loop_all_are_alike(name):
    settings = [f"campaigns.hydra.strategy={name}", "shards=2"]
    played = recorded("quickstart-v2", 3, scale=0.1, settings=settings)
    usual = recorded("quickstart-v2", 3, scale=0.1, settings=["shards=2"])
    assert Manifest.read(played).fingerprints == Manifest.read(usual).fingerprints


def test_whack_a_mole_comes_back_at_once_on_the_same_things(hydra):
    run = hydra("whack-a-mole", SharedDevice(7))
    own = accounts(run.folder, "hydra").set_index("account")
    people = run.rows("accounts", ["account", "device", "address"]).set_index("account")
    own = own.join(people)
    shut = run.responses.query("action == 'suspension' and campaign == 'hydra'")
    shut = shut[shut["cause"] == "alert"]
    first = shut["time"].min()
    burned = own.loc[own.index.isin(shut.loc[shut["time"] == first, "account"])]
    soon = own[(own["sham_from"] >= first) & (own["sham_from"] < first + pd.Timedelta("7h"))]
    assert len(soon) >= len(burned)
    assert set(burned["device"]) & set(soon["device"])
    assert late(run) > 0.3


def test_patient_waits_rests_and_slows(hydra):
    """Of a hydra whose accounts do not rest as long as nothing is lost."""
    fresh = "campaigns.hydra.evasion.ageing=0"
    run, usual = hydra("patient", Culling(), fresh), hydra("whack-a-mole", Culling(), fresh)
    shut = run.responses.query("action == 'suspension' and cause == 'alert'")["time"].min()

    def began(of):
        own = accounts(of.folder, "hydra")
        new = own[own["sham_from"] > shut]
        return new[new["sham_from"] < shut + pd.Timedelta("12h")], own

    assert len(began(run)[0]) < len(began(usual)[0])

    def soon(of):
        """Share of the next days' accounts that ask within a day, of those that nobody shuts."""
        own = accounts(of.folder, "hydra").set_index("account")
        new = own.loc[~own["shut"], "sham_from"]
        new = new[(new > shut) & (new < shut + pd.Timedelta("96h"))]
        asked = of.rows("requests", ["account", "time"]).groupby("account")["time"].min()
        return (asked.reindex(new.index) - new < pd.Timedelta("24h")).mean()

    # Measured: 0.10 and 0.28 (0.06 and 0.22 with seed 4).
    assert soon(run) < 0.6 * soon(usual)


def test_whoever_is_slow_asks_less(hydra):
    """Of accounts that nobody shuts, with the pace as the only difference."""
    usual, slow = hydra("naive", Culling()), hydra("patient", Culling())
    made = []
    for run in (usual, slow):
        own = accounts(run.folder, "hydra")
        shut = run.responses.query("action == 'suspension' and cause == 'alert'")["time"].min()
        left = own[~own["shut"] & (own["sham_from"] < shut)]["account"]
        rows = run.rows("requests", ["account", "time"])
        rows = rows[rows["account"].isin(left) & (rows["time"] > shut + pd.Timedelta("48h"))]
        made.append(len(rows) / len(left))
    # Measured: 0.25, at a pace of 0.3 at the least (0.53 in an earlier world). Those left can
    # work harder, but not without end.
    assert 0.15 < made[1] / made[0] < 0.75


def test_budgeted_leaves_when_tokens_cost_more_than_the_list_price(hydra):
    dear = "prices={mailbox: 50}"
    run = hydra("budgeted", Culling(), dear)
    left = phases(run.folder)
    gave_up = left.loc[left["phase"] == "give-up", "time"]
    assert len(gave_up) == 1
    own = accounts(run.folder, "hydra")["account"]
    rows = run.rows("requests", ["account", "time"])
    rows = rows[rows["account"].isin(own)]
    assert len(rows)
    assert rows["time"].max() <= gave_up.iloc[0]
    assert "wind-down" not in set(left["phase"])


def test_budgeted_waits_while_theft_pays(hydra):
    """Few accounts that take much on trials that do not end: lists cost more than that."""
    rich = (
        "campaigns.hydra.accounts=60", "campaigns.hydra.exchanges=300000",
        "campaigns.hydra.evasion.rotation=1", "platform.trial_credit=1000",
        "prices={card: {credit: 1, debit: 1, prepaid: 1}}",
    )  # fmt: skip
    run = hydra("budgeted", Culling(0.15), *rich)
    kinds = phases(run.folder)
    assert "give-up" not in set(kinds["phase"])
    first = kinds.loc[kinds["phase"] == "wait", "time"].iloc[0]
    own = accounts(run.folder, "hydra")
    rows = run.rows("requests", ["account", "time"])
    times = rows.loc[rows["account"].isin(own["account"]), "time"]
    slot = pd.Timedelta("6h")
    # Conversations that were under way go on for a little.
    still = (times >= first + slot / 3) & (times < first + slot)
    assert still.sum() < 0.05 * ((times >= first - slot) & (times < first)).sum()
    assert (times >= first + pd.Timedelta("48h")).sum() > 1000
    assert len(own) > 60


def test_nobody_buys_beyond_the_budget(hydra):
    free = hydra("whack-a-mole", Culling())
    few = hydra("whack-a-mole", Culling(), "campaigns.hydra.budget=700")
    none = hydra("whack-a-mole", Culling(), "campaigns.hydra.budget=0")
    count = [len(accounts(run.folder, "hydra")) for run in (free, few, none)]
    assert count[0] > count[1] >= count[2] == 300
    spent = Truth(few.folder).wallets()["dollars"].sum()
    assert spent < Truth(free.folder).wallets()["dollars"].sum()


def test_untraceable_losses_change_behaviour(hydra):
    run = hydra("learning", Culling(0.5))
    kinds = phases(run.folder)
    behaved = [k for k in kinds["phase"] if k.startswith("behave")]
    assert behaved[0] == "behave: prompt"
    assert len(behaved) > 2


def test_who_shares_a_supplier_shares_what_was_learned():
    """Two campaigns, of which the first is on long before the second begins."""
    first = (
        "{tactic: hydra, accounts: 300, exchanges: 20000, start: 1d, duration: 12d, "
        "strategy: learning, evasion: {rotation: 0.4}%s}"
    )
    second = (
        "{tactic: content-farm, accounts: 60, exchanges: 4000, start: 6d, duration: 7d, "
        "strategy: learning, evasion: {rotation: 0.2}%s}"
    )
    shut = {}
    for name, more in (("alone", ""), ("together", ", supplier: market")):
        both = f"campaigns={{hydra: {first % more}, farm: {second % more}}}"
        folder = recorded(
            "quickstart-v2", 3, reviewer=SharedDevice(),
            settings=["prior=null", "response=instant", "campaigns=null", both],
        )  # fmt: skip
        own = accounts(folder, "farm")
        # Later both have learned, and what is left comes from devices of others.
        shut[name] = own[own["day"] < 1.5]["shut"].mean()
    # Measured: 0.52 against 0.78.
    assert shut["together"] < 0.8 * shut["alone"]
