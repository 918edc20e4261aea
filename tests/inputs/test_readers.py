"""Bad inputs over the readers of tables and results: each is refused, at once, in one sentence.

`readers_cases.py` makes them. Nothing may be taken silently, end in a traceback, or hang.
"""

from __future__ import annotations

import shutil
import signal
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from shamcrowd.benchmark.cli.entry import run as run_command
from shamcrowd.benchmark.gate.baseline import Baseline
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.suites.result import ScenarioOutcome, SuiteResult, overall
from shamcrowd.recording.errors import ShamcrowdError, UnreadableError
from shamcrowd.recording.view import open_log
from tests.benchmark.conftest import small_run  # noqa: F401
from tests.inputs.readers_cases import FINDINGS, RECORDING, cases, damaged

LONG = 60
"""Seconds after which a reader is said to hang; on a busy machine all take long."""
AT_LEAST = 500


class HangError(BaseException):
    """A reader did not come back."""


def _command(*arguments):
    def read(run):
        return run_command([a.format(run=run, recording=run / RECORDING) for a in arguments])

    return read


def _function(call):
    def read(run):
        try:
            call(run)
        except UnreadableError as fault:
            return fault.exit_code if fault.mend else 0
        except ShamcrowdError as fault:
            return fault.exit_code
        return 0

    return read


READERS = {
    "validate": _command("validate", "{recording}", "-q"),
    "score": _command("score", "{run}", "-q"),
    "report": _command("report", "{recording}", "-q", "--out", "{run}/page.html"),
    "audit": _command("audit", "{recording}", "-q"),
    "realism": _command("realism", "{recording}"),
    "inject": _command(
        "inject",
        "quickstart-v2",
        "--into",
        "{recording}",
        "--scale",
        "0.02",
        "--out",
        "{run}/injected",
        "-q",
    ),
    "fit-world": _command(
        "fit-world", "{recording}", "--out", "{run}/world.yaml", "--no-card", "-q"
    ),
    "detect": _command(
        "detect", "{recording}", "--detector", "velocity", "--out", "{run}/ranked.csv", "-q"
    ),
    "explain": _command(
        "explain", "{recording}", "0", "--detector", "velocity", "--out", "{run}/dossier", "-q"
    ),
    "export": _command(
        "export", "{recording}", "--format", "new-api", "--out", "{run}/out.jsonl", "-q"
    ),
    "compare": _command("compare", "{run}", "{run}", "-q"),
    "open_log": _function(lambda run: open_log(run / RECORDING)),
    "suite": _function(SuiteResult.read),
    "findings": _function(lambda run: SavedFindings.read(run / FINDINGS)),
    "baseline": _function(lambda run: Baseline.read(run / "baseline.json")),
}
"""Give an exit code; 0: taken."""


@contextmanager
def at_most(seconds):
    """Ends a reader that hangs."""

    def late(*_):
        raise HangError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def folder(small_run, tmp_path_factory):  # noqa: F811
    run = tmp_path_factory.mktemp("readers") / "run"
    shutil.copytree(small_run.folder, run)
    played = {"twice-a-day": small_run.scores}
    outcome = ScenarioOutcome("twice-a-day", "ok", scores="scores.json")
    SuiteResult("one", "One", {"scale": 1.0}, (outcome,), overall(played)).write(run)
    shutil.copy(Path(__file__).parents[2] / "baseline.json", run / "baseline.json")
    return run


def test_every_reader_takes_what_is_sound(folder, capsys):
    """But those which take long and have tests of their own."""
    long = {"report", "audit", "score", "inject", "fit-world", "detect", "explain"}
    for name in READERS.keys() - long:
        assert READERS[name](folder) == 0, (name, capsys.readouterr())


def test_every_bad_input_is_refused(folder, capsys):
    """Told with a mend, and with no traceback."""
    wrong, many, begun = [], 0, time.process_time()
    kinds = Counter()
    for case in cases(folder, folder / "suite.json", folder / "baseline.json"):
        with damaged(folder, case):
            for reader in case.readers:
                many += 1
                try:
                    with at_most(LONG):
                        code = READERS[reader](folder)
                except HangError:
                    wrong.append(f"{case.name}: {reader} hangs")
                    continue
                except Exception as fault:
                    wrong.append(f"{case.name}: {reader} raises {type(fault).__name__}: {fault}")
                    continue
                said = capsys.readouterr()
                if "Traceback" in said.err or code == 70:
                    wrong.append(f"{case.name}: {reader} ends in a traceback: {said.err[-300:]}")
                elif code == 0:
                    wrong.append(f"{case.name}: {reader} takes it")
                kinds[reader, code] += 1
    with capsys.disabled():
        print(f"\n{many} bad inputs, {time.process_time() - begun:.1f} CPU s, {dict(kinds)}")
    assert not wrong, f"{len(wrong)} of {many}:\n" + "\n".join(wrong)
    assert many >= AT_LEAST
