"""Runs a command and turns errors into messages and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from shamcrowd.benchmark.cli.group import cli
from shamcrowd.benchmark.cli.terminal import say, styled
from shamcrowd.recording.errors import PluginError, ScenarioError, ShamcrowdError

INTERRUPTED = 130
_NO_SCRATCH = "No usable temporary directory"
"""What ``tempfile`` says where no folder for temporary files can be written."""
OURS = 70
"""Exit code for a fault of shamcrowd, shown with a traceback (EX_SOFTWARE)."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit code."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:
            # It was closed by the caller (`>&-`).
            setattr(sys, stream, Path(os.devnull).open("w"))  # noqa: SIM115
    # With None click finds out whether the output is a terminal (https://no-color.org).
    color = False if os.environ.get("NO_COLOR") else None
    with click.Context(cli, color=color):
        return _run(arguments, color)


def _run(arguments: Sequence[str], color: bool | None) -> int:
    try:
        code = cli.main(list(arguments), prog_name="shamcrowd", standalone_mode=False, color=color)
        sys.stdout.flush()
    except click.ClickException as fault:
        message = io.StringIO()
        fault.show(message)
        say(message.getvalue(), err=True, nl=False)
        return 2
    except (KeyboardInterrupt, click.Abort):
        say("\ninterrupted; what was finished is kept and used again", err=True)
        return INTERRUPTED
    except ScenarioError as fault:
        from shamcrowd.benchmark.cli.scenario_faults import show_faults

        show_faults(fault)
        return fault.exit_code
    except PluginError as fault:
        from shamcrowd.benchmark.cli.scenario_faults import shown

        sys.stdout.flush()
        for number, one in enumerate(fault.faults):
            say("\n" * (number > 0) + shown(one), err=True)
        return fault.exit_code
    except ShamcrowdError as fault:
        say(styled("error: ", fg="red", bold=True) + str(fault), err=True)
        return fault.exit_code
    except (BrokenPipeError, SystemExit):
        # The reader went away (`| head`), which click tells by leaving: nothing is left to say,
        # not even at exit.
        _drop_output()
        return 0
    except OSError as fault:
        from shamcrowd.recording.output import is_of_place

        if not is_of_place(fault) and _NO_SCRATCH not in str(fault):
            return _ours()
        return _place_at_fault(fault)
    except Exception:
        return _ours()
    return code if isinstance(code, int) else 0


def _place_at_fault(fault: OSError) -> int:
    """Tell what cannot be written, or read, and how to mend it."""
    from shamcrowd.recording.output import MENDS

    why = os.strerror(fault.errno) if fault.errno else str(fault)
    mend = MENDS.get(fault.errno or 0, "")
    where = fault.filename or "the output"
    if _NO_SCRATCH in str(fault):
        where, why, mend = "temporary files", "no folder for them can be written", "set TMPDIR"
    said = styled("error: ", fg="red", bold=True) + f"{where}: {why}; {mend}"
    with suppress(OSError):
        say(said, err=True)
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()
    return 2


def _ours() -> int:
    """Tell of a fault of shamcrowd, with its traceback."""
    import traceback

    traceback.print_exc()
    say("this is a fault of shamcrowd; please report it with the lines above", err=True)
    return OURS


def _drop_output() -> None:
    """Let nothing more be written, not even what is flushed at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
