"""Time to detect against Kaplan-Meier tables done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.scoring.metrics.time_to_detect import TimeToDetect, censored_median
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.recording.units import MS_PER_HOUR

MEASURE = TimeToDetect().measure
HOUR = MS_PER_HOUR


def test_median_without_censoring(make_findings):
    # Reviews at 1..4 h, first abuse at 0, 0 and 30 min; flagged at 1 h, 3 h, 4 h: 1, 3, 3.5 h.
    first = [0, 0, HOUR // 2]
    assert MEASURE(make_findings([0, 0, 0], flagged=[0, 2, 3], first_abuse=first)) == [3.0]


def test_an_account_flagged_before_it_abuses_counts_zero(make_findings):
    first = [2 * HOUR, 2 * HOUR, 0]
    assert MEASURE(make_findings([0, 0, 0], flagged=[0, 1, 3], first_abuse=first)) == [0.0]


def test_never_flagged_is_censored_and_not_left_out(make_findings):
    # Flagged at 1 h, 2 h and 3 h of five: survival 4/5, 3/5, 2/5, so 3 h. The median of the
    # three that were flagged would be 2 h.
    flagged = [0, 1, 2, None, None]
    assert MEASURE(make_findings([0] * 5, flagged=flagged, first_abuse=[0] * 5)) == [3.0]


def test_short_watch_leaves_the_risk_set():
    # At 1: 4 at risk, 1 event: 3/4. Censored at 2. At 3: 2 at risk, 1 event: 3/8 <= 1/2.
    time, happened = np.array([3.0, 1.0, 2.0, 9.0]), np.array([True, True, False, False])
    assert censored_median(time, happened) == 3.0


def test_a_time_both_censored_and_happened():
    # Censored at 2 is still at risk at 2: 4 at risk, 2 events: 1/2, and that is the median.
    time, happened = np.array([2.0, 2, 2, 5]), np.array([True, False, True, False])
    assert censored_median(time, happened) == 2.0


def test_exactly_half_is_enough(make_findings):
    findings = make_findings([0, 0], flagged=[1, None], first_abuse=[0, 0])
    assert MEASURE(findings) == [2.0]


def test_over_half_never_flagged(make_findings):
    findings = make_findings([0] * 3, flagged=[0, None, None], first_abuse=[0] * 3)
    with pytest.raises(NotMeasurableError, match="over half"):
        MEASURE(findings)


def test_innocent_flags_and_accounts_that_never_abused_do_not_count(make_findings):
    findings = make_findings([-1, 0, 0], flagged=[0, 0, 3], first_abuse=[-1, -1, 0])
    assert MEASURE(findings) == [4.0]


def test_no_abusive_request(make_findings):
    with pytest.raises(NotMeasurableError, match="no abusive request"):
        MEASURE(make_findings([-1, 0], flagged=[0, 0]))


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.integers(0, 50).map(float), min_size=1, max_size=30))
def test_without_censoring_it_is_the_lower_median(times):
    time = np.array(times)
    assert censored_median(time, np.ones(len(time), bool)) == np.sort(time)[(len(time) - 1) // 2]
