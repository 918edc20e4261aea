"""An operator who gives one campaign up turns to the next: after it, once, and never before."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns import succession
from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.campaigns.succession import (
    burned_out,
    operators,
    starting_order,
    successor_tactic,
)
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.traffic.slice_messages import FAILED, SUSPENDED
from tests.simulator.campaigns.strategies.reviewers import Culling
from tests.simulator.response.reviewers import Oracle, Run, nobody

DOCS = Path(__file__).parents[3] / "docs/strategies.md"
SETTINGS = ["shards=4", "prior=null"]
SCALE = 0.3


@pytest.fixture(scope="module")
def moves(tmp_path_factory):
    """The example of the docs, as it stands there."""
    path = tmp_path_factory.mktemp("docs") / "moves.yaml"
    path.write_text(re.search(r"```yaml\n(.*?extends.*?)```", DOCS.read_text("utf-8"), re.S)[1])
    return path


@pytest.fixture(scope="module")
def fought(moves, tmp_path_factory):
    """Under an oracle that begins on the fifth day."""
    folder = tmp_path_factory.mktemp("moves") / "r"
    made = simulate(moves, 1, folder, scale=SCALE, settings=SETTINGS, reviewer=Culling(1.0))
    return Run(folder, made)


def phase(run, campaign, named):
    """When a phase of a campaign began; it did once."""
    rows = Truth(run.folder).campaigns()
    (time,) = rows.loc[(rows["campaign"] == campaign) & (rows["phase"] == named), "time"]
    return time


def test_the_next_begins_after_the_one_before_it_and_nothing_of_it_sooner(fought):
    left, begun = phase(fought, "hydra", "give-up"), phase(fought, "keys", "follow hydra")
    least, most = (pd.Timedelta(hours=hours) for hours in succession.LAG)
    assert least <= begun - left <= most
    truth = Truth(fought.folder)
    campaigns = truth.campaigns()
    assert campaigns.loc[campaigns["campaign"] == "keys", "time"].min() == begun
    people = truth.accounts().astype({"campaign": object, "tactic": object})
    keys = people[people["campaign"] == "keys"]
    assert len(keys) == 4
    assert set(keys["tactic"]) == {"hijacked-keys"}
    assert keys["sham_from"].min() >= begun
    paid = truth.wallets().astype({"campaign": object})
    assert paid.loc[paid["campaign"] == "keys", "time"].min() >= begun.floor("6h")
    # What it bought is its own; the hydra's things stay the hydra's.
    bought = truth.supply().astype({"campaign": object, "kind": object})
    assert set(bought["campaign"]) == {"hydra", "keys"}
    seen = fought.rows("addresses", ["address", "first_seen"]).set_index("address")["first_seen"]
    for name, late in (("hydra", False), ("keys", True)):
        things = bought[(bought["campaign"] == name) & (bought["kind"] == "address")]["thing"]
        assert len(things)
        assert ((seen.loc[things] >= begun) == late).all()


def test_every_row_of_it_is_sound(fought):
    found = validate(fought.folder)
    assert found.passed, found.verdict
    rows = fought.rows("requests", ["account", "time"])
    people = Truth(fought.folder).accounts().astype({"campaign": object})
    hydra = people.loc[people["campaign"] == "hydra", "account"]
    times = rows.loc[rows["account"].isin(hydra), "time"]
    assert len(times)
    assert times.max() <= phase(fought, "hydra", "give-up")


def test_any_number_of_workers(moves, fought, tmp_path):
    other = simulate(
        moves, 1, tmp_path / "r", scale=SCALE, settings=SETTINGS, reviewer=Culling(1.0), workers=2
    )
    assert other.fingerprints == fought.manifest.fingerprints


@pytest.mark.parametrize("reviewer", [None, nobody], ids=["open", "nobody is caught"])
def test_who_never_gives_up_is_never_followed(moves, tmp_path, reviewer):
    """Row for row what it would be if nobody could follow."""
    made = {}
    for name, more in (("with", []), ("without", ["campaigns.keys=null"])):
        made[name] = simulate(
            moves, 1, tmp_path / name, scale=SCALE, settings=[*SETTINGS, *more], reviewer=reviewer
        )
    assert made["with"].fingerprints == made["without"].fingerprints
    assert set(Truth(tmp_path / "with").campaigns()["campaign"]) == {"hydra"}
    found = validate(tmp_path / "with")
    assert found.passed, found.verdict


def test_one_that_follows_may_be_followed(moves, tmp_path, monkeypatch):
    """Burned out, under a strategy that never gives up, and then the next one."""
    monkeypatch.setattr(succession, "LAG", (1, 3))
    chain = (
        "{farm: {tactic: narrow-deep, follows: hydra, accounts: 8, exchanges: 6000, duration: 9d}, "
        "last: {tactic: hijacked-keys, follows: farm, accounts: 12, exchanges: 9000, "
        "duration: 5d}, hydra: {tactic: hydra, accounts: 60, exchanges: 9000, start: 1d, "
        "duration: 11d}}"
    )
    settings = [*SETTINGS, "campaigns=null", f"campaigns={chain}"]
    made = simulate(moves, 2, tmp_path / "r", scale=SCALE, settings=settings, reviewer=Oracle())
    run = Run(tmp_path / "r", made)
    moments = [
        phase(run, *which)
        for which in (("hydra", "give-up"), ("farm", "follow hydra"), ("farm", "give-up"),
                      ("last", "follow farm"))
    ]  # fmt: skip
    assert moments == sorted(moments)
    people = Truth(run.folder).accounts().astype({"campaign": object})
    many = people["campaign"].value_counts()
    assert set(many.index) == {"hydra", "farm", "last"}
    found = validate(run.folder)
    assert found.passed, found.verdict


def test_what_it_means_to_do_after_the_end_is_no_truth(moves, tmp_path, monkeypatch):
    """It begins so late that most keys would leak when the recording is over."""
    monkeypatch.setattr(succession, "LAG", (168, 168))
    settings = [*SETTINGS, "campaigns.keys.accounts=60", "campaigns.keys.duration=14d"]
    made = simulate(moves, 1, tmp_path / "r", scale=0.2, settings=settings, reviewer=Culling(1.0))
    people = Truth(tmp_path / "r").accounts().astype({"campaign": object})
    keys = people[people["campaign"] == "keys"]
    assert 0 < len(keys) < 12
    assert keys["sham_from"].max() < pd.Timestamp(made.end, unit="ms", tz="UTC")
    assert (keys["sham_until"].dropna() <= pd.Timestamp(made.end, unit="ms", tz="UTC")).all()
    found = validate(tmp_path / "r")
    assert found.passed, found.verdict


def test_numbers_of_operators(moves):
    settings = ["campaigns={c: {tactic: sleeper, follows: b, accounts: 9, exchanges: 9, "
                "duration: 3d, dwell: 1d}, b: {tactic: hydra, follows: a, accounts: 9, "
                "exchanges: 9, duration: 3d}, z: {tactic: hydra, start: 1d, accounts: 9, "
                "exchanges: 9, duration: 3d}, a: {tactic: hydra, start: 1d, accounts: 9, "
                "exchanges: 9, duration: 3d}}"]  # fmt: skip
    tactics = starting_order(load_scenario(moves, settings=["campaigns=null", *settings]).campaigns)
    assert list(tactics) == ["z", "a", "c", "b"]
    assert operators(tactics) == (0, 1, 1, 1)
    # A training world may leave out the tactic of whom it follows.
    assert operators({name: tactics[name] for name in ("z", "c")}) == (0, 1)


def left_by(moves, *, made=0, left=None, adaptive=True):
    """The hydra of the docs after so many requests, with so much money left."""
    tactic = load_scenario(moves).campaigns["hydra"]
    return SimpleNamespace(
        tactic=tactic,
        requests=SimpleNamespace(abusive=made, other=0),
        adaptive=adaptive,
        costs=SimpleNamespace(remaining=left),
    )


def test_no_more_is_asked_of_it_than_was_left_undone_and_no_more_money(moves):
    keys = load_scenario(moves).campaigns["keys"]
    assert successor_tactic(keys, left_by(moves, made=1000)) == keys
    assert successor_tactic(keys, left_by(moves, made=22_000)).exchanges == 2000
    assert successor_tactic(keys, left_by(moves, made=24_100)) is None
    assert successor_tactic(keys, left_by(moves, left=70.0)).budget == 70.0
    # Whoever does not answer losses keeps no books.
    assert successor_tactic(keys, left_by(moves, left=70.0, adaptive=False)).budget is None
    poor = keys.model_copy(update={"budget": 50.0})
    assert successor_tactic(poor, left_by(moves, left=70.0)).budget == 50.0
    assert successor_tactic(poor, left_by(moves)).budget == 50.0


def burning(*, causes, recruited=10, busy=False, capacity=0.0, reinstated=()):
    """A campaign of ten accounts, some of which were lost."""
    state = AccountState()
    state.add(np.arange(10), np.zeros(10, np.int64), own=True)
    for handle, cause in enumerate(causes):
        state.lose(handle, cause)
    for handle in reinstated:
        state.reinstate(handle)
    return SimpleNamespace(
        handles=range(10), recruited=recruited, tactic=SimpleNamespace(accounts=10),
        account_state=state,
        actions=SimpleNamespace(has_pending=busy), requests=SimpleNamespace(pairs=[(0, 1)]), end=9,
        capacity=lambda work, until: capacity,
    )  # fmt: skip


def test_burned_out_is_who_has_nobody_left_by_the_platforms_hand():
    shut = [SUSPENDED] * 4 + [FAILED] * 2
    assert burned_out(burning(causes=[*shut, *["trial exhausted"] * 4]))
    assert not burned_out(burning(causes=[*shut[:5], *["trial exhausted"] * 5]))
    assert not burned_out(burning(causes=shut, capacity=0.1))
    assert not burned_out(burning(causes=shut, busy=True))
    assert not burned_out(burning(causes=shut, recruited=9))
    # An account that was reinstated is no longer shut.
    assert not burned_out(burning(causes=[*shut, *["trial exhausted"] * 4], reinstated=[0]))
