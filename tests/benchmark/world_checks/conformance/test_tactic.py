"""`check_tactic` is quiet about good ones and names the rule that a bad one breaks."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.conformance import tactic
from shamcrowd.benchmark.world_checks.conformance.small_world import TacticTrial
from shamcrowd.benchmark.world_checks.conformance.tactic import check_tactic, its_work_is_abusive
from shamcrowd.recording.errors import PluginError
from shamcrowd.simulator.campaigns.tactics.hydra import Hydra
from shamcrowd.simulator.campaigns.tactics.sms_pumping import SmsPumping
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.registry import tactics


class SlowHydra(Hydra):
    """A tactic that is in no file of ours."""

    example: ClassVar = {"accounts": 20, "exchanges": 1500}


def test_one_that_is_in_no_file_passes():
    check_tactic(SlowHydra)
    assert "slow-hydra" not in tactics()


class Nobody(SlowHydra):
    """Looks like people who are not there."""

    looks_like = "nobody"


class Idle(SlowHydra):
    """Opens no account."""

    def run(self, campaign):
        campaign.retire()
        yield from campaign.next_slice()


class Drawing(SlowHydra):
    """Draws from a generator of its own."""

    def open_more(self, campaign, rng, moments):
        super().open_more(campaign, np.random.default_rng(), moments)


class Misspelled(SlowHydra):
    """Looks like a population whose name is misspelled."""

    looks_like = "casul"


class Stumbling(SlowHydra):
    """Cannot be played."""

    def open_more(self, campaign, rng, moments):
        raise ZeroDivisionError("no account")


class Harmless(SlowHydra):
    """Does nothing abusive."""

    def usage_profiles(self):
        return (CHAT, CHAT)


class Pumping(SmsPumping):
    """Makes no requests, so that none needs to be abusive."""


def test_a_tactic_that_makes_no_requests_needs_no_abusive_one():
    assert its_work_is_abusive(TacticTrial(Pumping, "pumping")) == ""


def test_what_cannot_be_played_is_reported_once():
    with pytest.raises(PluginError) as error:
        check_tactic(Stumbling)
    (fault,) = error.value.faults
    assert fault.what.startswith("can_be_played: tactic stumbling failed in run(): ZeroDivision")
    assert fault.what.endswith("; 8 further rules were not tried")
    assert 'raise ZeroDivisionError("no account")' in fault.excerpt


@pytest.mark.parametrize(
    ("kind", "rule", "said"),
    [
        (Nobody, tactic.looks_like_somebody, "`looks_like` is 'nobody'"),
        (Misspelled, tactic.looks_like_somebody, "did you mean 'casual'?"),
        (Harmless, tactic.its_work_is_abusive, "no usage profile has `abusive=True`"),
        (Idle, tactic.is_valid, "campaign: accounts: 0 of 20"),
        (Drawing, tactic.is_deterministic, "two plays with one seed differ"),
    ],
)
def test_names_the_rule(monkeypatch, kind, rule, said):
    """Tried by this rule and those that it needs; a good one is tried by all, above."""
    assert rule in tactic.RULES
    tried = [one for one in tactic.RULES if one is rule or one in tactic.NEEDED]
    monkeypatch.setattr(tactic, "RULES", tried)
    with pytest.raises(PluginError) as error:
        check_tactic(kind)
    (fault,) = error.value.faults
    assert fault.what.startswith(f"{rule.__name__}: ")
    assert said in fault.what
    assert "test_tactic.py:" in fault.place
