"""The tells of shipped scenarios excuse rules that there are, and few of them."""

from fnmatch import fnmatchcase
from itertools import combinations

import pytest

from shamcrowd.benchmark.world_checks.audit.families.delays import EVENTS
from shamcrowd.benchmark.world_checks.audit.pooling import pooled_rules
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.recording.schema import ACTIVITY_KINDS
from shamcrowd.simulator.scenario.load import load_scenario, scenario_ids

SHIPPED = [n for n in scenario_ids() if "-expert-" not in n and "-careless-" not in n]
MOST = 0.05
"""Largest share of all rules that one tell may excuse."""


@pytest.fixture(scope="module")
def rules(small):
    """Names of all rules of a recording, and of those that it is too small for."""
    there = {rule.name for _, rule in pooled_rules([AuditedRecording(small)])}
    there |= {f"number of days with {kind}" for kind in ACTIVITY_KINDS}
    there |= {
        f"activity.kind, {of} {k}" for k in ACTIVITY_KINDS for of in ("rows with", "share of")
    }
    return there | {f"delay from {a} to {b}" for a, b in combinations(EVENTS, 2)}


@pytest.mark.parametrize("scenario", SHIPPED)
def test_a_tell_excuses_a_rule_that_there_is_and_not_many(rules, scenario):
    for tell in load_scenario(scenario).audit.tells:
        excused = [name for name in rules if fnmatchcase(name, tell)]
        assert excused, f"{scenario}: no rule is called {tell}"
        assert len(excused) <= MOST * len(rules), f"{scenario}: {tell} excuses {len(excused)} rules"


def test_some_scenarios_have_tells():
    assert any(load_scenario(name).audit.tells for name in SHIPPED)
