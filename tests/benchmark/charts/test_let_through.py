"""The chart draws the curve that it is given."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from shamcrowd.benchmark.charts.let_through import BOTTOM, HEIGHT, TOP, let_through


def test_levels(scores):
    outcome = scores.detectors[0].campaigns[0]
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


def test_nothing_drawn(scores):
    idle = replace(scores.detectors[0].campaigns[0], curve=((1.0, 0.0, 0, 0),))
    assert "drew nothing" in let_through(idle, "linker")
