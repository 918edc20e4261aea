"""Detectors that look for the truth, for secrets, for memory: none of them finds any."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from shamcrowd.benchmark.execution import landlock

NOSY = """
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings

RUN = Path({run!r})


def told(name, what):
    # Several seeds are judged at once.
    aside = Path({told!r}, f"{{name}}.{{os.getpid()}}")
    aside.write_text(json.dumps(what))
    aside.replace(Path({told!r}, name))


def can(work):
    try:
        work()
    except OSError:
        return False
    return True


def looked(where):
    recording = {recordings!r}[0]
    truth = Path(recording, "truth", "accounts.parquet")
    told(where, {{
        "truth": can(truth.read_bytes),
        "manifest": can(Path(recording, "manifest.json").read_bytes),
        "plan": can((RUN / "run.json").read_bytes),
        "others": can(lambda: os.listdir(RUN / "findings")),
        "tables": sum(can(Path(r, "accounts.parquet").read_bytes) for r in {recordings!r}),
        "folder": os.listdir(),
        "environment": sorted(os.environ),
        "input": sys.stdin.read(),
        "files": [
            os.readlink(f"/proc/self/fd/{{fd}}")
            for fd in os.listdir("/proc/self/fd")
            if os.path.exists(f"/proc/self/fd/{{fd}}")
        ],
    }})


looked("loading")


class Nosy:
    def review(self, log):
        looked("review")
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.zeros(len(ids)))


class Greedy(Nosy):
    def review(self, log):
        held = np.ones(2**30, np.uint8)
        raise AssertionError(f"got {{held.sum()}} bytes")


class Parent(Nosy):
    def review(self, log):
        child = subprocess.Popen(["sleep", "60"])
        told("child", child.pid)
        time.sleep(60)
"""


@pytest.fixture
def nosy(run_copy, tmp_path):
    told = tmp_path / "told"
    told.mkdir()
    recordings = [str(p) for p in (run_copy / "recordings").iterdir()]
    path = tmp_path / "nosy.py"
    path.write_text(NOSY.format(run=str(run_copy), told=str(told), recordings=recordings))
    return path


@pytest.fixture
def said(tmp_path):
    return lambda name: json.loads((tmp_path / "told" / name).read_text())


def test_it_is_handed_no_way_to_the_truth(nosy, said, run_copy, again, monkeypatch):
    monkeypatch.setenv("SOMEBODYS_API_KEY", "secret")
    scores = again(run_copy, [f"{nosy}:Nosy"])
    assert {d.name: d.status for d in scores.detectors}["nosy"] == "ok"
    for where in ("loading", "review"):
        looked = said(where)
        assert looked["folder"] == []
        assert looked["input"] == ""
        assert {"HOME", "PATH", "TMPDIR"} <= set(looked["environment"])
        assert "PWD" not in looked["environment"]
        assert not [f for f in looked["files"] if "truth" in f or f.endswith(".json")]
    # The process that starts them all may have been started before the key was set.
    assert "SOMEBODYS_API_KEY" not in said("review")["environment"]


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_it_cannot_open_the_truth_if_it_knows_where_it_is(nosy, said, run_copy, again):
    again(run_copy, [f"{nosy}:Nosy"])
    for where in ("loading", "review"):
        looked = said(where)
        assert not any(looked[what] for what in ("truth", "manifest", "plan", "others"))
    # Only those of the recording that it judges.
    assert said("loading")["tables"] in (0, 1)
    assert said("review")["tables"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what is mapped")
def test_memory_is_limited(nosy, run_copy, again):
    scores = again(run_copy, [f"{nosy}:Greedy", "velocity"], memory_limit=800)
    status = {d.name: (d.status, d.error) for d in scores.detectors}
    assert status["velocity"] == ("ok", "")
    assert status["greedy"][0] == "failed"
    assert "more memory than it may have, 800 MiB: " in status["greedy"][1]
    assert "nosy.py" in status["greedy"][1]


def test_what_it_started_ends_with_it(nosy, said, run_copy, again):
    again(run_copy, [f"{nosy}:Parent"], time_limit=3)
    stat = Path(f"/proc/{said('child')}/stat")
    until = time.monotonic() + 10
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until
        time.sleep(0.05)


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
