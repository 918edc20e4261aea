"""Writes an exercise book in two forms: for marimo, and for Jupyter."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import Any

from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import Pack
from shamcrowd.benchmark.classroom.records import DETECTOR, STRATEGY

BEGIN = """\
import numpy as np
import pandas as pd

from shamcrowd.benchmark.classroom import open_book

book = open_book()"""


@dataclass(frozen=True)
class Cell:
    """A cell: Markdown or code.

    Attributes:
        markdown: whether it is text.
        source: what is in it.
        gives: names that it defines for others.
        uses: names of others that it uses.
    """

    markdown: bool
    source: str
    gives: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


def cells(pack: Pack) -> list[Cell]:
    """The cells of a pack's exercise book, in order."""
    found = [
        Cell(True, f"# {pack.title}\n\n{pack.about}\n\nRun the cells from top to bottom. Each "
            "exercise has a function for you to write. `book.check` tries it on the "
            "practice log, says what it missed, and keeps what it gives for your own "
            "log. `book.hint` opens a hint, which costs points."),
        Cell(False, BEGIN, ("book", "np", "pd")),
        Cell(False, "practice, truth = book.practice, book.truth\nbook.names",
             ("practice", "truth"), ("book",)),
    ]  # fmt: skip
    for number, (name, points) in enumerate(pack.exercises.items(), start=1):
        exercise = exercises()[name]
        function = f"answer_{name.replace('-', '_')}"
        code = exercise.start.replace("def answer(", f"def {function}(")
        used = tuple(n for n in ("np", "pd") if f"{n}." in code)
        found += [
            Cell(True, f"## {number}. {exercise.title} ({points} points)\n\n{exercise.text}"),
            Cell(False, code, (function,), used),
            Cell(False, f'book.check("{name}", {function})', (), ("book", function)),
            Cell(False, f"# Costs points:\n# book.hint(\"{name}\")", (), ()),
        ]  # fmt: skip
    if pack.findings:
        found += [
            Cell(True, f"## Findings ({pack.findings} points)\n\nGive scores for all accounts "
                "of your own log. They are judged like the exercise *Features*."),
            Cell(False, "book.write_findings(answer_features(book.log()))", (),
                 ("book", "answer_features")),
        ]  # fmt: skip
    if pack.detector or pack.race:
        found.append(Cell(True, _code_text(pack)))
    found += [
        Cell(True, "## Hand in\n\nThis packs your answers, and `detector.py` and `strategy.py` "
            "if you have them, into one file. You may hand in again until the time is "
            "over."),
        Cell(False, "book.hand_in()", (), ("book",)),
    ]  # fmt: skip
    return found


def _code_text(pack: Pack) -> str:
    text = "## Code\n\n"
    if pack.detector:
        text += (
            f"`{DETECTOR}` ({pack.detector} points) is run on worlds that are made after you have "
            f"handed in. Try it with `shamcrowd detect practice --detector "
            f"{DETECTOR}:TeamDetector`.\n\n"
        )
    if pack.race:
        text += (
            f"In the arms race ({pack.race} points) a defending team hands in `{DETECTOR}`, an "
            f"attacking team `{STRATEGY}`. What a strategy learns and may do is written in the "
            "file."
        )
    return text


def as_marimo(pack: Pack) -> str:
    """The book as a marimo notebook, which is a Python file."""
    parts = ["import marimo\n\napp = marimo.App()\n"]
    parts.append("\n@app.cell\ndef _():\n    import marimo as mo\n\n    return (mo,)\n")
    for cell in cells(pack):
        if cell.markdown:
            text = cell.source.replace("\\", "\\\\").replace('"""', "'''")
            body = f'mo.md(r"""\n{text}\n""")' if "\\" in text else f'mo.md("""\n{text}\n""")'
            parts.append(f"\n@app.cell(hide_code=True)\ndef _(mo):\n{_inside(body)}\n    return\n")
            continue
        lines = cell.source
        given = f"({', '.join(cell.gives)},)" if cell.gives else ""
        only = all(line.startswith("#") for line in lines.splitlines())
        end = "return" + (f" {given}" if given else "")
        parts.append(
            f"\n@app.cell\ndef _({', '.join(sorted(cell.uses))}):\n{_inside(lines)}\n"
            + ("" if only and not given else "\n" * bool(given))
            + f"    {end}\n"
        )
    parts.append('\nif __name__ == "__main__":\n    app.run()\n')
    return "\n".join(parts)


def _inside(code: str) -> str:
    return textwrap.indent(code, "    ", lambda line: bool(line.strip()))


def as_jupyter(pack: Pack) -> str:
    """The book as a Jupyter notebook (format 4.5)."""
    made: list[dict[str, Any]] = []
    for number, cell in enumerate(cells(pack)):
        lines = cell.source.splitlines(keepends=True)
        if cell.markdown:
            made.append({"cell_type": "markdown", "id": f"cell-{number}", "metadata": {},
                         "source": lines})  # fmt: skip
        else:
            made.append({"cell_type": "code", "id": f"cell-{number}", "metadata": {},
                         "execution_count": None, "outputs": [], "source": lines})  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {"cells": made, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"
