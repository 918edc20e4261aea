"""Results of suites made by hand, each scenario harder than the one before."""

from __future__ import annotations

import pytest

SUITE = (
    "mixed-careless-v1", "mixed-v1", "mixed-expert-v1", "ring-careless-v1", "ring-v1",
    "ring-expert-v1", "calm-v1",
)  # fmt: skip


@pytest.fixture(scope="session")
def suite(make_scores):
    """Makes a suite of seven scenarios, each harder than the one before."""

    def make(**levels):
        return [
            make_scores(name, **{n: v - 0.02 * i for n, v in levels.items()})
            for i, name in enumerate(SUITE)
        ]

    return make
