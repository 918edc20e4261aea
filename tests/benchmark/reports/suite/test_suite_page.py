"""The suite's page: whole in itself, everybody on it, verdicts only where there may be any."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shamcrowd.benchmark.evaluation.training import Training
from shamcrowd.benchmark.reports.suite.suite_page import write_suite_report
from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.simulator.scenario.load import load_scenario


@pytest.fixture
def page(tmp_path, checked_text):
    def of(suite):
        path = tmp_path / "pages" / "report.html"
        write_suite_report(suite, path)
        html = path.read_text("utf-8")
        assert [p.name for p in path.parent.iterdir()] == ["report.html"]
        return html, checked_text(html)

    return of


def part(html, place):
    (found,) = re.findall(rf'<section id="{place}".*?</section>', html, re.S)
    return " ".join(re.sub("<[^>]*>", " ", found).split())


def row_of(name, html):
    return re.search(rf'<th scope="row"><a href="[^"]*">{name}</a>.*?</tr>', html, re.S)[0]


def test_a_part_for_everybody(page, make_suite):
    suite = make_suite()
    html, text = page(suite)
    for name in ("linker", "counter", "crashes"):
        assert part(html, f"detector-{name}").startswith(f"detector {name}")
    for name in (*suite.scores, "lost-v1"):
        assert part(html, f"scenario-{name}")
    assert "By hand" in text
    assert "labels: platform" in text


def test_the_board_says_who_is_better(page, make_suite):
    board = part(page(make_suite())[0], "board")
    assert "control: better · leads" in board
    assert "control: better · leader: worse" in board


@pytest.mark.parametrize(("seeds", "few"), [((1,), "1 seed;"), ((1, 2, 3, 4), "4 seeds;")])
def test_no_verdict_below_the_minimum_of_seeds(page, make_suite, seeds, few):
    html, text = page(make_suite(seeds=seeds))
    assert f"No verdicts and no ranking: {few}" in text
    assert "control:" not in part(html, "board")
    assert "no ranking" in part(html, "ranks")
    assert "<svg" not in re.search('<section id="ranks".*?</section>', html, re.S)[0]
    assert "95 % interval 0" not in text


def test_ranks_are_drawn(page, make_suite):
    html, _ = page(make_suite(broken=""))
    drawn = re.search('<section id="ranks".*?</section>', html, re.S)[0]
    assert drawn.count("<svg") == 4


def test_the_area_over_difficulty(page, make_suite):
    html, _ = page(make_suite())
    assert "careless careful expert robustness area" in part(html, "hardness")
    # Two families, each 0.02 lower from step to step: 0.60, 0.58, 0.56 and 0.54, 0.52, 0.50.
    first = re.search('<section id="hardness".*?</table>', html, re.S)[0]
    row = re.search(r">linker</th>.*?</tr>", first, re.S)[0]
    assert re.findall(r'">(0\.\d+)<', row) == ["0.570", "0.550", "0.530", "0.550"]
    html, _ = page(make_suite(names=("calm-v2", "ring-v1")))
    assert 'id="hardness"' not in html


def test_a_scenario_that_failed_says_why(page, make_suite):
    html, _ = page(make_suite())
    said = part(html, "scenario-lost-v1")
    assert "It failed simulating seed 3: &lt;ran&gt; out of memory" in said


def test_a_detector_that_failed_in_one(page, make_suite):
    html, _ = page(make_suite())
    assert "calm-v2: it did not finish failed: ValueError" in part(html, "detector-crashes")
    row = row_of("crashes", html)
    assert "failed in 1" in row
    assert "0.000" not in row


def test_what_was_measured_in_some_only(page, make_suite):
    suite = make_suite(broken="")
    first, *rest = suite.scores["calm-v2"].detectors
    partly = replace(first, metrics={**first.metrics, "campaign-recall": Measurement(None)})
    calm = replace(suite.scores["calm-v2"], detectors=(partly, *rest))
    html, _ = page(replace(suite, scores={**suite.scores, "calm-v2": calm}))
    row = row_of("linker", html)
    assert "6 of 7" in row
    # It may not lead: the scenario that it was spared is the hardest.
    assert "Campaign recall: counter leads" in html
    assert "linker did better but was not measured in every scenario" in html
    assert "no difference from linker could be shown" not in html.split("Recall at 0.1 %")[0]


def test_whom_it_hurts(page, make_suite):
    said = part(page(make_suite())[0], "detector-linker")
    assert "highest in the segment classroom" in said
    assert "No legitimate account flagged: hermit." in said
    assert "Its campaign recall is highest in mixed-careless-v2" in said
    assert "lowest in calm-v2" in said


def test_nothing_could_be_played(page, make_suite):
    html, text = page(make_suite(names=()))
    assert "None of 1 scenario could be simulated." in text
    assert part(html, "scenario-lost-v1")


def test_hostile_text_stays_text(page, make_suite):
    suite = make_suite()
    evil = "<script>alert(1)</script>\"'><img src=x>"
    one = suite.scores["mixed-v2"]
    first = one.detectors[0]
    campaigns = tuple(replace(c, reasons=(evil,), missed=evil) for c in first.campaigns)
    bad = replace(first, name=evil, about=evil, campaigns=campaigns)
    one = replace(one, title=evil, about=evil, detectors=(bad, *one.detectors[1:]))
    html, _ = page(replace(suite, scores={**suite.scores, "mixed-v2": one}))
    assert "<script" not in html
    assert "<img" not in html


def test_same_results_same_bytes(page, make_suite):
    assert page(make_suite())[0] == page(make_suite())[0]


def test_axe(make_suite, axe, tmp_path):
    write_suite_report(make_suite(), tmp_path / "page.html")
    said = axe(tmp_path / "page.html")
    assert said.returncode == 0, said.stdout + said.stderr


def test_it_says_how_detectors_were_fitted(make_suite, tmp_path):
    suite = make_suite()
    fitted = Training(seeds=(801, 802)).summary(load_scenario("calm-v2"))
    scores = {name: replace(one, training=fitted) for name, one in suite.scores.items()}
    write_suite_report(replace(suite, scores=scores), tmp_path / "page.html")
    assert "seeds 801, 802" in (tmp_path / "page.html").read_text()
