"""The reliability curve as it is drawn."""

from __future__ import annotations

import re

from shamcrowd.benchmark.charts.reliability import FLOOR, LEFT, TOP, reliability_curve
from shamcrowd.benchmark.scoring.scores import ReliabilityBin


def dots(picture):
    found = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', picture)
    return [tuple(map(float, one)) for one in found]


def test_right_probabilities_lie_on_the_diagonal_and_none_found_on_the_floor():
    bins = [
        ReliabilityBin(0.0, 0.001, 4000, 0.0005, 2),
        ReliabilityBin(0.03, 0.1, 1000, 0.05, 0),
        ReliabilityBin(0.9, 1.0, 10, 1.0, 10),
    ]
    picture = reliability_curve("<mine>", bins)
    right, none, sure = dots(picture)
    across, up = (right[0] - LEFT) / (sure[0] - LEFT), (FLOOR - right[1]) / (FLOOR - TOP)
    assert abs(across - up) < 0.01
    assert none[1] == FLOOR
    assert sure[1] == TOP
    assert right[2] == 7.0
    assert right[2] > none[2] > sure[2]
    assert "1,000 accounts given 5.00% on average: 0.00% sham" in picture
    assert "&lt;mine&gt;" in picture
    assert "<mine>" not in picture
