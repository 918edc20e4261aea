"""import, detect and export, as a user calls them."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from shamcrowd.benchmark.execution.seal import seal
from shamcrowd.recording.imports.mapping import FOLDER

SAMPLE = FOLDER.parent / "samples"


def test_import_detect_and_the_names_behind_the_ids(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    out = tmp_path / "rec"
    said = call("import", SAMPLE / "litellm-spend-logs.jsonl", "--yes", "--out", out)
    assert said.code == 0, said.err
    assert "looks like litellm-spend-logs" in said.out
    assert "1 row could not be read" in said.out
    assert said.out.splitlines()[-1] == f"Next: shamcrowd detect {out} --out ranked.csv"
    assert all(len(line) <= 80 for line in said.out.splitlines() if str(tmp_path) not in line
               and str(SAMPLE) not in line)  # fmt: skip
    for kept in (out.with_name("rec.key"), out.with_name("rec.names.parquet")):
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    ranked = tmp_path / "ranked.csv"
    said = call(
        "detect", out, "--detector", "volume-only", "--detector", "template-clusters",
        "--names", out.with_name("rec.names.parquet"), "--out", ranked,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "volume-only: sees all that it looks at" in said.out
    assert f"Detectors were {seal().line}." in " ".join(said.out.split())
    table = pd.read_csv(ranked)
    assert set(table["name"]) == {"u-ann", "u-bob", "u-cem", "end-4"}
    revealed = call("detect", out, "--detector", "timing-entropy", "--reveal", "--json")
    assert {row["name"] for row in json.loads(revealed.out)["ranked"]} == set(table["name"])


def test_a_guess_is_not_taken_without_an_answer(call: Callable[..., Any], tmp_path: Path) -> None:
    said = call("import", SAMPLE / "new-api.jsonl", "--out", tmp_path / "rec")
    assert said.code == 2
    assert "--format new-api, or --yes" in said.err
    assert not list(tmp_path.iterdir())


def test_a_log_of_no_known_format_names_its_fields(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"when": 1, "who": "ann"}\n')
    said = call("import", log, "--yes", "--out", tmp_path / "rec")
    assert said.code == 2
    assert "its fields are: when, who" in said.err


def test_a_format_that_the_log_is_not_in(call: Callable[..., Any], tmp_path: Path) -> None:
    said = call("import", SAMPLE / "new-api.jsonl", "--format", "langfuse", "--out", tmp_path / "r")
    assert said.code == 2
    assert "langfuse has the time in start_time, which is not there" in said.err
    assert "it looks like new-api: import files of one format at a time" in said.err
    said = call("import", SAMPLE / "new-api.jsonl", "--format", "nginx-combined", "--out",
                tmp_path / "r")  # fmt: skip
    assert "looks like jsonl; nginx-combined comes as lines" in said.err
    said = call("import", SAMPLE / "new-api.jsonl", "--format", "nope", "--out", tmp_path / "r")
    assert "no format 'nope'; there are: anthropic-admin" in said.err


def test_as_data(call: Callable[..., Any], tmp_path: Path) -> None:
    said = call("import", SAMPLE / "new-api.jsonl", "--format", "new-api", "--json", "--out",
                tmp_path / "rec")  # fmt: skip
    about = json.loads(said.out)
    assert about["rows"]["requests"] == 4
    said = call("detect", tmp_path / "rec", "--detector", "age-only", "--json")
    assert json.loads(said.out)["detectors"] == [
        {"detector": "age-only", "applicable": True, "said": "", "blind": ["accounts.created"]}
    ]


def test_a_failed_detector_is_told_by_the_exit_code(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    call("import", SAMPLE / "new-api.jsonl", "--format", "new-api", "--out", tmp_path / "rec")
    said = call("detect", tmp_path / "rec", "--detector", "nobody", "--detector", "velocity")
    assert said.code == 3
    assert "nobody: failed: no detector 'nobody'" in said.out
    assert "velocity: it gives all accounts one score" in said.out


def test_wrong_moments_and_endings(call: Callable[..., Any], tmp_path: Path) -> None:
    call("import", SAMPLE / "new-api.jsonl", "--format", "new-api", "--out", tmp_path / "rec")
    said = call("detect", tmp_path / "rec", "--as-of", "tomorrow")
    assert said.code == 2
    assert "write a date" in said.err
    said = call("detect", tmp_path / "rec", "--out", tmp_path / "ranked.doc")
    assert said.code == 2
    said = call("detect", tmp_path / "rec", "--names", tmp_path / "rec.key")
    assert said.code == 2
    assert "name the file that import keeps" in said.err


def test_a_recording_goes_out_as_a_log_and_comes_in_again(
    call: Callable[..., Any], small: Path, tmp_path: Path
) -> None:
    for name in ("litellm-spend-logs", "new-api", "kong-ai-proxy"):
        log, out = tmp_path / f"{name}.jsonl", tmp_path / name
        said = call("export", small, "--format", name, "--out", log)
        assert said.code == 0, said.err
        said = call("import", log, "--format", name, "--strict", "--json", "--out", out)
        assert said.code == 0, said.err
        rows = json.loads(said.out)["rows"]
        assert rows["requests"] == rows["read"] > 0
    assert call("export", small, "--format", "azure-apim", "--out", tmp_path / "x").code == 2
    assert call("export", small, "--format", "nope", "--out", tmp_path / "x").code == 2
