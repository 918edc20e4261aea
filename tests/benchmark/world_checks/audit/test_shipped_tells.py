"""The tells of shipped scenarios excuse rules that there are, and few of them."""

from fnmatch import fnmatchcase
from itertools import combinations

import pytest

from shamcrowd.benchmark.world_checks.audit.families.delays import EVENTS
from shamcrowd.benchmark.world_checks.audit.pooling import pooled_rules
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.recording.schema import ACTIVITY_KINDS
from shamcrowd.simulator.scenario.load import load_scenario, scenario_ids

SHIPPED = [
    (name, tell)
    for name in scenario_ids()
    for tell in load_scenario(name).audit.tells
    if "-expert-" not in name and "-careless-" not in name
]
MOST = 0.05
"""Largest share of all rules that one tell may excuse."""


@pytest.fixture(scope="module")
def rules(small):
    """Names of all rules of a recording, and of those that it is too small for."""
    there = {rule.name for _, rule in pooled_rules([AuditedRecording(small)])}
    there |= {f"number of days with {kind}" for kind in ACTIVITY_KINDS}
    return there | {f"delay from {a} to {b}" for a, b in combinations(EVENTS, 2)}


@pytest.mark.parametrize(("scenario", "tell"), SHIPPED)
def test_a_tell_excuses_a_rule_that_there_is_and_not_many(rules, scenario, tell):
    excused = [name for name in rules if fnmatchcase(name, tell)]
    assert excused, f"{scenario}: no rule is called {tell}"
    assert len(excused) <= MOST * len(rules), f"{scenario}: {tell} excuses {len(excused)} rules"
