"""Answers take as long as models take to write them."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR
from shamcrowd.simulator.core.streams import Streams, bits
from shamcrowd.simulator.traffic.answer_times import SPEEDS, WAITS, AnswerTimes
from shamcrowd.simulator.traffic.profile_tables import SLOTS
from shamcrowd.simulator.traffic.usage_profile import CHAT, EMBEDDINGS

MANY = 20_000


def both(model, endpoint, inputs, outputs, busy=(1, 1)):
    """Times until the first token, and until the end."""
    words = bits(Streams(1)("answers"), MANY)
    return AnswerTimes(3)(
        np.full(MANY, model, np.int8), np.full(MANY, endpoint, np.int8),
        (words & np.uint64(SLOTS - 1)).astype(np.int64), np.arange(MANY),
        np.full(MANY, inputs, np.float32), np.full(MANY, outputs, np.float32),
        (np.full(MANY, busy[0], np.float32), np.full(MANY, busy[1], np.float32)),
        (words >> np.uint64(20)).astype(np.int64) & (SLOTS - 1),
    )  # fmt: skip


def times(*asked):
    return both(*asked)[1]


@pytest.mark.parametrize(("model", "end"), [(0, 0), (2, 1)])
def test_speed_and_wait_of_the_cheapest_and_the_dearest_model(model, end):
    nothing, long = times(model, CHAT, 0, 0), times(model, CHAT, 0, 10_000)
    assert np.median(nothing) == pytest.approx(WAITS[end], rel=0.03)
    assert np.median(long) == pytest.approx(WAITS[end] + 1e7 / SPEEDS[end], rel=0.03)
    assert np.log(nothing).std() == pytest.approx(0.4, abs=0.02)
    assert np.log(long).std() == pytest.approx(0.4, abs=0.02)


def test_long_prompts_and_embeddings():
    assert np.median(times(1, CHAT, 100_000, 0)) > 4000
    assert np.median(times(1, EMBEDDINGS, 500, 0)) < 400


def test_the_first_token_comes_after_the_prompt_and_before_the_rest():
    first, end = both(1, CHAT, 5000, 400)
    assert (first < end).all()
    assert np.allclose(first, times(1, CHAT, 5000, 0))
    # A busy platform: the wait grows by one factor, what follows by the other.
    late, done = both(1, CHAT, 5000, 400, busy=(3, 1.5))
    assert np.allclose(late, 3 * first)
    assert np.allclose(done - late, 1.5 * (end - first), rtol=1e-3)


def test_an_overloaded_platform_says_when_to_try_again_in_three_cases_of_five():
    seconds = AnswerTimes(1).retry_after(np.arange(SLOTS))
    assert (seconds > 0).mean() == pytest.approx(0.6, abs=0.01)
    assert np.median(seconds[seconds > 0]) == pytest.approx(6, abs=1)
    assert seconds.max() <= 120


def test_batches_are_ready_within_a_day_most_within_an_hour():
    slots = np.arange(SLOTS)
    every = AnswerTimes(1).batch(np.repeat(slots, 8), np.tile(slots[::512], SLOTS))
    assert 0.8 < (every < MS_PER_HOUR).mean() < 0.95
    worst = AnswerTimes(1).batch(np.array([SLOTS - 1]), np.array([SLOTS - 1]))
    assert worst[0] < MS_PER_DAY


def test_refusals_are_quick_and_not_all_alike():
    one = AnswerTimes(1).refusal(np.arange(SLOTS))
    assert np.median(one) < 60
    assert len(np.unique(one)) > SLOTS / 2
