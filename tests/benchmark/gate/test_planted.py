"""A planted change of each kind turns the gate red, though everything else is in its cache.

One suite holds a detector for each kind of thing that findings depend on. Each counts accounts that
share a device, from a limit on; the change sets the limit so high that it finds nobody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.gate.check import check

SCRIPT = str(Path(sys.executable).with_name("shamcrowd"))
FINDS, MISSES = 2, 300
CODE = """
import os
import sys
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
{before}


class Mine:
    def review(self, log):
        a = log.accounts(["account", "device"])
        n = a.groupby("device")["account"].transform("size").to_numpy().astype(float)
        return Findings(a["account"].to_numpy(), (n > {limit}) * n)
"""
COMMAND = """
import sys
from pathlib import Path

from shamcrowd.detectors.adapters.command import command

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import {module}

Mine = command(
    [sys.executable, "-S", HERE / "script.py", {argument}],
    {{"accounts": ["account", "device"]}}, form="csv",
)
"""
PROGRAM = """
import csv
import sys
from collections import Counter

import helper

limit = float(sys.argv[1]) if len(sys.argv) > 1 else helper.LIMIT
with open("accounts.csv") as file:
    rows = list(csv.DictReader(file))
sizes = Counter(row["device"] for row in rows)
with open("findings.csv", "w") as file:
    print("account,score", file=file)
    for row in rows:
        n = sizes[row["device"]]
        print(row["account"], n if n > limit else 0, sep=",", file=file)
"""
DETECTORS = {
    "second_file": CODE.format(before="import rule", limit="rule.LIMIT"),
    "imported_script": COMMAND.format(module="os", argument=""),
    "weights": CODE.format(before="", limit="float((HERE / 'weights.txt').read_text())"),
    "environment": CODE.format(before="", limit="float(os.environ['OMP_LIMIT'])"),
    "package": CODE.format(before="import plantedpackage", limit="plantedpackage.LIMIT"),
    "argument": COMMAND.format(module="arguments", argument="str(arguments.LIMIT)"),
}
WORLD = """
schema: 1
extends: quickstart-v2
reviews: 1d
campaigns:
  hydra: {evasion: {rotation: 0}}
  credit-farm: {evasion: {rotation: 0}}
"""
"""Accounts of campaigns share devices."""
SUITE = f"""
schema: 1
title: One detector for each kind
seeds: [1]
calibration_seeds: [901]
scale: 0.05
scenarios: [careless.yaml]
detectors: [{", ".join(f'"{name}.py:{name.title().replace("_", "")}"' for name in DETECTORS)}]
"""
CELL = """
import numpy as np
from shamcrowd.detectors.base import Findings


class Cell:
    def review(self, log):
        a = log.accounts(["account", "device"])
        n = a.groupby("device")["account"].transform("size").to_numpy().astype(float)
        return Findings(a["account"].to_numpy(), (n > LIMIT) * n)
"""


def plant(folder: Path, limit: int) -> None:
    """Set the limit in everything that a detector can depend on."""
    for name in ("rule", "helper", "arguments"):
        (folder / f"{name}.py").write_text(f"LIMIT = {limit}\n")
    (folder / "weights.txt").write_text(f"{limit}")
    (folder / "careless.yaml").write_text(WORLD)
    packages = folder / "site-packages"
    about = packages / "plantedpackage-1.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: plantedpackage\nVersion: {limit}\n"
    )
    (packages / "plantedpackage.py").write_text(f"LIMIT = {limit}\n")


def run_check(folder: Path, limit: int, *options: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "OMP_LIMIT": str(limit), "PYTHONPATH": str(folder / "site-packages"),
             "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    return subprocess.run(
        [SCRIPT, "check", "--suite", "suite.yaml", "--cache", "cache", "--workers", "2", *options],
        cwd=folder, env=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def worse(report: Path) -> set[str]:
    """Names of the detectors that failed in a JUnit report."""
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return {str(case.get("name")) for case in cases if case.find("failure") is not None}


def test_each_kind_of_change_is_seen_with_a_warm_cache(tmp_path: Path) -> None:
    for name, code in DETECTORS.items():
        own = code.replace("Mine", name.title().replace("_", ""))
        (tmp_path / f"{name}.py").write_text(own)
    (tmp_path / "script.py").write_text(PROGRAM)
    (tmp_path / "suite.yaml").write_text(SUITE)
    plant(tmp_path, FINDS)
    made = run_check(tmp_path, FINDS, "--update-baseline")
    assert made.returncode == 0, made.stderr
    same = run_check(tmp_path, FINDS)
    assert same.returncode == 0, same.stderr + same.stdout
    assert "GREEN" in same.stdout
    plant(tmp_path, MISSES)
    changed = run_check(tmp_path, MISSES, "-o", "report.xml")
    assert changed.returncode == 1, changed.stderr + changed.stdout
    assert changed.stdout.rstrip().splitlines()[-1].startswith("RED")
    assert worse(tmp_path / "report.xml") == {name.replace("_", "-") for name in DETECTORS}


def test_a_global_of_a_notebook_is_seen_too(tmp_path: Path) -> None:
    (tmp_path / "suite.yaml").write_text(SUITE)
    plant(tmp_path, FINDS)
    codes = []
    for limit, update in ((FINDS, True), (FINDS, False), (MISSES, False)):
        cell = {"__name__": "__main__", "LIMIT": limit}
        exec(CELL, cell)
        result = check(
            tmp_path / "baseline.json", out=tmp_path / "out", suite=str(tmp_path / "suite.yaml"),
            detectors=[cell["Cell"]], update=update, cache=Cache(tmp_path / "cache"),
        )  # fmt: skip
        codes.append(result.verdict.exit_code if result.verdict else None)
    assert codes == [None, 0, 1]


@pytest.mark.parametrize("limit", [FINDS, MISSES])
def test_the_limits_do_find_and_miss(limit: int, tmp_path: Path) -> None:
    """The package that is planted is the one that is imported."""
    plant(tmp_path, limit)
    said = subprocess.run(
        [sys.executable, "-c", "import plantedpackage as p, importlib.metadata as m; "
         "print(p.LIMIT, m.version('plantedpackage'))"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site-packages")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.split() == [str(limit)] * 2
