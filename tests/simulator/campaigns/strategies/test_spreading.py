"""A refused account is spread over ten addresses, and a crowd that is slowed slows down."""

import pytest

from shamcrowd.recording.truth import Truth
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns.actions import ActionQueue
from shamcrowd.simulator.campaigns.strategies.spreading import ADDRESSES
from tests.simulator.campaigns.strategies.conftest import HYDRA
from tests.simulator.campaigns.strategies.reviewers import phases
from tests.simulator.response.reviewers import Oracle, Run

SLOWED = "response={like: standard, stages: [], levers: [{about: account, on: block, accounts: 2, passes: 0.3, delay: [0h, 1h], span: 5d}]}"  # noqa: E501


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The naive and the spreading hydra, and which accounts were moved to how many addresses."""
    moved = {}
    with pytest.MonkeyPatch.context() as patch:
        real = ActionQueue.move
        for name in ("naive", "spreading"):
            calls = moved[name] = []

            def move(queue, handles, addresses, calls=calls):
                calls.append((handles.tolist(), addresses))
                real(queue, handles, addresses)

            patch.setattr(ActionQueue, "move", move)
            folder = tmp_path_factory.mktemp(name) / "r"
            settings = [*HYDRA, f"campaigns.hydra.strategy={name}", SLOWED]
            simulate("quickstart-v2", 3, folder, reviewer=Oracle(), settings=settings, workers=1)
            moved[name] = Run.read(folder), calls
    return moved


def refused_share(run):
    people = Truth(run.folder).accounts().astype({"campaign": object})
    shams = people.loc[people["campaign"] == "hydra", "account"]
    rows = run.rows("requests", ["account", "status"])
    return (rows.loc[rows["account"].isin(shams), "status"] == 429).mean()


def test_each_refused_account_is_spread_once_over_ten_addresses(runs):
    run, calls = runs["spreading"]
    assert {addresses for _, addresses in calls} == {ADDRESSES}
    every = [handle for handles, _ in calls for handle in handles]
    assert len(every) == len(set(every)) > 10
    assert phases(run.folder).query("phase == 'move'")["accounts"].sum() == len(every)
    assert not runs["naive"][1]


def test_it_slows_down_and_is_refused_less(runs):
    kinds = {name: phases(run.folder)["phase"] for name, (run, _) in runs.items()}
    assert (kinds["spreading"] == "slow down").sum() >= 1
    assert not (kinds["naive"] == "slow down").any()
    assert refused_share(runs["spreading"][0]) < refused_share(runs["naive"][0])
