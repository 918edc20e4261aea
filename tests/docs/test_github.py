"""The files of `.github/` are whole: they cannot be run here, but they can be read."""

from __future__ import annotations

import re
import tomllib

import pytest
from ruamel.yaml import YAML

from tests.docs.pages import ROOT, named

FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (FOLDER / "ISSUE_TEMPLATE").glob("*.yml") if p.stem != "config")
FIELDS = {"checkboxes", "dropdown", "input", "markdown", "textarea"}


def read(path):
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_a_workflow_states_its_rights_and_ends(path):
    workflow = read(path)
    assert {"name", "on", "permissions", "jobs"} <= set(workflow)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        for needed in [job["needs"]] if "needs" in job else []:
            assert needed in workflow["jobs"]
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            assert "uses" not in step or re.fullmatch(r"[\w-]+/[\w-]+@[\w./]+", step["uses"])


def test_every_supported_python_is_tested():
    jobs = read(FOLDER / "workflows/tests.yml")["jobs"]
    tested = {"3.11", *jobs["pythons"]["strategy"]["matrix"]["python"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = (re.fullmatch(r".*Python :: (3\.\d+)", c) for c in project["classifiers"])
    assert tested == {found[1] for found in named if found}


def test_targets_of_make_exist():
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    for path in WORKFLOWS:
        assert set(re.findall(r"\bmake ([a-z]+)", path.read_text("utf-8"))) <= targets


def test_only_the_release_gets_a_token_for_the_index():
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            publishes = any("pypi-publish" in step.get("uses", "") for step in job["steps"])
            assert publishes == (path.stem == "release" and name == "publish")
            if publishes:
                assert job["permissions"] == {"id-token": "write"}
                assert job["environment"]["name"] == "pypi"


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_asks_each_thing_once(path):
    form = read(path)
    assert {"name", "description", "body"} <= set(form)
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in form["body"]} <= FIELDS
    assert all(field["attributes"]["label"] for field in fields)
    ids = [field["id"] for field in fields]
    assert len(set(ids)) == len(ids)
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_there_is_a_form_for_each_kind():
    assert {path.stem for path in FORMS} == {"bug", "plug-in", "source"}
    assert read(FOLDER / "ISSUE_TEMPLATE/config.yml")["contact_links"]
