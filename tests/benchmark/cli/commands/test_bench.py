"""``shamcrowd bench`` and ``report``: what lies in the suite's folder, and what is said of it."""

from __future__ import annotations

import pytest

SUITE = """
schema: 1
title: Seconds
seeds: 1-2
calibration_seeds: [901]
scale: 0.1
scenarios: [quickstart-v2]
detectors: [velocity]
"""


@pytest.fixture
def suite(tmp_path):
    path = tmp_path / "seconds.yaml"
    path.write_text(SUITE)
    return path


def test_pages_lie_beside_the_results_and_can_be_made_again(call, suite, tmp_path):
    out = tmp_path / "out"
    arguments = ("bench", suite, "--out", out, "--cache", tmp_path / "cache", "--workers", "1")
    said = call(*arguments)
    assert said.code == 0
    assert said.out.endswith(f"Next: open {out / 'report.html'}\n")
    assert "No verdicts: 2 seeds; 5 are the least for a verdict." in said.out
    assert max(map(len, said.out.splitlines()[:-1])) <= 80
    board = (out / "board.md").read_text("utf-8")
    assert "This bench made" in board
    page = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    assert call("report", out).out == f"Next: open {out / 'report.html'}\n"
    assert (out / "report.html").read_bytes() == page
    assert call("report", out, "--out", tmp_path / "b.md", "-q").code == 0
    assert "This bench made" not in (tmp_path / "b.md").read_text("utf-8")
    assert "Nothing was to do" in call(*arguments).out
    shared = call(*arguments[:2], "--shard", "2/3", "--out", tmp_path / "share", *arguments[4:])
    assert shared.code == 0
    assert f"share 2/3: 0 units made, kept in {tmp_path / 'cache'}\n" in shared.out
    merge = ("bench", "merge", suite, "--from", tmp_path / "cache", "--out", tmp_path / "merged")
    merged = call(*merge, "--cache", tmp_path / "cache-2", "--workers", "1")
    assert merged.code == 0
    assert "units taken from 1 cache\n" in merged.out
    assert "Nothing was to do" in merged.out
    assert call(*merge, "--from", tmp_path).code == 2


@pytest.mark.parametrize("share", ["0/3", "4/3", "3", "a/b"])
def test_there_is_no_other_share(call, suite, tmp_path, share):
    said = call("bench", suite, "--out", tmp_path / "out", "--shard", share)
    assert said.code == 2
    assert "no share; write i/n with i from 1 to n, such as 2/8" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "cut short"), ('{"version": 99}', "version 99"), ('{"version": 2}', "checksum")],
)
def test_damaged_results(call, tmp_path, text, told):
    (tmp_path / "suite.json").write_text(text)
    said = call("report", tmp_path)
    assert said.code == 2
    assert told in said.err
    assert "shamcrowd bench" in said.err
    assert not (tmp_path / "report.html").exists()


def test_a_strangers_file_is_left_alone(call, tmp_path):
    (tmp_path / "suite.json").write_text(
        '{"version": 1, "suite": "s", "title": "S", "terms": {}, "scenarios": [], "overall": []}'
    )
    page = tmp_path / "mine.html"
    page.write_text("<p>mine")
    said = call("report", tmp_path, "--out", page)
    assert said.code == 2
    assert page.read_text() == "<p>mine"
