"""A blend of two usage profiles lies between them, and reaches the second one."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.simulator.campaigns.evasion import Evasion
from shamcrowd.simulator.campaigns.tactics.hydra import HARVEST
from shamcrowd.simulator.populations.batch import JOB
from shamcrowd.simulator.populations.casual import CHAT
from shamcrowd.simulator.traffic.blend import blend
from shamcrowd.simulator.traffic.usage_profile import Lognormal

PURPOSE = {
    "topics",
    "favourite_share",
    "models",
    "endpoint",
    "abusive",
    "clock_period",
    "clock_jitter",
}


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_asked_for_stays(timing, content):
    mixed = blend(HARVEST, JOB, timing, content)
    for name in PURPOSE:
        assert getattr(mixed, name) == getattr(HARVEST, name)


def test_all_the_way():
    mixed = blend(HARVEST, CHAT, 1.0, 1.0)
    for field in fields(mixed):
        if field.name not in PURPOSE | {"hours"}:
            assert getattr(mixed, field.name) == getattr(CHAT, field.name), field.name
    assert mixed.hours == CHAT.hours


@given(st.floats(0.01, 0.99))
def test_medians_lie_between(share):
    mixed = blend(HARVEST, CHAT, share, share)
    for name in ("requests", "gap", "pause", "prompt", "answer"):
        ends = sorted((getattr(HARVEST, name).median, getattr(CHAT, name).median))
        value = getattr(mixed, name)
        assert isinstance(value, Lognormal)
        assert ends[0] * 0.999 <= value.median <= ends[1] * 1.001
    assert all(weight >= 0 for weight in mixed.hours)
    assert sum(mixed.hours) == pytest.approx(10_000, abs=24)


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_care_is_nearer(one, other):
    less, more = sorted((one, other))
    gaps = [
        abs(Evasion(pacing=care).disguised(HARVEST, CHAT).turns - CHAT.turns)
        for care in (less, more)
    ]
    assert gaps[0] >= gaps[1] - 1e-9
