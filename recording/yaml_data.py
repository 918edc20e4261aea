"""Plain data of a YAML text: mappings, lists, text, numbers, true, false, null; nothing else.

YAML can do more: tags that name classes, aliases that make a few bytes billions of values, keys
that are lists, directives that change what words mean. None of it is needed in a scenario, and
each of it is a way to write a file that says something else than it seems to. All of it is
refused by name and place.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from shamcrowd.recording.plain_text import unsafe_character

DEEPEST = 40
"""Most levels of nesting."""
LARGEST_INTEGER = 2**63 - 1
"""Largest number that a table can hold."""
Path_ = tuple[str | int, ...]
_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*|0o[0-7_]+|0x[0-9a-fA-F_]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
          "": None, "~": None, "null": None, "Null": None, "NULL": None}  # fmt: skip
_SHORT = "tag:yaml.org,2002:"
_Value = ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent


class NotPlainError(Exception):
    """A text uses what is not allowed: what, how to mend it, and where, from 0."""

    def __init__(self, what: str, mend: str, mark: StringMark) -> None:
        super().__init__(what)
        self.what, self.mend, self.line, self.column = what, mend, mark.line, mark.column


@dataclass
class PlainData:
    """Data of a text, and (line, column) from 1 of every key and value by its path."""

    data: Any = None
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)


@dataclass
class _Open:
    """A mapping or list that is being read; ``key`` is None where a key comes next."""

    held: dict[str, Any] | list[Any]
    path: Path_
    key: str | None = None


def plain_data(source: str) -> PlainData:
    """Read a text that holds one document, or none (data None).

    Raises:
        NotPlainError: if it uses more of YAML than plain data.
        YAMLError: if it is not YAML.
    """
    found = PlainData()
    stack: list[_Open] = []
    documents = 0
    for event in YAML(typ="safe", pure=True).parse(source):
        if isinstance(event, DocumentStartEvent):
            documents += 1
            _check_document(event, documents)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            stack.pop()
        elif isinstance(event, _Value):
            _take(event, stack, found)
    return found


def _check_document(event: DocumentStartEvent, number: int) -> None:
    if number > 1:
        raise NotPlainError("holds a second document", "remove the line `---`", event.start_mark)
    if event.version or event.tags:
        raise NotPlainError("has a YAML directive", "remove its line, %", event.start_mark)


def _take(event: _Value, stack: list[_Open], found: PlainData) -> None:
    """Take in a key or value."""
    mark = event.start_mark
    if isinstance(event, AliasEvent):
        raise NotPlainError("uses a YAML alias (*)", "write out the value, or use extends", mark)
    if event.tag is not None:
        tag = str(event.tag)
        shown = "!!" + tag.removeprefix(_SHORT) if tag.startswith(_SHORT) else tag
        raise NotPlainError(f"uses a YAML tag ({shown})", "write the plain value", mark)
    if isinstance(event, ScalarEvent):
        unsafe = unsafe_character(str(event.value))
        if unsafe:
            what = f"holds {unsafe}, a control character or a mark of writing direction"
            raise NotPlainError(what, "remove the character", mark)
    place = (mark.line + 1, mark.column + 1)
    around = stack[-1] if stack else None
    if around is not None and isinstance(around.held, dict) and around.key is None:
        around.key = _key(event, around)
        found.keys[(*around.path, around.key)] = place
        return
    path: Path_ = ()
    if around is not None:
        step = around.key if isinstance(around.held, dict) else len(around.held)
        assert step is not None
        path = (*around.path, step)
        found.values[path] = place
        if isinstance(step, int):
            found.keys[path] = place
    value: Any
    if isinstance(event, ScalarEvent):
        value = _scalar(event)
    else:
        if len(stack) >= DEEPEST:
            what = f"is not YAML that can be read: nested more than {DEEPEST} deep"
            raise NotPlainError(what, "nest it less", mark)
        value = {} if isinstance(event, MappingStartEvent) else []
        stack.append(_Open(value, path))
    if around is None:
        found.data = value
    elif isinstance(around.held, dict):
        assert around.key is not None
        around.held[around.key] = value
        around.key = None
    else:
        around.held.append(value)


def _key(event: _Value, around: _Open) -> str:
    """Return the key that an event is."""
    if not isinstance(event, ScalarEvent):
        what = "has a list or mapping as a key"
        raise NotPlainError(what, "a key is a word, with a colon behind it", event.start_mark)
    key = str(event.value)
    if key in around.held:
        raise NotPlainError(f'key "{key}" appears twice', "remove one of the two", event.start_mark)
    if key == "<<" and event.implicit[0]:
        raise NotPlainError("uses a YAML merge (<<)", "use extends", event.start_mark)
    return key


def _scalar(event: ScalarEvent) -> str | int | float | bool | None:
    """Return what an unquoted word means, or the text in quotes."""
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _NO_NUMBER.fullmatch(text):
        raise NotPlainError(f'"{text}" is not a number', "write a number", event.start_mark)
    try:
        if _INTEGER.fullmatch(text):
            digits = text.replace("_", "")
            whole = int(digits, {"0o": 8, "0x": 16}.get(digits[:2], 10))
            if abs(whole) > LARGEST_INTEGER:
                raise ValueError
            return whole
        if _NUMBER.fullmatch(text):
            number = float(text.replace("_", ""))
            if not math.isfinite(number):
                raise ValueError
            return number
    except ValueError:
        shown = text if len(text) <= 24 else f"{text[:20]}…"
        what = f"{shown} is too large a number"
        raise NotPlainError(what, "write a smaller number", event.start_mark) from None
    return text
