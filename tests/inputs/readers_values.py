"""Ways to damage a JSON file, each of which a reader has to refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

HUGE = 10**400
DEEP = "[" * 50_000 + "]" * 50_000

_Key = tuple[str | int, ...]


def texts(text: str) -> Iterator[tuple[str, bytes]]:
    """Other bytes for a whole file, by what is wrong with them."""
    content = text.encode()
    yield "empty", b""
    yield "white space", b" \n"
    yield "a zero byte", b"\0"
    yield "cut in half", content[: len(content) // 2]
    yield "cut at the end", content.rstrip()[:-1]
    yield "merge marks", b"<<<<<<< HEAD\n" + content
    yield "twice", content + content
    yield "UTF-16", text.encode("utf-16")
    yield "not UTF-8", b'{"\xff": 1}'
    yield "null", b"null"
    yield "a list", b"[]"
    yield "a number", b"5"
    yield "an empty object", b"{}"
    yield "nested too deeply", DEEP.encode()
    yield "nested within", ('{"a": ' * 5_000 + "1" + "}" * 5_000).encode()
    yield "a huge number", b'{"version": ' + b"9" * 5_000 + b"}"
    yield "NaN", b'{"version": NaN}'
    yield "infinite", b'{"version": 1e999}'
    yield "a key twice", content.replace(b"{", b'{"twice": 1, "twice": 2, ', 1)
    yield "Parquet", b"PAR1" + bytes(100) + b"PAR1"


def places(data: Any, most: int, path: _Key = ()) -> Iterator[_Key]:
    """Keys of the values in JSON data: of objects all, of lists the first."""
    if path:
        yield path
    if len(path) >= most:
        return
    if isinstance(data, dict):
        for key in data:
            yield from places(data[key], most, (*path, key))
    elif isinstance(data, list) and data:
        yield from places(data[0], most, (*path, 0))


def others(value: Any) -> Iterator[tuple[str, Any]]:
    """Values that cannot stand in place of one, by what is wrong with them."""
    yield "nested", {"a": [value]}
    if not isinstance(value, str):
        yield "text", "x"
    if isinstance(value, bool | str | list | dict):
        yield "a number", -1
    if not isinstance(value, list):
        yield "a list", [[value]]
    if isinstance(value, int) and not isinstance(value, bool):
        yield "half", 0.5
        yield "true", True


def numbers(value: Any) -> Iterator[tuple[str, Any]]:
    """Values of the right type that were not there."""
    if isinstance(value, bool):
        yield "the opposite", not value
    elif isinstance(value, int):
        yield "negative", -abs(value) - 1
        yield "one more", value + 1
        yield "huge", HUGE
    elif isinstance(value, float):
        yield "negative", -abs(value) - 1.0
        yield "huge", 1e300
    elif isinstance(value, str):
        yield "another", f"{value}x"
    elif value is None:
        yield "something", 1


def put(data: Any, place: _Key, value: Any) -> Any:
    """A copy of JSON data with another value at a place."""
    found = json.loads(json.dumps(data))
    inner = found
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return found


def without(data: Any, place: _Key) -> Any:
    """A copy of JSON data without the value at a place."""
    found = json.loads(json.dumps(data))
    inner = found
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]
    return found


def at(data: Any, place: _Key) -> Any:
    """The value at a place."""
    for key in place:
        data = data[key]
    return data
