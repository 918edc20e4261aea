"""Which format a log is in, by the fields that its first rows have."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shamcrowd.recording.imports.files import first_bytes, kind_of
from shamcrowd.recording.imports.mapping import Mapping, Reader, read_mapping, shipped
from shamcrowd.recording.table_file import read_table

ROWS = 50
"""Rows that are looked at."""


def guess(path: Path) -> list[Mapping]:
    """The shipped formats that a log may be in, the one with most of its fields first.

    Raises:
        LogFileError: if the file cannot be unpacked.
        UnreadableError: if it is a damaged Parquet file.
    """
    kind, found = kind_of(path), []
    for where in shipped().values():
        mapping = read_mapping(where)
        if kind not in mapping.reads and not ("lines" in mapping.reads and kind == "csv"):
            continue
        rows = list(_rows(path, kind, mapping))
        if rows and all(any(_has(row, field) for row in rows) for field in mapping.recognise):
            there = sum(any(_has(row, field) for row in rows) for field in mapping.fields)
            found.append((there, mapping))
    return [mapping for _, mapping in sorted(found, key=lambda one: (-one[0], one[1].format))]


def fields_of(path: Path) -> list[str]:
    """The names of the fields of a log's first rows, sorted."""
    names: set[str] = set()
    for row in _rows(path, kind_of(path), None):
        names.update(row)
    return sorted(names)


def _rows(path: Path, kind: Reader, mapping: Mapping | None) -> Iterable[dict[str, Any]]:
    """The first rows of a file as the mapping would read them."""
    if kind == "parquet":
        mend = "name a log in Parquet, or in another kind of file"
        yield from read_table(path, None, group=0, mend=mend).slice(0, ROWS).to_pylist()
        return
    text = first_bytes(path).decode("utf-8", "replace").lstrip("\ufeff")
    if mapping is not None and mapping.lines:
        for line in text.splitlines()[:ROWS]:
            match = re.match(mapping.lines, line)
            if match:
                yield match.groupdict()
    elif kind == "csv":
        yield from _csv_rows(text)
    else:
        for document in _documents(text):
            yield from _below(document, mapping)


def _csv_rows(text: str) -> Iterable[dict[str, Any]]:
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8192], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    for number, row in enumerate(csv.DictReader(io.StringIO(text), dialect=dialect)):
        if number >= ROWS:
            return
        yield {k: v for k, v in row.items() if k}


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


def _below(document: dict[str, Any], mapping: Mapping | None) -> Iterable[dict[str, Any]]:
    rows: list[Any] = [document]
    if mapping is not None and mapping.records:
        first = mapping.records.split("/")[0].removesuffix("[*]")
        if first in document:
            for step in mapping.records.split("/"):
                name = step.removesuffix("[*]")
                inner = [row.get(name) for row in rows if isinstance(row, dict)]
                rows = [one for many in inner if isinstance(many, list) for one in many]
    for row in rows[:ROWS]:
        if not isinstance(row, dict):
            continue
        held = row.get(mapping.attributes) if mapping is not None and mapping.attributes else None
        if isinstance(held, list):
            pairs = {p.get("key"): p.get("value") for p in held if isinstance(p, dict)}
            row = {**row, str(mapping and mapping.attributes): pairs}
        yield row


def _has(row: dict[str, Any], path: str) -> bool:
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
