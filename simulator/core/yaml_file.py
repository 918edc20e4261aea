"""Reads YAML with line and column of every value, and rejects files that are not scenarios."""

from __future__ import annotations

import contextlib
import importlib.resources
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from shamcrowd.recording.errors import Fault, ScenarioError

LARGEST = 1_000_000
"""Most bytes of a file; the largest shipped scenario has a few thousand."""
MOST_LINES = 20_000
DEEPEST = 40
"""Most nested brackets; the scanner's work grows with the square of the depth."""
Path_ = tuple[str | int, ...]


class _Constructor(RoundTripConstructor):
    """Keeps dates as text, so that the model reports invalid ones with their place."""


def _as_text(constructor: RoundTripConstructor, node: ScalarNode) -> str:
    return str(node.value)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _as_text)


@dataclass(frozen=True)
class Document:
    """One file: its plain data, and (line, column) from 1 of every key and value by path."""

    name: str
    data: dict[str, Any]
    keys: dict[Path_, tuple[int, int]]
    values: dict[Path_, tuple[int, int]]
    lines: tuple[str, ...]

    def fault(self, what: str, path: Path_, mend: str = "", *, key: bool = False) -> Fault:
        """Return a fault located at a path, or at the nearest place above it."""
        places = self.keys if key else self.values
        while path and path not in places:
            path = path[:-1]
        line, column = places.get(path, (1, 1) if self.lines else (0, 0))
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Fault(what, self.name, line, column, mend, excerpt)


def shipped_folder() -> Path:
    """Return the folder of the shipped scenarios; their files are shown by name alone."""
    return Path(str(importlib.resources.files("shamcrowd.scenarios"))).resolve()


def _refuse(
    name: str, what: str, mend: str, line: int = 0, column: int = 0, excerpt: str = ""
) -> ScenarioError:
    return ScenarioError([Fault(what, name, line, column, mend, excerpt)])


def read(path: Path) -> Document:
    """Read one scenario file.

    Raises:
        ScenarioError: if it is missing, too large, empty, not UTF-8 text, not YAML or not a
            mapping.
    """
    name = str(path)
    try:
        if path.parent.resolve() == shipped_folder():
            name = path.name
        size = path.stat().st_size
        if size > LARGEST:
            raise _refuse(
                name,
                f"the file has {size:,} bytes, more than the limit of {LARGEST:,}",
                "is this the right file? A recording is not a scenario",
            )
        raw = path.read_bytes()
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        shown = name.replace("\0", "\\0")
        raise _refuse(shown, f"cannot be read: {why}", "check the path") from None
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _refuse(name, "is not text in UTF-8", "a scenario is a YAML text file") from None
    return parse(source, name)


def parse(source: str, name: str) -> Document:
    """Parse a scenario's text; ``name`` stands for the file in errors.

    Raises:
        ScenarioError: if it is too long, empty, not YAML or not a mapping.
    """
    lines = tuple(source.splitlines())
    if len(lines) > MOST_LINES:
        raise _refuse(name, f"has {len(lines):,} lines", "is this the right file?")
    if _depth(source) > DEEPEST:
        raise _refuse(name, f"is not YAML: nested more than {DEEPEST} deep", "nest it less")
    reader = YAML(typ="rt", pure=True)
    loader = YAML(typ="rt", pure=True)
    loader.Constructor = _Constructor
    try:
        # An alias needs an asterisk: without one, the text need not be parsed twice.
        for event in reader.parse(source) if "*" in source else ():
            if isinstance(event, AliasEvent):
                mark = event.start_mark
                raise _refuse(
                    name,
                    "uses a YAML alias (*)",
                    "write out the value, or use extends",
                    mark.line + 1,
                    mark.column + 1,
                    lines[mark.line],
                )
        loaded = loader.load(source)
    except DuplicateKeyError as fault:
        mark = fault.problem_mark
        key = str(fault.problem).split('"')[1] if '"' in str(fault.problem) else "a key"
        raise _refuse(
            name,
            f'key "{key}" appears twice',
            "remove one of the two",
            mark.line + 1,
            mark.column + 1,
            lines[mark.line],
        ) from None
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = min(mark.line, len(lines) - 1) if mark else 0
        raise _refuse(
            name,
            f"is not YAML: {fault.problem or fault.context}",
            "check indentation, colons and quotes on this line and the one before",
            line + 1,
            (mark.column + 1) if mark else 1,
            lines[line] if lines else "",
        ) from None
    except ReaderError as fault:
        line = source.count("\n", 0, fault.position)
        begin = source.rfind("\n", 0, fault.position) + 1
        raise _refuse(
            name,
            f"is not YAML: {fault.reason}",
            "remove the character",
            line + 1,
            fault.position - begin + 1,
            lines[line] if line < len(lines) else "",
        ) from None
    except (YAMLError, ValueError, RecursionError) as fault:
        what = str(fault).splitlines()[0] if str(fault) else "nested too deeply"
        raise _refuse(name, f"is not YAML: {what}", "a scenario is a plain YAML text") from None
    if loaded is None:
        raise _refuse(name, "is empty", "start from `shamcrowd show quickstart-v2`")
    if not isinstance(loaded, CommentedMap):
        kind = "a list" if isinstance(loaded, CommentedSeq) else "a single value"
        raise _refuse(
            name,
            f"contains {kind}, not a mapping",
            "begin with keys such as `schema: 1`",
            1,
            1,
            lines[0] if lines else "",
        )
    keys: dict[Path_, tuple[int, int]] = {}
    values: dict[Path_, tuple[int, int]] = {}
    data = _plain(loaded, (), keys, values)
    return Document(name, data, keys, values, lines)


def _depth(source: str) -> int:
    """Return the greatest number of open brackets, including those in quotes and comments."""
    steps = [1 if c in "[{" else -1 for c in source if c in "[]{}"]
    return max(itertools.accumulate(steps), default=0)


def _plain(
    node: Any,
    path: Path_,
    keys: dict[Path_, tuple[int, int]],
    values: dict[Path_, tuple[int, int]],
) -> Any:
    """Return plain Python data of a node, and note the place of everything in it."""
    if isinstance(node, CommentedMap):
        out: dict[str, Any] = {}
        for key, value in node.items():
            inner = (*path, str(key))
            with contextlib.suppress(KeyError, TypeError, AttributeError):
                line, column = node.lc.key(key)
                keys[inner] = (line + 1, column + 1)
                line, column = node.lc.value(key)
                values[inner] = (line + 1, column + 1)
            out[str(key)] = _plain(value, inner, keys, values)
        return out
    if isinstance(node, CommentedSeq):
        items = []
        for number, value in enumerate(node):
            inner = (*path, number)
            # A list with a custom tag has no places.
            with contextlib.suppress(KeyError, TypeError, AttributeError):
                line, column = node.lc.item(number)
                keys[inner] = values[inner] = (line + 1, column + 1)
            items.append(_plain(value, inner, keys, values))
        return items
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node
