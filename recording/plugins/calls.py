"""Calls the code of plug-ins, and says where in it an exception was raised."""

from __future__ import annotations

import inspect
import linecache
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shamcrowd.recording.errors import Fault, PluginError, ShamcrowdError
from shamcrowd.recording.plugins.source import shown

CHECKS = {"population": "check_population", "tactic": "check_tactic"}
"""Kinds that are called here, with the function that checks one."""


@contextmanager
def plugin_call(kind: str, name: str, plugin: type, method: str) -> Iterator[None]:
    """Turn an exception that a plug-in's code raises within the block into a `PluginError`.

    Args:
        kind: what it is: ``tactic``, ``population`` or ``strategy``.
        name: its name in the scenario.
        plugin: its class.
        method: the method that is called in the block.

    Raises:
        PluginError: instead of any exception but a `ShamcrowdError`, which is its cause.
    """
    try:
        yield
    except ShamcrowdError:
        raise
    except Exception as error:
        what = f"{kind} {name} failed in {method}(): {type(error).__name__}: {error}"
        mend = f"run {CHECKS[kind]} on it" if kind in CHECKS else ""
        raise PluginError([raised_in(plugin, error, what, mend)]) from error


def raised_in(plugin: type, error: BaseException, what: str, mend: str) -> Fault:
    """A fault at the innermost line of a plug-in's file that an exception passed through.

    The files of the classes it inherits from count as its own, but its own file comes first. If
    the exception passed through none of them, the fault is at the class.
    """
    frames = traceback.extract_tb(error.__traceback__)
    for path in dict.fromkeys(filter(None, map(_file, plugin.__mro__))):
        for frame in reversed(frames):
            if frame.filename == path and frame.lineno:
                excerpt = linecache.getline(path, frame.lineno).rstrip()
                column = len(excerpt) - len(excerpt.lstrip()) + 1
                return Fault(what, shown(Path(path)), frame.lineno, column, mend, excerpt)
    where, line = home(plugin)
    return Fault(what, where, line, 1, mend)


def home(plugin: type) -> tuple[str, int]:
    """File and line of a class; its name and 0 if it was typed into a session."""
    try:
        return shown(Path(inspect.getfile(plugin))), inspect.getsourcelines(plugin)[1]
    except (OSError, TypeError):
        return plugin.__qualname__, 0


def _file(plugin: type) -> str | None:
    try:
        return inspect.getfile(plugin)
    except (OSError, TypeError):
        return None
