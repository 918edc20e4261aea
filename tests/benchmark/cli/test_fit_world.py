"""fit-world, as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shamcrowd.simulator.scenario.load import load_scenario

WORLD = """
schema: 1
title: A world to be fitted
start: 2026-03-02
horizon: 3d
populations:
  fitted: {accounts: 120, newcomers: 0.0, sessions: {median: 2, sigma: 0.5}}
"""


def test_a_scenario_and_its_card(call: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "world.yaml").write_text(WORLD)
    assert call("simulate", tmp_path / "world.yaml", "--seed", 1, "--out", tmp_path / "w").code == 0
    out = tmp_path / "mine.yaml"
    said = call("fit-world", tmp_path / "w", "--out", out)
    assert said.code == 0, said.err
    assert said.out.splitlines()[-1] == f"Next: shamcrowd simulate {out} --seed 1 --out world"
    assert any(line.startswith("F1 ") for line in said.out.splitlines())
    assert set(load_scenario(out).populations) <= {"light", "medium", "heavy"}
    again = tmp_path / "again.yaml"
    told = json.loads(call("fit-world", tmp_path / "w", "--out", again, "--json").out)
    assert again.read_bytes() == out.read_bytes()
    requests = next(one for one in told["card"] if one["id"] == "F1")
    assert requests["log"] > 0
    assert requests["ratio"] == requests["world"] / requests["log"]
    quiet = call("fit-world", tmp_path / "w", "--out", out, "--no-card", "--quiet")
    assert (quiet.code, quiet.out) == (0, "")


def test_what_cannot_be_fitted_leaves_no_file(call: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "mine.yaml"
    assert call("fit-world", tmp_path, "--out", out).code == 2
    said = call("fit-world", tmp_path, "--out", tmp_path / "mine.txt")
    assert "name a file that ends in .yaml" in said.err
    assert not out.exists()
