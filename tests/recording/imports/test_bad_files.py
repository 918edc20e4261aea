"""Files that are cut off, mixed, empty or wrongly encoded, and files about accounts with faults."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.cli.entry import run
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.files import LogFileError
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.manifest import Manifest
from tests.recording.imports.test_importing import KEY, jsonl, row

NEW_API = {
    "id": 1, "user_id": 7, "created_at": 1772442000, "type": 2, "model_name": "m", "quota": 1,
    "prompt_tokens": 1, "completion_tokens": 1, "use_time": 1, "token_id": 3,
}  # fmt: skip
ACCOUNTS = "user_id,created_at,user_email,organization_id\n"
HEADER = "startTime,user,api_key,prompt_tokens,completion_tokens\n"


def done(tmp_path: Path, log: Path, mapping: str = "litellm-spend-logs", **more: Any) -> Any:
    return import_log([str(log)], read_mapping(shipped()[mapping]), tmp_path / "out", KEY, **more)


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in rows).encode()


MANY = lines([row(i) for i in range(500)])


def flipped(content: bytes, at: int) -> bytes:
    """With one other bit."""
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def parquet(rows: list[dict[str, Any]]) -> bytes:
    """With checksums of its pages."""
    held = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, held, compression="none", use_dictionary=False, write_page_checksum=True)
    return held.getvalue()


PARQUET = parquet([row(i) for i in range(500)])


def test_packed_files_are_taken_whole(tmp_path: Path) -> None:
    """Several parts one after the other, as ``cat a.gz b.gz`` makes them."""
    half = [lines([row(i) for i in part]) for part in (range(250), range(250, 500))]
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(map(gzip.compress, half)))
    (tmp_path / "a.parquet").write_bytes(PARQUET)
    for name in ("a.jsonl.gz", "a.parquet"):
        assert done(tmp_path, tmp_path / name)[0].staged.requests == 500
        shutil.rmtree(tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl.gz", gzip.compress(MANY)[:900], "it is cut off: import again when"),
        ("a.jsonl.gz", flipped(gzip.compress(MANY), -6), "incorrect data check.*get it again"),
        ("a.jsonl.gz", flipped(gzip.compress(MANY), -2), "incorrect length check.*get it again"),
        ("a.jsonl.gz", gzip.compress(MANY) + bytes(9), "something follows what is packed"),
        ("a.jsonl.gz", gzip.compress(MANY) + gzip.compress(MANY)[:900], "ends within.*cut off"),
        ("a.parquet", flipped(PARQUET, 9_000), "CRC checksum verification failed"),
        ("a.jsonl.gz", MANY, "it is not packed: take .gz off its name"),
        ("a.jsonl.zst", pa.compress(MANY, "zstd", asbytes=True)[:900], "it is cut off: import "),
        ("a.json", json.dumps([row(1), row(2)]).encode()[:-9], "it is cut off: import again when"),
        ("a.jsonl", lines([row(1)]).decode().encode("utf-16"), "line 1: is no text in UTF-8; save"),
        ("a.jsonl", lines([row(1), NEW_API]), "row 2: is of the format new-api, not litellm-spend"),
        ("a.jsonl", b"", "holds no row; name a log that holds some"),
        ("a.jsonl", b"\n\n", "holds no row; name a log that holds some"),
        ("a.csv", HEADER.encode(), "holds no row; name a log that holds some"),
        ("a.jsonl", lines([row(1, user=None)]), "name the account's field .*its fields are: api_"),
        ("a.jsonl", lines([row(1), row(2, startTime="2031-01-01T00:00:00Z")]),
         "line 2: is of 2031"),
        ("a.jsonl", lines([row(1, startTime="2020-01-01T00:00:00Z"), row(2), row(3)]),
         "line 1: is of 2020"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_imported(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    log = tmp_path / name
    log.write_bytes(content)
    with pytest.raises(LogFileError, match=said) as caught:
        done(tmp_path, log)
    assert str(log) in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_mapping_that_takes_rows_of_a_kind_that_is_not_there(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [{**NEW_API, "type": 4}])
    with pytest.raises(LogFileError, match=r"takes rows with type: 2, 5, and there is none"):
        done(tmp_path, log, "new-api")


def test_a_log_of_another_format_whose_time_has_the_same_name(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1)])
    with pytest.raises(LogFileError, match=r"looks like litellm-spend-logs, not litellm-logging-p"):
        done(tmp_path, log, "litellm-logging-payload")


def test_rows_of_another_format_far_down_are_damaged_not_of_another_kind(tmp_path: Path) -> None:
    """Only the first rows are looked at before an import; new-api's mapping skips kinds of rows."""
    rows = [{**NEW_API, "id": i} for i in range(60)] + [row(1)] + [{**NEW_API, "type": 4}]
    staged = done(tmp_path, jsonl(tmp_path / "a.jsonl", rows), "new-api")[0].staged
    assert (staged.requests, staged.damaged, staged.skipped) == (60, 1, 1)
    assert staged.places[0].endswith("line 61: not a row of this format")


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (b"\xef\xbb\xbf" + lines([row(1)]), "begins with a byte-order mark"),
        (b'{"user": "\xe9mile"}\n', "no text in UTF-8"),
        (b"hello\n", "no JSON"),
        (b'{"colour": 1}\n', "not a row of this format"),
    ],
)
def test_why_a_line_cannot_be_used(first: bytes, said: str, tmp_path: Path) -> None:
    log = tmp_path / "a.jsonl"
    log.write_bytes(first + lines([row(2), row(3)]))
    coverage, _ = done(tmp_path, log)
    assert coverage.staged.requests == 2
    assert coverage.staged.places[0].startswith(f"{log}, line 1: {said}")


