"""Plug-ins that look around in their process and tell what they found, in the reason they give."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass, replace

import pytest

from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY

FRAME = """
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from shamcrowd.detectors.base import Findings


def can(work):
    try:
        work()
    except BaseException as fault:
        return f"{{type(fault).__name__}}: {{fault}}"
    return "yes"


def look(log):
{body}


class Spy:
    def review(self, log):
        ids = log.accounts(["account"])["account"].to_numpy()
        found = json.dumps(look(log))
        return Findings(ids, np.zeros(len(ids)), reason=[found] * len(ids))
"""


@dataclass
class Spies:
    """Runs the body of a function ``look(log)`` in a plug-in's process and gives what it returns.

    ``hidden`` are folders that the run hides; ``folder`` is the one that the plug-in lies in.
    """

    folder: object
    home: object
    hidden: tuple = ()
    memory_mib: int = 2048
    scratch_mib: int = 64

    def process(self, body, limit=60.0):
        path = self.folder / "spy.py"
        path.write_text(FRAME.format(body=textwrap.indent(textwrap.dedent(body), "    ")), "utf-8")
        candidate = Candidate("spy", f"{path}:Spy")
        sandbox = candidate.sandbox(self.home, self.hidden, self.memory_mib)
        sandbox = replace(sandbox, scratch_mib=self.scratch_mib)
        return PluginProcess(candidate.packed(), sandbox, limit)

    def __call__(self, body, days=1, limit=60.0):
        log = sample_log(accounts=8, days=4)
        now = log.start + days * MS_PER_DAY
        known = log.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
        with self.process(body, limit) as plugin:
            plugin.make()
            found = plugin.review(OfferedLog(log), now, EARLIEST, None, known)
        return json.loads(found.reason[0])


@pytest.fixture
def spies(tmp_path):
    for name in ("plugin", "homes"):
        (tmp_path / name).mkdir()
    return Spies(tmp_path / "plugin", tmp_path / "homes")
