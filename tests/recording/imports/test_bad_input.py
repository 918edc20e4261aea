"""What logs look like that people have: each fault has a message with file, line and mend."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.checks import MOST_DAYS
from shamcrowd.recording.imports.coverage import Coverage
from shamcrowd.recording.imports.csv_shape import csv_shape
from shamcrowd.recording.imports.files import LogFileError, line_of
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import FOLDER, Mapping, read_mapping, shipped
from shamcrowd.recording.imports.names import Names
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import LogView, open_log
from tests.recording.imports.test_importing import KEY, LITELLM, jsonl, row

SAMPLES = FOLDER.parent / "samples"
HEADER = "startTime,user,api_key,prompt_tokens,completion_tokens"


def done(
    tmp_path: Path, *logs: Path, mapping: Mapping = LITELLM, **more: Any
) -> tuple[Coverage, dict[str, Names]]:
    return import_log([str(log) for log in logs], mapping, tmp_path / "out", KEY, **more)


def accounts_of(names: dict[str, Names]) -> list[str]:
    return sorted(names["account"].name)


def csv(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def at(minute: int) -> str:
    return f"2026-03-02T09:{minute:02d}:00Z"


@pytest.mark.parametrize(
    "text",
    [
        f'"",{HEADER}\n"1",{at(0)},ann,k,1,2\n',  # pandas and R's write.csv: a nameless column
        f"{HEADER}\n1,{at(0)},ann,k,1,2\n",  # R's write.table: one name less than fields
        f"{HEADER.replace(',', ';')}\n{at(0)};ann;k;1;2\n",
        f"{HEADER.replace(',', chr(9))}\n{at(0)}\tann\tk\t1\t2\n",
        f"\ufeff{HEADER}\r\n{at(0)},ann,k,1,2\r\n",
        f'{HEADER},x\n{at(0)},ann,k,1,2,"a, ""b""\nc"\n',
        f"{HEADER},user\n{at(0)},ann,k,1,2,bob\n",  # a name that stands twice
    ],
)
def test_csv_as_programs_write_it(text: str, tmp_path: Path) -> None:
    coverage, names = done(tmp_path, csv(tmp_path / "a.csv", text))
    assert (coverage.staged.requests, coverage.staged.unusable) == (1, 0)
    assert accounts_of(names) == ["ann"]


@pytest.mark.parametrize(
    ("told", "name"),
    [("1e+05", "100000"), ("1e+09", "1000000000"), ("1.25e+06", "1250000"), ("7.0", "7"),
     ("007", "007"), ("1e5", "1e5"), ("v1.0", "v1.0"), ("12e+05", "12e+05")],
)  # fmt: skip
def test_ids_that_r_and_pandas_wrote_as_numbers(told: str, name: str, tmp_path: Path) -> None:
    _, names = done(tmp_path, csv(tmp_path / "a.csv", f"{HEADER}\n{at(0)},{told},k,1,2\n"))
    assert accounts_of(names) == [name]


def test_an_id_that_a_spreadsheet_rounded_is_no_account(tmp_path: Path) -> None:
    """Excel keeps six digits: accounts would be thrown together."""
    log = csv(tmp_path / "a.csv", f"{HEADER}\n{at(0)},1.23457E+15,k,1,2\n{at(1)},ann,k,1,2\n")
    coverage, names = done(tmp_path, log)
    assert accounts_of(names) == ["ann"]
    assert coverage.staged.places[0].startswith(f"{log}, row 1: no account in user")


@pytest.mark.parametrize("nothing", ["NA", "", "NULL", "\\N", "NaN", "#N/A"])
def test_what_stands_for_no_value_is_no_account(nothing: str, tmp_path: Path) -> None:
    log = csv(tmp_path / "a.csv", f"{HEADER}\n{at(0)},{nothing},k,1,2\n{at(1)},ann,k,1,2\n")
    coverage, names = done(tmp_path, log)
    assert accounts_of(names) == ["ann"]
    assert coverage.staged.no_account == 1


def test_a_line_of_another_width_is_named_with_its_line(tmp_path: Path) -> None:
    log = csv(tmp_path / "a.csv", f"{HEADER}\n{at(0)},ann,k,1,2\n{at(1)},bob\n{at(2)},cem,k,1,2")
    coverage, names = done(tmp_path, log)
    assert accounts_of(names) == ["ann", "cem"]
    assert coverage.staged.damaged == 1
    assert coverage.staged.places[0].startswith(f"{log}, line 3: ")
    with pytest.raises(LogFileError, match=r"1 of 3 rows cannot be used.*line 3"):
        done(tmp_path, log, strict=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfes\x00t\x00", "line 1: is no text in UTF-8; save it as UTF-8 .CSV UTF-8.$"),
        (b"\r\n\r\n", "line 1: is empty; the first line must name the columns"),
        (b"", "line 1: is empty"),
        (f"{HEADER}\n{at(0)},\xe9mile,k,1,2\n".encode("latin-1"), "line 2: .* not utf-8 encoded"),
    ],
)
def test_csv_that_cannot_be_read(content: bytes, said: str, tmp_path: Path) -> None:
    log = tmp_path / "a.csv"
    log.write_bytes(content)
    with pytest.raises(LogFileError, match=said) as caught:
        done(tmp_path, log)
    assert str(log) in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_table_without_the_columns_of_the_mapping(tmp_path: Path) -> None:
    log = csv(tmp_path / "a.csv", "when,who\n2026-03-02,ann\n")
    said = "litellm-spend-logs has the time in startTime, which is not there; its fields are: when"
    with pytest.raises(LogFileError, match=said):
        done(tmp_path, log)
    csv(log, f"startTime,who\n{at(0)},ann\n")
    with pytest.raises(LogFileError, match="has the account in user or end_user or team_id"):
        done(tmp_path, log)


def test_files_of_two_formats_are_not_mixed(tmp_path: Path) -> None:
    good = jsonl(tmp_path / "a.jsonl", [row(1)])
    with pytest.raises(LogFileError, match=r"new-api.jsonl: .* it looks like new-api: import "):
        done(tmp_path, good, SAMPLES / "new-api.jsonl")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"resourceMetrics": []}, "OpenTelemetry metrics: metrics are sums"),
        ({"resourceLogs": []}, "OpenTelemetry log records: export spans"),
        ({"id": "1", "changed_by": "a", "action": "created", "table_name": "t", "object_id": "o"},
         "LiteLLM_AuditLog: .* import the table LiteLLM_SpendLogs"),
        ({"CorrelationId": "c", "ApimSubscriptionId": "s", "CallerIpAddress": "a"},
         "ApiManagementGatewayLogs: import ApiManagementGatewayLlmLog"),
    ],
)  # fmt: skip
def test_known_logs_that_cannot_be_imported_are_refused_by_name(
    content: dict[str, Any], said: str, tmp_path: Path
) -> None:
    log = jsonl(tmp_path / "a.jsonl", [content])
    with pytest.raises(LogFileError, match=said):
        done(tmp_path, log)


def test_half_a_line_at_the_end_of_a_growing_file(tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1), row(2)])
    whole = log.read_text()
    log.write_text("\n" + whole + json.dumps(row(3))[:30])
    coverage, _ = done(tmp_path, log)
    assert coverage.staged.requests == 2
    assert coverage.staged.places == [
        f"{log}, line 4: ends in the middle; import again when the file is whole"
    ]


def test_places_are_told_file_by_file(tmp_path: Path) -> None:
    one = jsonl(tmp_path / "a.jsonl", [row(1), row(2, user=None)])
    other = jsonl(tmp_path / "b.jsonl", [row(3), row(4), row(5, startTime="soon")])
    other.write_bytes(b"\n\n" + other.read_bytes())
    coverage, _ = done(tmp_path, one, other)
    assert coverage.staged.places == [
        f"{one}, line 2: no account in user or end_user or team_id",
        f"{other}, line 5: no time that can be read in startTime",
    ]


def test_lines_are_counted_in_packed_files_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"a\n\nb\n  \nc"))
    assert [line_of(path, row) for row in (1, 2, 3)] == [
        (1, False, b"a"), (3, False, b"b"), (5, True, b"c"),
    ]  # fmt: skip


@pytest.mark.parametrize("told", ["many", -1, 2**31, [1], True])
def test_values_of_a_wrong_type_are_counted_and_named(told: object, tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1), row(2, prompt_tokens=told)])
    coverage, _ = done(tmp_path, log)
    assert coverage.staged.requests == 2
    assert coverage.staged.wrong == {"input_tokens": 1}
    said = f"{log}, line 2: no number of 0 or more in input_tokens (prompt_tokens); taken for 0"
    assert coverage.staged.places == [said]
    with pytest.raises(LogFileError, match="1 of 2 rows cannot be used"):
        done(tmp_path, log, strict=True)
    log.write_text(log.read_text().replace(json.dumps(told), "null"))
    assert done(tmp_path, log)[0].staged.wrong == {}  # No value is no wrong value.


@pytest.mark.parametrize("told", [{"id": 7}, ["ann"], None, ""])
def test_an_object_is_no_account(told: object, tmp_path: Path) -> None:
    log = jsonl(tmp_path / "a.jsonl", [row(1), row(2, user=told)])
    coverage, names = done(tmp_path, log)
    assert accounts_of(names) == ["u1"]
    assert coverage.staged.no_account == 1


def test_rows_that_stand_in_two_files_are_taken_once(tmp_path: Path) -> None:
    rows = [row(i, request_id=f"q{i}") for i in range(4)]
    one = jsonl(tmp_path / "a.jsonl", rows[:3])
    other = jsonl(tmp_path / "b.jsonl", rows[1:])
    coverage, _ = done(tmp_path, one, other)
    assert (coverage.staged.requests, coverage.staged.twice) == (4, 2)
    log = LogView(open_log(tmp_path / "out"), Manifest.read(tmp_path / "out").end).requests()
    assert sorted(log["input_tokens"]) == [10, 11, 12, 13]
    # Another account's row, or another moment, is another row, whatever its number.
    jsonl(tmp_path / "b.jsonl", [{**rows[1], "user": "x"}, {**rows[2], "startTime": at(59)}])
    coverage, _ = done(tmp_path, one, other)
    assert (coverage.staged.requests, coverage.staged.twice) == (5, 0)


def test_moments_without_a_zone_are_in_the_zone_that_is_named(tmp_path: Path) -> None:
    log = jsonl(
        tmp_path / "a.jsonl",
        [row(1, startTime="2026-07-01 09:00:00"), row(2, startTime="2026-07-01T09:00:00Z")],
    )
    done(tmp_path, log, zone="Europe/Berlin")
    view = LogView(open_log(tmp_path / "out"), Manifest.read(tmp_path / "out").end)
    assert view.requests()["time"].dt.hour.tolist() == [7, 9]
    with pytest.raises(UsageError, match="no time zone 'Mars/Base'; name one such as"):
        done(tmp_path, log, zone="Mars/Base")


@pytest.mark.parametrize(("days", "fits"), [(MOST_DAYS, True), (MOST_DAYS + 1, False)])
def test_a_log_over_many_years_has_a_wrong_clock(days: int, fits: bool, tmp_path: Path) -> None:
    first = pd.Timestamp("2024-01-01T00:00:00Z")
    last = first + pd.Timedelta(days=days)
    log = jsonl(tmp_path / "a.jsonl", [row(1, startTime=t.isoformat()) for t in (first, last)])
    if fits:
        done(tmp_path, log)
    else:
        with pytest.raises(LogFileError, match=r"goes from 2024-01-01 00:00 to 2027-.*clock"):
            done(tmp_path, log)


@pytest.mark.parametrize("share", [0, -1, 1.01])
def test_a_share_of_requests_is_above_0_and_at_most_1(share: float, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="must be above 0 and at most 1"):
        done(tmp_path, jsonl(tmp_path / "a.jsonl", [row(1)]), sampling=share)


def test_a_format_that_may_be_sampled_asks_for_the_share(tmp_path: Path) -> None:
    vertex = read_mapping(shipped()["vertex-request-response"])
    log = SAMPLES / "vertex-request-response.jsonl"
    with pytest.raises(UsageError, match=r"give the share .* with --sampling-rate"):
        done(tmp_path, log, mapping=vertex)
    coverage, _ = done(tmp_path, log, mapping=vertex, sampling=0.25)
    assert "the log holds 0.25 of the requests" in coverage.notes[-1]
    assert Manifest.read(tmp_path / "out").imported["sampling"] == 0.25


def test_a_second_table_is_asked_for_and_checked(tmp_path: Path) -> None:
    apim = read_mapping(shipped()["azure-apim"])
    log = SAMPLES / "azure-apim.jsonl"
    with pytest.raises(UsageError, match="give the table ApiManagementGatewayLogs with --join"):
        done(tmp_path, log, mapping=apim)
    with pytest.raises(LogFileError, match="is not the table ApiManagementGatewayLogs; it has no "):
        done(tmp_path, log, mapping=apim, joined=[str(log)])
    with pytest.raises(UsageError, match="litellm-spend-logs has no second table"):
        done(tmp_path, jsonl(tmp_path / "a.jsonl", [row(1)]), joined=[str(log)])
    # CloudTrail is not needed.
    bedrock = read_mapping(shipped()["bedrock"])
    coverage, _ = done(tmp_path, SAMPLES / "bedrock.jsonl", mapping=bedrock)
    assert "address" in coverage.not_recorded["requests"]


def test_the_shape_of_a_csv_file(tmp_path: Path) -> None:
    shape = csv_shape(csv(tmp_path / "a.csv", "a;b;B\n1;2;3\n4;5;6;7\n"))
    assert (shape.delimiter, shape.names) == (";", ("a", "b", "B (3)"))
    assert shape.rows == (("1", "2", "3"),)


def test_what_is_not_recorded_stands_in_the_manifest_once(tmp_path: Path) -> None:
    done(tmp_path, jsonl(tmp_path / "a.jsonl", [row(1)]))
    manifest = Manifest.read(tmp_path / "out")
    assert manifest.not_recorded
    assert "not_recorded" not in manifest.imported


def test_it_says_how_many_rows_it_has_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shamcrowd.recording.imports.staging.ROWS", 2048)
    heard: list[int] = []
    log = jsonl(tmp_path / "a.jsonl", [row(i) for i in range(5000)])
    done(tmp_path, log, on_rows=heard.append)
    assert heard[-1] == 5000
    assert len(heard) > 1
    assert heard == sorted(heard)
