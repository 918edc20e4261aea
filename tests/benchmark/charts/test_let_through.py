"""The chart draws the curve that it is given."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from shamcrowd.benchmark.charts.let_through import BOTTOM, HEIGHT, TOP, let_through
from shamcrowd.benchmark.scoring.scores import CampaignOutcome


@pytest.fixture
def outcome():
    """Four days, 1,000 tokens, 400 of them let through, 6 of 10 accounts flagged."""
    curve = tuple((24.0 * d, 0.6 * d / 4, 250 * d, 250 * d - 600 * d // 4) for d in range(1, 5))
    return CampaignOutcome(1, "wide-crowd", "hydra", 10, 6, 40, 1000, 600, 4.0, None, curve)


def test_levels(outcome):
    svg = ElementTree.fromstring(let_through(outcome, "linker"))
    paths = {p.get("class"): p.get("d") for p in svg.iter("path")}
    assert set(paths) == {"drawn", "through", "flagged"}

    def top(name):
        return min(float(y) for y in re.findall(r" (-?[\d.]+)", paths[name]))

    plot = HEIGHT - TOP - BOTTOM
    assert top("drawn") == TOP
    assert abs(top("through") - (TOP + plot * 0.6)) < 0.1
    assert abs(top("flagged") - (TOP + plot * 0.4)) < 0.1
    assert "40% of the tokens let through" in svg.get("aria-label")


def test_nothing_drawn(outcome):
    idle = replace(outcome, curve=((1.0, 0.0, 0, 0),))
    assert "used no tokens" in let_through(idle, "linker")