def test_a_log_from_the_future_is_noted(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1, startTime="2090-01-01T00:00:00Z")])
    coverage, _ = done(tmp_path, log)
    assert "the log ends at 2090-01-01 00:00, later than this machine's clock" in coverage.notes[-1]
    assert coverage.notes == Manifest.read(tmp_path / "out").imported["notes"]


def test_least_memory_is_enough_for_any_kind_of_file(tmp_path: Path) -> None:
    """Readers of JSON and CSV set memory aside for the longest row, for each thread."""
    (tmp_path / "a.csv").write_text(HEADER + "2026-03-02T09:00:00Z,a,k,1,2\n")
    for log in (jsonl(tmp_path / "a.jsonl", [row(1)]), tmp_path / "a.csv"):
        assert done(tmp_path, log, memory_mib=256)[0].staged.requests == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", ACCOUNTS + "NA,NA,NA,NA\nu1,NA,NA,NA\n", "1 row names no account, .*: row 1"),
        ("a.csv", ACCOUNTS + "u1,soon,,\n", "no sign-up time that can be read, the first: row 1"),
        ("a.csv", ACCOUNTS + "u1,0,,\n", "no sign-up time that can be read, the first: row 1"),
        ("a.csv", ACCOUNTS + "u2,2026-01-01\nu1,,,\n", "1 row is wider or narrower .* line 2"),
        ("a.csv", "user_id\nu1\n", "no row has a value for created, email, organisation"),
        ("a.jsonl", '{"user_id": "u1"}\n{"user_id"', "1 row names no account, the first: line 2"),
        ("a.jsonl", '{"user_id": {"a": 1}}\n{"user_id": 7}\n', "the first: line 1"),
    ],
)
def test_faults_of_a_file_about_accounts_are_noted(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    log = jsonl(tmp_path / "log.jsonl", [row(1)])
    coverage, _ = done(tmp_path, log, accounts=str(tmp_path / name))
    assert any(re.search(f"{name}: .*{said}", note) for note in coverage.notes)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "id,when\n1,2\n", "no row names an account in user_id; its fields are: id, when"),
        ("a.csv", ACCOUNTS, "no row names an account in user_id; its fields are: none"),
        ("a.csv", "", "line 1: is empty; the first line must name the columns"),
        ("a.jsonl", "hello\n", "no row names an account in user_id"),
        ("a.csv", ACCOUNTS + "u1,,,\nu1,,,\n", "names account 'u1' twice"),
    ],
)
def test_files_about_accounts_that_cannot_be_used(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    log = jsonl(tmp_path / "log.jsonl", [row(1)])
    with pytest.raises((UsageError, LogFileError), match=said):
        done(tmp_path, log, accounts=str(tmp_path / name))


def test_a_guess_of_a_log_without_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text("hello\n")
    code = run(["import", str(tmp_path / "a.jsonl"), "--yes", "--out", str(tmp_path / "out")])
    assert code == 2
    assert "holds no row that can be read as jsonl" in " ".join(capsys.readouterr().err.split())
