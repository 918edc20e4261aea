"""The review team: whom it looks at, when its verdict is in, and what it can recognise by then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.benchmark.evaluation.labels.review_team import ReviewTeam
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, NEVER

N = 1000
OPENED = np.zeros(N, np.int64)
NOBODY = np.full(N, NEVER)
SURE = ReviewTeam(daily_share=1.0, recall=1.0, wrong=0.0, delay_hours=1e-6)


def verdicts(team, sham_from=NOBODY, noticed=NOBODY, days=2.0):
    return team.verdicts(OPENED, sham_from, noticed, 0, int(days * MS_PER_DAY), 1)


def test_each_is_judged_once():
    place, sham = verdicts(SURE, days=5)
    assert sorted(place.tolist()) == list(range(N))
    assert not sham.any()


def test_what_has_not_begun_when_they_look_is_not_recognised():
    looked = MS_PER_DAY
    sham_from = np.where(np.arange(N) < 500, looked, looked + 1)
    place, sham = verdicts(SURE, sham_from, days=9)
    assert (sham == (place < 500)).all()


def test_a_verdict_takes_its_time():
    team = replace(SURE, delay_hours=24.0)
    # Looked at after a day; after one more, 1 - 1/e of the verdicts are in.
    in_time = len(verdicts(team, days=2)[0])
    assert in_time == pytest.approx(N * (1 - np.exp(-1)), abs=4 * (N * 0.233) ** 0.5)
    assert len(verdicts(team, days=1 + 1 / 24)[0]) < N / 10


@pytest.mark.parametrize("rate", [0.2, 0.62])
def test_it_errs_at_its_rates(rate):
    sham_from = np.zeros(N, np.int64)
    spread = 4 * (N * rate * (1 - rate)) ** 0.5
    assert verdicts(replace(SURE, recall=rate), sham_from)[1].sum() == pytest.approx(
        N * rate, abs=spread
    )
    assert verdicts(replace(SURE, wrong=rate))[1].sum() == pytest.approx(N * rate, abs=spread)


def test_half_of_its_time_goes_to_those_who_were_noticed():
    noticed = np.where(np.arange(N) < 100, 23 * MS_PER_HOUR, NEVER)
    team = replace(SURE, daily_share=0.05)
    place, _ = verdicts(team, noticed=noticed, days=1.5)
    assert len(place) == 50
    assert (place < 100).sum() >= 25
    # What was noticed later than they look does not count.
    late = np.where(np.arange(N) < 100, MS_PER_DAY + 1, NEVER)
    assert (verdicts(team, noticed=late, days=1.5)[0] < 100).sum() < 20
