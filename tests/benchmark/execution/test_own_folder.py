"""What lies in a plug-in's folder is run by the plug-in's process alone.

Somebody starts `shamcrowd` in the folder of a plug-in, which holds a `numpy.py` as well.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import contextlib
import sys
from shamcrowd.simulator.core import process_start

if sys.argv[1] == "off":
    process_start.own_modules = contextlib.nullcontext
process_start.preload(["numpy"])
with process_start.starting():
    process = process_start.process_context().Process(target=print, args=("worked",))
    process.start()
process.join()
"""


@pytest.fixture
def ran(tmp_path):
    """What was run of the modules beside a plug-in by a process that the benchmark starts."""
    script, beside = tmp_path / "elsewhere.py", tmp_path / "plug-in"
    script.write_text(SCRIPT)
    beside.mkdir()
    mark = tmp_path / "mark"
    for name in ("numpy", "threading", "sitecustomize", "usercustomize"):
        (beside / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write('{name} ')\n")

    def run(defence):
        command = [sys.executable, str(script), defence]
        # Where a module of Python's own is taken from there, the process fails.
        subprocess.run(command, cwd=beside, capture_output=True, timeout=120, check=False)
        return mark.read_text() if mark.exists() else ""

    return run


def test_nothing_beside_it_is_run_by_the_benchmark(ran):
    assert ran("on") == ""


def test_what_lies_beside_it_would_be_run_otherwise(ran):
    assert "threading" in ran("off")
