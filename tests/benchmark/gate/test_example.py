"""The workflow that a team copies names commands and files that are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
from ruamel.yaml import YAML

from shamcrowd.benchmark.cli.commands.check import command
from shamcrowd.benchmark.suites.suite import load_suite

DOCS = Path(__file__).parents[3] / "docs"


def test_the_workflow_runs_a_check_as_it_is():
    workflow = YAML(typ="safe").load((DOCS / "examples/shamcrowd-gate.yml").read_text())
    steps = workflow["jobs"]["gate"]["steps"]
    (check,) = [s["run"] for s in steps if s.get("run", "").startswith("shamcrowd check")]
    words = shlex.split(check)[2:]
    options = command.make_context("check", list(words), resilient_parsing=True).params
    assert [str(p) for p in options["reports"]] == ["report.md", "junit.xml", "report.html"]
    kept = next(s["with"]["path"] for s in steps if "upload-artifact" in s.get("uses", ""))
    assert set(kept.split()) == {"report.md", "junit.xml", "report.html"}
    extras = re.search(r"shamcrowd\[([a-z,]+)\]", str(steps))[1].split(",")
    project = (DOCS.parent / "pyproject.toml").read_text()
    assert all(re.search(rf"^{extra} = \[", project, re.M) for extra in extras)


def test_the_documents_name_options_that_there_are():
    known = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    text = (DOCS / "gate.md").read_text()
    asked = [line for line in text.splitlines() if line.startswith("    shamcrowd check")]
    assert asked
    for line in asked:
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", line)) <= known


def test_smoke_is_small_and_judges_every_detector():
    suite = load_suite("smoke-v2")
    assert suite.detectors is None
    assert len(suite.scenarios) * len(suite.seeds) <= 6
