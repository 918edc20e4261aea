"""Shows what is wrong with a scenario: all faults, each with its place and how to mend it."""

from __future__ import annotations

import click

from shamcrowd.recording.errors import Fault, ScenarioError
from shamcrowd.recording.plain_text import printable


def show_faults(error: ScenarioError) -> None:
    """Print every fault to the error stream."""
    for fault in error.faults:
        click.echo(shown(fault) + "\n", err=True)
    if error.more:
        click.echo(f"and {error.more:,} more\n", err=True)
    many = len(error.faults) + error.more
    click.echo(f"{many:,} fault{'s' if many > 1 else ''}; nothing was simulated", err=True)


def shown(fault: Fault) -> str:
    """One fault, with the line it is in.

    >>> print(click.unstyle(shown(Fault("unknown key 'acounts'", "a.yaml", 9, 3,
    ...     "did you mean 'accounts'?", "  acounts: 20"))))
    error: unknown key 'acounts'
      --> a.yaml:9:3
       |
     9 |   acounts: 20
       |   ^
       = did you mean 'accounts'?
    """
    bar = click.style("|", fg="blue")
    lines = [
        click.style("error: ", fg="red", bold=True) + click.style(printable(fault.what), bold=True),
        f"  {click.style('-->', fg='blue')} {printable(fault.place)}",
    ]
    if fault.excerpt:
        number = str(fault.line).rjust(2)
        gap = " " * len(number)
        # A caret under a tab or a wide line would point nowhere.
        excerpt = printable(fault.excerpt.expandtabs(1)[:200])
        lines += [f"{gap} {bar}", f"{number} {bar} {excerpt}"]
        if 0 < fault.column <= len(excerpt) + 1:
            lines.append(f"{gap} {bar} {' ' * (fault.column - 1)}{click.style('^', fg='red')}")
    if fault.mend:
        lines.append(f"   {click.style('=', fg='blue')} {printable(fault.mend)}")
    return "\n".join(lines)
