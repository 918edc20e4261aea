"""Speed is measured as ratios of CPU seconds, both sides by turns in one run (``make bench``).

In an ordinary test run benchmarks are off: each work is then done once, in a tiny size, so that
it does not rot, and no bar is held against it. No test asserts a time.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import pytest

from tests.speed.history import history_file, note

WorkUnit = Callable[[], int]
"""Does a piece of work; gives how much was done (rows, accounts)."""


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


@dataclass(frozen=True)
class Compared:
    """Rates per second of two works, the median of the rounds, and the median of the ratios."""

    ours: float
    theirs: float
    ratio: float


@pytest.fixture
def full(benchmark) -> bool:
    """Whether this is ``make bench``: full sizes, bars that must be met."""
    return benchmark.enabled


@pytest.fixture
def compare(benchmark, full, request):
    """Does two works by turns and compares how much each gets done per second."""

    def measure(
        ours: WorkUnit, theirs: WorkUnit, rounds: int = 3, clock: Callable[[], float] = cpu_seconds
    ) -> Compared:
        rates: dict[str, list[float]] = {"ours": [], "theirs": []}

        def timed(who: str, work: WorkUnit) -> None:
            begun = clock()
            done = work()
            rates[who].append(done / (clock() - begun))

        benchmark.pedantic(
            lambda: timed("ours", ours),
            setup=lambda: timed("theirs", theirs),
            rounds=rounds if full else 1,
        )
        ratios = [a / b for a, b in zip(rates["ours"], rates["theirs"], strict=True)]
        found = Compared(median(rates["ours"]), median(rates["theirs"]), median(ratios))
        benchmark.extra_info.update(vars(found))
        unit = "wall second" if clock is time.perf_counter else "CPU second"
        print(f"\n{request.node.name}: {found.ours:,.0f} per {unit} against {found.theirs:,.0f}; "
              f"ratio {found.ratio:.2f} ({', '.join(f'{r:.2f}' for r in ratios)})")  # fmt: skip
        warning = note(request.node.name, found.ratio, history_file()) if full else ""
        if warning:
            # The first form is that of GitHub's annotations.
            print(
                f"::warning title=speed::{warning}" if "GITHUB_ACTIONS" in os.environ else warning
            )
        return found

    return measure


@pytest.fixture
def world(full) -> dict:
    """The incident at a tenth, or at a two-thousandth where nothing is measured."""
    return {"scenario": "incident-2026-v2", "seed": 1, "scale": 0.1 if full else 0.0005}
