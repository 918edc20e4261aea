"""Policies: every number has a source, faults are readable, and nothing is lost in a round trip."""

import pytest
from pydantic import BaseModel

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.response.policy import (
    ResponsePolicy,
    named_policy,
    policies,
    policy_folder,
)
from shamcrowd.simulator.scenario.load import explain, from_resolved, load_scenario, resolved

SOURCES = "ssumed", "hreat model", "model section", "elf-report"


def load(*settings):
    return load_scenario("quickstart-v2", settings=settings)


@pytest.mark.parametrize("name", policies())
def test_named_policies_are_complete_and_described(name):
    policy = named_policy(name)
    assert policy.like == name
    assert policy.about
    assert load(f"response={name}").response == policy
    assert policy.asks == (name != "none")


@pytest.mark.parametrize("name", policies())
def test_every_number_has_its_source(name):
    """The comment above a line, or above the block it stands in, says where its number is from."""
    sourced = False
    for line in (policy_folder() / f"{name}.yaml").read_text("utf-8").splitlines():
        text = line.strip()
        if text.startswith("#"):
            sourced = sourced or any(w in text for w in SOURCES)
        elif any(c.isdigit() for c in text):
            assert sourced, text
        elif not text.startswith(("-", "stages")):
            sourced = False


def test_the_standard_is_what_holds_when_nothing_is_said():
    assert load().response == named_policy("standard")


def test_one_value_may_be_changed():
    changed = load("response.people.capacity=3").response
    assert changed.people.capacity == 3
    assert changed.people.model_copy(update={"capacity": 10}) == named_policy("standard").people
    strict = load("response=strict", "response.leave=0").response
    assert strict.leave == 0
    assert strict.stages == named_policy("strict").stages


@pytest.mark.parametrize("name", policies())
def test_a_resolved_scenario_holds_all_of_it(name):
    scenario = load(f"response={name}", "response.leave=0.25")
    assert from_resolved(resolved(scenario)) == scenario
    assert resolved(scenario)["response"]["leave"] == 0.25


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("response=strikt", 'is not a policy, did you mean "strict"'),
        ("response={like: 7}", "is not a policy"),
        ("response=7", "must be a mapping"),
        ("response.people.capacit=3", 'did you mean "capacity"'),
        ("response.people.wrong=2", "at most 1"),
        ("response.appeals.wait=[3h, 1h]", "the smaller first"),
        ("response.appeals.wait=[1h, 400d]", "up to a year"),
        ("response.stages=[{action: kill, people: false, delay: [0h, 1h]}]", "'challenge'"),
        ("response.stages=[{action: suspend}]", '"delay" is missing'),
        ("response.throttle.share=0", "more than 0"),
    ],
)
def test_faults_are_reported(setting, said):
    with pytest.raises(ScenarioError) as told:
        load(setting)
    assert said in str(told.value)
    assert setting in str(told.value)


def test_explain_gives_the_origin_of_each_value():
    rows = {
        path: origin
        for path, _, origin in explain("quickstart-v2", settings=["response.leave=0.1"])
    }
    assert rows["response.leave"] == "--set response.leave=0.1"
    assert rows["response.people.wrong"].startswith("default")


def test_every_field_says_what_it_means_and_where_it_is_from():
    def walk(model):
        for name, about in model.model_fields.items():
            assert "Source:" in (about.description or ""), (model.__name__, name)
            inner = about.annotation
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                walk(inner)

    walk(ResponsePolicy)
