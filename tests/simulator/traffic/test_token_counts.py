"""Token counts have no steps, and keep to the limits."""

import numpy as np
import pytest

from shamcrowd.simulator.core.streams import Streams, bits, sixteen
from shamcrowd.simulator.traffic.profile_tables import LOG_UNIT
from shamcrowd.simulator.traffic.token_counts import INPUTS, MAX_ANSWER, MAX_TOKENS, OUTPUTS

MOST = 65_535


def test_every_whole_number_of_an_octave_occurs():
    words = bits(Streams(1)("tokens"), 100_000)
    low = np.log(8192) * LOG_UNIT
    size = (low + (words >> np.uint64(32)).astype(float) / 2**32 * np.log(2) * LOG_UNIT).astype(
        np.int16
    )
    tokens = INPUTS(size, sixteen(words, 0)).astype(np.int32)
    inside = tokens[(tokens >= 8192) & (tokens < 16_384)]
    # 98,000 draws among 8,192 numbers: all but a handful. A look-up alone gives 355.
    assert len(np.unique(inside)) > 8_150
    counts = np.bincount(inside - 8192)
    assert counts.max() < 40


def test_neighbouring_units_meet():
    size = np.arange(int(np.log(MAX_ANSWER) * LOG_UNIT) - 1, dtype=np.int16)
    first, last = (OUTPUTS(size, np.full(len(size), n, np.uint16)) for n in (0, MOST))
    assert (np.diff(first) > 0).all()
    assert last[:-1] == pytest.approx(first[1:], rel=1e-5)


@pytest.mark.parametrize(
    ("table", "logarithm", "fraction", "tokens"),
    [
        (INPUTS, -500, 0, 1),
        (INPUTS, 0, 0, 1),
        (INPUTS, 32_767, 0, round(0.6 * MAX_TOKENS)),
        (INPUTS, 32_767, MOST, MAX_TOKENS - 1),
        (OUTPUTS, 32_767, 0, MAX_ANSWER),
        (OUTPUTS, 32_767, MOST, MAX_ANSWER),
    ],
)
def test_ends_of_the_table(table, logarithm, fraction, tokens):
    found = table(np.array([logarithm], np.int16), np.array([fraction], np.uint16))
    assert found.tolist() == pytest.approx([tokens], abs=1)


def test_longest_prompts_are_not_all_equal():
    fraction = np.arange(MOST + 1).astype(np.uint16)
    tokens = INPUTS(np.full(len(fraction), 32_000, np.int16), fraction).astype(np.int32)
    assert tokens.max() < MAX_TOKENS
    assert len(np.unique(tokens)) > 50_000
