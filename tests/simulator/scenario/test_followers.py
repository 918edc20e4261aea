"""Faults of campaigns that follow others are reported with their place and a remedy."""

import pytest

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.scenario.load import from_resolved, load_scenario, resolved

TOWN = """\
schema: 1
title: a town
start: 2026-03-02
horizon: 9d
populations:
  casual: {accounts: 90}
campaigns:
  one: {tactic: hydra, accounts: 5, exchanges: 100, duration: 2d, start: 1d}
  two: {tactic: credit-farm, accounts: 5, duration: 9d, follows: one}
  three: {tactic: hijacked-keys, accounts: 3, exchanges: 9, duration: 2d, follows: two}
"""


def load(tmp_path, *change):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN.replace(*change) if change else TOWN)
    return load_scenario(path)


def test_a_chain_loads_and_comes_back_from_the_manifest(tmp_path):
    town = load(tmp_path)
    assert [c.follows for c in town.campaigns.values()] == [None, "one", "two"]
    assert [c.start for c in town.campaigns.values()] == [MS_PER_DAY, None, None]
    assert from_resolved(resolved(town)) == town


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ((", start: 1d", ""), 8, '"one" has no start: add `start:`, or `follows:`'),
        (("follows: one", "follows: onne"), 9,
         '"follows" is not a campaign, did you mean "one"?; there are: one, three'),
        (("follows: two", "follows: two, start: 1d"), 10, 'starts when "two" is given up'),
        (("follows: two", "follows: three"), 10, "is circular (three -> three)"),
        (("follows: two", "follows: one"), 10,
         'names a campaign that "two" follows already; only one campaign can follow another'),
        (("duration: 9d", "duration: 10d"), 9, "at most 9d are left"),
    ],
    ids=["neither", "unknown", "both", "itself", "taken", "too-long"],
)  # fmt: skip
def test_each_fault_has_its_place(tmp_path, change, line, said):
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, *change)
    (fault,) = caught.value.faults
    assert fault.where.endswith("town.yaml")
    assert fault.line == line
    assert said in str(caught.value)


def test_a_circle_is_reported_with_all_its_campaigns(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, "start: 1d", "follows: three")
    assert [fault.line for fault in caught.value.faults] == [8, 9, 10]
    assert "(one -> three -> two -> one): give one of these campaigns a `start`" in str(
        caught.value
    )


def test_who_waits_for_a_circle_is_not_in_it(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN.replace("follows: one", "follows: two"))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert [fault.line for fault in caught.value.faults] == [9, 10]
    assert str(caught.value).count("is circular") == 1


def test_a_fault_of_who_is_followed_is_the_only_one(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, "accounts: 5, exchanges", "accounts: -5, exchanges")
    (fault,) = caught.value.faults
    assert (fault.line, "follow" in fault.what) == (8, False)


def test_followers_of_a_faulty_one_are_still_checked_themselves(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, "accounts: 5", "accounts: -5")
    assert [fault.line for fault in caught.value.faults] == [8, 9]
