"""Sham accounts found per analyst hour, against queues worked off by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.scoring.checks.check import check_metric
from shamcrowd.benchmark.scoring.labelled_findings import ScoreIncreases
from shamcrowd.benchmark.scoring.metrics.found_per_analyst_hour import FoundPerAnalystHour
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

MEASURE = FoundPerAnalystHour().measure
HONEST = [-1] * 2000
"""So many accounts that a day has two times ten minutes."""


def queue(make_findings, campaigns, clusters=(), hours=(24,), review=0):
    """Accounts of these campaigns (-1: honest) in the order of the queue, and honest ones without
    a score.
    """
    many = len(campaigns)
    place = np.arange(many)
    said = ScoreIncreases(np.full(many, review), place, np.arange(many, 0, -1.0))
    findings = make_findings([*campaigns, *HONEST], hours=hours, increases=said)
    cluster = np.full(many + len(HONEST), -1)
    cluster[: len(clusters)] = clusters
    return replace(findings, cluster=cluster)


def test_one_after_another_takes_ten_minutes_each(make_findings):
    assert MEASURE(queue(make_findings, [0, -1, 0])) == [pytest.approx(60 / 20)]


def test_further_accounts_of_a_proven_cluster_take_two_minutes(make_findings):
    # 10 + 2 + 2 minutes, and ten more for an account of no cluster, begun before the time is up.
    found = queue(make_findings, [0, 0, 0, -1, 0], [7, 7, 7])
    assert MEASURE(found) == [pytest.approx(60 * 3 / 24)]


def test_a_cluster_is_not_proven_by_an_honest_account(make_findings):
    assert MEASURE(queue(make_findings, [-1, 0, 0], [7, 7, 7])) == [pytest.approx(60 / 20)]


def test_those_in_no_cluster_prove_nothing(make_findings):
    assert MEASURE(queue(make_findings, [0, 0, 0], [-1, -1, -1])) == [pytest.approx(60 * 2 / 20)]


def test_each_day_has_its_own_time_and_each_account_its_turn_once(make_findings):
    # Two accounts a day; the fifth is left over.
    found = queue(make_findings, [0, -1, 0, -1, 0], hours=(24, 48))
    assert MEASURE(found) == [pytest.approx(60 * 2 / 40)]


def test_who_judged_nobody(make_findings):
    with pytest.raises(NotMeasurableError, match="judged no account"):
        MEASURE(make_findings([0, -1]))
    with pytest.raises(NotMeasurableError, match="no sham"):
        MEASURE(queue(make_findings, [-1, -1]))


def test_it_keeps_what_it_says_of_itself():
    check_metric(FoundPerAnalystHour)
