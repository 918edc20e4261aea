"""explain, as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Gateway = tuple[Path, dict[str, int]]


def test_a_name_with_the_key_and_a_ranked_list(
    call: Callable[..., Any], gateway_log: Gateway, tmp_path: Path
) -> None:
    folder, _ = gateway_log
    ranked = tmp_path / "ranked.csv"
    assert call("detect", folder, "--detector", "evil-cohort", "--out", ranked).code == 0
    out = tmp_path / "out"
    said = call("explain", folder, "crowd-0", "--reveal", folder.with_name("rec.key"),
                "--findings", ranked, "--out", out)  # fmt: skip
    assert said.code == 0, said.err
    assert "(crowd-0): a group of 6 of 36 accounts" in said.out
    assert said.out.splitlines()[-1] == f"Next: open {out / 'dossier.html'}"
    data = json.loads((out / "dossier.json").read_text())
    assert data["accounts"] == 6
    assert (out / "findings.parquet").is_file()


def test_a_detector_is_run_and_prices_are_read(
    call: Callable[..., Any], gateway_log: Gateway, tmp_path: Path
) -> None:
    folder, ids = gateway_log
    (tmp_path / "prices.json").write_text('{"m": {"input": 2, "output": 5.0}}')
    said = call(
        "explain", folder, ids["crowd-0"], "--detector", "evil-cohort", "--rounds", "1",
        "--most-users", "9", "--most-expected", "0.5", "--as-of", "2026-03-03",
        "--prices", tmp_path / "prices.json", "--out", tmp_path / "d.json", "-q",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert said.out == ""
    data = json.loads((tmp_path / "d.json").read_text())
    drawn = next(s for s in data["sections"] if s["name"] == "drawn")
    # Six accounts, twelve requests on the one day, of 9 and 8 tokens.
    assert drawn["numbers"][-1]["value"] == pytest.approx(6 * 12 * (9 * 2 + 8 * 5) / 1e6)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--names", "x"], "--names needs --reveal"),
        (["--findings", "x.csv", "--detector", "velocity"], "--findings or --detector, not both"),
        (["--findings", "x.csv"], "no such file"),
        (["--as-of", "yesterday"], "--as-of yesterday: write a date"),
        (["--reveal", "none.key"], "holds no key"),
    ],
)
def test_bad_options(
    more: list[str], said: str, call: Callable[..., Any], gateway_log: Gateway, tmp_path: Path
) -> None:
    found = call("explain", gateway_log[0], "1", *more, "--out", tmp_path / "out")
    assert found.code == 2
    assert said in found.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "price",
    ['{"input": 2}', '{"input": 2, "output": -1}', '"cheap"', "3",
     '{"input": 2, "output": 3, "cached": "free"}', '{"input": true, "output": 1}'],
)  # fmt: skip
def test_prices_that_are_none(
    price: str, call: Callable[..., Any], gateway_log: Gateway, tmp_path: Path
) -> None:
    (tmp_path / "prices.json").write_text(f'{{"m": {price}}}')
    found = call("explain", gateway_log[0], "1", "--prices", tmp_path / "prices.json",
                 "--detector", "evil-cohort", "--out", tmp_path / "out")  # fmt: skip
    assert found.code == 2
    assert "give dollars per million tokens" in found.err
