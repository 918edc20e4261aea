"""Levers on things: what goes through one is refused for a time, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.closed_loop.lever_effects import lever_effects
from shamcrowd.benchmark.closed_loop.reading import LoopRecording
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_DAY
from tests.recordings import recorded
from tests.simulator.response.reviewers import WEEK, Names, Oracle, Run, Some

NAMED = "response={like: standard, stages: [], levers: [{about: block, on: block, delay: [0h, 0h], span: 60d}]}"  # noqa: E501
SHARED = "response={like: standard, stages: [], levers: [{about: account, on: block, accounts: 2, delay: [0h, 1h], span: 3d}]}"  # noqa: E501


def ms(times):
    return times.to_numpy("datetime64[ms]").astype(np.int64)


def behind(run):
    """Accounts seen behind each block: kind, prefix, account and whether a campaign's."""
    uses = pd.concat([run.rows(name, ["account", "address"]) for name in ("requests", "accounts")])
    blocks = run.rows("addresses", ["address", "prefix", "kind"])
    people = Truth(run.folder).accounts()[["account", "campaign"]]
    rows = uses.drop_duplicates().merge(blocks, on="address").merge(people, on="account")
    rows = rows.assign(sham=rows["campaign"].notna()).astype({"kind": str, "prefix": str})
    return rows.drop_duplicates(["account", "prefix"])


def counts(rows, kind):
    """Shams and honest people by block of a kind, of blocks with at least one sham."""
    of = rows[rows["kind"] == kind].groupby("prefix")["sham"].agg(["sum", "size"])
    return of.assign(honest=of["size"] - of["sum"]).query("sum > 0")


@pytest.fixture(scope="module")
def open_loop():
    return Run.read(recorded("quickstart-v2", 1))


@pytest.fixture(scope="module")
def blocked(open_loop):
    """A carrier's block and a farm's in a data centre, blocked from the first review on."""
    rows = behind(open_loop)
    carrier = str(counts(rows, "mobile")["honest"].idxmax())
    farm = str(counts(rows, "hosting")["sum"].idxmax())
    reviewer = Names([("block", carrier), ("block", farm)])
    run = Run.read(recorded("quickstart-v2", 1, reviewer=reviewer, settings=[NAMED]))
    return run, carrier, farm


def test_a_carriers_block_hurts_more_people_than_shams_and_a_farms_does_not(blocked):
    run, carrier, farm = blocked
    reading = lever_effects(LoopRecording(run.folder), Truth(run.folder).levers())
    effects = {effect.name: effect for effect in reading.effects}
    assert set(effects) == {carrier, farm}
    assert effects[carrier].place == "mobile"
    assert effects[farm].place == "hosting"
    assert sum(effects[carrier].hurt.values()) > effects[carrier].shams > 0
    assert sum(effects[farm].hurt.values()) < effects[farm].shams
    # Whom it hurts are people who were there before, too, and some who came since.
    assert sum(effects[carrier].hurt.values()) >= 5
    assert 0 <= effects[farm].moved_away <= effects[farm].hours


def test_all_that_goes_through_is_refused_and_nothing_else(blocked, open_loop):
    run, carrier, farm = blocked
    since = ms(Truth(run.folder).levers()["time"]).min()
    blocks = run.rows("addresses", ["address", "prefix"]).astype({"prefix": str})
    inside = blocks.loc[blocks["prefix"].isin([carrier, farm]), "address"]
    rows = run.rows("requests", ["account", "time", "address", "status", "output_tokens"])
    through = rows["address"].isin(inside) & (ms(rows["time"]) >= since)
    assert through.sum() > 100
    assert (rows.loc[through, "status"] == 403).all()
    assert (rows.loc[through, "output_tokens"] == 0).all()
    assert not (rows.loc[~through, "status"] == 403).any()
    # Nobody who was not behind the blocks is served otherwise than without the levers.
    honest = set(Truth(run.folder).accounts().query("campaign.isna()")["account"])
    others = honest - set(rows.loc[through, "account"]) - refused(run)
    key = ["account", "time", "status"]
    before, after = (
        every[every["account"].isin(others)].sort_values(key, ignore_index=True)
        for every in (open_loop.rows("requests", key), run.rows("requests", key))
    )
    assert len(after) > 10_000
    pd.testing.assert_frame_equal(before.astype(str), after.astype(str))


