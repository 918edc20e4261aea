"""Mappings that are wrong are refused with their place; shipped ones are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.recording.imports.guess import guess
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import LARGEST, MappingError, read_mapping, shipped

GOOD = """
format: mine
title: A log of my own
reads: [jsonl]
recognise: [when, who]
requests:
  time: {field: when, unit: s}
  account: who
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    return path


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"when": 1772442000, "who": "ann"}\n')
    mapping = read_mapping(written(tmp_path, GOOD))
    coverage, _ = import_log([str(log)], mapping, tmp_path / "out", b"k" * 32)
    assert coverage.staged.requests == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("title: A log of my own\n", ""), "title: Field required"),
        (("account: who", "account: who\n  colour: red"), "no column colour"),
        (("  account: who\n", ""), "account must be given"),
        (("unit: s", "unit: fortnight"), "Input should be 's', 'ms'"),
        (("account: who", "account: {field: who, const: x}"), "either a field or a const"),
        (("account: who", "account: {}"), "either a field or a const"),
        (("account: who", "account: {field: who, expression: 1+1}"), "Extra inputs"),
        (("reads: [jsonl]", "reads: [lines]"), "belong together"),
        (("reads: [jsonl]", "reads: [lines]\nlines: '(?P<when>\\d+) (x)'"), "needs a name"),
        (("reads: [jsonl]", "reads: [lines]\nlines: '(?P<when>\\d+)'"), "has no group who"),
        (("reads: [jsonl]", "reads: [lines]\nlines: '(?P<when>'"), "no regular expression"),
        (("reads: [jsonl]", "reads: [xml]"), "Input should be 'jsonl'"),
        (("format: mine", "format: Mine!"), "format"),
        (("format: mine", "format: !!python/object/apply:os.system [true]"), "uses a YAML tag"),
        (("format: mine", "- a\n- b"), "is not YAML"),
        (("requests:", "requests: &a [*a]\nother:"), "uses a YAML alias"),
    ],
)
def test_what_is_wrong_is_said(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace(*change))
    with pytest.raises(MappingError, match=said) as caught:
        read_mapping(path)
    assert all(str(path) in fault.where and fault.mend for fault in caught.value.faults)


def test_files_that_are_no_mapping(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (LARGEST + 1))
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"format: caf\xe9\n")
    for path in (tmp_path / "nowhere.yaml", tmp_path, big, latin):
        with pytest.raises(MappingError, match=str(path)):
            read_mapping(path)
    big.write_bytes(GOOD.encode() + b"#" * (LARGEST - len(GOOD)))
    assert read_mapping(big).format == "mine"


def test_a_log_of_no_known_format_is_recognised_as_none(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"when": 1772442000, "who": "ann"}\n')
    assert guess(log) == []
    log.write_text("")
    assert guess(log) == []


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_format_says_where_its_names_are_from_and_what_is_lost(name: str) -> None:
    mapping = read_mapping(shipped()[name])
    assert mapping.source
    assert mapping.lost
    assert mapping.recognise
