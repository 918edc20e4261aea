"""`check_population` is quiet about good ones and names the rule that a bad one breaks."""

from __future__ import annotations

import random
from typing import ClassVar

import pytest
from pydantic import Field

from shamcrowd.benchmark.world_checks.conformance import population
from shamcrowd.benchmark.world_checks.conformance.population import check_population
from shamcrowd.recording.errors import PluginError
from shamcrowd.simulator.populations.casual import Casual


class Retired(Casual):
    """Older people."""

    example: ClassVar = {"accounts": 60}


def test_one_that_is_in_no_file_passes():
    check_population(Retired)


class Idle(Retired):
    """Has a parameter that does nothing."""

    hats: float = Field(default=0.5, ge=0, le=1, description="Share with a hat. Source: assumed.")


class Unsourced(Retired):
    """Has a parameter from nowhere."""

    hats: float = Field(default=0.5, description="Share with a hat.")


class Careless(Retired):
    """Draws from a global generator."""

    def set_up(self, enrolment, batch):
        super().set_up(enrolment, batch)
        random.random()


class Raising(Retired):
    """Cannot be set up."""

    def set_up(self, enrolment, batch):
        raise ZeroDivisionError("nobody")


@pytest.mark.parametrize(
    ("kind", "rule", "said"),
    [
        (Idle, population.its_parameters_matter, "nothing changes with hats"),
        (Unsourced, population.describes_itself, "`hats` names no source"),
        (Careless, population.is_deterministic, "global generator"),
        (Raising, population.can_be_played, "ZeroDivisionError: nobody"),
    ],
)
def test_names_the_rule(monkeypatch, kind, rule, said):
    """Tried by this rule and those that it needs; a good one is tried by all, above."""
    assert rule in population.RULES
    tried = [one for one in population.RULES if one is rule or one in population.NEEDED]
    monkeypatch.setattr(population, "RULES", tried)
    with pytest.raises(PluginError) as error:
        check_population(kind)
    (fault,) = error.value.faults
    assert fault.what.startswith(f"{rule.__name__}: ")
    assert said in fault.what
    assert "test_population.py:" in fault.place


def test_what_cannot_be_played_is_reported_once():
    with pytest.raises(PluginError, match="nobody; 6 further rules were not tried"):
        check_population(Raising)
