"""Named random streams: apart from each other, whatever else is drawn and in whatever order."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.simulator.core.streams import Streams, bits, mixed, unit

NAMES = st.text(max_size=12)
REPEATABLE = settings(derandomize=True, max_examples=60)
SCRIPT = (
    "from shamcrowd.simulator.core.streams import Streams, bits; "
    "print(bits(Streams(5)('a/b', 9), 4).tolist())"
)


@REPEATABLE
@given(st.integers(), NAMES, st.integers(0, 2**40))
def test_a_stream_is_its_name_and_nothing_drawn_before(seed, name, number):
    streams = Streams(seed)
    before = bits(streams(name, number), 5)
    bits(streams(name + "x", number), 1000)
    bits(streams(name, number + 1), 3)
    assert (bits(streams(name, number), 5) == before).all()
    assert (bits(Streams(seed)(name, number), 5) == before).all()


@REPEATABLE
@given(st.integers(0, 2**32), NAMES, st.integers(0, 2**40))
def test_no_two_streams_share_a_word(seed, name, number):
    one = bits(Streams(seed)(name, number), 50)
    for other in (
        Streams(seed + 1)(name, number),
        Streams(seed)(name + "/", number),
        Streams(seed)(name, number + 1),
        Streams(seed, "a world")(name, number),
    ):
        assert not set(one.tolist()) & set(bits(other, 50).tolist())


def test_neighbouring_streams_are_uncorrelated():
    count = 20_000
    rows = np.stack([unit(bits(Streams(3)("traffic", k), count)) for k in range(6)])
    correlation = np.corrcoef(rows) - np.eye(6)
    assert np.abs(correlation).max() < 5 / np.sqrt(count)


def test_streams_are_the_same_in_every_process():
    here = bits(Streams(5)("a/b", 9), 4).tolist()
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == str(here)


def test_unit_is_uniform_and_never_one():
    assert unit(np.array([0, 2**64 - 1], np.uint64)).tolist() == [0.0, 1 - 2.0**-53]
    values = unit(bits(Streams(1)("u"), 40_000))
    counts = np.histogram(values, bins=20, range=(0, 1))[0]
    assert np.abs(counts - 2000).max() < 5 * np.sqrt(2000)


@REPEATABLE
@given(st.lists(st.integers(0, 2**64 - 1), unique=True, min_size=1, max_size=50), st.integers(0))
def test_mixed_keeps_words_apart(words, key):
    scrambled = mixed(np.array(words, np.uint64), key)
    assert len(np.unique(scrambled)) == len(words)
    assert (scrambled == mixed(np.array(words, np.uint64), key)).all()


def test_mixed_flips_half_the_bits():
    word = np.arange(2000, dtype=np.uint64)
    for bit in (0, 1, 31, 63):
        changed = mixed(word) ^ mixed(word ^ np.uint64(1 << bit))
        flipped = np.unpackbits(changed.view(np.uint8)).mean()
        assert flipped == pytest.approx(0.5, abs=0.01)