def refused(run):
    return set(run.responses.query("action == 'sign_up_refused'")["account"])


def test_sign_ups_through_it_are_not_opened(blocked):
    run, _, _ = blocked
    steps = run.responses.query("action == 'sign_up_refused'")
    assert len(steps) > 0
    assert (steps["cause"] == "lever").all()
    assert (steps["right"] == steps["campaign"].notna()).all()
    rows = run.rows("activity", ["account", "time"])
    shams = steps[steps["campaign"].notna()]["account"]
    assert not rows["account"].isin(shams).any()
    assert not run.rows("requests", ["account"])["account"].isin(shams).any()


@pytest.mark.parametrize("workers", [2])
def test_any_number_of_workers(play, workers):
    settings = *WEEK, "shards=4", SHARED, "campaigns.hydra.strategy=moving"
    one = play(Oracle(), *settings)
    other = play(Oracle(), *settings, workers=workers)
    assert one.manifest.fingerprints == other.manifest.fingerprints
    assert len(Truth(one.folder).levers()) > 3
    assert (one.rows("requests", ["status"])["status"] == 403).sum() > 50


def test_what_alerts_share_is_found_and_let_go_in_time(play):
    run = play(Oracle(), *WEEK, SHARED)
    levers = Truth(run.folder).levers()
    since, until = ms(levers["time"]), ms(levers["until"])
    assert (until - since == 3 * MS_PER_DAY).all()
    rows = behind(run).query("sham").groupby("prefix").size()
    assert (rows.reindex(levers["name"].astype(str)) >= 2).all()
    # No thing has two levers at once.
    for _, same in levers.groupby("name"):
        assert (np.diff(ms(same["time"].sort_values())) >= 3 * MS_PER_DAY).all()


def test_a_share_spares_blocks_with_many_others(play):
    sparing = SHARED.replace("accounts: 2", "accounts: 2, share: 0.9")
    many, few = (play(Some(0.3), *WEEK, of) for of in (SHARED, sparing))
    counted = [len(Truth(run.folder).levers()) for run in (many, few)]
    assert 0 < counted[1] < counted[0]


def test_slowed_is_not_blocked(play):
    slow = SHARED.replace("accounts: 2", "accounts: 2, passes: 0.5")
    statuses = play(Oracle(), *WEEK, slow).rows("requests", ["status"])["status"]
    assert not (statuses == 403).any()
    assert (statuses == 429).sum() > 20


def test_a_bin_is_refused_like_a_declined_card(play):
    """Every charge on a card of the BIN is declined while the lever lasts, and no other way."""
    usual = play(Names([]), *WEEK)
    charges = usual.rows("activity", ["kind", "card", "time"]).query("kind == 'charge'")
    charges = charges[ms(charges["time"]) > usual.manifest.reviews[0]]
    cards = usual.rows("cards", ["card", "bin"])
    common = str(charges.merge(cards, on="card")["bin"].value_counts().idxmax())
    rule = NAMED.replace("about: block, on: block", "about: bin, on: bin")
    run = play(Names([("bin", common)]), *WEEK, rule)
    since = ms(Truth(run.folder).levers()["time"])[0]
    own = cards[cards["bin"].astype(str) == common]["card"]
    rows = run.rows("activity", ["kind", "card", "time"])
    during = rows[rows["card"].isin(own) & (ms(rows["time"]) >= since)]
    assert (during["kind"] == "decline").sum() > 0
    assert not (during["kind"] == "charge").any()
