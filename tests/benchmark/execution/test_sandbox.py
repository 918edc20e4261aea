"""Detectors that look for the truth, for secrets, for memory: none of them finds any."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.execution.confinement import landlock
from shamcrowd.benchmark.scoring.findings_store import SavedFindings

NOSY = """
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings

RUN = Path({run!r})


def can(work):
    try:
        work()
    except OSError:
        return False
    return True


def looked():
    recording = {recordings!r}[0]
    return {{
        "truth": can(Path(recording, "truth", "accounts.parquet").read_bytes),
        "manifest": can(Path(recording, "manifest.json").read_bytes),
        "plan": can((RUN / "run.json").read_bytes),
        "others": can(lambda: os.listdir(RUN / "findings")),
        "tables": sum(can(Path(r, "accounts.parquet").read_bytes) for r in {recordings!r}),
        "folder": os.listdir(),
        "environment": sorted(os.environ),
        "input": sys.stdin.read(),
    }}


LOADING = looked()


class Nosy:
    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        said = json.dumps([LOADING, looked()])
        return Findings(ids, np.zeros(len(ids)), reason=[said] * len(ids))


class Greedy:
    def review(self, log):
        held = np.ones(2**30, np.uint8)
        raise AssertionError(f"got {{held.sum()}} bytes")
"""


@pytest.fixture
def nosy(run_copy, tmp_path):
    recordings = [str(p) for p in (run_copy / "recordings").iterdir()]
    path = tmp_path / "nosy.py"
    path.write_text(NOSY.format(run=str(run_copy), recordings=recordings))
    return path


def test_it_is_handed_no_way_to_the_truth(nosy, run_copy, again, monkeypatch):
    monkeypatch.setenv("SOMEBODYS_API_KEY", "secret")
    scores = again(run_copy, [f"{nosy}:Nosy"])
    assert {d.name: d.status for d in scores.detectors}["nosy"] == "ok"
    found = SavedFindings.read(Plan.read(run_copy).findings(run_copy, 1, "nosy"))
    for looked in json.loads(found.reason[0]):
        assert looked["folder"] == []
        assert looked["input"] == ""
        assert {"HOME", "PATH", "TMPDIR"} <= set(looked["environment"])
        assert not {"PWD", "SOMEBODYS_API_KEY"} & set(looked["environment"])
        if landlock.version():
            assert not any(looked[what] for what in ("truth", "manifest", "plan", "others"))
            assert looked["tables"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what is mapped")
def test_memory_is_limited(nosy, run_copy, again):
    scores = again(run_copy, [f"{nosy}:Greedy", "velocity"], memory_limit=800)
    status = {d.name: (d.status, d.error) for d in scores.detectors}
    assert status["velocity"] == ("ok", "")
    assert status["greedy"][0] == "failed"
    assert "more memory than it may have, 800 MiB: " in status["greedy"][1]
    assert "nosy.py" in status["greedy"][1]


def test_a_path_is_meant_from_where_the_caller_is(nosy, run_copy, again, monkeypatch):
    monkeypatch.chdir(nosy.parent)
    scores = again(run_copy, ["nosy.py:Nosy"])
    assert {d.name: d.status for d in scores.detectors}["nosy"] == "ok"
    assert Path.cwd() == nosy.parent


def test_a_changed_script_of_a_command_is_another_detector(run_copy, tmp_path, again):
    script = tmp_path / "score.sh"
    (tmp_path / "by_shell.py").write_text(
        "from pathlib import Path\n"
        "from shamcrowd.detectors.adapters.command import command\n"
        f"Mine = command(['sh', Path({str(script)!r})], {{'accounts': ['account']}}, form='csv')\n"
    )
    for text, status in (
        ("exit 3", "failed"),
        ("sed 's/$/,1/;1s/,1/,\"score\"/' accounts.csv", "ok"),
    ):
        script.write_text(text + " > findings.csv\n")
        scores = again(run_copy, [f"{tmp_path}/by_shell.py:Mine"])
        mine = {d.name: d for d in scores.detectors}["mine"]
        assert mine.status == status, mine.error


def test_the_run_s_folder_may_be_named_from_here(nosy, run_copy, again, monkeypatch):
    monkeypatch.chdir(run_copy.parent)
    scores = again(Path(run_copy.name), [f"{nosy}:Nosy"])
    assert {d.name: d.status for d in scores.detectors}["nosy"] == "ok"
