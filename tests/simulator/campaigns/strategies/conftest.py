"""Closed loops with one campaign whose strategy is varied."""

import pytest

from shamcrowd.simulator import simulate
from tests.simulator.response.reviewers import Run

HYDRA = (
    "response=instant", "shards=1", "populations={casual: {accounts: 60}}",
    "campaigns.credit-farm=null",
    "campaigns.hydra.accounts=300", "campaigns.hydra.evasion.rotation=0.4",
)  # fmt: skip


@pytest.fixture(scope="session")
def hydra(tmp_path_factory):
    """`quickstart-v1` with a larger, careless hydra among few, played once for each question."""
    made = {}

    def of(strategy, reviewer, *settings, seed=3):
        key = strategy, type(reviewer), repr(vars(reviewer)), settings, seed
        if key not in made:
            folder = tmp_path_factory.mktemp("hydra") / "r"
            chosen = (*HYDRA, f"campaigns.hydra.strategy={strategy}", *settings)
            made[key] = Run(
                folder,
                simulate("quickstart-v1", seed, folder, reviewer=reviewer, settings=chosen),
            )
        return made[key]

    return of
