"""Bad files of results that people name: ranked lists, boards, answers of programs.

Each is refused in a sentence at once, or read as what it says.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.own_logs.explain.findings import read_ranked
from shamcrowd.benchmark.transfer.board_figures import read_board
from shamcrowd.detectors.adapters.answers import findings_of
from shamcrowd.detectors.adapters.command import CommandDetector, Form
from tests.inputs.test_data_files import Kind, _bytes, _gone, _refuses, _strange

AT_LEAST = 200
RANKED = pd.DataFrame({
    "rank": [1, 2, 3], "account": [7, 8, 9], "place": [0.9, 0.5, 0.1], "detector": "velocity",
    "cluster": ["velocity-1", None, None], "reason": ["fast", None, None],
    "velocity": [3.0, 2.0, 1.0],
})  # fmt: skip
ACCOUNTS = (1.5, -(2.0**40), 2.0**31, np.nan, np.inf)
BOARD = "# A board\n\n### one\n\n| detector | average precision |\n|---|---|\n| velocity | 0.5 |\n"
ANSWER = "account,score,cluster,reason\n7,0.5,1,fast\n8,0.25,,\n9,0.125,,slow\n"


def _answer(path: Path) -> None:
    form: Form = "parquet" if path.suffix == ".parquet" else "csv"
    detector = CommandDetector(["cat"], {}, form, False)
    findings_of(detector._read(path), np.array([7, 8, 9], np.int32), 0.0)


@pytest.fixture
def kinds(tmp_path: Path) -> list[Kind]:
    folder = tmp_path / "sound"
    folder.mkdir()
    RANKED.to_csv(folder / "ranked.csv", index=False)
    RANKED.to_parquet(folder / "ranked.parquet", index=False)
    RANKED.to_json(folder / "ranked.json")
    (folder / "board.md").write_text(BOARD)
    (folder / "answer.csv").write_text(ANSWER)
    answer = {"account": pa.array([7, 8, 9], pa.int32()), "score": [0.5, 0.25, 0.125]}
    pq.write_table(pa.table(answer), folder / "answer.parquet")
    return [
        *(Kind("ranked", folder / f"ranked.{e}", read_ranked) for e in ("csv", "parquet", "json")),
        Kind("board", folder / "board.md", read_board),
        *(Kind("answer", folder / f"answer.{e}", _answer) for e in ("csv", "parquet")),
    ]


def test_each_is_refused_or_sound(kinds: list[Kind], tmp_path: Path) -> None:
    wrong, seen, luck = [], Counter[str](), random.Random(5)
    for number, kind in enumerate(kinds):
        assert _refuses(kind, kind.sound) == "taken", kind
        path = tmp_path / f"{number}{kind.sound.suffix}"

        def judge(told: str, kind: Kind = kind, path: Path = path) -> None:
            found = _refuses(kind, path)
            seen[found] += 1
            if found not in ("refused", "taken"):
                wrong.append(f"{kind.name}{path.suffix}, {told}: {found}")

        for told, content in _bytes(kind.sound.read_bytes(), luck):
            path.write_bytes(content)
            judge(told)
            _gone(path)
        for told, make in _strange(path):
            # A sparse file of 8 GiB is a table without a column, which takes its time.
            if told != "a large file":
                make()
                judge(told)
                _gone(path)
    for account in ACCOUNTS:
        path = tmp_path / "accounts.parquet"
        RANKED.assign(account=[7.0, 8.0, account]).to_parquet(path)
        assert _refuses(Kind("ranked", path, read_ranked), path) == "refused", account
    assert not wrong, f"{len(wrong)} of {seen.total()}:\n" + "\n".join(wrong)
    assert seen["refused"] >= AT_LEAST, seen
