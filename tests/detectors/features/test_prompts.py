"""Bits counted in lanes are bits counted one by one, in long runs too."""

import numpy as np
import pyarrow as pa
import pytest

from shamcrowd.detectors.features import prompts
from shamcrowd.detectors.features.batch import RequestBatch
from shamcrowd.detectors.features.index import AccountIndex


def batch_of(account, sketch):
    index = AccountIndex()
    index.add(np.unique(account).astype(np.int32))
    rows = {
        "account": pa.array(account, pa.int32()),
        "time": pa.array(np.arange(len(account))),
        "sketch": pa.array(sketch),
    }
    return RequestBatch.of(pa.table(rows), index)


@pytest.mark.parametrize("most", [1, 3, 10, 255])
def test_counts_in_lanes(monkeypatch, most):
    monkeypatch.setattr(prompts, "_MOST_ROWS", most)
    rng = np.random.default_rng(2)
    account, sketch = rng.integers(9, size=400), rng.integers(2**63, size=400).astype(np.uint64)
    counts = prompts.BitCounts()
    counts.grow(9)
    for half in (slice(0, 250), slice(250, 400)):
        counts.add(batch_of(account[half], sketch[half]))
    expected = np.zeros((9, 64), np.int64)
    bits = (sketch[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)
    np.add.at(expected, account, bits.astype(np.int64))
    assert (counts._set.transpose(1, 0, 2).reshape(9, 64) == expected).all()


def test_a_lane_holds_a_long_run():
    counts = prompts.BitCounts()
    counts.grow(1)
    many = 150_000
    counts.add(batch_of(np.zeros(many, int), np.full(many, 2**64 - 1, np.uint64)))
    assert (counts._set == many).all()
    assert counts.likeness.tolist() == [1.0]


def test_unrelated_prompts_are_not_alike():
    rng = np.random.default_rng(3)
    counts = prompts.BitCounts()
    counts.grow(1)
    sketch = rng.integers(2**64, size=4000, dtype=np.uint64)
    counts.add(batch_of(np.zeros(4000, int), sketch))
    assert counts.likeness[0] == pytest.approx(0, abs=0.01)
