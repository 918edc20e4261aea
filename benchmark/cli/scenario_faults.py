"""Shows what is wrong with a scenario: all faults, each with its place and how to mend it."""

from __future__ import annotations

from shamcrowd.benchmark.cli.terminal import Styled, lines_of, say, styled
from shamcrowd.recording.errors import Fault, ScenarioError
from shamcrowd.recording.plain_text import printable


def show_faults(error: ScenarioError) -> None:
    """Print every fault to the error stream."""
    for fault in error.faults:
        say(shown(fault) + "\n", err=True)
    if error.more:
        say(f"and {error.more:,} more\n", err=True)
    many = len(error.faults) + error.more
    say(f"{many:,} fault{'s' if many > 1 else ''}; nothing was simulated", err=True)


def shown(fault: Fault) -> Styled:
    """One fault, with the line it is in.

    >>> print(str(shown(Fault("unknown key 'acounts'", "a.yaml", 9, 3,
    ...     "did you mean 'accounts'?", "  acounts: 20"))))
    error: unknown key 'acounts'
      --> a.yaml:9:3
       |
     9 |   acounts: 20
       |   ^
       = did you mean 'accounts'?
    """
    bar = styled("|", fg="blue")
    lines = [
        styled("error: ", fg="red", bold=True) + styled(fault.what, bold=True),
        "  " + styled("-->", fg="blue") + f" {fault.place}",
    ]
    if fault.excerpt:
        number = str(fault.line).rjust(2)
        gap = " " * len(number)
        # A caret under a tab or a wide line would point nowhere.
        excerpt = printable(fault.excerpt.expandtabs(1)[:200])
        lines += [f"{gap} " + bar, f"{number} " + bar + f" {excerpt}"]
        if 0 < fault.column <= len(excerpt) + 1:
            before = " " * (fault.column - 1)
            lines.append(f"{gap} " + bar + f" {before}" + styled("^", fg="red"))
    if fault.mend:
        lines.append("   " + styled("=", fg="blue") + f" {fault.mend}")
    return lines_of(lines)
