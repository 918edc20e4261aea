"""W as published, the distances against a plain loop, and why it fails."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.extraction.prada import BEFORE, BITS, Prada, normality
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView

LOG = sample_log(accounts=12, days=4)
END = LOG.start + 4 * MS_PER_DAY


def counts(values):
    return np.bincount(np.clip(np.rint(values), 0, BITS).astype(int), minlength=BITS + 1)


def test_w_of_a_normal_curve_and_of_two_heaps():
    """The published vector: about 0.997 for a normal curve, 0.698 for two heaps."""
    rng = np.random.default_rng(0)
    normal = rng.normal(32, 9, 500)
    heaps = np.concatenate([rng.normal(8, 1.5, 250), rng.normal(56, 1.5, 250)])
    assert normality(counts(normal)) == pytest.approx(0.997, abs=0.006)
    assert normality(counts(heaps)) == pytest.approx(0.698, abs=0.03)
    assert normality(counts(np.full(200, 7))) == 0


def test_more_values_have_the_same_w():
    few = counts(np.random.default_rng(1).normal(30, 6, 2000))
    assert normality(few * 50) == pytest.approx(normality(few), abs=0.005)


def counted(moments):
    detector, since = Prada(), EARLIEST
    for now in moments:
        detector.review(LogView(LOG, now, since))
        since = now
    return dict(zip(detector._index.ids.tolist(), detector._count.tolist(), strict=True))


def test_distances_are_those_of_a_plain_loop():
    rows = LOG.tables["requests"].to_pandas()
    found = counted([END])
    for account, own in rows.groupby("account"):
        sketch = [int(s) for s in own["sketch"]]
        expected = [0] * (BITS + 1)
        for i in range(1, len(sketch)):
            before = sketch[max(i - BEFORE, 0) : i]
            expected[min((sketch[i] ^ s).bit_count() for s in before)] += 1
        assert found[account] == expected


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(st.integers(LOG.start, END), max_size=5))
def test_any_reviews_give_the_same_distances(moments):
    assert counted([*sorted(moments), END]) == counted([END])


def test_a_person_in_conversations_raises_the_paper_s_alarm(changed):
    """Why it fails: prompts near one another inside a conversation and far between them."""
    log = sample_log(accounts=4, days=12)
    rng = np.random.default_rng(2)
    size = log.tables["requests"].num_rows
    near = rng.random(size) < 0.5
    talk = rng.integers(2**64, size=4, dtype=np.uint64)
    fresh = rng.integers(2**64, size=size, dtype=np.uint64)
    bit = np.uint64(1) << rng.integers(64, size=size).astype(np.uint64)
    log = changed(log, requests={"sketch": np.where(near, talk[0] ^ bit, fresh)})
    found = Prada().review(LogView(log, log.start + 12 * MS_PER_DAY))
    assert (found.score > 0.1).any()


def test_nothing_is_said_of_few_queries():
    found = Prada().review(LogView(LOG, LOG.start + MS_PER_DAY))
    assert not found.score.any()
