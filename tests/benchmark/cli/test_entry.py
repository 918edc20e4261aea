"""Exit codes and words: what happens becomes a code, and no traceback unless the fault is ours."""

from __future__ import annotations

import gc
import os
import pty
import subprocess
import sys

import click
import pytest

from shamcrowd.benchmark.cli import BRIEF, entry, main
from shamcrowd.benchmark.cli.group import ORDER
from shamcrowd.recording.errors import (
    DetectorError,
    Fault,
    FolderInUseError,
    NothingToJudgeError,
    RecordingError,
    ScenarioError,
    UsageError,
)


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (UsageError("no such thing"), 2, "error: no such thing"),
        (RecordingError("here", "half-written", "mend"), 2, "error: here: half-written; mend"),
        (FolderInUseError("not ours"), 2, "error: not ours"),
        (ScenarioError([Fault("unknown key", "a.yaml", 2, 3)]), 2, "--> a.yaml:2:3"),
        (click.UsageError("wrong"), 2, "Error: wrong"),
        (DetectorError("it crashed"), 3, "error: it crashed"),
        (NothingToJudgeError("nothing"), 4, "error: nothing"),
        (KeyboardInterrupt(), 130, "interrupted; what was finished is kept"),
        (click.Abort(), 130, "interrupted"),
    ],
)
def test_every_error_has_its_code_and_no_traceback(monkeypatch, capsys, fault, code, told):
    def stop(*args, **kwargs):
        raise fault

    monkeypatch.setattr(entry.cli, "main", stop)
    assert entry.run([]) == code
    said = capsys.readouterr()
    assert told in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_fault_of_ours_is_told_with_a_traceback(monkeypatch, capsys):
    def stop(*args, **kwargs):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(entry.cli, "main", stop)
    assert entry.run([]) == entry.OURS
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "please report it" in said


def test_an_interrupt_inside_a_command(monkeypatch, call, tmp_path):
    import shamcrowd.simulator

    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(shamcrowd.simulator, "simulate", stop)
    said = call("simulate", "quickstart-v2", "--seed", 1, "--out", tmp_path / "r")
    assert said.code == 130
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["simulat"], "Did you mean 'simulate'"),
        (["qqqq"], "No such command"),
        (["list", "detector"], "'detector' is not one of"),
        (["run", "quickstart-v2"], "Missing option '--out'"),
        (["run", "quickstart-v2", "--out", "x", "--seeds", "5-1"], "runs backwards"),
        (["run", "quickstart-v2", "--out", "x", "--seeds", "a"], "is no list of seeds"),
        (["run", "quickstart-v2", "--out", "x", "--seeds", "901"], "seed 901 is used"),
        (["run", "quickstart-v2", "--out", "x", "--scale", "0"], "--scale"),
        (["run", "quickstart-v2", "--out", "x", "--alert-rate", "1"], "--alert-rate"),
        (
            ["run", "quickstart-v2", "--out", "x", "--detector", "velocty"],
            "did you mean 'velocity'",
        ),
        (["simulate", "quickstrat-v1", "--seed", "1", "--out", "x"], "quickstart-v2"),
        (["show", "quickstart-v2", "--set", "campaigns.hydra.acounts=3"], "accounts"),
    ],
)
def test_bad_usage(call, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    said = call(*arguments)
    assert said.code == 2
    assert told in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_version_and_help(call):
    assert call("--version").out.startswith("shamcrowd ")
    said = call("--help")
    assert said.code == 0
    places = [said.out.index(f"\n  {name} ") for name in ORDER]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ORDER)
def test_every_command_has_help(call, name):
    said = call(name, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: shamcrowd {name}")


HEAVY = {
    "numpy", "pandas", "pyarrow", "pyarrow.parquet", "scipy", "simpy", "sklearn", "faker", "rich",
}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--help"], set()),
        (["run", "--help"], set()),
        (["list", "detectors"], {"rich"}),
        (["doctor"], {"rich"}),
        # Types of columns name what a tell may be about; nothing is read.
        (["show", "quickstart-v2"], {"numpy", "pyarrow"}),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_need(arguments, needed):
    code = (
        "import sys; from shamcrowd.benchmark.cli.entry import run; "
        f"assert run({arguments}) == 0; "
        f"print('loaded:', sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == f"loaded: {sorted(needed)}"


@pytest.mark.parametrize(("first", "at_work"), [("show", False), ("simulate", True)])
def test_only_what_ends_at_once_leaves_garbage_and_has_one_thread(monkeypatch, first, at_work):
    seen = []
    threads = "OPENBLAS_NUM_THREADS"
    # Set first, so that it is as before afterwards.
    monkeypatch.setenv(threads, "")
    monkeypatch.delenv(threads)
    monkeypatch.setattr(sys, "argv", ["shamcrowd", first])
    monkeypatch.setattr(
        entry, "run", lambda arguments: seen.append((gc.isenabled(), threads in os.environ)) or 0
    )
    try:
        with pytest.raises(SystemExit):
            main()
    finally:
        gc.enable()
    assert seen == [(at_work, not at_work)]
    assert {name for name in BRIEF if not name.startswith("-")} <= set(ORDER)


def test_the_console_script(script):
    done = subprocess.run([script, "list", "metrics"], capture_output=True, text=True, check=True)
    assert "campaign-recall" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Next: ")
    done = subprocess.run([script, "nonsense"], capture_output=True, text=True)
    assert done.returncode == 2


def test_a_reader_that_goes_away(script):
    done = subprocess.run(
        f"{script} schema | head -1; {script} schema | true; echo ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split() == ["{", "0"]
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def _in_a_terminal(command, **environment):
    """Output of a command that believes itself to be in a terminal."""
    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    process = subprocess.Popen(
        command, stdout=theirs, stderr=theirs, env={**env, "TERM": "xterm", **environment}
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # how a terminal says that it was closed
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    assert process.wait() == 0
    return b"".join(parts).decode()


def test_colour_in_a_terminal(script):
    assert "\x1b[" in _in_a_terminal([script, "list", "metrics"])


def test_no_colour_where_it_is_unwanted(script):
    assert "\x1b[" not in _in_a_terminal([script, "list", "metrics"], NO_COLOR="1")


def test_no_error_reaches_the_terminal_as_commands(monkeypatch, capsys):
    nasty = "\x1b]0;pwn\x07\x1b[2J\u202e"
    for fault in (
        UsageError(f"{nasty}.yaml: no"),
        ScenarioError([Fault(nasty, f"{nasty}.yaml", 2, 3, nasty, nasty)]),
        OSError(28, "full", f"/tmp/{nasty}"),
    ):

        def stop(*args, said=fault, **kwargs):
            raise said

        monkeypatch.setattr(entry.cli, "main", stop)
        assert entry.run([]) == 2
        err = capsys.readouterr().err
        assert not {"\x1b", "\x07", "\u202e"} & set(err)
        assert "\\x1b[2J\\u202e" in err
