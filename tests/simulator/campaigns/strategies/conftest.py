"""Closed loops with one campaign whose strategy is varied."""

import pytest

from tests.recordings import recorded
from tests.simulator.response.reviewers import Run

HYDRA = (
    "prior=null", "response=instant", "shards=1", "populations={casual: {accounts: 60}}",
    "campaigns.credit-farm=null",
    "campaigns.hydra.accounts=300", "campaigns.hydra.evasion.rotation=0.4",
)  # fmt: skip


@pytest.fixture(scope="session")
def hydra():
    """`quickstart-v2` with a larger, careless hydra among few."""

    def of(strategy, reviewer, *settings, seed=3):
        chosen = (*HYDRA, f"campaigns.hydra.strategy={strategy}", *settings)
        return Run.read(recorded("quickstart-v2", seed, reviewer=reviewer, settings=chosen))

    return of
