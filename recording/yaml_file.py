"""Reads YAML files with line and column of every value: scenarios, suites, kits, mappings."""

from __future__ import annotations

import importlib.resources
import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from shamcrowd.recording.errors import Fault, ScenarioError, UnreadableError
from shamcrowd.recording.regular_file import read_bounded
from shamcrowd.recording.yaml_data import DEEPEST, NotPlainError, Path_, plain_data

if TYPE_CHECKING:
    from pydantic import ValidationError

LARGEST = 1_000_000
"""Most bytes of a file; the largest shipped scenario has a few thousand."""
MOST_LINES = 20_000
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Line breaks of YAML."""


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


def read(path: Path, most: int = LARGEST) -> Document:
    """Read one YAML file of at most ``most`` bytes.

    Raises:
        ScenarioError: if it is missing, too large, empty, not UTF-8 text, not YAML or not a
            mapping.
    """
    try:
        name = path.name if path.parent.resolve() == shipped_folder() else str(path)
        raw = read_bounded(path, most)
    except UnreadableError as fault:
        raise _refuse(name, fault.what, fault.mend) from None
    except (OSError, ValueError, RuntimeError) as fault:
        # A path with a NUL in it, or a symbolic link to itself.
        why = getattr(fault, "strerror", None) or str(fault)
        raise _refuse(str(path), f"cannot be read: {why}", "check the path") from None
    try:
        # A byte order mark is what some editors begin a file with.
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refuse(name, "is not text in UTF-8", "a scenario is a YAML text file") from None
    return parse(source, name)


def parse(source: str, name: str) -> Document:
    """Parse a scenario's text; ``name`` stands for the file in errors.

    Raises:
        ScenarioError: if it is too long, empty, not YAML or not a mapping.
    """
    lines = tuple(_BREAK.split(source))
    if len(lines) > MOST_LINES:
        raise _refuse(name, f"has {len(lines):,} lines", "is this the right file?")
    if _depth(source) > DEEPEST:
        # The scanner's work grows with the square of the depth.
        raise _refuse(name, f"is not YAML: nested more than {DEEPEST} deep", "nest it less")

    def refuse(what: str, mend: str, line: int, column: int) -> ScenarioError:
        excerpt = lines[line] if line < len(lines) else ""
        return _refuse(name, what, mend, line + 1, column + 1, excerpt)

    try:
        found = plain_data(source)
    except NotPlainError as fault:
        raise refuse(fault.what, fault.mend, fault.line, fault.column) from None
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = min(mark.line, len(lines) - 1) if mark else 0
        what = f"is not YAML: {fault.problem or fault.context}"
        mend = "check indentation, colons and quotes on this line and the one before"
        raise refuse(what, mend, line, mark.column if mark else 0) from None
    except ReaderError as fault:
        before = _BREAK.split(source[: fault.position])
        what = f"is not YAML: {fault.reason}"
        raise refuse(what, "remove the character", len(before) - 1, len(before[-1])) from None
    except (YAMLError, ValueError, RecursionError) as fault:
        what = str(fault).splitlines()[0] if str(fault) else "nested too deeply"
        raise _refuse(name, f"is not YAML: {what}", "a scenario is a plain YAML text") from None
    if found.data is None:
        raise _refuse(name, "is empty", "start from `shamcrowd show quickstart-v2`")
    if not isinstance(found.data, dict):
        kind = "a list" if isinstance(found.data, list) else "a single value"
        what = f"contains {kind}, not a mapping"
        raise refuse(what, "begin with keys such as `schema: 1`", 0, 0)
    return Document(name, found.data, found.keys, found.values, lines)


def _depth(source: str) -> int:
    """Return the greatest number of open brackets, including those in quotes and comments."""
    steps = [1 if c in "[{" else -1 for c in source if c in "[]{}"]
    return max(itertools.accumulate(steps), default=0)


MOST_FAULTS = 20
"""Most faults of one file that an error lists."""


def validation_faults(
    written: Document, error: ValidationError, whole: str, mend: str
) -> list[Fault]:
    """Every fault that pydantic found in a file's data, at its place.

    Args:
        written: the file.
        error: what is wrong with its data.
        whole: what the file is, for a fault of no single value.
        mend: how to mend it.
    """
    found = []
    for one in error.errors()[:MOST_FAULTS]:
        said = str(one["msg"]).removeprefix("Value error, ")
        name = ".".join(map(str, one["loc"])) or whole
        found.append(written.fault(f"{name}: {said}", tuple(one["loc"]), mend))
    return found
