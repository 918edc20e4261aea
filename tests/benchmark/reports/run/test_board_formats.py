import csv
import io
import json
from dataclasses import replace

import pytest

from shamcrowd.benchmark.reports.run.board_formats import (
    board_csv,
    board_latex,
    board_vega_lite,
    write_run_board,
)
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.recording.errors import UsageError


def test_a_frame_has_a_row_for_each_detector_and_metric(scores):
    frame = scores.to_frame()
    assert len(frame) == 4 * len(metrics()) + 1
    known = frame.set_index(["detector", "metric"])
    assert known.loc[("linker", "b-cubed-f1"), ["value", "low", "high", "seeds"]].tolist() == [
        0.6, 0.5, 0.7, 1,
    ]  # fmt: skip
    assert known.loc[("linker", "time-to-detect"), "note"] == "over half were never flagged"
    [broken] = frame[frame["status"] == "failed"].to_dict("records")
    assert (broken["detector"], broken["note"]) == ("crashes", "ValueError: no")


def test_a_notebook_shows_the_headline_and_no_markup_of_others(scores):
    evil = replace(scores, scenario="<script>x</script>")
    html = evil._repr_html_()
    assert "<script>" not in html
    assert "0.600" in html
    assert "linker" in html


def test_csv_holds_full_numbers_and_no_formula(scores):
    named = replace(scores, detectors=(replace(scores.detectors[0], name="=cmd()"),))
    rows = list(csv.DictReader(io.StringIO(board_csv(named))))
    assert {row["detector"] for row in rows} == {"'=cmd()"}
    assert {row["value"] for row in rows} == {"0.6", ""}


def test_the_best_detector_is_bold_and_no_control_is(scores):
    text = board_latex(scores)
    lines = {line.partition(" & ")[0]: line for line in text.splitlines() if " & " in line}
    assert r"\textbf{0.600}" in lines["linker"]
    # One of the four is better if lower.
    assert (lines["linker"].count(r"\textbf"), lines["counter"].count(r"\textbf")) == (3, 1)
    assert r"\textbf" not in lines["oracle"]
    assert r"\multicolumn" in lines["crashes"]
    # Every row has as many cells as the table has columns.
    columns = text.partition("@{}l")[2].partition("@{}")[0]
    cells = [line.count(" & ") for line in lines.values() if "multicolumn" not in line]
    assert set(cells) == {len(columns)}
    assert len(columns) <= 4
    assert text.count(r"\midrule") == 2


def test_where_lower_is_better_the_lowest_is_bold_and_ties_all_are(scores):
    one = scores.detectors[0]
    row = next(x for x in board_latex(scores).splitlines() if x.startswith("counter"))
    [lower] = [
        n for n, m in enumerate(m for m in metrics().values() if m.display == "headline")
        if m.better == "lower" and n < 4
    ]  # fmt: skip
    assert r"\textbf{0.100}" in row.split(" & ")[lower + 1]
    tied = replace(scores, detectors=(one, replace(one, name="twin")))
    rows = [x for x in board_latex(tied).splitlines() if x.startswith(("linker", "twin"))]
    assert rows[0].count(r"\textbf") == rows[1].count(r"\textbf") > 0


def test_the_figure_is_vega_lite_that_can_be_drawn(scores):
    spec = json.loads(board_vega_lite(scores))
    names = {value["detector"] for value in spec["data"]["values"]}
    assert names == {"linker", "counter", "oracle", "volume-only"}
    vl_convert = pytest.importorskip("vl_convert")
    svg = vl_convert.vegalite_to_svg(spec)
    assert "linker" in svg
    assert "counter" in svg


def test_the_ending_says_the_format(scores, tmp_path):
    write_run_board(scores, tmp_path / "board.tex")
    assert (tmp_path / "board.tex").read_text("utf-8") == board_latex(scores)
    with pytest.raises(UsageError, match=r"ends in .csv, .tex, .json"):
        write_run_board(scores, tmp_path / "board.xlsx")
