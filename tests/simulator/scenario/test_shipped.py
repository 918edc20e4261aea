"""The shipped scenarios."""

import json
import re

import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.yaml_file import shipped_folder
from shamcrowd.simulator.scenario.json_schema import json_schema
from shamcrowd.simulator.scenario.load import (
    explain,
    from_resolved,
    load_scenario,
    resolved,
    scenario_ids,
)

COMPANIES = [
    "anthropic",
    "openai",
    "google",
    "deepmind",
    "microsoft",
    "meta",
    "amazon",
    "alibaba",
    "deepseek",
    "moonshot",
    "minimax",
    "mistral",
    "xai",
    "claude",
    "gpt",
    "gemini",
    "llama",
    "qwen",
    "kimi",
    "grok",
]


@pytest.mark.parametrize("name", scenario_ids())
def test_loads_and_comes_back_from_a_manifest(name):
    scenario = load_scenario(name)
    assert scenario.title
    assert scenario.about
    assert from_resolved(json.loads(json.dumps(resolved(scenario)))) == scenario


@pytest.mark.parametrize("name", scenario_ids())
def test_names_no_company(name):
    text = (shipped_folder() / f"{name}.yaml").read_text("utf-8").lower()
    assert not [c for c in COMPANIES if re.search(rf"\b{c}\b", text)]


@pytest.mark.parametrize("name", scenario_ids())
def test_every_value_has_an_origin(name):
    for path, _, origin in explain(name):
        known = re.search(r"\.yaml:\d+|^default: .{4}", origin)
        assert known, f"{path}: {origin}"


def test_the_public_figures_of_the_incident():
    scenario = load_scenario("incident-2026-v2")
    hydra = scenario.campaigns["hydra"]
    assert hydra.accounts == 25_000
    assert hydra.exchanges == 28_800_000
    assert hydra.duration == 45 * MS_PER_DAY
    assert sum(p.accounts for p in scenario.populations.values()) == 1_000_000


def test_scale_keeps_the_rate_per_account():
    whole, small = load_scenario("incident-2026-v2"), load_scenario("incident-2026-v2", scale=0.01)
    for scenario in (whole, small):
        hydra = scenario.campaigns["hydra"]
        assert hydra.exchanges / hydra.accounts == pytest.approx(1152)
    assert small.populations["casual"].accounts == 5750


def test_calm_is_quickstart_without_campaigns():
    calm, quick = load_scenario("calm-v2"), load_scenario("quickstart-v2")
    assert not calm.campaigns
    assert calm.populations == quick.populations


def test_the_schema_names_every_tactic_and_key():
    schema = json_schema()
    assert {"populations", "campaigns", "extends", "horizon"} <= set(schema["properties"])
    assert {"hydra", "credit-farm", "casual"} <= set(schema["$defs"])
