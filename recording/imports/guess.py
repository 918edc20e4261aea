"""Which format a log is in, by the fields that its first rows have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from shamcrowd.recording.imports.csv_shape import csv_shape
from shamcrowd.recording.imports.files import first_bytes, kind_of
from shamcrowd.recording.imports.mapping import PARENT, Mapping, Reader, shipped_mappings
from shamcrowd.recording.table_file import read_table

_REFUSED = Path(__file__).parent / "not_imported.yaml"
ROWS = 50
"""Rows that are looked at."""


def guess(path: Path) -> list[Mapping]:
    """The shipped formats that a log may be in, the one with most of its fields first.

    Raises:
        LogFileError: if the file cannot be unpacked.
        UnreadableError: if it is a damaged Parquet file.
    """
    kind, found = kind_of(path), []
    for mapping in shipped_mappings():
        if kind not in mapping.reads and not ("lines" in mapping.reads and kind == "csv"):
            continue
        rows = list(first_rows(path, kind, mapping.records, mapping))
        if rows and all(any(has_field(row, field) for row in rows) for field in mapping.recognise):
            there = sum(any(has_field(row, field) for row in rows) for field in mapping.fields)
            found.append((there, mapping))
    return [mapping for _, mapping in sorted(found, key=lambda one: (-one[0], one[1].format))]


@dataclass(frozen=True)
class NotImported:
    """A known kind of log that nothing about single accounts can be read from.

    Attributes:
        format: its name.
        title: one line for people.
        recognise: paths of fields that it has, all of them.
        mend: what to import in its place.
        records: where its rows lie in a document.
    """

    format: str
    title: str
    recognise: tuple[str, ...]
    mend: str
    records: str | None = None


def not_imported(path: Path) -> NotImported | None:
    """The known kind of log that a file is and that cannot be imported, if it is one.

    Raises:
        LogFileError: if the file cannot be unpacked.
    """
    kind = kind_of(path)
    for one in YAML(typ="safe", pure=True).load(_REFUSED.read_text("utf-8")):
        known = NotImported(**one)
        rows = list(first_rows(path, kind, known.records))
        if rows and all(any(has_field(row, field) for row in rows) for field in known.recognise):
            return known
    return None


def fields_of(path: Path) -> list[str]:
    """The names of the fields of a log's first rows, sorted."""
    return sorted({name for row in first_rows(path, kind_of(path)) for name in row})


def first_rows(
    path: Path, kind: Reader, records: str | None = None, mapping: Mapping | None = None
) -> Iterable[dict[str, Any]]:
    """The first rows of a file as a mapping would read them.

    Args:
        path: the file.
        kind: how it is read.
        records: where rows lie in a document.
        mapping: the mapping, if it is one for the log itself.
    """
    if kind == "parquet":
        mend = "name a log in Parquet, or in another kind of file"
        yield from read_table(path, None, group=0, mend=mend).slice(0, ROWS).to_pylist()
        return
    if kind == "csv" and not (mapping is not None and mapping.lines):
        shape = csv_shape(path)
        yield from (dict(zip(shape.names, row, strict=True)) for row in shape.rows)
        return
    text = first_bytes(path).decode("utf-8", "replace").lstrip("\ufeff")
    if mapping is not None and mapping.lines:
        for line in text.splitlines()[:ROWS]:
            match = re.match(mapping.lines, line)
            if match:
                yield match.groupdict()
        return
    for document in _documents(text):
        yield from _below(document, records, mapping)


def _documents(text: str) -> Iterable[dict[str, Any]]:
    """The JSON objects that a text begins with, one after the other or in a list."""
    decoder, at, many = json.JSONDecoder(), 0, 0
    text = text.lstrip()
    if text.startswith("["):
        at = 1
    while many < ROWS:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = text.find("\n", at)
            if end < 0:
                return
            at, many = end + 1, many + 1
            continue
        many += 1
        if isinstance(found, dict):
            yield found


def _below(
    document: dict[str, Any], records: str | None, mapping: Mapping | None
) -> Iterable[dict[str, Any]]:
    rows: list[tuple[Any, Any]] = [(document, None)]
    parent = mapping.parent if mapping is not None else None
    steps = records.split("/") if records else []
    if steps and steps[0].removesuffix("[*]") in document:
        depth = len(parent.split("/")) if parent else 0
        for place, step in enumerate(steps):
            name = step.removesuffix("[*]")
            inner = [
                (row.get(name), row if place == depth else above)
                for row, above in rows
                if isinstance(row, dict)
            ]
            rows = [(one, above) for many, above in inner if isinstance(many, list) for one in many]
    top = mapping.attributes if mapping is not None else None
    for row, above in rows[:ROWS]:
        if not isinstance(row, dict):
            continue
        if top and isinstance(row.get(top), list):
            pairs = {p.get("key"): p.get("value") for p in row[top] if isinstance(p, dict)}
            row = {**row, top: pairs}
        yield row if above is None else {**row, PARENT: above}


def has_field(row: dict[str, Any], path: str) -> bool:
    """Whether a row has a field, empty or not."""
    held: Any = row
    for name in path.split("/"):
        if isinstance(held, str) and held[:1] == "{":
            try:
                held = json.loads(held)
            except ValueError:
                return False
        if not isinstance(held, dict) or name not in held:
            return False
        held = held[name]
    return True
