"""Closing the loop costs little beside the reviewer's own time, and no more the longer it runs."""

from __future__ import annotations

import gc
import time

import numpy as np
import pytest

from shamcrowd.recording.view import LogView
from shamcrowd.simulator import simulate
from shamcrowd.simulator.response.reviewer import Alerts
from tests.speed.conftest import cpu_seconds

LEAST = 1 / 1.5
"""Slices a second in the closed loop, of those in the open loop."""
DAYS = (7, 14, 28)
GROWTH = 1.25
"""CPU seconds a day of the longest run, of those of the shortest one."""


class Reads:
    """Reads what is new and alerts about one account in fifty; ``spent`` is its CPU time."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.rows = 0

    def __call__(self, log: LogView) -> Alerts:
        begun = time.process_time()
        self.rows += len(log.new.requests(["time", "account", "address", "status"]))
        account = log.new.arrow("accounts", ["account"]).column(0).to_numpy()
        some = account[account % 50 == 0]
        self.spent += time.process_time() - begun
        return Alerts(some, np.ones(len(some)))


@pytest.fixture
def alone():
    """Nobody else's objects are looked through for garbage while we measure."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("alone")
def test_closed_against_open(compare, full, tmp_path):
    """The 56 slices of two weeks, under the standard response; reviews in the same process."""
    settings, scale = ([] if full else ["horizon=3d", "campaigns={}", "releases=[]"]), 1.0
    reviewer = Reads()

    def play(**options) -> int:
        made = simulate("quickstart-v2", 1, tmp_path / "r", settings=settings,
                        scale=scale if full else 0.05, **options)  # fmt: skip
        return len(made.reviews)

    found = compare(
        lambda: play(reviewer=reviewer), play, rounds=5,
        clock=lambda: cpu_seconds() - reviewer.spent,
    )  # fmt: skip
    assert reviewer.rows > 0
    if full:
        assert found.ratio >= LEAST


def test_time_is_linear_in_the_horizon(benchmark, full, tmp_path):
    """One crowd, one campaign at the same rate, for 7, 14 and 28 days."""
    scale = 3.0 if full else 0.02

    def cost(days: int) -> float:
        reviewer, begun = Reads(), cpu_seconds()
        made = simulate(
            "quickstart-v2", 1, tmp_path / "r", scale=scale, reviewer=reviewer,
            settings=[f"horizon={days}d", "releases=[]", "campaigns.credit-farm=null",
                      "campaigns.hydra.start=0d", f"campaigns.hydra.duration={days}d",
                      f"campaigns.hydra.exchanges={2000 * days}"],
        )  # fmt: skip
        assert reviewer.rows > 0.95 * made.rows["requests"]
        return (cpu_seconds() - begun) / days

    costs = benchmark.pedantic(lambda: [cost(days) for days in DAYS])
    told = ", ".join(f"{d} days {c:.3f}" for d, c in zip(DAYS, costs, strict=True))
    print(f"\nCPU seconds a day: {told}; ratio {costs[-1] / costs[0]:.2f}")
    if full:
        assert costs[-1] / costs[0] <= GROWTH
