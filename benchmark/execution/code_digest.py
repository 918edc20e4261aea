"""Digest of the code that a detector's findings depend on, the same in every process."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import inspect
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.execution.value_digest import value_digest
from shamcrowd.recording.origin import source_digest

_HOUSE = "shamcrowd.detectors"
_BY_NAME = "shamcrowd.detectors.registry"
"""A module that imports this may load any detector by name."""


def detector_digest(code: Any, files: Sequence[Path] = ()) -> str:
    """16 hexadecimal digits over a detector's own code and all that it uses of ours.

    Of ``detectors`` that is what a shipped detector imports, however far off, so that one that was
    changed is all that has to be asked again; for any other, and for one that loads others by
    name, it is the whole package. ``recording`` always counts whole.

    ``code`` is the detector's file, the name of a module without one, its class, or a function that
    makes it. Of a class or function the file counts where there is one, and what it does and uses
    itself in any case (`value_digest`): two made in one line have different digests, and so has one
    defined in a notebook. ``files`` are further files that it runs.
    """
    sha = hashlib.sha256(source_digest("shamcrowd.recording").encode())
    sha.update(_house_digest(getattr(code, "__module__", "")).encode())
    for file in files:
        sha.update(file.read_bytes())
    if isinstance(code, Path):
        sha.update(code.read_bytes())
    elif isinstance(code, str):
        sha.update(code.encode())
    else:
        code = inspect.unwrap(code)
        try:
            sha.update(Path(inspect.getfile(code)).read_bytes())
        except (TypeError, OSError):
            sha.update(b"no file")
        sha.update(value_digest(code).encode())
    return sha.hexdigest()[:16]


@cache
def _house_digest(module: str) -> str:
    """Digest of the files of ``detectors`` that a module depends on."""
    used = imported(module) if module.startswith(f"{_HOUSE}.") else {}
    if not used or _BY_NAME in used:
        return source_digest(_HOUSE)
    sha = hashlib.sha256()
    for name, path in sorted(used.items()):
        sha.update(name.encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


def imported(module: str) -> dict[str, Path]:
    """A module of ``detectors`` and all that it imports of that package: the files by name.

    Imports within functions count. What packages import for the convenience of others does not.

    >>> sorted(imported("shamcrowd.detectors.controls.random"))
    ['shamcrowd.detectors.base', 'shamcrowd.detectors.controls.random']
    """
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path, further = _read(name)
        if name not in found and path is not None:
            found[name] = path
            waiting += further
    return found


@cache
def _read(module: str) -> tuple[Path | None, tuple[str, ...]]:
    """Where a module's code is (None if it is none), and what it imports of the house."""
    path = _file(module)
    if path is None or path.name == "__init__.py":
        return path, ()
    return path, tuple(_imports(ast.parse(path.read_text("utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    """Modules of the house that are imported anywhere in a file, and names that may be modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if f"{name}.".startswith(f"{_HOUSE}."))


def _file(module: str) -> Path | None:
    """Where a module's code is; None if it is none."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin) if spec is not None and spec.origin else None
