"""``shamcrowd completion``."""

from __future__ import annotations

import click

from shamcrowd.benchmark.cli.completion import LINES, usual_shell
from shamcrowd.benchmark.cli.terminal import say


@click.command("completion")
@click.argument("shell", type=click.Choice(list(LINES)), required=False)
def command(shell: str | None) -> None:
    """Print the line that turns on completion of names in SHELL.

    Add it to the shell's start-up file, for example: shamcrowd completion bash >> ~/.bashrc.
    Default: the shell of this account.
    """
    say(LINES[shell or usual_shell()])
