"""Charts show what they are given, whatever its size."""

from __future__ import annotations

import re

import numpy as np
import pytest

from shamcrowd.benchmark.charts.busyness import busyness_chart
from shamcrowd.benchmark.charts.canvas import RIGHT, WIDTH, cut
from shamcrowd.benchmark.charts.hours import LEFT, Phase, TimeAxis, hours_chart
from shamcrowd.benchmark.charts.sharing import sharing_chart
from shamcrowd.benchmark.charts.strips import strips_chart
from shamcrowd.recording.units import MS_PER_HOUR


def numbers(svg, kind):
    """x and y of every path of a class."""
    paths = re.findall(rf'<path class="{kind}" d="([^"]+)"', svg)
    return [np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", p), float) for p in paths]


@pytest.mark.parametrize("hours", [1, 6, 24 * 14, 24 * 366])
def test_a_curve_of_any_length_is_small_and_inside(hours):
    axis = TimeAxis(0, hours * MS_PER_HOUR)
    svg = hours_chart("all", [("honest", np.arange(hours))], axis)
    (path,) = numbers(svg, "honest")
    assert path[:, 0].min() == LEFT
    assert path[:, 0].max() == RIGHT
    assert len(svg) < 20_000
    assert f"{hours * (hours - 1) // 2:,} requests" in svg
    assert 1 < len(axis.marks) <= 6


def test_the_lower_part_lies_over_the_whole():
    low, high = np.array([10, 0]), np.array([10, 20])
    svg = hours_chart("all", [("sham", high), ("honest", low)], TimeAxis(0, 2 * MS_PER_HOUR))
    (sham,), (honest,) = numbers(svg, "sham"), numbers(svg, "honest")
    assert svg.index('"sham"') < svg.index('"honest"')
    for path, heights in ((sham, [20, 20]), (honest, [10, 0])):
        shown = path[0, 1] - path[1:-1:2, 1]
        assert shown / (sham[0, 1] - sham[1, 1]) * 20 == pytest.approx(heights)


def test_phases_stand_at_their_moment_and_are_told():
    phases = [Phase("recruit", 0, 3), Phase("replace", MS_PER_HOUR, 1), Phase("replace", 2, 1)]
    svg = hours_chart("c", [("sham", np.ones(2, int))], TimeAxis(0, 2 * MS_PER_HOUR), phases)
    assert svg.count('class="phase"') == 3
    assert f'cx="{(LEFT + RIGHT) / 2:.1f}"' in svg
    assert "recruit 1 January 00:00, replace 1 January 01:00, 2 times from then on" in svg


def test_every_account_day_is_in_the_histogram():
    """The areas under both outlines are shares: they add up to one each, whatever the scale."""
    own, others = np.array([1, 2, 2, 70]), np.array([1, 1, 5, 4000])
    svg = busyness_chart("c", own, others)
    for kind in ("sham see-through", "honest see-through"):
        (path,) = numbers(svg, kind)
        floor = path[0, 1]
        heights = floor - path[1:-1:2, 1]
        assert heights.sum() / heights.max() == pytest.approx(2, abs=0.01)


def test_shares_fall_from_all_to_none():
    svg = sharing_chart("cards", [("legitimate accounts", False, np.array([1, 1, 2, 8]))])
    path = np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", svg.split('curve" d="')[1]), float)
    heights = path[:, 1].max() - path[:, 1]
    shares = (heights / heights.max()).round(2)
    assert shares.tolist() == [1, 1, 0.5, 0.5, 0.25, 0.25, 0]
    assert (np.diff(path[:, 0]) >= 0).all()


def test_groups_without_requests_have_no_strip():
    svg = strips_chart([("busy", False, np.array([3])), ("idle", False, np.empty(0, np.int64))])
    assert "busy" in svg
    assert "idle" not in svg


def test_long_names_are_cut():
    assert len(cut("x" * 100)) == 44
    svg = strips_chart([("x" * 100, True, np.array([1, 2]))])
    assert "x" * 44 not in svg.split("</desc>")[1]
    assert WIDTH == 360
