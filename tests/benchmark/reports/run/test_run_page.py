"""The page: whole in itself, safe, complete, the same for the same scores."""

from dataclasses import replace

import pytest

from shamcrowd.benchmark.reports.run.run_page import write_report


@pytest.fixture
def page(tmp_path, checked_text):
    def of(scores):
        path = tmp_path / "report.html"
        write_report(scores, path)
        html = path.read_text("utf-8")
        assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
        return html, checked_text(html)

    return of


def test_everybody_is_on_it(page, scores):
    _, text = page(scores)
    named = (
        "linker", "counter", "crashes", "oracle", "volume-only", "wide-crowd", "farm", "casual",
        "classroom", "0123456789abcdef", "901, 902", "horizon: 4d", "shamcrowd 0.1.0", "A town",
        "12,345", "a family", "topics 3 against 9", "shares a device with 9",
    )  # fmt: skip
    assert [n for n in named if n not in text] == []


def test_what_failed_is_failed_and_not_zero(page, scores):
    html, text = page(scores)
    row = html.split('<th scope="row">crashes</th>')[1].split("</tr>")[0]
    assert "failed" in row
    assert "0.000" not in row
    assert "ValueError: no" in text


def test_what_is_not_measured_says_why(page, scores):
    _, text = page(scores)
    assert "Not measured: over half were never flagged." in text


def test_intervals_are_shown(page, scores):
    _, text = page(scores)
    assert "0.500 to 0.700" in text


def test_few_seeds_are_said_to_be_few(page, scores):
    assert "1 seed only" in page(scores)[1]
    many = replace(scores, seeds=(1, 2, 3, 4, 5))
    assert "only: there are no intervals" not in page(many)[1]


def test_calm(page, calm):
    _, text = page(calm)
    assert "There is no abuse in this scenario" in text
    assert "There is no campaign" in text
    assert "What was missed" not in text


def test_only_failures(page, scores):
    broken = [d for d in scores.detectors if d.status != "ok"]
    _, text = page(replace(scores, detectors=tuple(broken)))
    assert "No detector finished" in text


def test_hostile_text_stays_text(page, scores):
    evil = "<script>alert(1)</script>\"'><img src=x>"
    first = scores.detectors[0]
    bad = replace(
        first, name=evil, about=evil, segments=(replace(first.segments[0], reasons=(evil,)),),
        campaigns=(replace(first.campaigns[0], campaign=evil, missed=evil, reasons=(evil,)),),
    )  # fmt: skip
    failed = replace(scores.detectors[2], error=evil)
    html, _ = page(replace(scores, title=evil, about=evil, detectors=(bad, failed),
                           settings={"title": evil}))  # fmt: skip
    assert "<script" not in html
    assert "<img" not in html


def test_same_scores_same_bytes(page, scores):
    assert page(scores)[0] == page(scores)[0]


def test_axe(scores, axe, tmp_path):
    write_report(scores, tmp_path / "page.html")
    said = axe(tmp_path / "page.html")
    assert said.returncode == 0, said.stdout + said.stderr
