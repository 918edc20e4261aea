"""Commands that only look: list, show, schema, doctor."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

import shamcrowd.scenarios
from shamcrowd.benchmark.cli import requirements
from shamcrowd.benchmark.cli.shipped import shipped_titles
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.benchmark.execution import host
from shamcrowd.benchmark.execution.host import HostAbilities
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.suites.suite import load_suite, suite_ids
from shamcrowd.detectors.registry import detector_names
from shamcrowd.simulator.registry import populations, tactics
from shamcrowd.simulator.scenario.load import load_scenario, scenario_ids

REGISTERED = {
    "scenarios": lambda: set(scenario_ids()),
    "populations": lambda: set(populations()),
    "tactics": lambda: set(tactics()),
    "detectors": lambda: {*detector_names(), *truth_controls()},
    "metrics": lambda: set(metrics()),
}


@pytest.mark.parametrize("kind", list(REGISTERED))
def test_list_names_everything_registered(call, kind):
    said = call("list", kind, "--json")
    assert (said.code, said.err) == (0, "")
    rows = json.loads(said.out)
    assert {row["name"] for row in rows} == REGISTERED[kind]()
    assert len(rows) == len(REGISTERED[kind]())
    assert all(row["about"] for row in rows)


@pytest.mark.parametrize("kind", list(REGISTERED))
def test_list_for_people(call, kind):
    said = call("list", kind)
    first_words = {line.split()[0] for line in said.out.splitlines() if line[:1].strip()}
    assert REGISTERED[kind]() <= first_words
    assert said.out.splitlines()[-1].startswith("Next: ")
    assert max(len(line) for line in said.out.splitlines()[:-1]) <= 80


def test_show(call):
    said = call("show", "quickstart-v2")
    assert said.code == 0
    assert re.search(r"^casual +1,000 accounts$", said.out, re.MULTILINE)
    assert re.search(r"^hydra +110 sham accounts$", said.out, re.MULTILINE)
    assert said.out.splitlines()[-1] == "Next: shamcrowd show quickstart-v2 --resolved"


def _origins(call, *arguments):
    said = call("show", *arguments, "--json")
    assert said.code == 0
    return {row["path"]: (row["value"], row["origin"]) for row in json.loads(said.out)}


def test_resolved_values_say_where_they_come_from(call):
    plain = _origins(call, "quickstart-v2")
    value, origin = plain["campaigns.hydra.accounts"]
    line = 1 + next(
        i
        for i, text in enumerate(_yaml("quickstart-v2").splitlines())
        if text.strip() == "accounts: 110"
    )
    assert value == 110
    assert f"quickstart-v2.yaml:{line}" in origin
    assert "default" in plain["shards"][1]
    changed = _origins(call, "quickstart-v2", "--set", "campaigns.hydra.accounts=20")
    assert changed["campaigns.hydra.accounts"][0] == 20
    assert "--set" in changed["campaigns.hydra.accounts"][1]
    # What was not touched is as before.
    assert changed["campaigns.credit-farm.accounts"] == plain["campaigns.credit-farm.accounts"]


def _yaml(name):
    return (Path(next(iter(shamcrowd.scenarios.__path__))) / f"{name}.yaml").read_text("utf-8")


def test_resolved_for_people(call):
    said = call("show", "quickstart-v2", "--resolved")
    paths = set(_origins(call, "quickstart-v2"))
    assert all(f"{path}: " in said.out for path in paths)
    assert said.out.count("# ") >= len(paths)
    assert said.out.splitlines()[-1].startswith("Next: ")


def test_an_extended_scenario_names_the_file_a_value_is_in(call):
    values = _origins(call, "calm-v2")
    assert "quickstart-v2.yaml" in values["populations.casual.accounts"][1]
    assert "calm-v2.yaml" in values["title"][1]


def test_schema(call):
    said = call("schema")
    assert (said.code, said.err) == (0, "")
    schema = json.loads(said.out)
    assert schema["$schema"].endswith("2020-12/schema")
    assert "id" not in schema["properties"]
    assert "required" not in schema
    for part, key, kinds in (
        ("populations", "population", populations()),
        ("campaigns", "tactic", tactics()),
    ):
        choices = schema["properties"][part]["additionalProperties"]["anyOf"]
        assert {"type": "null"} in choices
        named = {c["$ref"].rpartition("/")[2] for c in choices if "$ref" in c}
        assert named == set(kinds)
        assert all(schema["$defs"][n]["properties"][key]["const"] == n for n in named)
    # Every reference leads somewhere.
    for name in re.findall(r'"#/\$defs/([^"]+)"', said.out):
        assert name in schema["$defs"]


@pytest.mark.parametrize("name", scenario_ids())
def test_the_schema_knows_every_key_of_the_shipped_scenarios(call, name):
    schema = json.loads(call("schema").out)
    data = YAML(typ="safe").load(_yaml(name))
    # A file that extends another may leave out what kind of campaign it changes.
    kinds = {own: c.tactic for own, c in load_scenario(name).campaigns.items()}
    assert set(data) <= set(schema["properties"])
    for part, key in (("populations", "population"), ("campaigns", "tactic")):
        for own, values in (data.get(part) or {}).items():
            if values is not None:
                default = kinds[own] if part == "campaigns" else own
                kind = schema["$defs"][values.get(key, default)]
                assert set(values) <= set(kind["properties"])


@pytest.mark.parametrize("name", scenario_ids())
def test_the_schema_accepts_the_shipped_scenarios(call, name):
    data = json.loads(json.dumps(YAML(typ="safe").load(_yaml(name)), default=str))
    jsonschema.Draft202012Validator(json.loads(call("schema").out)).validate(data)


@pytest.mark.parametrize(
    ("part", "accepted"),
    [
        ({"response": "instant"}, True),
        ({"response": {"like": "instant", "appeals": {"minutes": 5}}}, True),
        ({"response": "at-once"}, False),
        ({"response": {"appeals": {"minuets": 5}}}, False),
        ({"prices": {"phone": {"JP": 3.5}, "resale": 0.2}}, True),
    ],
)
def test_the_schema_lets_a_file_change_some_of_a_named_part(call, part, accepted):
    schema = jsonschema.Draft202012Validator(json.loads(call("schema").out))
    assert schema.is_valid(part) == accepted


def test_doctor(call):
    said = call("doctor", "--json")
    about = json.loads(said.out)
    assert about["packages"]["numpy"]
    assert said.code == (2 if about["faults"] else 0)
    assert call("doctor").out.splitlines()[-1].startswith("Next: ")


def test_doctor_names_what_is_missing(call, monkeypatch):
    monkeypatch.setattr(requirements, "needed", lambda: ["numpy", "a-package-that-nobody-has"])
    said = call("doctor")
    assert said.code == 2
    assert "a-package-that-nobody-has is missing: pip install" in said.err


def test_doctor_names_every_extra_with_its_install_line(call, monkeypatch):
    told = json.loads(call("doctor", "--json").out)["extras"]
    pyproject = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text("utf-8"))
    extras = pyproject["project"]["optional-dependencies"]
    assert set(told) == set(extras) - {"dev", "docs"}
    for name, extra in told.items():
        assert extra["install"] == f"pip install 'shamcrowd[{name}]'"
        assert len(extra["packages"]) == len(extras[name])
    monkeypatch.setattr(requirements, "extras", lambda: {"big": ["a-package-that-nobody-has"]})
    said = call("doctor")
    assert said.code == 0
    line = next(line for line in said.out.splitlines() if line.startswith("big "))
    assert "a-package-that-nobody-has not installed" in line
    assert line.endswith("pip install 'shamcrowd[big]'")


@pytest.mark.parametrize(
    ("abilities", "files", "memory"),
    [
        (HostAbilities("forkserver", 5, True, True, True, True), "confined (Landlock", "limited"),
        (HostAbilities("spawn", 0, False, False, False, True), "not confined: this", "not limited"),
    ],
)
def test_doctor_says_how_far_plug_ins_are_confined(call, monkeypatch, abilities, files, memory):
    monkeypatch.setattr(host, "host_abilities", lambda: abilities)
    lines = {line.split("  ")[0]: line for line in call("doctor").out.splitlines()}
    assert files in lines["files"]
    assert memory in lines["memory"] or memory in call("doctor").out
    assert lines["network"].endswith("not confined")
    assert lines["seal"].strip() != "seal"
    assert json.loads(call("doctor", "--json").out)["confinement"]["landlock"] == abilities.landlock


def test_titles_are_those_of_the_loaded_files():
    assert shipped_titles("scenarios") == {n: load_scenario(n).title for n in scenario_ids()}
    assert shipped_titles("suites") == {n: load_suite(n).title for n in suite_ids()}
