"""Accounts of a mixed pool live for hours, or for weeks and months, under `standard`."""

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.closed_loop.figures.long_lives import LONG
from shamcrowd.benchmark.closed_loop.figures.short_lives import SHORT
from shamcrowd.benchmark.closed_loop.reading import LoopRecording
from tests.recordings import recorded
from tests.simulator.campaigns.strategies.reviewers import SharedDevice

WORKS = (
    "tactic: relay, accounts: 60, exchanges: 3000, customers: 20, start: 0d, duration: 13d, "
    "spares: 0.1, strategy: whack-a-mole"
)
KNOBS = "evasion: {rotation: 0.7, camouflage: 0.6, paraphrase: 0.6, pacing: 0.6, ageing: 0.5}"
POOL = (
    f"campaigns={{new: {{{WORKS}, stock: 0.0, kits: {{server-rack: 1}}, {KNOBS}}}, "
    f"aged: {{{WORKS}, stock: 0.9, kits: {{antidetect: 1}}, {KNOBS}}}}}"
)
"""One reseller's pool: new accounts of a rack with shared prepaid cards, and aged ones with cards
and browsers of their own."""


@pytest.fixture(scope="module")
def lives():
    """Hours that each account of the pool lived, by campaign, and whether it was suspended.

    The platform notices browsers that several accounts signed up with, and nothing else.
    """
    folder = recorded("quickstart-v2", 1, scale=0.5, settings=["response=standard", POOL],
                      reviewer=SharedDevice(4))  # fmt: skip
    loop = LoopRecording(folder)
    steps = loop.responses[
        (loop.responses["cause"] == "alert") & loop.responses["campaign"].notna()
    ]
    lost = steps[steps["action"] == "suspension"].drop_duplicates("account")
    ended = pd.Series(loop.lives(lost), index=lost["account"].to_numpy())
    whole = (loop.end - np.maximum(loop.created, loop.since)) / 3_600_000
    hours = pd.Series(whole, index=loop.account)
    hours.update(ended)
    found = pd.DataFrame({"hours": hours, "campaign": loop.campaign, "lost": hours.index.isin(
        ended.index)})  # fmt: skip
    return found.dropna(subset="campaign")


def test_lifetimes_have_two_modes(lives):
    # Whose life at the recording's end is shorter than a week says nothing of its length.
    known = lives[lives["lost"] | (lives["hours"] >= LONG)]["hours"]
    assert len(known) > 30
    short, long_ = (known <= SHORT).mean(), (known >= LONG).mean()
    assert short > 0.15
    assert long_ > 0.4
    # Between them lie two days to a week, with fewer accounts for each hour than in the first mode.
    between = 1 - short - long_
    assert between < short
    assert between / (LONG - SHORT) < short / SHORT / 2


def test_the_first_mode_is_of_the_new_ones_and_the_second_of_the_aged(lives):
    """Reported: two hours to two days; weeks and months, one "half a year alive"."""
    new, aged = (lives[lives["campaign"] == name] for name in ("new", "aged"))
    lost = new.loc[new["lost"], "hours"]
    assert 2 <= lost.median() <= SHORT
    assert aged["hours"].median() >= 2 * LONG
    assert aged["hours"].quantile(0.9) >= 30 * 24
    short = lives[lives["lost"] & (lives["hours"] <= SHORT)]
    assert (short["campaign"] == "new").mean() > 0.8
