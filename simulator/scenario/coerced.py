"""Finds values of a file that validation has taken for something else.

Pydantic takes ``true`` for the number 1, ``"20"`` in quotes for the number 20, and ``1`` for true.
None of this is what the file says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shamcrowd.recording.yaml_data import Path_


def coerced(written: Any, taken: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield path and fault of every value in ``written`` that became another kind in ``taken``.

    Args:
        written: plain data of a file.
        taken: the same data after validation, as JSON data.
        path: where both are.

    >>> list(coerced({"a": [1, True], "b": "2"}, {"a": [1, 1], "b": 2}))
    [(('a', 1), 'must be a number, not true'), (('b',), "must be a number, not '2'")]
    """
    if isinstance(written, dict) and isinstance(taken, dict):
        for key, value in written.items():
            yield from coerced(value, taken.get(key), (*path, key))
    elif isinstance(written, list) and isinstance(taken, list):
        for number, (value, inner) in enumerate(zip(written, taken, strict=False)):
            yield from coerced(value, inner, (*path, number))
    elif isinstance(taken, bool):
        if not isinstance(written, bool):
            yield path, f"must be true or false, not {written!r}"
    elif isinstance(taken, int | float) and isinstance(written, bool | str):
        shown = str(written).lower() if isinstance(written, bool) else repr(written)
        yield path, f"must be a number, not {shown}"
