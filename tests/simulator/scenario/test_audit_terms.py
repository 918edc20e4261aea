"""Bounds that a scenario sets on shortcuts."""

import pytest

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.scenario.load import from_resolved, load_scenario, resolved

PAIR = "audit={bound: 0.9, paired: {hydra: agentic}, paired_bound: 0.75}"


def test_a_promise_comes_back_from_a_manifest():
    scenario = load_scenario("quickstart-v2", settings=[PAIR])
    assert (scenario.audit.bound, scenario.audit.paired_bound) == (0.9, 0.75)
    assert scenario.audit.paired == {"hydra": "agentic"}
    assert from_resolved(resolved(scenario)) == scenario


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("audit={paired: {hidra: agentic}}", '"hidra" is not a campaign; there are: hydra, credit'),
        (
            "audit={paired: {hydra: agentc}}",
            'paired with "agentc", which is not a population; there',
        ),
        ("audit={bound: 0.4}", '"bound" must be at least 0.5'),
        ("audit={bound: 1.1}", '"bound" must be at most 1'),
        ("audit={bond: 0.9}", 'unknown key "bond"'),
        ("audit=0.9", '"audit" must be a mapping'),
    ],
)
def test_faults_are_reported(setting, said):
    with pytest.raises(ScenarioError) as caught:
        load_scenario("quickstart-v2", settings=[setting])
    assert said in caught.value.faults[0].what


def test_a_campaign_taken_away_leaves_no_pair_behind():
    settings = [PAIR, "campaigns.hydra=null"]
    with pytest.raises(ScenarioError, match='"hydra" is not a campaign'):
        load_scenario("quickstart-v2", settings=settings)
    left = load_scenario("quickstart-v2", settings=[*settings, "audit.paired=null"])
    assert left.audit.paired == {}
