"""Bounds that a scenario sets on what gives its sham accounts away."""

import pytest

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.scenario.load import (
    from_resolved,
    load_scenario,
    resolved,
    scenario_ids,
)

PAIR = "audit={difficulty: expert, paired: {hydra: agentic}, tells: {accounts.plan*: said by X}}"


def test_terms_come_back_from_a_manifest():
    scenario = load_scenario("quickstart-v2", settings=[PAIR])
    assert (scenario.audit.bound_on_rules(), scenario.audit.bound_on_look_alikes()) == (0.02, 0.75)
    assert scenario.audit.paired == {"hydra": "agentic"}
    assert scenario.audit.tells == {"accounts.plan*": "said by X"}
    assert from_resolved(resolved(scenario)) == scenario


@pytest.mark.parametrize(
    ("terms", "rules", "look_alikes"),
    [
        ("{difficulty: careful}", 0.05, 0.85),
        ("{difficulty: careful, rule_recall: 0.2, look_alike_auc: 0.9}", 0.2, 0.9),
        ("{difficulty: careless}", None, None),
        ("{difficulty: careless, rule_recall: 1, because: it is}", 1, None),
        ("{difficulty: null}", None, None),
    ],
)
def test_the_difficulty_sets_what_is_not_stated(terms, rules, look_alikes):
    audit = load_scenario("quickstart-v2", settings=[f"audit={terms}"]).audit
    assert (audit.bound_on_rules(), audit.bound_on_look_alikes()) == (rules, look_alikes)


def test_a_campaign_may_differ_from_the_rest():
    terms = "audit={difficulty: expert, difficulties: {hydra: careless}, because: bought cheap}"
    audit = load_scenario("quickstart-v2", settings=[terms]).audit
    assert (audit.bound_on_rules("hydra"), audit.bound_on_rules("credit-farm")) == (1, 0.02)
    assert (audit.bound_on_look_alikes("hydra"), audit.bound_on_look_alikes("x")) == (None, 0.75)


def test_every_scenario_with_campaigns_states_a_bound():
    for name in scenario_ids():
        scenario = load_scenario(name)
        if not scenario.campaigns:
            continue
        for campaign in scenario.campaigns:
            assert scenario.audit.bound_on_rules(campaign) is not None, name
        care = next((c for c in ("careless", "expert") if f"-{c}-" in name), "careful")
        assert scenario.audit.difficulty == care, name


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("audit={paired: {hidra: agentic}}", '"hidra" is not a campaign; there are: hydra, credit'),
        (
            "audit={paired: {hydra: agentc}}",
            'paired with "agentc", which is not a population; there',
        ),
        ("audit={look_alike_auc: 0.4}", '"look_alike_auc" must be at least 0.5'),
        ("audit={rule_recall: 1.1}", '"rule_recall" must be at most 1'),
        ("audit={rule_recall: 1}", 'say why in "because"'),
        ("audit={tells: {accounts.plan: ' '}}", 'the tell "accounts.plan" needs its source'),
        ("audit={tells: {'*phone*': x}}", 'the tell "*phone*" is too wide; begin with words'),
        ("audit={tells: {'activity.*': x}}", 'the tell "activity.*" is too wide'),
        ("audit={tells: {'delay from *': x}}", 'the tell "delay from *" is too wide'),
        ("audit={difficulties: {hydra: careless}}", 'say why in "because"'),
        ("audit={difficulties: {hidra: expert}}", '"hidra" is not a campaign'),
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
