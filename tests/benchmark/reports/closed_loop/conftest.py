"""Boards, duels and sweeps made by hand."""

import pytest

from shamcrowd.benchmark.closed_loop.duel import DuelCell, DuelScores
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.closed_loop.results import LoopedDetector, LoopScores, OpenAgainstClosed
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.benchmark.suites.sweep import Curve, SweepScores, SweptDetector
from shamcrowd.recording.units import MS_PER_HOUR

HOURS = 96
START = 1_772_409_600_000


def measured(value, wide=0.0):
    if value is None:
        return Measurement(None, note="nothing was taken")
    bounds = (value - wide, value + wide) if wide else (None, None)
    return Measurement(value, *bounds, (value,) * 5)


def track(name, tokens, banned):
    return {
        "campaign": name,
        "tokens": [tokens if 24 <= h < 72 else 0 for h in range(HOURS)],
        "joined": [3 if h == 20 else 0 for h in range(HOURS)],
        "banned": [banned if h in (40, 60) else 0 for h in range(HOURS)],
    }


def timeline(tokens, banned, wrong=0):
    return {
        "reviews": [6.0 * n for n in range(1, 17)],
        "tracks": [track("wide & thin", tokens, banned), track("farm", tokens // 2, 0)],
        "wrong": [wrong if h == 50 else 0 for h in range(HOURS)],
        "restored": [0] * HOURS,
    }


def looped(name, kind, held, ratio, wrong):
    beside = OpenAgainstClosed(
        measured(0.9, 0.05), measured(held, 0.05), measured(held - 0.9, 0.02)
    )
    found = {f: measured(0.25) for f in figures()} | {"deterrence-ratio": measured(ratio, 0.1)}
    few = {f: found[f] for f in ("deterrence-ratio", "tokens-taken")}
    return LoopedDetector(
        name, kind, "ok", "", 1.0, 90.0,
        metrics=dict.fromkeys(["damage-held", *metrics()], beside),
        figures=found,
        campaigns=dict.fromkeys(("wide & thin", "farm"), few),
        banned={"casual": (wrong, 200), "classroom": (0, 30)},
        timeline=timeline(1000, 4, wrong),
    )  # fmt: skip


@pytest.fixture
def board():
    failed = LoopedDetector(
        "crashes", "detector", "failed", "in the loop, on seed 1: ValueError: <no>"
    )
    return LoopScores(
        "by-hand-v1", "A town", "People & others.", "standard", (1, 2, 3, 4, 5), START,
        START + HOURS * MS_PER_HOUR, timeline(4000, 0),
        {f: measured(0.0) for f in figures()},
        (looped("linker", "detector", 0.4, 1.2, 3), failed,
         looped("oracle", "control", 1.0, 60, 0)),
    )  # fmt: skip


@pytest.fixture
def duel():
    def cell(detector, strategy, ratio, wrong):
        found = {f: measured(0.25) for f in figures()}
        found |= {"deterrence-ratio": measured(ratio, 0.05), "people-hurt": measured(wrong, 0.001)}
        return DuelCell(detector, "standard", strategy, "ok", "", found)

    return DuelScores(
        "by-hand-v1", "A town", (1, 2, 3, 4, 5), ("linker", "counter"), ("standard",),
        ("naive", "learning", "whack-a-mole"), {f: measured(0.5) for f in figures()},
        (cell("linker", "naive", 4.0, 0.01), cell("linker", "learning", 0.6, 0.01),
         cell("linker", "whack-a-mole", None, 0.02), cell("counter", "naive", 0.5, 0.0),
         DuelCell("counter", "standard", "learning", "failed", "on seed 2: KeyError: 'x'"),
         cell("counter", "whack-a-mole", 0.5, 0.0)),
    )  # fmt: skip


def policy_duel(ratios, wrong, strategies=("naive", "learning")):
    """A duel of two responses on as many seeds as there are values; B's values come second."""
    seeds = tuple(range(1, len(ratios[0]) + 1))

    def cell(response, strategy):
        found = {f: measured(0.25) for f in figures()}
        for name, values in (("deterrence-ratio", ratios), ("people-hurt", wrong)):
            own = values[("at-once", "in-batches").index(response)]
            mean = None if None in own else sum(own) / len(own)
            found[name] = Measurement(mean, by_seed=tuple(own))
        return DuelCell("linker", response, strategy, "ok", "", found)

    return DuelScores(
        "by-hand-v1", "A town", seeds, ("linker",), ("at-once", "in-batches"), strategies,
        {f: measured(0.5) for f in figures()},
        tuple(cell(r, s) for r in ("at-once", "in-batches") for s in strategies),
    )  # fmt: skip


@pytest.fixture
def sweep():
    def curve(*heights):
        points = tuple(measured(h, 0.02) for h in heights)
        return Curve(points, measured(sum(heights) / len(heights), 0.02))

    curves = {m: curve(1.0, 0.6, 0.1) for m in metrics()}
    none = Measurement(None, note="too few legitimate accounts")
    curves["recall-at-0-1-percent"] = Curve((none, none, none), none)
    return SweepScores(
        "by-hand-v1", "A town", "campaigns.hydra.evasion.rotation", (0.0, 0.5, 1.0),
        (1, 2, 3, 4, 5), 0.01,
        (SweptDetector("linker", "detector", "ok", "", curves),
         SweptDetector("crashes", "detector", "failed", "at 0.5, on seed 1: boom", {}),
         SweptDetector("oracle", "control", "ok", "", curves)),
    )  # fmt: skip
