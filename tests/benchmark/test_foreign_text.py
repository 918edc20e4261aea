"""Text of others reaches every kind of output, and is obeyed in none.

Every string in results made by hand gets hostile text before it: names of detectors and scenarios,
titles, reasons, errors, notes, names of groups. All that writes an output is then asked to write,
and each kind of output is read as its readers would.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import click
import numpy as np
import pyarrow as pa
import pytest

import shamcrowd.benchmark
from shamcrowd.benchmark.cli.closed_loop_board import show_board
from shamcrowd.benchmark.cli.commands import detect as detect_command
from shamcrowd.benchmark.cli.commands import transfer as transfer_command
from shamcrowd.benchmark.cli.comparison_board import show_comparison
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.duel_board import show_duel
from shamcrowd.benchmark.cli.gate_board import show_verdict
from shamcrowd.benchmark.cli.leaderboard import show_leaderboard
from shamcrowd.benchmark.cli.scenario_faults import show_faults
from shamcrowd.benchmark.cli.suite_board import show_suite_board
from shamcrowd.benchmark.cli.sweep_board import show_sweep
from shamcrowd.benchmark.cli.terminal import say, styled
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.comparison.compare import compare
from shamcrowd.benchmark.gate.reports.writing import write_reports
from shamcrowd.benchmark.gate.verdict import FigureChange, Verdict
from shamcrowd.benchmark.own_logs.detect import Detected, Detection
from shamcrowd.benchmark.own_logs.explain.model import (
    Dossier,
    FigureTable,
    Head,
    Number,
    Point,
    Section,
)
from shamcrowd.benchmark.own_logs.ranking import ranked
from shamcrowd.benchmark.own_logs.writing import write_ranked
from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import (
    write_arms_race,
    write_duel,
    write_sweep,
)
from shamcrowd.benchmark.reports.comparison import files
from shamcrowd.benchmark.reports.comparison.files import write_comparison
from shamcrowd.benchmark.reports.dossier.writing import write_dossier
from shamcrowd.benchmark.reports.run.run_page import write_report
from shamcrowd.benchmark.reports.suite.markdown import write_board
from shamcrowd.benchmark.reports.suite.suite_page import write_suite_report
from shamcrowd.benchmark.reports.transfer.transfer_markdown import write_transfer_markdown
from shamcrowd.benchmark.reports.transfer.transfer_page import write_transfer_page
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.transfer.judging import JudgedDetector
from shamcrowd.benchmark.transfer.ranks import Agreement
from shamcrowd.benchmark.transfer.set_base import UsedFile
from shamcrowd.benchmark.transfer.sets.own_table import OwnTable
from shamcrowd.benchmark.transfer.transfer import SetResult, TransferResult
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import Fault, ScenarioError
from shamcrowd.recording.output import OutputError
from tests.benchmark.reports.closed_loop.conftest import board, duel, sweep  # noqa: F401
from tests.benchmark.reports.run.conftest import scores  # noqa: F401
from tests.benchmark.reports.suite.conftest import make_suite  # noqa: F401

HOSTILE = (
    "=1|<img src=x onerror=f()>`[a](javascript:b)\x1b[2J\x1b[35m\u202e\"'[blink]x\\input{a}/../"
)
OURS = {
    "ok", "failed", "unavailable", "detector", "control", "higher", "lower", "worse", "missing",
    "new", "improved", "within", "same", "labels", "scale", "platform", "reviews", "tracks",
    "campaign", "tokens", "joined", "banned", "wrong", "restored", "count", "text", "for", "who",
    "next", "own", "timeline", "2026-03-02", "2026-03-03",
}  # fmt: skip
"""Words that are ours: a reader of results refuses others in their place."""


def poison(value):
    """The same with hostile text before every string of others."""
    if isinstance(value, str):
        known = value in OURS or value in metrics() or value in figures() or not value
        return value if known else HOSTILE + value
    if isinstance(value, dict):
        return {poison(key): poison(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(poison(one) for one in value)
    if is_dataclass(value):
        kept = {f.name: poison(getattr(value, f.name)) for f in fields(value) if f.init}
        return replace(value, **kept)
    return value


class Tags(HTMLParser):
    """Tags and names of attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def safe_terminal(text: str) -> None:
    assert "onerror" in text or "=1" in text, "the hostile text did not arrive"
    plain = re.sub(r"\x1b\[(0|1|2|31|32|33|34|39|22|1;3[1-4])?m", "", text)
    assert "\x1b" not in plain
    assert "\u202e" not in text


def safe_page(text: str) -> None:
    assert "onerror" in text, "the hostile text did not arrive"
    for tag, attributes in Tags(text).found:
        assert tag not in ("img", "script")
        assert not [name for name in attributes if name.startswith("on")]
        assert not (attributes.get("href") or "").startswith("javascript:")
    assert "\x1b" not in text
    assert "\u202e" not in text


def safe_markdown(text: str) -> None:
    assert "onerror" in text, "the hostile text did not arrive"
    prose = re.sub(r"(?<!\\)`[^`\n]*`", "", text).replace("<br>", "")
    for sign in "<[`":
        assert not re.search(rf"(?<!\\){re.escape(sign)}", prose), sign
    assert "\x1b" not in text
    assert "\u202e" not in text


