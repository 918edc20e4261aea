"""A campaign that imitates a population looks like it as far as its mimicry goes."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.recordings import recorded


def own(played, persona=None):
    truth = played.truth
    which = truth["campaign"] == "c" if persona is None else truth["segment"] == persona
    return truth.loc[which, "account"]


def kinds(played, accounts):
    """Share of each kind of address in the requests of some accounts."""
    rows = played.requests[played.requests["account"].isin(accounts)]
    kind = played.entity("addresses").set_index("address")["kind"].astype(str)
    return kind.loc[rows["address"]].value_counts(normalize=True)


def test_they_come_from_where_the_honest_ones_come_from(with_campaign):
    farm, half, whole = (with_campaign("mesh", 1.0, m) for m in (0.0, 0.5, 1.0))
    hosted = [kinds(p, own(p)).get("hosting", 0.0) for p in (farm, half, whole)]
    # Some bots run in offices and at home, in a small world perhaps none.
    assert 0.6 < kinds(whole, own(whole, "ci-bots")).get("hosting") <= 1.0
    assert hosted[0] < 0.5
    assert hosted[0] < hosted[1] < 0.95
    assert 0.6 < hosted[2] < 1.0


def test_they_use_runners_that_strangers_use(with_campaign):
    def borrowed(played):
        ours = played.requests["account"].isin(own(played))
        used = played.requests.loc[ours, "address"].unique()
        kind = played.entity("addresses").set_index("address")["kind"].astype(str)
        used = used[(kind.loc[used] == "hosting").to_numpy()]
        return np.isin(used, played.requests.loc[~ours, "address"].unique()).mean()

    assert borrowed(with_campaign("mesh", 1.0, 1.0)) > 0.2
    assert borrowed(with_campaign("mesh", 0.3)) == 0


def test_some_came_before_the_recording_as_residents_did(with_campaign):
    played = with_campaign("narrow-deep", 1.0, 0.7)
    created = played.accounts.set_index("account")["created"]
    start = pd.Timestamp(played.manifest.start, unit="ms", tz="UTC")
    before = (created.loc[own(played)] < start).mean()
    assert 0.3 < before < 0.8
    plain = with_campaign("narrow-deep", 1.0)
    assert (plain.accounts.set_index("account")["created"].loc[own(plain)] >= start).all()


def test_work_and_cover_come_from_one_pair_of_hands(with_campaign):
    played = with_campaign("narrow-deep", 1.0, 1.0)
    rows = played.requests[played.requests["account"].isin(own(played))]
    work = rows[rows["abusive"]].groupby("account")["client"].agg(set)
    cover = rows[~rows["abusive"]].groupby("account")["client"].agg(set)
    both = work.index.intersection(cover.index)
    assert len(both) >= 4
    assert (work[both] == cover[both]).all()


def test_nobody_does_more_than_the_impostors(campaign_settings, read_recording):
    """Those who keep to the farm's ways, which are busier, are held back."""
    settings = [*campaign_settings("narrow-deep", 1.0, 0.5), "campaigns.c.spares=0.12"]
    played = read_recording(recorded("confounders-v2", 3, settings=settings))
    rows = played.requests["account"].value_counts().reindex(own(played)).dropna()
    # Measured: 4.4; 8.0 where they are not held back.
    assert rows.max() < 6 * rows.median()


def test_without_mimicry_a_guise_is_nothing(campaign_settings):
    plain = campaign_settings("hydra", 0.5)
    named = [*plain, "campaigns.c.imitates=casual"]
    prints = []
    for settings in (plain, named):
        folder = recorded("confounders-v2", 3, scale=0.3, settings=settings)
        table = pq.read_table(folder / "accounts.parquet").to_pandas()
        prints.append(pd.util.hash_pandas_object(table.astype(str)).sum())
    assert prints[0] == prints[1]


@pytest.mark.parametrize("asked", [400, 5000])
def test_a_small_campaign_makes_what_it_was_asked_for(campaign_settings, read_recording, asked):
    crew = f"tactic: hydra, accounts: 12, exchanges: {asked}, start: 1d, duration: 6d"
    settings = [*campaign_settings(None), f"campaigns={{c: {{{crew}}}}}"]
    played = read_recording(recorded("confounders-v2", 5, settings=settings))
    made = played.requests["account"].isin(own(played)).sum()
    assert 0.95 * asked <= made <= 1.04 * asked
