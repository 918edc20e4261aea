"""Imports a plug-in and checks what was imported."""

from __future__ import annotations

import importlib
import inspect
import traceback
from pathlib import Path
from typing import Any

from shamcrowd.recording.errors import Fault, PluginError
from shamcrowd.recording.plugins.kind import Kind
from shamcrowd.recording.plugins.rules import fault_at, line_of
from shamcrowd.recording.plugins.source import ModuleSource


def load(kind: Kind, source: ModuleSource, attribute: str) -> Any:
    """What the module ``source`` holds under the name ``attribute``: a plug-in of a kind.

    Raises:
        PluginError: if it cannot be imported, or is not what its kind must be.
    """
    module = _imported(source)
    line = line_of(source, attribute)
    if not hasattr(module, attribute):
        raise PluginError([
            fault_at(source, 0, f"there is no {attribute!r} in it", f"define {kind.wanted}")
        ])  # fmt: skip
    found = getattr(module, attribute)
    if not kind.attribute and inspect.isclass(found):
        said = _wrong_class(kind, found)
        if said:
            raise PluginError([fault_at(source, line, what, mend) for what, mend in said])
        found = _instance(kind, source, line, found)
    if kind.check is not None:
        wrong = list(kind.check(found))
        if wrong:
            raise PluginError([
                fault_at(source, line, f"{attribute}: {what}", "see docs/extending.md")
                for what in wrong
            ])  # fmt: skip
    return found


def class_in(kind: Kind, source: ModuleSource) -> str:
    """The name of the one class in a module that is a plug-in of a kind, found by importing it.

    Raises:
        PluginError: if it cannot be imported, or holds none or several.
    """
    module = _imported(source)
    here = [
        item for item in vars(module).values()
        if inspect.isclass(item) and item.__module__ == source.module
        and not item.__name__.startswith("_") and not _wrong_class(kind, item)
    ]  # fmt: skip
    if len(here) != 1:
        what = f"it holds {len(here)} {kind.plural}"
        raise PluginError([fault_at(source, 1, what, f"define one: {kind.wanted}")])
    return here[0].__name__


def _imported(source: ModuleSource) -> Any:
    try:
        return importlib.import_module(source.module)
    except PluginError:
        raise
    except (Exception, SystemExit) as error:  # whatever a plug-in's author may have written
        raise PluginError([_raised(source, error, "it cannot be imported")]) from error


def _instance(kind: Kind, source: ModuleSource, line: int, found: Any) -> Any:
    if not kind.instances:
        return found
    try:
        return found()
    except Exception as error:
        what = f"{found.__name__}() cannot be made"
        raise PluginError([_raised(source, error, what, line)]) from error


def _raised(source: ModuleSource, error: BaseException, what: str, line: int = 0) -> Fault:
    """A fault from an exception, at the last line of the plug-in's own file that it went through.

    An import that fails elsewhere is a fault of the line here that asked for it.
    """
    at = line
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).resolve() == source.path.resolve():
            at = frame.lineno or at
    said = " ".join(str(error).split())[:300]
    name = type(error).__name__
    return fault_at(source, at, f"{what}: {name}: {said}" if said else f"{what}: {name}",
                    "mend this line, or what it calls")  # fmt: skip


def _wrong_class(kind: Kind, found: type) -> list[tuple[str, str]]:
    """What is wrong with a class, each with how to mend it."""
    said = []
    if kind.method and not callable(getattr(found, kind.method, None)):
        said.append((f"{found.__name__} is not {kind.wanted}", f"define `{kind.method}`"))
    if kind.base:
        module, _, name = kind.base.partition(":")
        if not issubclass(found, getattr(importlib.import_module(module), name)):
            said.append((f"{found.__name__} is not {kind.wanted}", f"inherit from {kind.base}"))
    left = sorted(getattr(found, "__abstractmethods__", ()))
    if left:
        said.append((f"{found.__name__} has no {', '.join(f'`{n}`' for n in left)}", "define it"))
    for name in kind.needed:
        if not hasattr(found, name):
            what = f"{found.__name__} has no class attribute `{name}`"
            said.append((what, f"give it a value in the class: `{name} = ...`"))
    for name, allowed in kind.choices.items():
        value = getattr(found, name, None)
        if value is not None and value not in allowed:
            said.append((f"{found.__name__}.{name} is {value!r}", f"one of: {', '.join(allowed)}"))
    return said
