"""Most occasional users send nothing, the others little; and there may be many of them."""

import pytest

from shamcrowd.benchmark.suites.suite import load_suite
from shamcrowd.simulator.scenario.load import load_scenario
from tests.recordings import recorded

SETTINGS = [
    "prior=null",
    "campaigns=null",
    "populations={occasional: {accounts: 4000}}",
    "releases=[]",
    "horizon=10d",
]


@pytest.fixture(scope="module")
def world(read_recording):
    return read_recording(recorded("quickstart-v2", 3, settings=SETTINGS))


def test_most_send_nothing_and_the_others_little(world):
    sent = world.requests["account"].value_counts()
    assert 0.08 < len(sent) / len(world.accounts) < 0.25
    assert sent.median() < 8
    assert len(world.requests) / len(world.accounts) < 3


def test_nearly_all_are_older_than_the_recording(world):
    old = world.accounts["created"] < world.requests["time"].min().floor("D")
    assert 0.95 < old.mean() < 1


def test_a_suite_has_ten_times_as_many_honest_accounts():
    suite = load_suite("core-v2-large")
    usual = load_suite("core-v2")
    assert set(suite.scenarios) <= set(usual.scenarios)
    name = suite.scenarios[0]
    many, few = (
        sum(p.accounts for p in load_scenario(name, settings=settings).populations.values())
        for settings in (suite.settings, ())
    )
    assert 9 < many / few < 11
