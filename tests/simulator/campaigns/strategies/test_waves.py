"""Answers to waves: a pause and another client; a few accounts first and the rest later."""

import pandas as pd

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.campaigns.strategies import sacrificial, wave_aware
from tests.simulator.campaigns.strategies.reviewers import Culling, accounts, phases

FRESH = "campaigns.hydra.evasion.ageing=0"


def lost(run):
    steps = run.responses.query("action == 'suspension' and campaign == 'hydra'")
    return steps.loc[steps["cause"] == "alert", "time"]


def test_a_wave_is_counted_within_any_one_hour():
    times = [0, MS_PER_HOUR - 1, MS_PER_HOUR, 5 * MS_PER_HOUR]
    assert wave_aware.largest_wave(times) == 2
    assert wave_aware.largest_wave([*times, 2 * MS_PER_HOUR - 2]) == 3
    assert wave_aware.largest_wave(times[::-1]) == 2


def test_after_a_wave_nothing_is_sent_for_two_days_and_the_client_changes(hydra):
    run, usual = (hydra(s, Culling(0.3), FRESH) for s in ("wave-aware", "whack-a-mole"))
    first = lost(run).min()
    kinds = phases(run.folder)
    begun = kinds[kinds["time"] >= first]["phase"]
    assert {"rotate client", "wait"} <= set(begun)
    assert not begun.str.startswith("rotate ").drop(begun[begun == "rotate client"].index).any()
    waited = kinds.loc[kinds["phase"] == "wait", "time"].iloc[0]

    def asked(of):
        own = accounts(of.folder, "hydra")["account"]
        rows = of.rows("requests", ["account", "time"])
        times = rows.loc[rows["account"].isin(own), "time"]
        # Conversations that were under way go on for a little.
        quiet = (times > waited + pd.Timedelta("3h")) & (times < waited + pd.Timedelta("47h"))
        return quiet.sum()

    assert asked(run) < 0.05 * asked(usual)
    # It returns: every further review would be a wave, so that it waits for the rest otherwise.
    own = accounts(run.folder, "hydra")
    new = own[own["sham_from"] > waited]
    assert len(new) > 3
    assert (new["sham_from"] - waited).min() >= pd.Timedelta("1h")


def test_single_losses_are_no_wave(hydra):
    few = hydra("wave-aware", Culling(0.01), FRESH)
    assert 0 < len(lost(few)) < 15
    kinds = set(phases(few.folder)["phase"])
    assert "wait" not in kinds
    assert len(accounts(few.folder, "hydra")) > 300


def test_a_test_of_two_comes_before_the_rest(hydra):
    """A third is shut, whatever it changes: so it goes from one suspect to the next."""
    run, usual = (hydra(s, Culling(0.3), FRESH) for s in ("sacrificial", "whack-a-mole"))
    kinds = phases(run.folder)
    rotated = kinds.loc[kinds["phase"].str.startswith("rotate"), ["phase", "time"]]
    order = [f"rotate {kind}" for kind in sacrificial.SUSPECTS]
    assert rotated["phase"].tolist()[: len(order)] == order[: len(rotated)]
    first = rotated["time"].iloc[0]
    assert first >= lost(run).min()
    opened = [
        ((own["sham_from"] > first) & (own["sham_from"] < first + pd.Timedelta("40h"))).sum()
        for own in (accounts(of.folder, "hydra") for of in (run, usual))
    ]
    # Those that a script has scheduled come as well, the same in both.
    assert opened[0] < 0.5 * opened[1]


def test_the_rest_follows_a_test_that_lives(hydra):
    """Only the accounts of one review are shut; without random challenges, none besides."""

    class Once(Culling):
        def __call__(self, log):
            found = super().__call__(log)
            return found if self.asked == self.first + 1 else type(found).none()

    run = hydra("sacrificial", Once(0.5), FRESH, "platform.challenge_rate=0")
    gone = len(lost(run))
    own = accounts(run.folder, "hydra")
    kinds = phases(run.folder)
    assert (kinds["phase"] == "rotate client").sum() == 1
    assert "rotate address" not in set(kinds["phase"])
    tested = kinds.loc[kinds["phase"] == "rotate client", "time"].iloc[0]
    later = own["sham_from"] > tested + pd.Timedelta("48h")
    assert gone > 30
    assert later.sum() > 0.8 * gone
