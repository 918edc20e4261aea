"""Makes the tables of plug-ins in the documents, so that they always agree with the code.

A table stands between two comments, ``<!-- table: KIND -->`` and ``<!-- end of table -->``.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import shamcrowd.scenarios
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.detectors.checks.observed import observe
from shamcrowd.detectors.registry import detectors, is_control
from shamcrowd.simulator.registry import populations, strategies, tactics

MARKED = re.compile(
    r"(?P<head><!-- table: (?P<kind>[a-z]+) -->\n).*?(?P<tail><!-- end of table -->)", re.DOTALL
)
CELL = 200
"""Characters that a cell of a table has at most."""


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(line) + " |\n" for line in (head, *rows)]
    return "".join([lines[0], "|" + "---|" * len(head) + "\n", *lines[1:]])


def _first(text: str | None) -> str:
    """First sentence of a docstring, on one line and without its full stop."""
    paragraph = " ".join((text or "").split("\n\n")[0].split()).replace("``", "`")
    return re.split(r"(?<=[a-z\d)`])\. (?=[A-Z`])", paragraph)[0].removesuffix(".")


def _section(text: str, name: str) -> str:
    """What a docstring says after ``name:``, its first sentence, short enough for a cell."""
    found = re.search(rf"(?s)(?:^|\s){name}: (.*?)(?:\n\n|\Z)", text)
    said = _first(found[1]) if found else "–"
    return said if len(said) <= CELL else said[: said.rindex(" ", 0, CELL)] + " …"


def _quoted(name: str) -> str:
    return f"`{name}`"


def population_table() -> str:
    """Populations: who they are, and what of them looks like abuse."""
    rows = [
        (_quoted(name), kind.source.replace("threat model ", ""), _first(kind.__doc__),
         kind.looks_like_abuse)
        for name, kind in populations().items()
    ]  # fmt: skip
    return _table(("population", "source", "who they are", "what looks like abuse"), rows)


def tactic_table() -> str:
    """Tactics: what they do, where, and whom they look like."""
    rows = []
    for name, kind in tactics().items():
        like = _quoted(kind.looks_like) if kind.looks_like else "the owners themselves"
        scenarios = ", ".join(map(_quoted, scenarios_of(name))) or "–"
        source = kind.source.replace("threat model ", "")
        rows.append((_quoted(name), source, _first(kind.__doc__), scenarios, like))
    return _table(("tactic", "source", "what it does", "its scenario", "look-alike"), rows)


def scenarios_of(tactic: str) -> list[str]:
    """Shipped scenarios, the careful ones, whose only campaigns are of one tactic."""
    found = []
    for path in sorted(Path(next(iter(shamcrowd.scenarios.__path__))).glob("*.yaml")):
        played = set(re.findall(r"tactic: ([a-z-]+)", path.read_text("utf-8")))
        if played == {tactic} and not re.search(r"-(careless|expert)-v\d+$", path.stem):
            found.append(path.stem)
    return found


def strategy_table() -> str:
    """Strategies: what they do after losses."""
    rows = [(_quoted(name), _first(kind.__doc__)) for name, kind in strategies().items()]
    return _table(("strategy", "after losses"), rows)


def figure_table() -> str:
    """Figures of the closed loop."""
    rows = [
        (_quoted(name), figure.unit, _first(type(figure).__doc__), figure.better)
        for name, figure in figures().items()
    ]
    return _table(("figure", "unit", "what it is", "better"), rows)


def detector_table() -> str:
    """Detectors: what they score, give and read, what a review costs, when they fail."""
    rows = []
    for name, make in detectors().items():
        text = inspect.getdoc(make) or ""
        seen = observe(make)
        about = ("Control: " if is_control(name) else "") + _first(text)
        rows.append((
            _quoted(name), about, "A C" if seen.groups else "A", ", ".join(seen.tables),
            _section(text, "Complexity"), _section(text, "When it fails"),
        ))  # fmt: skip
    for name, control in truth_controls().items():
        about = f"Control: {_first(type(control).__doc__)}"
        rows.append((_quoted(name), about, "A C", "the truth", "–", "–"))
    return _table(("detector", "what it scores", "output", "reads", "cost", "fails on"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "populations": population_table,
    "tactics": tactic_table,
    "strategies": strategy_table,
    "figures": figure_table,
    "detectors": detector_table,
}
PAGES = {
    "worlds.md": ("populations", "tactics"),
    "strategies.md": ("strategies",),
    "arms-race.md": ("figures",),
    "detectors.md": ("detectors",),
}
"""Documents, and the tables that each has."""


def with_tables(text: str) -> str:
    """A document's text with its tables made again."""

    def made(match: re.Match[str]) -> str:
        return f"{match['head']}\n{TABLES[match['kind']]()}\n{match['tail']}"

    return MARKED.sub(made, text)


def write(folder: Path, pages: Iterable[str] = tuple(PAGES)) -> None:
    """Make the tables of documents in ``folder`` again."""
    for name in pages:
        page = folder / name
        page.write_text(with_tables(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
