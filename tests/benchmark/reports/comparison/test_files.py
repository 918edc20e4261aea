"""What a comparison writes: tables, drawings, and those for a paper."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET

import pytest

from shamcrowd.benchmark.charts.critical_difference import ranks_chart
from shamcrowd.benchmark.charts.detection import detection_curve
from shamcrowd.benchmark.comparison.compare import compare
from shamcrowd.benchmark.comparison.ranking import Ranking, rank
from shamcrowd.benchmark.reports.comparison.files import drawings, write_comparison
from shamcrowd.recording.errors import MissingExtraError

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found(suite):
    return compare(suite(linker=0.5, counter=0.3), suite(linker=0.6, counter=0.3))


def test_drawings_are_whole_and_say_what_they_show(found):
    made = drawings(found)
    assert sum(name.startswith("ranks-") for name in made) == 4
    assert sum(name.startswith("detection-") for name in made) == 7
    for svg in made.values():
        root = ET.fromstring(svg)
        assert root.get("aria-label")
        assert root.find(f"{SVG}title").text == root.get("aria-label")


def test_the_rank_diagram_names_all_and_joins_who_do_not_differ():
    good, bad = [0.9, 0.8, 0.85, 0.9, 0.95, 0.7, 0.8, 0.9], [0.1, 0.2] * 4
    svg = ranks_chart(rank({"good": good, "bad": bad, "poor": bad[::-1]}, "higher", 5), "recall")
    assert svg.count('class="alike"') == 1
    text = "".join(ET.fromstring(svg).itertext())
    for name in ("good", "bad", "poor"):
        assert name in text


def test_without_ranks_the_diagram_says_why():
    svg = ranks_chart(Ranking({}, 3, reason="no ranking: 2 seeds, 5 are the least"), "recall")
    assert "no ranking: 2 seeds" in svg
    assert "<path" not in svg


def test_the_curve_counts_every_account_once(make_scores):
    scored = make_scores(linker=0.5, seeds=(1, 2, 3)).detectors[0]
    curve = detection_curve(scored, (1, 2))
    # Seeds 1 and 2 lie at .52 and .49; at day four all that were flagged are.
    assert curve[-1] == pytest.approx((96.0, (0.52 + 0.49) / 2))
    assert [h for h, _ in curve] == [24.0, 48.0, 72.0, 96.0]


def test_written_and_twice_the_same(found, tmp_path):
    first = write_comparison(found, tmp_path / "a")
    second = write_comparison(found, tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert {p.suffix for p in first} == {".md", ".csv", ".tex", ".json", ".svg"}


def test_for_a_paper(suite, tmp_path):
    found = compare(suite(linker=0.5)[:1], suite(linker=0.6)[:1])
    write_comparison(found, tmp_path, paper=True)
    assert (tmp_path / "ranks-campaign-recall.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "detection-mixed-careless-v2.png").read_bytes().startswith(b"\x89PNG")


def test_a_missing_extra_is_named(found, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'shamcrowd\[paper\]'"):
        write_comparison(found, tmp_path / "out", paper=True)
    assert not (tmp_path / "out").exists()
