"""Runs a command and turns errors into messages and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from shamcrowd.benchmark.cli.group import cli
from shamcrowd.recording.errors import PluginError, ScenarioError, ShamcrowdError

INTERRUPTED = 130
OURS = 70
"""Exit code for a fault of shamcrowd, shown with a traceback (EX_SOFTWARE)."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit code."""
    # With None click finds out whether the output is a terminal (https://no-color.org).
    color = False if os.environ.get("NO_COLOR") else None
    with click.Context(cli, color=color):
        return _run(arguments, color)


def _run(arguments: Sequence[str], color: bool | None) -> int:
    try:
        code = cli.main(list(arguments), prog_name="shamcrowd", standalone_mode=False, color=color)
        sys.stdout.flush()
    except click.ClickException as fault:
        fault.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ninterrupted; what was finished is kept and used again", err=True)
        return INTERRUPTED
    except ScenarioError as fault:
        from shamcrowd.benchmark.cli.scenario_faults import show_faults

        show_faults(fault)
        return fault.exit_code
    except PluginError as fault:
        from shamcrowd.benchmark.cli.scenario_faults import shown

        sys.stdout.flush()
        click.echo("\n\n".join(shown(one) for one in fault.faults), err=True)
        return fault.exit_code
    except ShamcrowdError as fault:
        click.echo(click.style("error: ", fg="red", bold=True) + str(fault), err=True)
        return fault.exit_code
    except (BrokenPipeError, SystemExit):
        # The reader went away (`| head`), which click tells by leaving: nothing is left to say,
        # not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("this is a fault of shamcrowd; please report it with the lines above", err=True)
        return OURS
    return code if isinstance(code, int) else 0
