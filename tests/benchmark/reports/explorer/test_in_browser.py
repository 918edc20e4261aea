"""The explorer in a real browser, by what is on the screen: one page load, many questions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.axe import chromium

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def seen(explorer):
    """What `look` saw of the busiest account of the largest campaign."""
    if chromium() is None:
        pytest.skip("needs Chromium")
    held, groups = explorer.columns, explorer.about["truth"]["groups"]
    own = held["truth.sham"]
    sham = [n for n, group in enumerate(groups) if group["sham"]]
    largest = max(sham, key=lambda n: int((own == n).sum()))
    busiest = int(np.where(own == largest, held["account.requests"], -1).argmax())
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("look.py"), explorer.path,
         str(held["account.id"][busiest]), groups[largest]["name"]],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {**json.loads(done.stdout), "busiest": busiest, "campaign": groups[largest]["name"]}


def test_nothing_breaks_and_nothing_is_fetched(seen):
    assert seen["errors"] == []
    assert len(seen["asked"]) == 1


def test_the_truth_is_hidden_until_it_is_revealed(seen):
    assert seen["campaign"] not in seen["hidden"]
    assert "The truth is in this file and hidden" in seen["hidden"]
    assert seen["campaign"] in seen["board"]
    assert "of sham accounts" in seen["board"]


def test_the_time_line_is_drawn_brushed_filtered_and_played(seen, explorer):
    def requests(text):
        return int(text.split(" request")[0].split(", ")[-1].replace(",", ""))

    held = explorer.columns
    assert requests(seen["whole"]) == explorer.about["held"]
    ends = dict(part.split("=") for part in seen["address"].split("?")[1].split("&"))
    inside = (held["request.time"] >= int(ends["from"])) & (held["request.time"] < int(ends["to"]))
    assert 0 < inside.sum() < explorer.about["held"]
    assert abs(requests(seen["brushed"]) - inside.sum()) <= 2
    assert requests(seen["filtered"]) < requests(seen["brushed"])
    assert "active" in seen["film"]


def test_one_gets_from_the_search_to_the_account_to_the_row_and_back(seen, explorer):
    held, about, busiest = explorer.columns, explorer.about, seen["busiest"]
    account, name = held["account.id"][busiest], about["account"]["display"][busiest]
    assert seen["found"].startswith("1 of ")
    assert f"#/account/{account}" in seen["opened"]
    assert name in seen["account"]
    many = int(held["account.requests"][busiest])
    assert f"{many:,} requests" in seen["account"]
    assert f"a sham account of the campaign {seen['campaign']}" in seen["account"]
    assert all(one["name"] in seen["account"] for one in about["detectors"])
    assert f"/account/{account}/row/0" in seen["row"]
    assert seen["back"] == seen["opened"]


def test_groups_and_disagreement_say_what_they_show(seen, explorer):
    assert "Side by side over time" in seen["group"]
    assert "What the campaign did" in seen["group"]
    assert "The innocent who are hit most often" in seen["disagreement"]
    assert "What is missed, by damage" in seen["disagreement"]
    assert "Components of the network" in seen["groups"]


def test_pictures_are_drawn(seen):
    assert all(seen[name] > 300 for name in ("chart", "tracks", "strips"))


def test_axe_finds_nothing(seen):
    assert seen["faults"] == []


def test_without_scripts_it_is_the_page_of_the_recording(seen):
    assert "A detector never sees it" in seen["without scripts"]
    assert "How this was made" in seen["without scripts"]
