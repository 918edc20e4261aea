"""What teams copy into their own continuous integration names commands and files that are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from shamcrowd.benchmark.cli.commands.check import command
from shamcrowd.benchmark.suites.suite import load_suite

HOME = Path(__file__).parents[3]
DOCS = HOME / "docs"
REPORTS = {"report.md", "junit.xml", "report.html"}


def loaded(path):
    return YAML(typ="safe").load(path.read_text())


def asked(line):
    """Values of the options in a line that holds a check."""
    words = shlex.split(line[line.index("shamcrowd check") :].replace("$ARGUMENTS", ""))[2:]
    return command.make_context("check", list(words), resilient_parsing=True).params


def test_the_action_runs_a_check_as_it_is():
    steps = loaded(HOME / "action.yml")["runs"]["steps"]
    (check,) = [s["run"] for s in steps if s.get("run", "").startswith("shamcrowd check")]
    assert {str(p) for p in asked(check)["reports"]} == REPORTS
    kept = next(s["with"]["path"] for s in steps if "upload-artifact" in s.get("uses", ""))
    assert set(kept.split()) == REPORTS


def test_the_workflow_uses_the_action_with_inputs_that_there_are():
    inputs = loaded(HOME / "action.yml")["inputs"]
    (step,) = [
        s for s in loaded(DOCS / "examples/shamcrowd-gate.yml")["jobs"]["gate"]["steps"]
        if s["uses"].startswith("shamcrowd/shamcrowd@")
    ]  # fmt: skip
    assert set(step["with"]) <= set(inputs)
    shown = re.search(r"```yaml\n(.*?)```", (DOCS / "gate.md").read_text(), re.S)[1]
    assert len(shown.splitlines()) == 3
    assert YAML(typ="safe").load(shown)[1] == step


@pytest.mark.parametrize(
    "path",
    [
        "action.yml",
        "docs/examples/shamcrowd-gate.gitlab-ci.yml",
        "docs/examples/shamcrowd-gate.jenkinsfile",
    ],
)
def test_each_writes_the_reports_and_installs_extras_that_there_are(path):
    text = (HOME / path).read_text()
    line = next(x for x in text.splitlines() if "shamcrowd check" in x and "-o" in x)
    assert {str(p) for p in asked(line.strip(" '-"))["reports"]} == REPORTS
    for report in REPORTS:
        assert text.count(report) >= 2
    extras = re.search(r"shamcrowd\[([a-z,]+)\]", text)[1].split(",")
    project = (HOME / "pyproject.toml").read_text()
    assert all(re.search(rf"^{extra} = \[", project, re.M) for extra in extras)


def test_gitlab_keeps_the_cache_that_it_names():
    job = loaded(DOCS / "examples/shamcrowd-gate.gitlab-ci.yml")["shamcrowd"]
    (check,) = [line for line in job["script"] if line.startswith("shamcrowd check")]
    assert job["cache"]["paths"] == [str(asked(check)["cache"])]


def test_the_documents_name_options_that_there_are():
    known = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    text = (DOCS / "gate.md").read_text()
    lines = [line for line in text.splitlines() if line.startswith("    shamcrowd check")]
    assert lines
    for line in lines:
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", line)) <= known


def test_smoke_is_small():
    suite = load_suite("smoke-v2")
    assert suite.detectors
    assert len(suite.scenarios) * len(suite.seeds) <= 6
