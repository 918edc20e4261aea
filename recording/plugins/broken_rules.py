"""Runs rules on a plug-in and gives those that it breaks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from shamcrowd.recording.errors import Fault
from shamcrowd.recording.plugins.source import shown

T = TypeVar("T")


def broken(kind: type, subject: T, rules: Iterable[Callable[[T], str]]) -> list[Fault]:
    """Faults of a plug-in's class, one for each rule that is broken.

    Args:
        kind: the class, for its file and line.
        subject: what the rules are asked of.
        rules: functions that give "" or what is wrong; the first line of each docstring is the
            rule. An exception is a broken rule too.
    """
    faults = []
    for rule in rules:
        said = _tried(rule, subject)
        if said:
            mend = (inspect.getdoc(rule) or "").partition("\n")[0]
            where, line = _home(kind)
            faults.append(Fault(f"{rule.__name__}: {said}", where, line, 1, mend))
    return faults


def _tried(rule: Callable[[Any], str], subject: Any) -> str:
    try:
        return rule(subject)
    except Exception as fault:  # whatever a plug-in's author may have written
        return f"{type(fault).__name__}: {fault}"


def _home(kind: type) -> tuple[str, int]:
    """File and line of a class; its name and 0 if it was typed into a session."""
    try:
        return shown(Path(inspect.getfile(kind))), inspect.getsourcelines(kind)[1]
    except (OSError, TypeError):
        return kind.__qualname__, 0
