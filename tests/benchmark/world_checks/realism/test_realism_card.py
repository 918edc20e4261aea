"""The drawing shows what the card says."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from shamcrowd.benchmark.charts.realism_card import LEFT, RIGHT, card_svg, position, write_card
from shamcrowd.benchmark.world_checks.realism import scorecard
from shamcrowd.recording.errors import UsageError

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def card(plain):
    return scorecard(plain)


@pytest.fixture(scope="module")
def rows(card):
    """One group for each statistic, by id."""
    groups = ElementTree.fromstring(card_svg(card)).findall(f"{SVG}g")
    return {g.findtext(f"{SVG}text"): g for g in groups}


def _mark(group):
    path = group.find(f"{SVG}path")
    return None if path is None else float(re.match(r"M([\d.]+)", path.get("d"))[1])


def test_every_statistic_has_its_row(card, rows):
    assert list(rows) == [m.id for m in (*card.core, *card.secondary)]


def test_a_mark_in_the_band_means_a_pass(card, rows):
    for m in (*card.core, *card.secondary):
        group, mark = rows[m.id], _mark(rows[m.id])
        if m.value is None or m.range is None:
            assert mark is None
            continue
        band = group.find(f"{SVG}rect")
        low = float(band.get("x"))
        inside = low <= mark <= low + float(band.get("width"))
        assert inside == (m.verdict in ("pass", "inside")), m.id
        assert len(group.findall(f"{SVG}circle")) == len(m.real)


def test_not_only_colour(card, rows):
    words = {m.id: list(rows[m.id].itertext()) for m in card.core}
    assert "✗ fail" in words["A1"]
    assert "✓ pass" in words["P2"]
    assert "unmeasured" in words["C4"]
    assert next(m.reason for m in card.core if m.id == "C4") in words["C4"]


def test_what_is_off_the_scale_is_an_arrow_at_its_end(card):
    far = tuple(replace(m, value=v) for m, v in zip(card.core, (1e9, -1e9), strict=False))
    groups = ElementTree.fromstring(card_svg(replace(card, core=far))).findall(f"{SVG}g")
    assert [_mark(g) for g in groups[:2]] == [RIGHT, LEFT]
    assert all("z" in g.find(f"{SVG}path").get("d") for g in groups[:2])


def test_places():
    assert position(1.0, (1.0, 4.0)) == 0.25
    assert position(4.0, (1.0, 4.0)) == 0.75
    assert position(0.0, (1.0, 100.0)) == 0.0
    assert position(float("inf"), (1.0, 100.0)) == 1.0


def test_names_are_escaped(card):
    ElementTree.fromstring(card_svg(replace(card, source='a<b>&"c.csv')))


def test_files(card, tmp_path):
    for name in ("card.svg", "card.html"):
        write_card(card, tmp_path / name)
        assert card_svg(card) in (tmp_path / name).read_text("utf-8")
    assert (tmp_path / "card.html").read_text("utf-8").startswith("<!doctype html>")
    assert "http" not in card_svg(card).replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("name", ["card.png", "file/card.svg"])
def test_nowhere_to_draw(card, tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=name):
        write_card(card, tmp_path / name)


def test_a_folder_that_is_not_there_is_made(card, tmp_path):
    write_card(card, tmp_path / "new" / "card.svg")
    assert (tmp_path / "new" / "card.svg").is_file()