def safe_csv(text: str) -> None:
    assert "onerror" in text, "the hostile text did not arrive"
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            if cell[:1] in tuple("=+-@\t\r"):
                float(cell)
    assert "\x1b" not in text


def safe_xml(text: str) -> None:
    root = ElementTree.fromstring(text)
    assert not [one for one in root.iter() if one.tag.rpartition("}")[2] in ("script", "img")]
    assert "\x1b" not in text
    assert "\u202e" not in text


def safe_tex(text: str) -> None:
    assert "input" in text, "the hostile text did not arrive"
    assert "\\input" not in text
    assert "\x1b" not in text


def safe_json(text: str) -> None:
    json.loads(text)
    assert text.isascii()


SAFE = {
    ".html": safe_page, ".md": safe_markdown, ".csv": safe_csv, ".xml": safe_xml,
    ".svg": safe_xml, ".tex": safe_tex, ".json": safe_json,
}  # fmt: skip


def all_safe(folder: Path, *endings: str) -> None:
    """Every file is safe; those with these endings are there; nothing lies elsewhere."""
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= set(endings)
    for path in written:
        SAFE[path.suffix](path.read_text("utf-8"))


@pytest.fixture
def verdict() -> Verdict:
    entries = tuple(
        FigureChange("s", "d", "average-precision", kind, 0.9, 0.5, 0.4, 0.05, note)
        for kind, note in (("worse", ""), ("missing", "n"), ("new", "n"), ("improved", ""))
    )
    return poison(
        Verdict("suite", entries, (("s", "why"),), (("s", "d", "e"), ("s", "", "e")), ("c",))
    )


@pytest.fixture
def detection() -> Detection:
    account = np.arange(1, 4, dtype=np.int32)
    found = Findings(
        account, np.array([3.0, 2.0, 1.0]), np.array([1, 1, -1]), [HOSTILE, "-2", "@a"]
    )
    done = Detected(HOSTILE + "d.py:D", found)
    said = Detected(HOSTILE + "e", None, (HOSTILE + "blind",), HOSTILE + "said", failed=True)
    return Detection(Path(HOSTILE + "rec"), 0, account, [done, said])


NAMES = {1: "=cmd()", 2: "\t=cmd()", 3: HOSTILE}


def test_files_on_a_run(scores, tmp_path):  # noqa: F811
    write_report(poison(scores), tmp_path / "report.html")
    all_safe(tmp_path, ".html")


def test_files_on_a_suite(make_suite, tmp_path):  # noqa: F811
    made = make_suite()
    bad = replace(made, result=poison(made.result), scores=poison(made.scores))
    write_suite_report(bad, tmp_path / "out" / "suite.html")
    write_board(bad, tmp_path / "out" / "board.md", machine="")
    all_safe(tmp_path / "out", ".html", ".md")


def test_files_on_the_closed_loop(board, duel, sweep, tmp_path):  # noqa: F811
    write_arms_race(poison(board), tmp_path / "a.html")
    write_duel(poison(duel), tmp_path / "b.html")
    write_sweep(poison(sweep), tmp_path / "c.html")
    all_safe(tmp_path, ".html")


def test_files_on_a_comparison(suite, tmp_path, monkeypatch):
    left, right = poison(tuple(suite(linker=0.5)[:2])), poison(tuple(suite(linker=0.6)[:2]))
    found = compare(left, right, (HOSTILE + "a", HOSTILE + "b"))
    write_comparison(found, tmp_path / "in" / "deep")
    all_safe(tmp_path, ".md", ".csv", ".tex", ".json", ".svg")
    assert _drawn(tmp_path) == len(found.scenarios) > 0
    # A name that leads elsewhere would.
    monkeypatch.setattr(files, "file_stem", lambda name: name)
    with suppress(OutputError):
        write_comparison(found, tmp_path / "in" / "other" / "deep")
    assert _drawn(tmp_path / "in" / "other") == 0


def _drawn(folder):
    """How many scenarios are drawn where they belong; nothing lies elsewhere then."""
    written = [path for path in folder.rglob("*") if path.is_file()]
    if any(path.parent.name != "deep" for path in written):
        return 0
    return sum(path.name.startswith("detection-") for path in written)


def test_files_on_a_check(verdict, tmp_path):
    write_reports(verdict, [tmp_path / f"r{ending}" for ending in (".md", ".xml", ".html")])
    all_safe(tmp_path, ".md", ".xml", ".html")


@pytest.fixture
def dossier() -> Dossier:
    number = Number("a label", 3, "count", "select 1", "a note")
    listing = FigureTable(
        "a listing", (Head("who", "text"), Head("many")), (("x", 1),), "select 2", "a note"
    )
    point = Point(number, number, "a rule", "for")
    days = FigureTable(
        "days",
        (Head("day", "text"), Head("many")),
        (("2026-03-02", 1), ("2026-03-03", 2)),
        "select",
    )
    timeline = Section("timeline", "a title", listings=(days,))
    section = Section("who", "a title", ("a line",), (number,), (listing,), (point,))
    made = Dossier(
        "asked", "a group", "a-log", "0123", False, 1_772_409_600_000, 3, 9, ("select 0",),
        (section, timeline, replace(section, name="next", parts=(section,))),
    )  # fmt: skip
    return poison(made)


