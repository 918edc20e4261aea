"""Ctrl-C reaches every process of a terminal: a word, exit code 130, and nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

LONG = 300
"""Seconds that nothing here waits for unless it is broken."""


@pytest.mark.parametrize(
    ("arguments", "begun"),
    [
        (["simulate", "quickstart-v2", "--seed", "1", "--workers", "2", "--set", "shards=4",
          "--scale", "8", "--out", "r"], "r.partial/requests/*.parquet"),
        (["run", "quickstart-v2", "--seeds", "1", "--scale", "0.2", "--out", "o"],
         "o/recordings/*/manifest.json"),
        (["run", "quickstart-v2", "--detector", "velocity", "--seeds", "1,2", "--scale", "0.2",
          "--response", "instant", "--out", "o"], "o/loop/instant/*/seed-*.json"),
    ],
)  # fmt: skip
def test_an_interrupt(script, tmp_path, arguments, begun):
    process = subprocess.Popen(
        [script, *arguments], cwd=tmp_path, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + LONG
    while not any(tmp_path.glob(begun)):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=LONG)
    assert process.returncode == 130
    assert out == ""
    assert "interrupted; what was finished is kept" in err
    assert "Traceback" not in err
    assert not (tmp_path / "r").exists()
    # Loops that were finished are kept whole.
    for kept in tmp_path.glob("o/loop/instant/*/seed-*.json"):
        assert (kept.with_suffix("") / "manifest.json").exists()
    left = [path for path in tmp_path.glob("o/recordings/*") if path.suffix != ".partial"]
    assert all((path / "manifest.json").exists() for path in left)
