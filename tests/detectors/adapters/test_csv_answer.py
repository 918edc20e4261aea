"""Answers of programs in CSV, as R, Excel and others write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.detectors.adapters.csv_answer import read_answer
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.imports.files import LogFileError


def answer(tmp_path: Path, text: str) -> dict[str, list[object]]:
    path = tmp_path / "findings.csv"
    path.write_bytes(text.encode())
    found: dict[str, list[object]] = read_answer(path, "Rscript").to_pydict()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "account,score\n7,0.5\n100000,1\n",
        '"account","score"\n7,0.5\n1e+05,1\n',  # R's write.csv
        '"","account","score"\n"1",7,0.5\n"2",1e+05,1\n',  # with row names
        '"account","score"\n"1",7,0.5\n"2",1e+05,1\n',  # R's write.table
        "\ufeffaccount;score\r\n7;0,5\r\n100000;1\r\n",  # Excel in most of Europe
        "account\tscore\n7.0\t5e-01\n100000.0\t1\n",  # pandas, after a missing value
    ],
)
def test_the_same_answer_in_every_hand(text: str, tmp_path: Path) -> None:
    assert answer(tmp_path, text) == {"account": [7, 100_000], "score": [0.5, 1.0]}


def test_no_value_is_null(tmp_path: Path) -> None:
    found = answer(tmp_path, "account,score,cluster,reason\n7,1,NA,\n8,1,2.0,a b\n")
    assert found["cluster"] == [None, 2]
    assert found["reason"] == [None, "a b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("account,score\n7,1\n8.5,1\n", r"line 3: account is '8.5', not a whole number"),
        ("account,score\nann,1\n", r"line 2: account is 'ann', not a whole number"),
        ("account,score\n1e+30,1\n", r"line 2: account is '1e\+30', not a whole number"),
        ("account,score\n7,much\n", "cannot be read: score: .*much"),
    ],
)
def test_what_is_no_number_is_named_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DetectorError, match=said):
        answer(tmp_path, text)


def test_a_column_that_has_a_name_is_kept_and_an_empty_file_is_none(tmp_path: Path) -> None:
    assert list(answer(tmp_path, "account,score,extra\n7,1,2\n")) == ["account", "score", "extra"]
    with pytest.raises(LogFileError, match="the first line must name the columns"):
        answer(tmp_path, "")
