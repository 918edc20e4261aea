"""The unbiased estimate, against its formula; its null, against itself."""

import numpy as np
import pytest

from shamcrowd.detectors.content.mmd import Reference

RNG = np.random.default_rng(3)
PROMPTS = RNG.integers(2**64, size=4000, dtype=np.uint64)


def brute(window, reference, kernel):
    """Equation 3 of Gretton et al. 2012, term by term."""

    def k(a, b):
        return kernel[int(a ^ b).bit_count()]

    m, n = len(window), len(reference)
    own = sum(k(a, b) for i, a in enumerate(window) for j, b in enumerate(window) if i != j)
    rest = sum(k(a, b) for i, a in enumerate(reference) for j, b in enumerate(reference) if i != j)
    cross = sum(k(a, b) for a in window for b in reference)
    return own / (m * (m - 1)) + rest / (n * (n - 1)) - 2 * cross / (m * n)


def test_is_the_formula():
    reference = Reference.of(PROMPTS[:40])
    windows = PROMPTS[40:64].reshape(3, 8)
    expected = [brute(w.tolist(), PROMPTS[:40].tolist(), reference.kernel) for w in windows]
    assert reference.mmd2(windows) == pytest.approx(expected)


def test_nothing_on_average_under_the_null():
    reference = Reference.of(PROMPTS[:500])
    values = reference.mmd2(PROMPTS[500:3700].reshape(100, 32))
    assert abs(values.mean()) < 3 * values.std() / 10
    # A biased estimate would lie over 1/32 of what the kernel has above its mean.
    assert abs(values.mean()) < 0.002


def test_one_in_twenty_is_over_the_limit_by_chance():
    over = []
    for seed in range(5):
        prompts = np.random.default_rng(seed).integers(2**64, size=6900, dtype=np.uint64)
        reference = Reference.of(prompts[:500])
        limit = reference.null(32, 0.95)
        over.append((reference.mmd2(prompts[500:].reshape(200, 32)) > limit).mean())
    assert 0.02 < np.mean(over) < 0.09


def test_the_null_is_the_estimate_on_its_own_prompts():
    """Every draw by hand: a window of the reference against the rest of it."""
    prompts = np.sort(PROMPTS[:12])
    reference = Reference.of(prompts)
    values = []
    for pick in np.argsort(np.random.default_rng(0).random((1000, 12)), axis=1)[:, :4]:
        rest = np.delete(prompts, pick).tolist()
        values.append(brute(prompts[pick].tolist(), rest, reference.kernel))
    for quantile in (0.0, 0.5, 0.95):
        assert reference.null(4, quantile) == pytest.approx(np.quantile(values, quantile))


def test_order_changes_nothing():
    hash64 = RNG.permutation(PROMPTS[:200])
    one, other = Reference.of(PROMPTS[:200]), Reference.of(hash64)
    assert one.null(32, 0.95) == other.null(32, 0.95)
    assert one.within == pytest.approx(other.within)


def test_a_few_of_a_crowd_need_wide_windows():
    """On text, windows of 100 prompts caught 5 % where a tenth was an attacker's, of 1,500 94 %.

    Here the attackers' prompts are one of ten templates each.
    """
    rng = np.random.default_rng(5)
    reference = Reference.of(rng.integers(2**64, size=1500, dtype=np.uint64))
    templates = rng.integers(2**64, size=10, dtype=np.uint64)

    def caught(size):
        limit, rates = reference.null(size, 0.95), []
        for share in (0.1, 0.25):
            prompts = rng.integers(2**64, size=(40, size), dtype=np.uint64)
            theirs = rng.random(prompts.shape) < share
            prompts[theirs] = rng.choice(templates, theirs.sum())
            rates.append((reference.mmd2(prompts) > limit).mean())
        return rates

    # Windows of 300: the test's own time grows with the square.
    narrow, wide = caught(32), caught(300)
    assert narrow[0] < 0.25 < narrow[1] < 0.75
    assert wide[0] > 3 * narrow[0]
    assert wide[1] == 1
