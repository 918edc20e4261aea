"""What an import does with rows, files and ids, whatever the format."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from shamcrowd.recording.errors import ShamcrowdError
from shamcrowd.recording.imports import day_files
from shamcrowd.recording.imports.coverage import Coverage
from shamcrowd.recording.imports.files import LogFileError
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import LogView, open_log

KEY = b"k" * 32
LITELLM = read_mapping(shipped()["litellm-spend-logs"])
Rows = list[dict[str, Any]]


def row(number: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "startTime": f"2026-03-02T09:{number % 60:02d}:00Z", "user": f"u{number % 3}",
        "api_key": f"k{number % 3}", "prompt_tokens": 10 + number, "completion_tokens": 5,
        "requester_ip_address": f"203.0.113.{number % 3}", "session_id": "s", "status": "success",
        "model": "m", "call_type": "acompletion", **more,
    }  # fmt: skip


def jsonl(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    return path


def imported(tmp_path: Path, *logs: Path, **more: Any) -> tuple[Coverage, LogView]:
    out = tmp_path / "out"
    coverage, _ = import_log([str(log) for log in logs], LITELLM, out, KEY, **more)
    return coverage, LogView(open_log(out), Manifest.read(out).end)


def test_rows_out_of_order_and_over_midnight_are_sorted_into_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_files, "PIECE", 3)
    times = ["2026-03-03T00:00:00Z", "2026-03-02T23:59:59.999Z", "2026-03-05T01:00:00Z"] + [
        f"2026-03-02T1{i}:00:00Z" for i in range(7)
    ]
    rows = [row(i, startTime=time, prompt_tokens=i) for i, time in enumerate(times)]
    coverage, log = imported(tmp_path, jsonl(tmp_path / "a.jsonl", rows))
    assert coverage.staged.requests == len(rows)
    requests = log.requests()
    assert requests["time"].is_monotonic_increasing
    assert sorted(requests["input_tokens"]) == list(range(len(rows)))
    assert requests["request"].is_unique
    days = {path.name[:10] for path in (tmp_path / "out" / "requests").iterdir()}
    assert days == {"2026-03-02", "2026-03-03", "2026-03-05"}
    manifest = Manifest.read(tmp_path / "out")
    assert (manifest.start, manifest.end) == (1_772_409_600_000, 1_772_755_200_000)
    assert not manifest.synthetic
    assert manifest.not_recorded["requests"] == [
        "client",
        "topic",
        "sketch",
        "cached_tokens",
        "reasoning_tokens",
        "stream",
        "first_token",
        "duration",
        "retry_after",
    ]


@pytest.mark.parametrize(
    ("told", "ms"),
    [
        (1_772_442_000, 1_772_442_000_000),
        (1_772_442_000.25, 1_772_442_000_250),
        (1_772_442_000_123, 1_772_442_000_123),
        (1_772_442_000_123_456, 1_772_442_000_123),
        (1_772_442_000_123_456_789, 1_772_442_000_123),
        ("2026-03-02T09:00:00Z", 1_772_442_000_000),
        ("2026-03-02 09:00:00", 1_772_442_000_000),
        ("2026-03-02T10:00:00+01:00", 1_772_442_000_000),
        ("2026-03-02T09:00:00.123456789Z", 1_772_442_000_123),
    ],
)
def test_moments_of_every_unit_and_zone(told: object, ms: int, tmp_path: Path) -> None:
    _, log = imported(tmp_path, jsonl(tmp_path / "a.jsonl", [row(startTime=told)]))
    time = log.arrow("requests", ["time"])["time"].cast(pa.int64()).to_pylist()
    assert abs(time[0] - ms) <= 1  # A float of 19 digits loses some of a millisecond.


@pytest.mark.parametrize("told", ["yesterday", "", None, -5, 10**22, "0000-00-00", True])
def test_a_row_without_a_moment_is_counted_named_and_left_out(told: object, tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1), row(2, startTime=told)])
    coverage, _ = imported(tmp_path, log)
    assert (coverage.staged.requests, coverage.staged.no_time) == (1, 1)
    assert coverage.staged.places == [f"{log}, line 2: no time that can be read in startTime"]
    with pytest.raises(LogFileError, match=r"1 of 2 rows cannot be used.*line 2"):
        imported(tmp_path, log, strict=True)


def test_rows_of_all_fates_add_up(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1), row(2, user=None), row(3, user="")])
    with log.open("a") as file:
        file.write('{"broken\n[1, 2]\n\n{"startTime": "2026-03-02T09:00:00Z", "us')
    coverage, _ = imported(tmp_path, log)
    staged = coverage.staged
    assert (staged.read, staged.requests, staged.no_account, staged.damaged) == (6, 1, 2, 3)


def test_a_fault_leaves_nothing_behind(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1, user=None)])
    with pytest.raises(LogFileError, match="no request of the format litellm-spend-logs among 1"):
        imported(tmp_path, log)
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl"}


def test_ids_of_accounts_are_numbers_texts_or_null(tmp_path: Path) -> None:
    rows = [row(1, user=7), row(2, user="7"), row(3, user="1e+09"), row(4, user=None, end_user="e")]
    coverage, log = imported(tmp_path, jsonl(tmp_path / "a.jsonl", rows))
    assert coverage.accounts == 3  # A number and the same digits are one name.
    assert log.accounts()["account"].between(1, 2**31 - 1).all()


def _as_gz(path: Path, rows: Rows) -> Path:
    path = path.with_suffix(".jsonl.gz")
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in rows).encode()))
    return path


def _as_zst(path: Path, rows: Rows) -> Path:
    path = path.with_suffix(".jsonl.zst")
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write("".join(json.dumps(r) + "\n" for r in rows).encode())
    return path


def _as_list(path: Path, rows: Rows) -> Path:
    path.with_suffix(".json").write_text(json.dumps(rows))
    return path.with_suffix(".json")


def _as_csv(path: Path, rows: Rows, **more: Any) -> Path:
    path = path.with_suffix(".csv")
    pd.DataFrame(rows).to_csv(path, index=False, **more)
    return path


def _as_foreign_csv(path: Path, rows: Rows) -> Path:
    """As R and Excel write it: unnamed first column, semicolons, CRLF, a byte-order mark, NA."""
    path = path.with_suffix(".csv")
    frame = pd.DataFrame([{**one, "end_user": None} for one in rows])
    frame.to_csv(path, sep=";", lineterminator="\r\n", encoding="utf-8-sig", na_rep="NA")
    return path


def _as_parquet(path: Path, rows: Rows) -> Path:
    path = path.with_suffix(".parquet")
    frame = pd.DataFrame(rows)
    frame["startTime"] = pd.to_datetime(frame["startTime"])
    frame["metadata"] = [{"user_agent": "curl/8.1", "n": 1}] * len(frame)
    frame.to_parquet(path)
    return path


@pytest.mark.parametrize(
    "write", [jsonl, _as_gz, _as_zst, _as_list, _as_csv, _as_foreign_csv, _as_parquet]
)
def test_every_kind_of_file_gives_the_same_requests(
    write: Callable[[Path, Rows], Path], tmp_path: Path
) -> None:
    rows = [row(i) for i in range(9)]
    kept = tmp_path / "given"
    kept.mkdir()
    coverage, log = imported(tmp_path, write(kept / "log.jsonl", rows))
    assert (coverage.staged.requests, coverage.staged.unusable) == (9, 0)
    import_log([str(jsonl(tmp_path / "p.jsonl", rows))], LITELLM, tmp_path / "q", KEY)
    again = LogView(open_log(tmp_path / "q"), Manifest.read(tmp_path / "q").end).requests()
    same = log.requests().drop(columns=["client"])
    pd.testing.assert_frame_equal(same, again.drop(columns=["client"]))


def test_folders_patterns_and_several_files(tmp_path: Path) -> None:
    folder = tmp_path / "logs" / "deep"
    folder.mkdir(parents=True)
    jsonl(folder / "a.jsonl", [row(1)])
    jsonl(folder / "b.jsonl", [row(2)])
    (folder / "README.md").write_text("no log")
    for named in ([str(tmp_path / "logs")], [str(folder / "*.jsonl")],
                  [str(folder / "a.jsonl"), str(folder / "b.jsonl")]):  # fmt: skip
        coverage, _ = import_log(named, LITELLM, tmp_path / "out", KEY)
        assert coverage.staged.requests == 2


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["nowhere.jsonl"], "no such file"),
        (["*.jsonl.nope"], "no such file"),
        (["empty"], "holds no file ending in"),
        (["a.jsonl", "./a.jsonl"], "named twice"),
        (["pipe"], "is no plain file"),
        (["picture.parquet"], "no Parquet table, or damaged"),
        (["packed.jsonl.gz"], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(
    named: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    jsonl(tmp_path / "a.jsonl", [row(1)])
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "picture.parquet").write_bytes(b"PAR1 but no more")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(b"{}" * 100)[:20])
    with pytest.raises(ShamcrowdError, match=said):
        import_log(named, LITELLM, tmp_path / "out", KEY)
    assert not (tmp_path / "out").exists()


def test_two_logs_that_overlap_give_rows_told_apart(tmp_path: Path) -> None:
    one = jsonl(tmp_path / "a.jsonl", [row(1), row(2)])
    other = jsonl(tmp_path / "b.jsonl", [row(2), row(3)])
    _, log = imported(tmp_path, one, other)
    assert log.requests()["request"].nunique() == 4


def test_a_file_about_accounts(tmp_path: Path) -> None:
    about = tmp_path / "accounts.csv"
    about.write_text(
        "user_id,created_at,user_email,organization_id\n"
        "u1,2026-02-01T00:00:00Z,Ann.Lee99@mail.example,o1\n"
        "u2,2026-05-01T00:00:00Z,bob@mail.example,\n"
        "idle,2026-03-01T00:00:00Z,,o1\n"
    )
    log = jsonl(tmp_path / "a.jsonl", [row(i) for i in range(3)])
    coverage, view = imported(tmp_path, log, accounts=str(about))
    accounts = view.accounts()
    assert coverage.accounts == len(accounts) == 4
    # An account is not younger than its first request.
    assert accounts["created"].dt.strftime("%m-%d %H:%M").tolist() == [
        "02-01 00:00", "03-01 00:00", "03-02 09:00", "03-02 09:02",
    ]  # fmt: skip
    (moved,) = [note for note in coverage.notes if "up later" in note]
    assert moved.startswith("1 account signs up later than the first row in the log, by up to 1,4")
    assert accounts["organisation"].notna().sum() == 2
    assert accounts["organisation"].nunique() == 1
    boxes = view.entity("mailboxes").set_index("mailbox").reindex(accounts["mailbox"])
    assert boxes["local"].tolist() == ["aaaaaa00", "", "", "aaa"]
    assert "created" not in coverage.not_recorded["accounts"]
    assert "device" in coverage.not_recorded["accounts"]


def test_an_account_that_stands_twice_in_its_file_is_refused(tmp_path: Path) -> None:
    about = tmp_path / "accounts.csv"
    about.write_text("user_id,created_at,user_email,organization_id\nu1,,,\nu1,,,\n")
    with pytest.raises(ShamcrowdError, match="names account 'u1' twice"):
        imported(tmp_path, jsonl(tmp_path / "a.jsonl", [row(1)]), accounts=str(about))


def test_what_is_not_recorded_links_nobody(tmp_path: Path) -> None:
    rows = [row(i, user=f"u{i}") for i in range(20)]
    for one in rows:
        del one["requester_ip_address"]
    _, log = imported(tmp_path, jsonl(tmp_path / "a.jsonl", rows))
    requests, accounts = log.requests(), log.accounts()
    for column in ("address", "client", "key"):
        users = requests.groupby(column)["account"].nunique()
        assert len(users) == (3 if column == "key" else 20)
    for column in ("device", "mailbox", "address"):
        assert accounts[column].is_unique
    # Every id that a row names is in the table of its kind.
    for table, column in (("addresses", "address"), ("clients", "client")):
        known = log.entity(table)
        assert set(requests[column]) <= set(known[column])
        assert known["first_seen"].notna().all()
    assert log.entity("addresses")["prefix"].is_unique


def test_the_same_key_gives_the_same_bytes_and_another_key_other_ids(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(i) for i in range(9)])
    made = []
    for name, key in (("a", KEY), ("b", KEY), ("c", b"c" * 32)):
        import_log([str(log)], LITELLM, tmp_path / name, key)
        made.append(Manifest.read(tmp_path / name).fingerprints)
    assert made[0] == made[1]
    assert made[0]["requests"] != made[2]["requests"]


def test_rare_models_are_called_other(tmp_path: Path) -> None:
    rows = [row(i % 60, model=f"model-{i // 2}") for i in range(300)]
    coverage, log = imported(tmp_path, jsonl(tmp_path / "a.jsonl", rows))
    assert log.requests()["model"].nunique() == 121
    assert coverage.notes[0] == "30 rare values of model are called other"


def test_quotes_and_odd_names_in_fields_are_no_sql(tmp_path: Path) -> None:
    odd = "u'; drop table staged; --\"\0x"
    rows = [row(1, user=odd, model="m'x"), row(2, user=odd)]
    coverage, log = imported(tmp_path, jsonl(tmp_path / "a.jsonl", rows))
    assert coverage.accounts == 1
    assert set(log.requests()["model"].astype(str)) == {"m'x", "m"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    done: list[str] = []

    def attempt() -> None:
        try:
            import_log([str(tmp_path / "pipe.jsonl")], LITELLM, tmp_path / "out", KEY)
        except LogFileError as fault:
            done.append(str(fault))

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(20)
    assert done
    assert "no plain file" in done[0]


def test_ids_are_unlike_the_order_of_names(tmp_path: Path) -> None:
    rows = [row(i % 60, user=f"u{i:03d}") for i in range(200)]
    out = tmp_path / "out"
    _, names = import_log([str(jsonl(tmp_path / "a.jsonl", rows))], LITELLM, out, KEY)
    order = np.argsort(names["account"].id)
    assert abs(np.corrcoef(order, np.arange(200))[0, 1]) < 0.3
