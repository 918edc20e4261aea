"""The published board: the same for the same results, and nothing said that was not measured."""

from __future__ import annotations

from dataclasses import replace

from shamcrowd.benchmark.reports.suite.costs import Cost, detecting_cost
from shamcrowd.benchmark.reports.suite.markdown import board_page, write_board
from shamcrowd.benchmark.scoring.findings_store import FindingsMetadata, write_metadata


def test_the_page(make_suite, snapshot):
    assert board_page(make_suite(), Cost(7322.0, 48, 812.5), "Two cores.") == snapshot


def test_few_seeds(make_suite):
    page = board_page(make_suite(seeds=(1, 2)), Cost(0.0, 0, 0.0))
    assert "No verdicts and no ranking: 2 seeds; 5 are the least for a verdict." in page
    assert "CPU time" not in page
    assert "control:" not in page


def test_tables_hold_together(make_suite):
    suite = make_suite()
    one = suite.scores["mixed-v2"]
    odd = replace(one.detectors[0], name="a|b <i>")
    one = replace(one, title="x | y\nz", detectors=(odd, *one.detectors[1:]))
    page = board_page(replace(suite, scores={**suite.scores, "mixed-v2": one}), Cost(0, 0, 0))
    tables = [block.splitlines() for block in page.split("\n\n") if block.startswith("| ")]
    assert len(tables) > len(suite.scores)
    for lines in tables:
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1
    assert "a\\|b \\<i\\>" in page
    assert "<i>" not in page


def test_what_detecting_cost(make_suite, tmp_path):
    for seed, seconds, error in ((1, 2.0, ""), (901, 3.0, ""), (2, 50.0, "died")):
        folder = tmp_path / "mixed-v2" / "findings" / f"seed-{seed}" / "linker"
        folder.mkdir(parents=True)
        write_metadata(
            folder, FindingsMetadata("linker", {}, False, seconds, 100.0 * seconds, error)
        )
    damaged = tmp_path / "mixed-v2" / "findings" / "seed-3" / "linker"
    damaged.mkdir(parents=True)
    (damaged / "findings.json").write_text("{")
    assert detecting_cost(tmp_path, ["mixed-v2", "calm-v2"]) == Cost(5.0, 2, 300.0)
    write_board(make_suite(), tmp_path / "board.md")
    assert "5.0 s of CPU time for 2 units" in (tmp_path / "board.md").read_text("utf-8")
