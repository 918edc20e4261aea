"""The tell that each tactic is known by, when it is careless; and that care takes it away."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_HOUR


def own(played):
    return played.truth.loc[played.truth["campaign"] == "c", "account"]


def test_farms_share_devices_until_they_take_care(with_campaign):
    def together(care):
        played = with_campaign("farmer", care)
        things = Truth(played.folder).supply().query("kind == 'device'")["thing"]
        return played.accounts["device"].value_counts().reindex(things).mean()

    assert together(0.0) > 6
    assert together(1.0) < 2


def test_honest_people_share_devices_too(with_campaign):
    assert with_campaign(None).accounts["device"].duplicated(keep=False).mean() > 0.3


def test_elicitors_keep_one_clock(with_campaign):
    played = with_campaign("elicitation", 0.0)
    rows = played.requests[played.requests["abusive"]]
    first = rows.groupby("session")["time"].min().astype("int64")
    assert ((first % 600_000) < 20_000).mean() > 0.9
    honest = played.requests[~played.requests["abusive"]].groupby("session")["time"].min()
    assert ((honest.astype("int64") % 600_000) < 20_000).mean() < 0.3


def test_sleepers_sleep_then_wake_together(with_campaign):
    played = with_campaign("sleeper", 0.0)
    rows = played.requests[played.requests["account"].isin(own(played))]
    begin = played.manifest.start + 24 * MS_PER_HOUR
    hours = (rows["time"].astype("int64") - begin) / MS_PER_HOUR
    assert (hours[rows["abusive"]] >= 96).all()
    asleep = (hours < 96).sum() / (rows["account"].nunique() * 4)
    assert 0 < asleep < 2
    # The first of those that work at all: 3.8 h.
    assert hours[rows["abusive"]].min() < 96 + 6


@pytest.mark.parametrize("tactic", ["hijacked-keys", "takeover"])
def test_victims_were_honest_and_go_on(with_campaign, tactic):
    played = with_campaign(tactic)
    truth = played.truth[played.truth["campaign"] == "c"].set_index("account")
    assert truth["segment"].notna().all()
    created = played.accounts.set_index("account")["created"].loc[truth.index]
    assert (truth["sham_from"] > created).all()
    rows = played.requests[played.requests["account"].isin(truth.index)]
    both = rows.groupby("account")["abusive"].agg(["any", "all"])
    assert both["any"].mean() >= 0.75
    assert (~both["all"]).mean() > 0.25, "owners go on using their accounts"
    since = truth["sham_from"].loc[rows["account"]].to_numpy()
    assert (rows["time"].to_numpy()[rows["abusive"]] >= since[rows["abusive"]]).all()


def test_stolen_keys_are_the_owners_own_and_probed_first(with_campaign):
    played = with_campaign("hijacked-keys")
    rows = played.requests[played.requests["account"].isin(own(played))]
    bad = rows[rows["abusive"]].sort_values("time")
    stolen = bad.groupby("account")["key"].agg(["nunique", "first"])
    assert (stolen["nunique"] == 1).all()
    made = played.activity[played.activity["kind"] == "key_created"].groupby("key")["time"].min()
    since = played.truth.set_index("account")["sham_from"].loc[stolen.index]
    assert (made.loc[stolen["first"]].to_numpy() < since.to_numpy()).all()
    first = bad.groupby("account").head(1)
    assert first["input_tokens"].median() < 30
    revoked = played.activity[played.activity["kind"] == "key_revoked"]
    assert len(revoked) > 3
    ends = revoked.set_index("key")["time"]
    after = played.requests[played.requests["key"].isin(ends.index)]
    assert len(after[after["abusive"]])
    assert (after["time"].to_numpy() <= ends.loc[after["key"]].to_numpy()).all()


def test_a_takeover_makes_a_key_of_its_own(with_campaign):
    played = with_campaign("takeover")
    rows = played.requests[played.requests["account"].isin(own(played))]
    theirs = set(rows.loc[~rows["abusive"], "key"])
    thief = set(rows.loc[rows["abusive"], "key"])
    assert thief
    assert not theirs & thief
    failed = (played.activity["kind"] == "login_failed").sum()
    assert failed > 2500


def test_careful_thieves_come_as_their_owners_do(with_campaign):
    def alike(care):
        """Shares of thieves' log-ins in a browser like the owner's, and from his country."""
        played = with_campaign("takeover", care)
        things = Truth(played.folder).supply().query("kind == 'device'")["thing"]
        devices = played.entity("devices").set_index("device")[["os", "browser", "language"]]
        enters = played.activity[
            (played.activity["kind"] == "login") & played.activity["device"].isin(things)
        ]
        assert len(enters) >= 10
        owners = played.accounts.set_index("account").loc[enters["account"]]
        same = devices.loc[owners["device"]].to_numpy() == devices.loc[enters["device"]].to_numpy()
        at = played.entity("addresses").set_index("address")["country"].loc[enters["address"]]
        near = at.astype(str).to_numpy() == owners["country"].astype(str).to_numpy()
        return same.all(axis=1).mean(), near.mean()

    careless, careful = alike(0.0), alike(1.0)
    assert careless[0] < 0.3
    assert careful[0] == 1.0
    assert careless[1] + 0.2 < careful[1]


def test_a_farmer_comes_in_waves(with_campaign):
    played = with_campaign("farmer", 0.0)
    created = played.accounts.set_index("account")["created"].loc[own(played)].sort_values()
    gaps = created.diff().dt.total_seconds().dropna()
    assert (gaps > 12 * 3600).sum() == 2, "three waves"
    inside = gaps[gaps < 12 * 3600]
    assert any(abs(inside.median() / script - 1) < 0.2 for script in (23.6, 118.7))


def test_cards_fail_when_tested(with_campaign):
    played = with_campaign("card-testing", 0.0)
    mine = played.activity[played.activity["account"].isin(own(played))]
    fails, goes = (mine["kind"] == "decline").sum(), (mine["kind"] == "charge").sum()
    assert fails / (fails + goes) > 0.85
    amounts = mine.loc[mine["kind"] == "decline", "amount"]
    assert amounts.median() <= 5


def test_pumped_codes_are_not_finished(with_campaign):
    played = with_campaign("sms-pumping", 0.0)
    mine = played.activity[played.activity["account"].isin(own(played))]
    asked = (mine["kind"] == "phone_verification_requested").sum()
    done = (mine["kind"] == "phone_verified").sum()
    assert done / asked < 0.05
    phones = played.entity("phones").set_index("phone")
    called = phones.loc[mine["phone"].dropna().astype(int).unique()]
    assert called["block"].nunique() <= 6
    honest = played.activity[~played.activity["account"].isin(own(played))]
    left = honest.groupby("account")["kind"].agg(
        lambda kinds: (
            "phone_verification_requested" in set(kinds) and "phone_verified" not in set(kinds)
        )
    )
    assert 0.005 < left.mean() < 0.1, "honest people leave halfway too"


def test_a_mesh_is_silent_as_build_bots_are(with_campaign):
    played = with_campaign("mesh")
    reports = played.entity("clients").set_index("client")["telemetry"]
    rows = played.requests.assign(reports=reports.loc[played.requests["client"]].to_numpy())
    assert not rows.loc[rows["abusive"], "reports"].any()
    segment = played.truth.set_index("account")["segment"].astype(str)
    bots = rows[segment.loc[rows["account"]].to_numpy() == "ci-bots"]
    assert bots.groupby("account")["reports"].any().mean() < 0.8


def test_a_ring_is_one_tree(with_campaign):
    played = with_campaign("referral-ring")
    mine = set(own(played))
    invited = played.activity[played.activity["kind"] == "referral"]
    inside = invited[invited["account"].isin(mine)]
    assert set(inside["peer"]) <= mine
    assert len(inside) == len(mine) - 1
    assert (invited["account"] != invited["peer"]).all()
    created = played.accounts.set_index("account")["created"]
    earlier = created.loc[invited["peer"].astype(int)].to_numpy()
    assert (earlier <= created.loc[invited["account"]].to_numpy()).all()
    assert len(invited) > len(inside), "honest people invite each other too"


def test_a_relay_has_many_hours_behind_one_account(with_campaign):
    played = with_campaign("relay")
    rows = played.requests[played.requests["abusive"]]
    per_day = rows.groupby("account").size() / 8
    # Accounts of a pool are not equally good, and some are opened late: they serve little.
    busy = per_day.index[per_day > 60]
    assert len(busy) >= len(per_day) / 3
    hours = rows.groupby("account")["time"].agg(lambda t: t.dt.hour.nunique())
    assert hours.loc[busy].median() == 24


def test_a_content_farm_writes_pages(with_campaign):
    played = with_campaign("content-farm", 0.0)
    rows = played.requests[played.requests["abusive"]]
    assert rows["topic"].isin(["marketing", "writing", "search"]).mean() > 0.6
    served = rows[rows["status"] == 200]
    assert served["output_tokens"].median() > 900


def test_narrow_deep_is_busier_than_it_is_wide(with_campaign):
    deep, wide = with_campaign("narrow-deep"), with_campaign("hydra")
    daily = [
        p.requests[p.requests["abusive"]].groupby("account").size().median() for p in (deep, wide)
    ]
    assert daily[0] > 4 * daily[1]


def test_care_makes_work_look_like_its_neighbours(with_campaign):
    """Input lengths of the content farm, against those of small teams."""

    def distance(care):
        played = with_campaign("content-farm", care)
        segment = played.truth.set_index("account")["segment"].astype(str)
        rows = played.requests
        teams = rows[segment.loc[rows["account"]].to_numpy() == "small-teams"]
        logs = [np.log(part["input_tokens"]) for part in (rows[rows["abusive"]], teams)]
        both = pd.concat(logs).quantile([0.1, 0.3, 0.5, 0.7, 0.9])
        cut = [np.searchsorted(np.sort(part), both) / len(part) for part in logs]
        return np.abs(cut[0] - cut[1]).max()

    assert distance(1.0) < 0.7 * distance(0.0)
