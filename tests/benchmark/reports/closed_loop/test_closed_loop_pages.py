"""The three pages: whole in themselves, say what was measured, never invent what was not."""

import re
from dataclasses import replace

import pytest

from shamcrowd.benchmark.reports.closed_loop.closed_loop_pages import (
    write_arms_race,
    write_duel,
    write_sweep,
)
from tests.benchmark.reports.closed_loop.conftest import policy_duel


def page(write, scores, tmp_path):
    path = tmp_path / "page.html"
    write(scores, path)
    first = path.read_text("utf-8")
    write(scores, path)
    assert path.read_text("utf-8") == first
    return first


def test_arms_race(board, tmp_path, checked_text):
    html = page(write_arms_race, board, tmp_path)
    text = checked_text(html)
    assert "response standard" in text
    assert "linker 90.0 % 85.0 % to 95.0 % 40.0 % 35.0 % to 45.0 % −50.0 %" in text
    assert "crashes failed" in text
    assert "ValueError: <no>" in text
    assert "<no>" not in html
    assert text.count("wide & thin") >= 3
    assert "no intervals" not in text
    # A picture for each campaign and detector, told in words too.
    assert html.count('<svg class="waves"') == 4
    assert "48,000 tokens in the closed loop, 192,000 without defence" in text
    assert "192,000 without defence; 3 accounts joined, 8 banned" in text
    assert "3 legitimate accounts banned" in text


def test_the_undefended_campaign_stands_behind_the_other(board, tmp_path):
    html = page(write_arms_race, board, tmp_path)
    drawn, through = (
        re.search(rf'<path class="{kind}" d="M([^"]*)Z"', html)[1] for kind in ("drawn", "through")
    )
    highest = [min(float(p.split()[1]) for p in path.split("L")) for path in (drawn, through)]
    # 4000 an hour fill the axis, 1000 a quarter of it: 14 is its top, 96 its floor.
    assert highest == [14.0, 75.5]


def test_a_board_of_few_seeds_says_so(board, tmp_path, checked_text):
    few = replace(board, seeds=(1, 2))
    assert "2 seeds only: there are no intervals" in checked_text(
        page(write_arms_race, few, tmp_path)
    )


def test_duel(duel, tmp_path, checked_text):
    html = page(write_duel, duel, tmp_path)
    text = checked_text(html)
    assert html.count('<svg class="heat-map"') == 2
    assert "linker against naive: 4.00, 3.95–4.05" in text
    assert "linker against whack-a-mole: —" in text
    assert "counter against learning: failed" in text
    assert "KeyError: 'x'" in text
    assert "Without defence the deterrence ratio is 0.50" in text
    assert "no intervals" not in text
    # Every pair that was played has a row of figures, in order; a failed one has none.
    rows = re.findall(r'<tr><th scope="row">([a-z-]+)</th><td>([a-z-]+)</td>', html)
    assert rows == [
        ("linker", "naive"), ("linker", "learning"), ("linker", "whack-a-mole"),
        ("counter", "naive"), ("counter", "whack-a-mole"),
    ]  # fmt: skip
    assert "linker naive 4.00 3.95 to 4.05 25.0 %" in text
    assert "linker whack-a-mole — 25.0 %" in text
    assert "linker against whack-a-mole: 2.0 %, 1.9–2.1" in text


def test_a_duel_of_responses_says_first_which_deters_more(tmp_path, checked_text):
    found = policy_duel([[1.0, 1.2, 1.1, 0.9, 1.0], [2.0, 2.3, 2.1, 1.8, 2.1]], [[0.01] * 5] * 2)
    html = page(write_duel, found, tmp_path)
    text = checked_text(html)
    sentence = "With linker, in-batches deters more than at-once"
    assert sentence in text
    assert text.index(sentence) < text.index("Deterrence and harm")
    assert html.count('<svg class="harm"') == 1
    assert "at-once: deterrence ratio 1.04, legitimate accounts hurt 1.0 %" in text
    assert "in-batches against naive: 2.06" in text
    assert re.findall(r'<tr><th scope="row">linker</th><td>([a-z-]+)</td><td>([a-z-]+)', html) == [
        ("at-once", "naive"), ("at-once", "learning"),
        ("in-batches", "naive"), ("in-batches", "learning"),
    ]  # fmt: skip


def test_the_colour_says_on_which_side_of_one_it_lies(duel, tmp_path):
    html = page(write_duel, duel, tmp_path)
    cells = re.findall(r'<rect class="cell ([a-z]*)"[^>]*fill-opacity:([0-9.]+)', html)[:6]
    assert [kind for kind, _ in cells] == ["good", "bad", "", "bad", "", "bad"]
    assert float(cells[0][1]) > float(cells[1][1]) > 0
    assert float(cells[2][1]) == 0


def test_sweep(sweep, tmp_path, checked_text):
    html = page(write_sweep, sweep, tmp_path)
    text = checked_text(html)
    assert html.count('<svg class="curves"') == 2
    # What was not measured has no line: three lines of four, in two pictures.
    assert len(re.findall(r'<path class="curve', html)) == 6
    assert len(re.findall(r'<path class="band', html)) == 6
    assert "recall at 0.1 % false positives: not measured" in text
    assert "0.567" in text
    assert "at 0.5, on seed 1: boom" in text


def test_pictures_grow_with_the_page(board, tmp_path):
    """No fixed width anywhere: phones scale them down."""
    html = page(write_arms_race, board, tmp_path)
    assert not re.search(r"<svg[^>]* width=", html)
    assert 'name="viewport"' in html


@pytest.mark.parametrize("page", ["board", "duel", "sweep"])
def test_axe(page, request, axe, tmp_path):
    write = {"board": write_arms_race, "duel": write_duel, "sweep": write_sweep}[page]
    write(request.getfixturevalue(page), tmp_path / "page.html")
    said = axe(tmp_path / "page.html")
    assert said.returncode == 0, said.stdout + said.stderr
