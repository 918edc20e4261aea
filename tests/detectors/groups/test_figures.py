"""Figures of sets by hand, and against a slow count."""

from __future__ import annotations

import numpy as np
import pytest

from shamcrowd.detectors.groups.campaign_sets import suspicion
from shamcrowd.detectors.groups.evidence import PairEvidence
from shamcrowd.detectors.groups.figures import SetFigures, set_figures
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR

KINDS = ("device", "card", "address", "mailbox grammar", "template")


def evidence(rows, created):
    """Rows: one, other, strengths by kind; weights are their sums."""
    strength = np.array([r[2] for r in rows], float).reshape(len(rows), len(KINDS))
    one, other = (np.array([r[i] for r in rows], np.int64) for i in (0, 1))
    return PairEvidence(one, other, strength, strength.sum(axis=1), KINDS, np.array(created))


def test_a_set_by_hand():
    # Accounts 0 to 3 in one set, 4 in none; 0-1 by device and template, 1-2 by template, 3-4 by
    # card, which leads out of the set.
    rows = [(0, 1, [1, 0, 0, 0, 0.5]), (1, 2, [0, 0, 0, 0, 1]), (3, 4, [0, 1, 0, 0, 0])]
    hour = MS_PER_HOUR
    found = set_figures(np.array([0, 0, 0, 0, -1]), evidence(rows, [0, hour, hour + 1, 90, 0]))
    assert found.size.tolist() == [4]
    assert found.density == pytest.approx([2 * (1.5 + 1) / 4])
    assert found.share.tolist() == [[0.5, 0, 0, 0, 0.75]]
    assert found.twice.tolist() == [0.5]
    # Sign-ups at 0, 90 ms, 1 h and 1 h + 1 ms: the first three are within an hour.
    assert found.hour.tolist() == [0.75]


def test_days_between_the_first_and_last_tenth():
    created = np.arange(21) * MS_PER_DAY
    found = set_figures(np.zeros(21, np.int64), evidence([], created))
    assert found.days == pytest.approx([16.0])
    assert found.density.tolist() == [0.0]


def test_many_sets_at_once_are_each_as_alone():
    rng = np.random.default_rng(2)
    label = rng.integers(-1, 4, size=40)
    created = rng.integers(0, 5 * MS_PER_DAY, size=40)
    pairs = {tuple(sorted(rng.choice(40, 2, replace=False).tolist())) for _ in range(120)}
    rows = [(a, b, rng.integers(0, 2, len(KINDS)).tolist()) for a, b in sorted(pairs)]
    together = set_figures(label, evidence(rows, created))
    for number in range(4):
        alone = set_figures(np.where(label == number, 0, -1), evidence(rows, created))
        for name in ("size", "density", "twice", "hour", "days"):
            assert getattr(together, name)[number] == pytest.approx(getattr(alone, name)[0]), name
        assert together.share[number].tolist() == alone.share[0].tolist()
        members = np.flatnonzero(label == number)
        within = [((created >= m) & (created <= m + MS_PER_HOUR))[members].mean()
                  for m in created[members]]  # fmt: skip
        assert together.hour[number] == pytest.approx(max(within))


def test_no_set():
    found = set_figures(np.array([-1, -1]), evidence([], [0, 0]))
    assert found.size.tolist() == found.hour.tolist() == []


def of(size=8, density=2.0, share=(0.5, 0.25, 0.5, 0.9, 0.25), twice=0.5, hour=0.0):
    return SetFigures(
        np.array([size]), np.array([density]), np.array([share]), np.array([twice]),
        np.array([hour]), np.zeros(1),
    )  # fmt: skip


def test_suspicion_by_hand():
    # log2(8) * 2 * 0.5 * (0.5 + 0.25 + 0.5 + 0.25); the mailbox grammar does not count.
    assert suspicion(of(), KINDS) == pytest.approx([3 * 2 * 0.5 * 1.5])
    # Denser than 3 is no more suspicious.
    assert suspicion(of(density=3.0), KINDS) == suspicion(of(density=30.0), KINDS)
    assert suspicion(of(density=2.9), KINDS) < suspicion(of(density=3.0), KINDS)


def test_a_class_is_explained_and_a_farm_of_an_hour_is_not():
    each_own = suspicion(of(share=(0, 0, 0.5, 0.9, 1.0), hour=1.0), KINDS)
    assert each_own == pytest.approx([0.0])
    shared = suspicion(of(share=(1.0, 0, 0.5, 0.9, 1.0), hour=1.0), KINDS)
    assert shared == suspicion(of(share=(1.0, 0, 0.5, 0.9, 1.0), hour=0.0), KINDS)
    half = suspicion(of(share=(0, 0.5, 0, 0, 1.0), hour=0.5), KINDS)
    assert half == pytest.approx([3 * 2 * 0.5 * 1.5 * (1 - 0.5 * 0.5)])
