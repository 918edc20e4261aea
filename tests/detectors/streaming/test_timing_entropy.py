"""A clock has the highest score, gaps all over a low one, and few gaps none."""

import numpy as np
import pytest

from shamcrowd.detectors.streaming.timing_entropy import BINS, ENOUGH, TimingEntropy
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY

SECOND = 1000


@pytest.fixture
def two(changed):
    """Requests of two accounts at given moments after the start."""

    def make(clock, other):
        log = sample_log()
        pair = log.tables["accounts"].sort_by("created")["account"].to_pylist()[:2]
        time = np.concatenate([clock, other])
        whose = np.repeat(pair, [len(clock), len(other)])
        order = np.argsort(time, kind="stable")
        tables = {**log.tables, "requests": log.tables["requests"].slice(0, len(time))}
        log = type(log)(tables, log.start, log.crowd)
        assert len(time) == log.tables["requests"].num_rows
        moments = log.start + 2 * MS_PER_DAY + time[order]
        return changed(log, requests={"time": moments, "account": whose[order]}), pair

    return make


def test_a_clock_against_a_lottery(two, scores_at):
    rng = np.random.default_rng(1)
    lottery = np.cumsum(SECOND * np.exp(rng.normal(3, 2, 200))).astype(np.int64)
    lottery = lottery[lottery < 0.9 * MS_PER_DAY]
    log, (clock, other) = two(np.arange(300) * 60 * SECOND, lottery)
    scores = scores_at(TimingEntropy, log, 3 * MS_PER_DAY)
    assert scores[clock] == pytest.approx(np.log2(BINS)), "entropy of a clock is 0"
    assert 0 < scores[other] < scores[clock] - 3


def test_few_gaps_say_nothing(two, scores_at):
    log, (short, enough) = two(np.arange(ENOUGH) * SECOND, np.arange(ENOUGH + 1) * SECOND)
    scores = scores_at(TimingEntropy, log, 3 * MS_PER_DAY)
    assert scores[short] == 0 < scores[enough]


def test_a_gap_between_reviews_counts(two, scores_at):
    log, _ = two(np.arange(120) * 600 * SECOND, np.arange(90) * 500 * SECOND)
    day = 2 * MS_PER_DAY
    parts = scores_at(TimingEntropy, log, *range(day, day + MS_PER_DAY, 1800 * SECOND))
    assert parts == scores_at(TimingEntropy, log, day + MS_PER_DAY - 1800 * SECOND)
