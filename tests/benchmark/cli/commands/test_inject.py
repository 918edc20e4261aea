"""inject, as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.recordings import recorded

SCALE = "0.15"


@pytest.fixture(scope="module")
def calm() -> Path:
    return recorded("calm-v2", 4, scale=float(SCALE))


def test_it_says_what_was_injected_and_what_scores_mean(
    call: Callable[..., Any], calm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rec"
    said = call("inject", "quickstart-v2", "--into", calm, "--seed", "7", "--scale", SCALE,
                "--set", "campaigns.credit-farm=null", "--out", out)  # fmt: skip
    assert said.code == 0, said.err
    assert "accounts of calm-v2" in said.out
    assert "hydra: " in said.out
    assert "credit-farm" not in said.out
    assert "Only injected accounts are labelled." in said.out
    assert said.out.splitlines()[-1].startswith(f"Next: shamcrowd report {out}")
    page = tmp_path / "page.html"
    said = call("report", out, "--out", page)
    assert said.code == 0, said.err
    assert "Only injected accounts are labelled." in page.read_text("utf-8")
    said = call("report", calm, "--out", page)
    assert "Only injected accounts" not in page.read_text("utf-8")


def test_data_for_programs(call: Callable[..., Any], calm: Path, tmp_path: Path) -> None:
    said = call("inject", "quickstart-v2", "--into", calm, "--scale", SCALE, "--json",
                "--out", tmp_path / "rec")  # fmt: skip
    assert said.code == 0, said.err
    assert json.loads(said.out)["background_scenario"] == "calm-v2"


def test_a_background_that_is_none(call: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = call("inject", "quickstart-v2", "--into", tmp_path / "empty", "--out", tmp_path / "rec")
    assert said.code == 2
    assert "not a recording" in said.err
    assert not (tmp_path / "rec").exists()


def test_detectors_are_scored_on_the_injected(
    call: Callable[..., Any], calm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rec"
    assert call("inject", "quickstart-v2", "--into", calm, "--seed", "7", "--scale", SCALE,
                "--out", out, "-q").code == 0  # fmt: skip
    asked = ("--detector", "shared-resources", "--detector", "boosted-trees")
    said = call("score", out, *asked, "--json")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    assert "unlabelled" not in data["note"]
    assert "every account of the background to be legitimate" in data["note"]
    best, learns = data["detectors"]
    assert best["detector"] == "shared-resources"
    assert best["average_precision"] > 2 * data["chance"]
    assert set(best["by_campaign"]) == {"hydra", "credit-farm"}
    assert best["recall"][0] is None  # Too few accounts for 0.1 %.
    assert 0 < best["recall"][1] <= 1
    assert "learns from labels" in learns["said"]
    said = call("score", out, "--detector", "shared-resources")
    assert "Only injected accounts are labelled." in said.out
    said = call("score", calm, "--detector", "shared-resources")
    assert said.code == 2
    assert "has no injected campaigns" in said.err
