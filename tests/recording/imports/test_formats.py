"""Every log format: its sample is recognised, imported as its golden says, and leaks no name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from syrupy.assertion import SnapshotAssertion

from shamcrowd.recording.imports.coverage import Coverage
from shamcrowd.recording.imports.guess import fields_of, guess
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import FOLDER, read_mapping, shipped
from shamcrowd.recording.imports.names import Names
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.view import LogView, open_log

_ALL = {path.stem: path for path in sorted((FOLDER.parent / "samples").iterdir())}
SAMPLES = {name: path for name, path in _ALL.items() if not name.endswith(".joined")}
JOINED = {name.removesuffix(".joined"): path for name, path in _ALL.items()
          if name.endswith(".joined")}  # fmt: skip
FORMATS = sorted(shipped())
KEY = b"k" * 32


def imported(name: str, out: Path) -> tuple[Coverage, dict[str, Names]]:
    """The sample of a format as a recording, joined with the sample of its other table."""
    mapping = read_mapping(shipped()[name])
    return import_log(
        [str(SAMPLES[name])], mapping, out, KEY,
        joined=[str(path) for other, path in JOINED.items() if other == name],
        sampling=1.0 if mapping.sampled else None,
    )  # fmt: skip


def test_every_format_has_a_sample_of_few_rows_and_every_sample_a_format() -> None:
    assert sorted(SAMPLES) == FORMATS
    assert all(path.stat().st_size < 20_000 for path in _ALL.values())
    assert sorted(JOINED) == [name for name in FORMATS if read_mapping(shipped()[name]).joined]


@pytest.mark.parametrize("name", FORMATS)
def test_its_sample_is_recognised_and_no_other(name: str) -> None:
    assert [mapping.format for mapping in guess(SAMPLES[name])] == [name]
    assert fields_of(SAMPLES[name]) or name == "nginx-combined"


@pytest.mark.parametrize("name", FORMATS)
def test_its_sample_becomes_what_its_golden_says(
    name: str, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    mapping = read_mapping(shipped()[name])
    assert mapping.format == name
    coverage, _ = imported(name, tmp_path / "out")
    said = {**coverage.plain(), "not_recorded": dict(coverage.not_recorded)}
    # Its place is another in every checkout.
    said["first_unusable"] = [place.split("/")[-1] for place in said["first_unusable"]]
    log = LogView(open_log(tmp_path / "out"), Manifest.read(tmp_path / "out").end)
    tables = {
        "requests": log.requests().drop(columns=["sketch"]),
        "activity": log.activity(["time", "account", "kind", "address"]),
        "addresses": log.entity("addresses"),
        "clients": log.entity("clients", ["client", "sdk", "version", "os"]),
    }
    shown = {n: json.loads(t.to_json(orient="records", date_format="iso"))
             for n, t in tables.items()}  # fmt: skip
    assert {"report": said, **shown} == snapshot


@pytest.mark.parametrize("name", FORMATS)
def test_every_column_that_the_mapping_names_is_filled_by_its_sample(
    name: str, tmp_path: Path
) -> None:
    mapping = read_mapping(shipped()[name])
    coverage, _ = imported(name, tmp_path / "out")
    named = {c for c, value in mapping.requests.items() if value.field is not None}
    unfilled = {c for c in named if not coverage.staged.filled.get(c)}
    # Fields that the format has only where it is set up so; the sample shows it without.
    assert unfilled <= {"key", "prompt"}, unfilled


@pytest.mark.parametrize("name", FORMATS)
def test_no_name_of_the_log_is_in_the_recording(name: str, tmp_path: Path) -> None:
    _, names = imported(name, tmp_path / "out")
    said = set(names["account"].name) | set(names["key"].name) | set(names["address"].name)
    said = {one for one in said if not one.startswith("\0") and len(one) > 3}
    assert said
    for path in (tmp_path / "out").rglob("*"):
        if path.suffix == ".parquet":
            held = {str(value) for column in pq.read_table(path, partitioning=None).columns
                    for value in column.to_pylist()}  # fmt: skip
            assert not said & held, path
    text = (tmp_path / "out" / "manifest.json").read_text()
    assert not any(one in text for one in said)


def test_prompts_that_are_alike_have_sketches_that_are_alike(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"startTime": "2026-03-02T09:00:00Z", "user": f"u{i}", "api_key": "k", "prompt_tokens": 1,
         "completion_tokens": 1, "messages": [{"role": "user", "content": said}]}
        for i, said in enumerate(
            ["Please translate this letter to my landlord into French: dear Ann"] * 2
            + ["Write a function that sorts numbers by their last digit", None]  # type: ignore[list-item]
        )
    ]  # fmt: skip
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    import_log([str(path)], read_mapping(shipped()["litellm-spend-logs"]), tmp_path / "out", KEY)
    log = LogView(open_log(tmp_path / "out"), Manifest.read(tmp_path / "out").end)
    one, same, other, none = log.requests()["sketch"].sort_index().tolist()
    assert one == same
    assert (one ^ other).bit_count() > 16
    assert (one ^ none).bit_count() > 16
