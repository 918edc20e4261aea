"""The board has a column for each metric, a row for each detector, and says why a cell is empty."""

from dataclasses import replace

import pytest

from benchmark.metrics.registry import metrics
from benchmark.report.board import make_board
from benchmark.scores import Measurement


def _cells(board, name):
    (found,) = [cells for scored, cells in board.rows if scored.name == name]
    return dict(zip([c.name for c in board.columns], found, strict=True))


def test_columns_are_the_metrics_in_their_order(scores):
    board = make_board(scores)
    assert [c.name for c in board.columns] == list(metrics())
    assert [c.name for c in board.columns if c.lower] == [
        "time-to-detect", "worst-segment-fpr", "expected-cost"
    ]  # fmt: skip
    assert all(len(c.meaning) > 20 and "``" not in c.meaning for c in board.columns)
    aside = {c.name: c.aside for c in board.columns}
    assert aside["average-precision"] == "chance 0.080, volume-only 0.050, oracle 1.000"
    assert aside["time-to-detect"] == ""


def test_rows_stand_as_in_the_scores(scores):
    board = make_board(scores)
    assert [scored.name for scored, _ in board.rows] == [d.name for d in scores.detectors]
    assert [scored.name for scored, cells in board.rows if not cells] == ["crashes"]


def test_a_cell(scores):
    cells = _cells(make_board(scores), "linker")
    assert cells["campaign-recall"].text == "0.600"
    assert cells["campaign-recall"].share == pytest.approx(0.6)
    assert cells["campaign-recall"].tip == "By seed: 0.600"
    assert cells["b-cubed-f1"].interval == "0.500 to 0.700"


def test_an_empty_cell_points_to_its_reason(scores):
    board = make_board(scores)
    cell = _cells(board, "linker")["time-to-detect"]
    assert (cell.text, cell.share) == ("—", None)
    assert board.notes[cell.note - 1] == "over half were never flagged"
    assert len(board.notes) == 1


def test_metrics_of_another_version_are_shown_as_found(scores):
    first = scores.detectors[0]
    other = replace(first, metrics={"speed-of-light": Measurement(0.25)})
    board = make_board(replace(scores, detectors=(other,)))
    (column,) = board.columns
    assert column.title == "speed of light"
    assert _cells(board, "linker")["speed-of-light"].text == "0.250"
