"""A smaller world than that of the benchmark's other tests: here many runs are made again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shamcrowd.benchmark.scoring.scores import Scores
from tests.benchmark.conftest import SmallRun, make_again, make_small_run

A_WEEK = str(Path(__file__).parents[1] / "a-week.yaml")


@pytest.fixture(scope="session")
def small_run() -> SmallRun:
    """A finished run of a week, with a review a day."""
    return make_small_run(A_WEEK)


@pytest.fixture(scope="session")
def again() -> Callable[..., Scores]:
    """Evaluates that world once more."""
    return make_again(A_WEEK)
