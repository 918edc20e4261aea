"""What a class or function is and does, in words that are the same in every process.

A cell of a notebook has no file. What counts of it is its code, and the values of all globals,
closures and defaults that the code uses, however far off. What cannot be described, such as an open
file, has another digest each time: what depends on it is never used again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any
from uuid import uuid4

import numpy as np

from shamcrowd.benchmark.execution.confinement.allowed import packages

PLAIN = (str, bytes, int, float, complex, bool, type(None), type(Ellipsis))
DYNAMIC = frozenset(("globals", "eval", "exec"))
"""Names of functions by which code reaches values that it does not name."""
OF_CLASSES = ("__dict__", "__weakref__", "__doc__", "__module__", "__firstlineno__")


def value_digest(thing: Any) -> str:
    """The digest of what a thing is: of code and of values alike.

    >>> value_digest([1, {"limit": 2}]) == value_digest([1, {"limit": 2}])
    True
    >>> value_digest([1, {"limit": 2}]) == value_digest([1, {"limit": 300}])
    False
    """
    sha = hashlib.sha256()
    for part in _parts(thing, {}):
        sha.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return sha.hexdigest()


def _parts(thing: Any, seen: dict[int, int]) -> Iterator[str]:
    """What a thing consists of; one that was met before is its number."""
    if isinstance(thing, PLAIN):
        yield f"{type(thing).__name__} {thing!r}"
        return
    if id(thing) in seen:
        yield f"again {seen[id(thing)]}"
        return
    seen[id(thing)] = len(seen)
    if isinstance(thing, ModuleType):
        yield f"module {thing.__name__} {_module(thing)}"
        for further in _imported_by(thing):
            yield from _parts(further, seen)
    elif isinstance(thing, CodeType):
        yield f"code {thing.co_code.hex()} {thing.co_names} {thing.co_varnames}"
        yield f"{thing.co_freevars} {getattr(thing, 'co_exceptiontable', b'').hex()}"
        if DYNAMIC.intersection(thing.co_names):
            # What it takes by a name that it makes up cannot be known.
            yield f"unknown {uuid4()}"
        for held in thing.co_consts:
            yield from _parts(held, seen)
    elif isinstance(thing, partial):
        yield "partial"
        yield from _parts([thing.func, thing.args, thing.keywords], seen)
    elif isinstance(thing, type) or isinstance(_function(thing), FunctionType):
        yield from _of_code(thing, seen)
    elif isinstance(thing, list | tuple):
        yield f"{type(thing).__name__} {len(thing)}"
        for held in thing:
            yield from _parts(held, seen)
    elif isinstance(thing, set | frozenset):
        yield f"set {sorted(value_digest(held) for held in thing)}"
    elif isinstance(thing, Mapping):
        yield f"{type(thing).__name__} {len(thing)}"
        for key, held in thing.items():
            yield from _parts(key, seen)
            yield from _parts(held, seen)
    elif isinstance(thing, np.ndarray) and thing.dtype != object:
        sha = hashlib.sha256(np.ascontiguousarray(thing).tobytes()).hexdigest()
        yield f"array {thing.dtype.str} {thing.shape} {sha}"
    elif not _is_installed(type(thing).__module__) and hasattr(thing, "__dict__"):
        yield "instance"
        yield from _parts(type(thing), seen)
        yield from _parts(vars(thing), seen)
    else:
        yield _pickled(thing, seen)


def _of_code(thing: Any, seen: dict[int, int]) -> Iterator[str]:
    name = f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', '')}"
    if _is_installed(getattr(thing, "__module__", None)):
        yield f"installed {name}"
        return
    if isinstance(thing, type):
        yield f"class {thing.__qualname__}"
        for base in thing.__bases__:
            yield from _parts(base, seen)
        for key, held in sorted(vars(thing).items()):
            if key not in OF_CLASSES:
                yield f"attribute {key}"
                yield from _parts(held, seen)
        return
    function = _function(thing)
    yield "function"
    yield from _parts(function.__code__, seen)
    yield from _parts(function.__defaults__, seen)
    yield from _parts(function.__kwdefaults__, seen)
    for cell in function.__closure__ or ():
        try:
            yield from _parts(cell.cell_contents, seen)
        except ValueError:
            yield "empty"
    for key in sorted(_names(function.__code__)):
        if key in function.__globals__:
            yield f"global {key}"
            yield from _parts(function.__globals__[key], seen)


def _function(thing: Any) -> Any:
    """The function in a method, property or bound method."""
    for name in ("__func__", "fget", "func"):
        inner = getattr(thing, name, None)
        if isinstance(inner, FunctionType):
            return inner
    return thing


def _names(code: CodeType) -> set[str]:
    inner = (held for held in code.co_consts if isinstance(held, CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _is_installed(module: str | None) -> bool:
    """Whether a module is of the interpreter, a package or this one: known by its version."""
    if not module or module == "__main__":
        return False
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names or top == "shamcrowd":
        return True
    file = getattr(sys.modules.get(module), "__file__", None)
    return file is not None and any(Path(file).is_relative_to(place) for place in packages())


def _module(module: ModuleType) -> str:
    """What a module of the user's holds: its file."""
    file = getattr(module, "__file__", None)
    if _is_installed(module.__name__) or file is None:
        return ""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def _imported_by(module: ModuleType) -> list[ModuleType]:
    """The user's modules that one of the user's uses, or has things of."""
    if _is_installed(module.__name__) or getattr(module, "__file__", None) is None:
        return []
    names = {
        held.__name__ if isinstance(held, ModuleType) else getattr(held, "__module__", None)
        for held in list(vars(module).values())
    }
    found = (sys.modules.get(name) for name in sorted(n for n in names if isinstance(n, str)))
    return [one for one in found if one is not None and not _is_installed(one.__name__)]


class _Pickler(pickle.Pickler):
    """Pickles what packages made; what of it is the user's code is described by what it does."""

    def __init__(self, file: io.BytesIO, seen: dict[int, int]) -> None:
        super().__init__(file, 4)
        self._seen = seen

    def persistent_id(self, thing: Any) -> str | None:
        code = isinstance(thing, FunctionType | type)
        if not code or _is_installed(getattr(thing, "__module__", None)):
            return None
        return "\0".join(_parts(thing, self._seen))


def _pickled(thing: Any, seen: dict[int, int]) -> str:
    kind = f"{type(thing).__module__}.{type(thing).__qualname__}"
    out = io.BytesIO()
    try:
        _Pickler(out, seen).dump(thing)
    except Exception:
        return f"unknown {kind} {uuid4()}"
    return f"{kind} {hashlib.sha256(out.getvalue()).hexdigest()}"