@pytest.fixture
def transferred() -> TransferResult:
    judged = [
        JudgedDetector("a", "detector", metrics={"average-precision": 0.5}),
        JudgedDetector("b", "control", status="failed", said="why"),
    ]
    files = [UsedFile("a.csv", 10, "0123")]
    agreed = [Agreement("average-precision", "average-precision", {"a": (0.1, 0.2)})]
    one = SetResult("own", OwnTable(), files, 9, 3, 6, 0, 20, {"card": 5}, ["note"], judged, agreed)
    return TransferResult([poison(one)], HOSTILE, HOSTILE, {})


def test_files_on_a_group_of_accounts(dossier, tmp_path):
    write_dossier(dossier, pa.table({}), tmp_path / "out")
    all_safe(tmp_path / "out", ".md", ".html", ".json")


def test_files_on_labelled_sets(transferred, tmp_path):
    write_transfer_page(transferred, tmp_path / "transfer.html")
    write_transfer_markdown(transferred, tmp_path / "transfer.md")
    all_safe(tmp_path, ".md", ".html")


def test_files_on_ranked_accounts(detection, tmp_path):
    table = ranked(detection, NAMES)
    for ending in (".csv", ".json"):
        write_ranked(table, tmp_path / f"r{ending}")
    all_safe(tmp_path, ".csv", ".json")


@pytest.fixture
def printed(capsys):
    """What a function prints to a terminal with colours."""

    def do(show, *arguments) -> str:
        with click.Context(click.Command("x"), color=True):
            show(*arguments)
        said = capsys.readouterr()
        return said.out + said.err

    return do


def test_boards_in_a_terminal(
    printed, scores, make_suite, board, duel, sweep, suite, verdict, detection, transferred  # noqa: F811
):  # fmt: skip
    made = make_suite()
    bad = replace(made, result=poison(made.result), scores=poison(made.scores))
    left, right = poison(tuple(suite(linker=0.5))), poison(tuple(suite(linker=0.9)))
    fault = Fault(HOSTILE, HOSTILE, 2, 3, HOSTILE, HOSTILE)
    for show, *arguments in (
        (show_leaderboard, poison(scores)), (show_suite_board, bad), (show_board, poison(board)),
        (show_duel, poison(duel)), (show_sweep, poison(sweep)), (show_verdict, verdict),
        (show_comparison, compare(left, right, (HOSTILE, HOSTILE))),
        (show_faults, ScenarioError([fault])), (next_step, HOSTILE), (say, HOSTILE),
        (say, HOSTILE + styled(HOSTILE, fg="red") + HOSTILE),
        (detect_command._show, detection, ranked(detection, NAMES), 3, Path(HOSTILE)),
        (transfer_command._show, transferred, Path(HOSTILE)),
    ):  # fmt: skip
        safe_terminal(printed(show, *arguments))


def test_markup_is_shown_and_not_obeyed(printed, detection):
    assert "[blink]" in printed(detect_command._show, detection, ranked(detection), 3, None)


DOORS = {
    "click.echo": ("cli/terminal.py", "cli/tables.py"),
    "click.secho": (),
    "click.style": ("cli/terminal.py",),
    # The book prints in its reader's own process, and the list of a wheel's files is for pip.
    "print": ("execution/plugin_process.py", "classroom/book.py"),
    "html.escape": (), "escape": (),
    "Markup": ("reports/rendering.py",),
    "Environment": ("reports/rendering.py", "gate/reports/web.py"),
    "csv.writer": ("classroom/wheelhouse.py",),
    "csv.DictWriter": ("reports/comparison/formats.py",),
    "to_csv": ("own_logs/writing.py", "reports/run/board_formats.py"),
    "to_html": ("scoring/frame.py",), "to_markdown": (), "to_latex": (),
    "add_row": ("cli/tables.py",),
    "Console": ("cli/tables.py", "cli/console.py"),
    "TextColumn": ("cli/console.py",),
}  # fmt: skip
"""What writes an output of some kind, and the only files that call it: they pass text on safely."""


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            yield called
            if isinstance(node.func, ast.Attribute) and node.func.attr not in ("print", "escape"):
                yield node.func.attr


def test_nothing_else_writes_an_output():
    """A new writer uses the one way for its kind, or is added to the tests above."""
    root = Path(shamcrowd.benchmark.__file__).parent
    found = []
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith("cli/scaffold/"):
            continue
        imported = "tables import" in (text := path.read_text("utf-8"))
        for called in set(_calls(ast.parse(text))):
            if called == "add_row" and imported and ".add_row(" not in text:
                continue
            if called in DOORS and name not in DOORS[called]:
                found.append(f"{name}: {called}")
    assert not found
