"""The board has a column for each metric, a row for each detector, and says why a cell is empty."""

from dataclasses import replace

import pytest

from shamcrowd.benchmark.reports.run.board import make_board
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Measurement


def _cells(board, name):
    cells = {}
    for table in (board.headline, board.rest):
        (found,) = [cells for scored, cells in table.rows if scored.name == name]
        cells |= zip([c.name for c in table.columns], found, strict=True)
    return cells


def test_columns_are_the_metrics_in_their_order(scores):
    board = make_board(scores)
    first, rest = ([c.name for c in t.columns] for t in (board.headline, board.rest))
    assert first == [n for n, m in metrics().items() if m.display == "headline"]
    assert rest == [n for n in metrics() if n not in first]
    columns = board.headline.columns + board.rest.columns
    assert [c.name for c in columns if c.lower] == [
        "worst-segment-fpr", "time-to-detect", "brier-score", "bystanders-of-things",
        "calibration-error", "expected-cost",
    ]  # fmt: skip
    assert all(len(c.meaning) > 20 and "``" not in c.meaning for c in columns)


def test_floors_stand_in_rows_of_their_own(scores):
    rest = make_board(scores).rest
    floors = {what: dict(zip([c.name for c in rest.columns], values, strict=True))
              for what, values in rest.floors}  # fmt: skip
    assert list(floors) == ["chance", "best control"]
    assert floors["chance"]["average-precision"] == ("0.080", "")
    assert floors["best control"]["average-precision"] == ("0.050", "volume-only")
    assert floors["best control"]["time-to-detect"] == ("—", "")


def test_headline_only(scores):
    board = make_board(scores, headline_only=True)
    assert len(board.headline.columns) == 4
    assert (board.rest.columns, board.notes) == ([], [])


def test_rows_stand_as_in_the_scores(scores):
    board = make_board(scores).headline
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
    assert board.headline.columns == []
    (column,) = board.rest.columns
    assert column.title == "speed of light"
    assert _cells(board, "linker")["speed-of-light"].text == "0.250"
