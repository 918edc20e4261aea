"""`check_population` is quiet about good ones and names the rule that a bad one breaks."""

from __future__ import annotations

import random
from typing import ClassVar

import pytest
from pydantic import Field

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
        (Idle, "its_parameters_matter", "nothing changes with hats"),
        (Unsourced, "describes_itself", "`hats` names no source"),
        (Careless, "is_deterministic", "global generator"),
        (Raising, "can_be_played", "ZeroDivisionError: nobody; 6 further rules were not tried"),
    ],
)
def test_names_the_rule(kind, rule, said):
    with pytest.raises(PluginError) as error:
        check_population(kind)
    assert rule in str(error.value)
    assert said in str(error.value)
    assert "test_population.py:" in error.value.faults[0].place
