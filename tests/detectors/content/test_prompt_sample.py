"""EntityPairs of near prompts: what is found is right, and how much is found is what is stated."""

import numpy as np
import pytest
from datasketch import MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.detectors.content.prompt_sample import NEAR, PromptSample, near_pairs
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView


def flipped(rng, sketch, bits):
    """Every sketch with so many of its bits the other way."""
    masks = np.zeros(len(sketch), np.uint64)
    for i in range(len(sketch)):
        for bit in rng.choice(64, bits, replace=False).tolist():
            masks[i] |= np.uint64(1) << np.uint64(bit)
    return sketch ^ masks


def found(sketch):
    """EntityPairs of places of near sketches, in any order."""
    order = np.argsort(sketch)
    one, other = (order[place] for place in near_pairs(sketch[order]))
    return {frozenset(p) for p in zip(one.tolist(), other.tolist(), strict=True)}


@pytest.mark.parametrize(("bits", "stated"), [(1, 1.0), (2, 0.998), (3, 0.98), (4, 0.91)])
def test_recall_by_bits_apart(bits, stated):
    rng = np.random.default_rng(bits)
    sketch = rng.integers(2**64, size=3000, dtype=np.uint64)
    pairs = found(np.concatenate([sketch, flipped(rng, sketch, bits)]))
    recall = np.mean([frozenset((i, i + 3000)) in pairs for i in range(3000)])
    assert recall == pytest.approx(stated, abs=0.02)


def test_bands_are_better_at_the_threshold_than_a_balanced_split():
    lsh = MinHashLSH(threshold=0.9, num_perm=128)
    balanced = 1 - (1 - 0.9**lsh.r) ** lsh.b
    assert balanced < 0.6 < 0.91


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.sets(st.integers(0, 2**10 - 1), min_size=0, max_size=40))
def test_no_pair_is_wrong(values):
    sketch = np.array(sorted(values), np.uint64)
    for pair in found(sketch):
        one, other = pair
        assert int(sketch[one] ^ sketch[other]).bit_count() <= NEAR


def test_unrelated_prompts_are_not_near():
    assert not found(np.random.default_rng(0).integers(2**64, size=20_000, dtype=np.uint64))


def test_any_reviews_give_the_same_sample():
    log = sample_log()
    end = log.start + 3 * MS_PER_DAY
    held = []
    for moments in ([end], [log.start + MS_PER_DAY // 2, log.start + MS_PER_DAY, end]):
        sample, since = PromptSample(), EARLIEST
        for now in moments:
            sample.update(LogView(log, now, since))
            since = now
        place, prompt, prompts = sample.held()
        pairs = zip(sample.index.ids[place].tolist(), prompts[prompt].tolist(), strict=True)
        held.append(set(pairs))
    assert held[0] == held[1]
