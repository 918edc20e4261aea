"""Writes text to the terminal: what others wrote is escaped, and only our own styles are obeyed.

Commands print with `say` alone, and tables with `shamcrowd.benchmark.cli.tables`. So it does not
matter where a string comes from: a detector's name, the name of a file, a title in a result of
somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from shamcrowd.recording.plain_text import printable


class Styled:
    """Text in colours; `styled` makes it, and ``+`` joins it with plain text."""

    def __init__(self, *parts: tuple[str, dict[str, Any]]) -> None:
        self._parts = parts

    def __add__(self, other: str | Styled) -> Styled:
        return Styled(*self._parts, *_parts(other))

    def __radd__(self, other: str) -> Styled:
        return Styled((other, {}), *self._parts)

    def __str__(self) -> str:
        """The text without its colours."""
        return "".join(text for text, _ in self._parts)

    def rendered(self) -> str:
        """The text as the terminal gets it."""
        return "".join(
            click.style(printable(t), **s) if s else printable(t) for t, s in self._parts
        )


def styled(text: str, **style: Any) -> Styled:
    r"""Text in a style of ours; ``style`` is what ``click.style`` takes.

    >>> ("a\x1b[2J" + styled("b\x1b[2J", bold=True)).rendered()
    'a\\x1b[2J\x1b[1mb\\x1b[2J\x1b[0m'
    """
    return Styled((text, style))


def lines_of(lines: Iterable[str | Styled]) -> Styled:
    """Lines as one text."""
    parts: list[tuple[str, dict[str, Any]]] = []
    for number, line in enumerate(lines):
        parts += [("\n", {})] * (number > 0) + [*_parts(line)]
    return Styled(*parts)


def quoted(text: str) -> str:
    r"""A message of others, whose further lines are indented, so that none looks like ours.

    >>> quoted("it failed\nGREEN\n")
    'it failed\n    GREEN'
    """
    return "\n    ".join(text.rstrip().split("\n"))


def _parts(text: str | Styled) -> tuple[tuple[str, dict[str, Any]], ...]:
    return text._parts if isinstance(text, Styled) else ((text, {}),)


def say(text: str | Styled = "", err: bool = False, nl: bool = True) -> None:
    """Print a text.

    Args:
        text: what to print; characters that a terminal obeys are shown as escapes.
        err: print it to the error stream.
        nl: end the line.
    """
    shown = text.rendered() if isinstance(text, Styled) else printable(text)
    click.echo(shown, err=err, nl=nl)
