"""Runs rules on a plug-in and gives those that it breaks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from shamcrowd.recording.errors import Fault, PluginError
from shamcrowd.recording.plugins.calls import home, raised_in

T = TypeVar("T")


def broken(
    kind: type,
    subject: T,
    rules: Sequence[Callable[[T], str]],
    needed: Collection[Callable[[T], str]] = (),
) -> list[Fault]:
    """Faults of a plug-in's class, one for each rule that is broken.

    Args:
        kind: the class, for its file and line.
        subject: what the rules are asked of.
        rules: functions that give "" or what is wrong; the first line of each docstring is the
            rule. An exception is a broken rule too.
        needed: those of them without which the rules after them cannot be tried.
    """
    faults: list[Fault] = []
    for number, rule in enumerate(rules, 1):
        fault = _tried(kind, rule, subject)
        if fault is None:
            continue
        left = len(rules) - number
        if rule in needed and left:
            # Each of them would report the same again.
            many = f"{left} further rule{'s were' if left > 1 else ' was'} not tried"
            return [*faults, replace(fault, what=f"{fault.what}; {many}")]
        faults.append(fault)
    return faults


def _tried(kind: type, rule: Callable[[T], str], subject: T) -> Fault | None:
    """The fault of a plug-in's class if it breaks a rule."""
    mend = (inspect.getdoc(rule) or "").partition("\n")[0]
    try:
        said = rule(subject)
    except PluginError as error:
        first = error.faults[0]
        return replace(first, what=f"{rule.__name__}: {first.what}", mend=mend)
    except Exception as error:  # whatever a plug-in's author may have written
        what = f"{rule.__name__}: {type(error).__name__}: {error}"
        return raised_in(kind, error, what, mend)
    where, line = home(kind)
    return Fault(f"{rule.__name__}: {said}", where, line, 1, mend) if said else None
