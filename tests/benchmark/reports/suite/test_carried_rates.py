"""Operating points of one world, applied to the others."""

from __future__ import annotations

import numpy as np

from shamcrowd.benchmark.reports.suite.carried_rates import rates
from shamcrowd.benchmark.reports.suite.costs import Cost
from shamcrowd.benchmark.reports.suite.markdown import board_page


def test_by_hand():
    of = {"a": np.array([1.0, 2.0, 3.0, 4.0]), "b": np.array([10.0, 20.0])}
    found = rates(of, {"a": 3.0, "b": np.inf})
    # a in a: 1 of 4, b in b: none; a in b: both, b in a: none.
    assert found.own == (0.0, 0.125, 0.25)
    assert found.others == (0.0, 0.5, 1.0)
    assert rates({"a": of["a"]}, {"a": 3.0}).others is None


def test_the_page_has_a_table(make_suite):
    found = {"linker": rates({"a": np.arange(100.0), "b": np.arange(50.0)}, {"a": 98.0, "b": 40.0})}
    page = board_page(make_suite(), Cost(0.0, 0, 0.0), "", found)
    assert "## Alert rates on other worlds" in page
    assert "| linker | 1 % / 9.5 % / 18 % | 0 % / 30 % / 59 % |" in page
    assert "Alert rates" not in board_page(make_suite(), Cost(0.0, 0, 0.0))
