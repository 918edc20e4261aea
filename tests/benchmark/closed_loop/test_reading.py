"""Totals of a closed loop against sums computed independently from the raw tables."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.closed_loop.lags import lags
from shamcrowd.benchmark.closed_loop.reading import (
    LoopRecording,
    attack_and_defence,
    timeline,
    undefended,
)
from shamcrowd.recording.truth import Truth

TAKES = {"shared-resources": [True, True], "oracle": [True, True]}
"""Closed loops, and whether farm and hydra take anything there."""


@pytest.fixture(scope="module", params=TAKES)
def both(instant, request):
    """The open loop, and a closed one, on seed 1."""
    folder, _ = instant
    closed = folder / f"loop/instant/{request.param}/seed-1"
    return LoopRecording(folder / "recordings/seed-1"), LoopRecording(closed)


@pytest.fixture(scope="module")
def abuse(both):
    """All served abusive requests of the closed loop, with their campaign."""
    truth = Truth(both[1].folder)
    parts = []
    for path, flags in truth.request_files():
        rows = pq.read_table(path, partitioning=None).to_pandas()
        rows["abusive"] = pq.read_table(flags, partitioning=None)["abusive"].to_numpy()
        parts.append(rows)
    rows = pd.concat(parts)
    rows = rows[rows["abusive"] & (rows["status"] == 200)]
    about = truth.accounts().set_index("account")
    rows["campaign"] = about.loc[rows["account"], "campaign"].astype(str).to_numpy()
    rows["tokens"] = rows["input_tokens"].astype(int) + rows["output_tokens"].astype(int)
    return rows


def test_tokens_and_what_they_are_worth(both, abuse):
    totals = attack_and_defence(both[1], undefended(both[0]))
    models = both[1].manifest.resolved["platform"]["models"]
    assert [attack.tokens > 0 for attack in totals.attacks] == TAKES[both[1].folder.parent.name]
    for attack in totals.attacks:
        own = abuse[abuse["campaign"] == attack.name]
        assert attack.tokens == own["tokens"].sum()
        worth = sum(
            models[m]["input_price"] * (i - c)
            + models[m]["cached_price"] * c
            + models[m]["output_price"] * o
            for m, i, c, o in own[
                ["model", "input_tokens", "cached_tokens", "output_tokens"]
            ].itertuples(index=False)
        )
        assert attack.list_dollars == pytest.approx(worth / 1e6)
        assert attack.tokens_undefended == both[0].tokens[attack.name]


def test_contacts_and_losses(both, abuse):
    responses = Truth(both[1].folder).responses()
    totals = attack_and_defence(both[1], undefended(both[0]))
    bans = responses[(responses["action"] == "suspension") & (responses["cause"] == "alert")]
    for attack in totals.attacks:
        own, hit = abuse[abuse["campaign"] == attack.name], bans[bans["campaign"] == attack.name]
        assert attack.burned == hit["account"].nunique() > 0
        assert attack.tokens_before == own[own["time"] < hit["time"].min()]["tokens"].sum()
        assert attack.tokens_after == own[own["time"] > hit["time"].max()]["tokens"].sum()
        assert attack.tokens_before + attack.tokens_after <= attack.tokens
    wrong = bans[bans["campaign"].isna()]
    assert sum(totals.defence.banned.values()) == wrong["account"].nunique()
    # `instant` knows no appeals: nobody comes back.
    assert all(r.never for r in totals.defence.restored)
    assert len(totals.defence.restored) == wrong["account"].nunique()


def test_the_wallets(both):
    paid = Truth(both[1].folder).wallets()
    for attack in attack_and_defence(both[1], undefended(both[0])).attacks:
        own = paid[paid["campaign"] == attack.name]["dollars"]
        assert attack.spent - attack.earned == pytest.approx(own.sum())
        assert attack.spent == pytest.approx(own[own > 0].sum())


def test_nothing_is_lost_to_the_open_loop_itself(both):
    totals = attack_and_defence(both[0], undefended(both[0]))
    assert totals.defence.revenue == totals.defence.revenue_undefended > 0
    assert sum(totals.defence.banned.values()) == 0
    assert all(a.tokens == a.tokens_undefended == a.tokens_before for a in totals.attacks)


def test_the_timeline_holds_it_all(both):
    line, totals = timeline(both[1]), attack_and_defence(both[1], undefended(both[0]))
    for track, attack in zip(line.tracks, totals.attacks, strict=True):
        assert sum(track.tokens) == attack.tokens
        assert sum(track.joined) == attack.accounts
        assert sum(track.banned) >= attack.burned
        assert len(track.tokens) == 14 * 24
    assert len(line.reviews) == 28


def test_lags_are_never_negative_and_no_sign_up_counts_twice():
    rng = np.random.default_rng(3)
    for _ in range(50):
        losses, ups = (rng.integers(0, 100, rng.integers(0, 20)).tolist() for _ in range(2))
        found = lags(losses, ups)
        assert all(lag > 0 for lag in found)
        assert len(found) <= min(len(losses), len(ups))
