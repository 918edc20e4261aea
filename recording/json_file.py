"""JSON files: one way to read them, and a checksum by which a changed file is known.

Whatever is wrong with a file ends in one error, `UnreadableError`: it is no regular file, not
UTF-8, not JSON, cut short, nested too deeply, holds a key twice or a number that is none, or is not
what it was when it was written.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import MissingFileError, UnreadableError
from shamcrowd.recording.regular_file import read_bounded

CHECKSUM = "checksum"
"""Key of a file's checksum, beside the keys of its content."""
MOST = 256 * 2**20
"""Bytes of the largest JSON file that is read; the largest that shamcrowd writes has a few MiB."""
_DIGEST_BYTES = 16
_T = TypeVar("_T")


@dataclass(frozen=True)
class JsonKind:
    """A kind of JSON file.

    Attributes:
        what: what a file of the kind is, such as ``scores``; for messages.
        mend: what to do about a damaged one.
        version: the version that is read; None where the kind has no versions.
        key: the key that holds the version.
    """

    what: str
    mend: str
    version: int | None = None
    key: str = "version"


def read_json(path: Path, mend: str) -> dict[str, Any]:
    """Return the JSON object in the file ``path``.

    Args:
        path: the file.
        mend: what to do about a damaged file, for the message.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read, or is not a JSON object.
    """
    data = _read(path, mend)
    if not isinstance(data, dict):
        raise UnreadableError(path, "holds no JSON object", mend)
    return data


def read_json_list(path: Path, mend: str) -> list[Any]:
    """Return the JSON array in the file ``path``; arguments and errors are those of `read_json`."""
    data = _read(path, mend)
    if not isinstance(data, list):
        raise UnreadableError(path, "holds no JSON array", mend)
    return data


def _read(path: Path, mend: str) -> Any:
    try:
        content = read_bounded(path, MOST)
    except MissingFileError as fault:
        raise MissingFileError(path, fault.what, mend) from None
    except UnreadableError as fault:
        raise UnreadableError(path, fault.what, mend) from None
    try:
        return json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_no_key_twice,
            parse_float=_finite,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise UnreadableError(path, "not UTF-8", mend) from None
    except json.JSONDecodeError as fault:
        what = "empty" if not content.strip() else f"not JSON, or cut short ({fault})"
        raise UnreadableError(path, what, mend) from None
    except RecursionError:
        raise UnreadableError(path, "nested too deeply", mend) from None
    except ValueError as fault:
        raise UnreadableError(path, f"not JSON ({fault})", mend) from None


def read_checked(path: Path, kind: JsonKind) -> dict[str, Any]:
    """Return the content of a file that `write_checked` wrote, without its checksum.

    Raises:
        MissingFileError: if there is no file.
        UnreadableError: if it cannot be read, is of another version, or is not as it was written.
    """
    data = read_json(path, kind.mend)
    if kind.version is not None:
        found = data.get(kind.key)
        if type(found) is not int or found != kind.version:
            version = json.dumps(found) if isinstance(found, int | float | str) else "none"
            raise UnreadableError(
                path, f"{kind.key} {version[:20]}, this shamcrowd reads {kind.version}", kind.mend
            )
    if data.pop(CHECKSUM, None) != checksum(data):
        raise UnreadableError(
            path, f"damaged or edited: its {CHECKSUM} does not fit its content", kind.mend
        )
    return data


def as_record(record: type[_T], data: dict[str, Any], path: Path, kind: JsonKind) -> _T:
    """Return ``data`` as a record of a class, with every value of the type that it declares.

    Args:
        record: the class, a dataclass.
        data: the values, as JSON holds them.
        path: the file that they come from.
        kind: what is read, for the message.

    Raises:
        UnreadableError: if a value is missing, unknown, or of another type.
    """
    # Imported on use: it takes long to load.
    from pydantic import ValidationError

    try:
        # As JSON, where a list may stand for a tuple, whatever else is strict.
        around = _around(record)  # type: ignore[arg-type]  # classes are hashable
        found: _T = around.model_validate_json(json.dumps({"record": data})).record
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"][1:]))
        what = f"not {kind.what} ({where}: {first['msg']})"
        raise UnreadableError(path, what, kind.mend) from None
    return found


@cache
def _around(record: type[Any]) -> Any:
    """A model whose ``record`` is of this class; it takes long to make.

    A dataclass takes its configuration, and so do those that it holds, from a model around it.
    """
    from pydantic import ConfigDict, create_model

    strict = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    return create_model("Around", __config__=strict, record=(record, ...))


def write_checked(path: Path, data: dict[str, Any], indent: int = 1) -> None:
    """Write ``data`` as JSON with its checksum into the file ``path``, in one step.

    Raises:
        UsageError: if it cannot be written there; an existing file is left as it was.
    """
    write_json(path, {**data, CHECKSUM: checksum(data)}, indent)


def checksum(data: dict[str, Any]) -> str:
    """Return the BLAKE2b of JSON data: 32 hexadecimal digits.

    It depends on the values alone, neither on the order of keys nor on white space.

    >>> checksum({"a": (1, 2), "b": 0.5}) == checksum({"b": 0.5, "a": [1, 2]})
    True
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice[:40]!r} occurs twice")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is too large a number")
    return number


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
