"""Which code a detector's findings hang on: a digest that is the same in every process."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from recording.origin import source_digest


def detector_digest(code: Any, files: Sequence[Path] = ()) -> str:
    """16 hexadecimal digits over all of ``detectors`` and the detector's own code.

    ``code`` is the detector's file, its class, or a function that makes it. Of a class or function
    the file counts where there is one, and what it does itself in any case: two made in one line
    each are told apart, and so is one typed into a notebook. ``files`` are what it runs besides.
    """
    sha = hashlib.sha256(source_digest("detectors", "recording").encode())
    for file in files:
        sha.update(file.read_bytes())
    if isinstance(code, Path):
        sha.update(code.read_bytes())
    else:
        code = inspect.unwrap(code)
        try:
            sha.update(Path(inspect.getfile(code)).read_bytes())
        except (TypeError, OSError):
            sha.update(b"no file")
        sha.update(_told(code).encode())
    return sha.hexdigest()[:16]


def _told(thing: Any) -> str:
    """What a class, function or constant is, without addresses or numbers of the process."""
    if isinstance(thing, CodeType):
        inner = " ".join(map(_told, thing.co_consts))
        return f"{thing.co_code.hex()} {thing.co_names} {thing.co_varnames} {inner}"
    if isinstance(thing, type):
        parts = [f"{n}: {_told(v)}" for n, v in sorted(vars(thing).items()) if _is_own(n)]
        bases = [_told(base) for base in thing.__bases__ if base is not object]
        return f"{thing.__qualname__} {bases} {parts}"
    function = getattr(thing, "__func__", thing)
    if hasattr(function, "__code__"):
        held = [_told(c.cell_contents) for c in function.__closure__ or ()]
        return f"{_told(function.__code__)} {held}"
    if isinstance(thing, str | bytes | int | float | bool | tuple | frozenset | None):
        return repr(thing)
    return type(thing).__qualname__


def _is_own(name: str) -> bool:
    return name not in ("__dict__", "__weakref__", "__doc__", "__module__", "__firstlineno__")
