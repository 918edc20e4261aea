"""How tables look in a terminal: no boxes, plain alignment, at most 80 columns.

`click.echo` prints them, so they have no colours where the output is not a terminal or
``NO_COLOR`` is set (https://no-color.org).
"""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import click

from shamcrowd.recording.plain_text import printable

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

WIDTH = 80


def new_table(
    *heads: str, right: bool = False, name_width: int | None = None, gap: int = 2
) -> Table:
    """A table without boxes, ready for rows.

    Args:
        heads: head of each column; a head may have several lines.
        right: align all columns but the first to the right, as for numbers.
        name_width: longest text of the first column; longer ones are cut.
        gap: blanks between columns.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="bold")
    for number, head in enumerate(heads):
        shown = cell(head)
        if number == 0:
            table.add_column(shown, no_wrap=name_width is not None, max_width=name_width)
        elif right:
            table.add_column(shown, justify="right", no_wrap=True)
        else:
            table.add_column(shown, overflow="fold")
    return table


def cell(words: str, style: str = "") -> Text:
    """A cell that shows ``words`` as they are: no markup, and no character that is obeyed.

    Args:
        words: what to show; it may come from anybody.
        style: a style of ours, such as ``bold``.
    """
    from rich.text import Text

    # Not the style of the whole cell: blanks that fill it up would have it, too.
    return Text.assemble((printable(words), style))


def add_row(table: Table, *cells: str | Text, style: str = "") -> None:
    """Add a row; a cell with a style is made by `cell`."""
    table.add_row(*(cell(c) if isinstance(c, str) else c for c in cells), style=style)


def add_group(table: Table, title: str) -> None:
    """Add a line that names the rows below it."""
    add_row(table, cell(title, "dim"))


def group_title(kind: str) -> str:
    """What stands above the rows of a kind that is not the first."""
    return "with more to learn from" if kind == "ceiling" else "controls"


def group_name(name: str, kind: str) -> Text:
    """The first cell of a row: detectors in bold, controls set in."""
    return cell(name, "bold") if kind == "detector" else cell(f" {name}")


def decimal(value: float | None, digits: int = 3, sign: bool = False) -> str:
    """A number with fixed decimals; "–" for None, and never ``-0.000``.

    >>> decimal(-0.0001), decimal(0.25, 1), decimal(0.5, sign=True), decimal(None)
    ('0.000', '0.2', '+0.500', '–')
    """
    if value is None:
        return "–"
    # Adding zero turns a rounded -0.0 into 0.0.
    return format(round(value, digits) + 0.0, f"{'+' if sign else ''}.{digits}f")


def show_table(table: Table, indent: int = 0) -> None:
    """Print a table to the output, without blanks at the ends of lines."""
    from rich.console import Console
    from rich.padding import Padding

    text = io.StringIO()
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    # Always in colour: `click.echo` takes colours out where the output has none.
    console = Console(
        file=text, width=width, force_terminal=True, color_system="standard", highlight=False,
        emoji=False, no_color=False,
    )  # fmt: skip
    console.print(Padding(table, (0, 0, 0, indent)) if indent else table)
    for line in text.getvalue().splitlines():
        click.echo(line.rstrip())
