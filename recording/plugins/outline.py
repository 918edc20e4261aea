"""What a class has, read from its source and the sources of its bases."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from shamcrowd.recording.plugins.kind import Kind
from shamcrowd.recording.plugins.source import ModuleSource, locate

Member = ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign | ast.AnnAssign
_FREE = frozenset({"ABC", "Protocol", "object", "BaseModel", "Generic"})
"""Bases whose own members say nothing of a plug-in."""


@dataclass(frozen=True)
class Outline:
    """A class as its source says it is."""

    source: ModuleSource
    node: ast.ClassDef

    @property
    def name(self) -> str:
        """The class's name."""
        return self.node.name

    @property
    def target(self) -> str:
        """``module:Class``."""
        return f"{self.source.module}:{self.node.name}"

    @property
    def doc(self) -> str:
        """Its own docstring; "" if it has none."""
        return ast.get_docstring(self.node) or ""

    @cached_property
    def lineage(self) -> tuple[Outline, ...]:
        """Itself and its bases, nearest first; a base that cannot be read is left out."""
        found: list[Outline] = []
        waiting = [self]
        while waiting:
            one = waiting.pop(0)
            if all(one.target != other.target for other in found):
                found.append(one)
                waiting[:0] = [b for base in one.node.bases if (b := _resolved(one.source, base))]
        return tuple(found)

    @property
    def is_certain(self) -> bool:
        """Can all its bases be read, those aside that say nothing of a plug-in?"""
        for one in self.lineage:
            for base in one.node.bases:
                if _last(base) not in _FREE and _resolved(one.source, base) is None:
                    return False
        return True

    @property
    def is_base(self) -> bool:
        """Is it meant for others to inherit from: private, or abstract by its own members?"""
        own = (m for m in self.node.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef))
        return (
            self.name.startswith("_")
            or any(_last(base) in ("ABC", "Protocol") for base in self.node.bases)
            or any(_is_abstract(member) for member in own)
        )

    @cached_property
    def members(self) -> dict[str, tuple[Outline, Member]]:
        """Methods, and attributes with a value, by name: each with the class that defines it."""
        found: dict[str, tuple[Outline, Member]] = {}
        for one in reversed(self.lineage):
            for name, node in _members(one.node):
                found[name] = one, node
        return found

    @property
    def abstract(self) -> list[str]:
        """Abstract methods that are left."""
        return [name for name, (_, node) in self.members.items() if _is_abstract(node)]

    def value(self, name: str) -> tuple[object, int]:
        """A class attribute of its own that is written as a constant, and its line.

        None and 0 if there is none.
        """
        one, node = self.members.get(name, (None, None))
        value = getattr(node, "value", None)
        if one is not self or node is None or not isinstance(value, ast.Constant):
            return None, 0
        return value.value, node.lineno

    def is_one(self, kind: Kind) -> bool:
        """Is it a plug-in of a kind, well made or not?"""
        if kind.method:
            return kind.method in self.members
        return any(one.target == kind.base for one in self.lineage[1:])


def outlines(source: ModuleSource) -> list[Outline]:
    """The classes of a module."""
    return [Outline(source, node) for node in source.classes]


def find_class(source: ModuleSource, name: str) -> Outline | None:
    """The class that a module has under a name, its own or imported, if it can be read."""
    return _find(source, [name])


def _members(node: ast.ClassDef) -> Iterator[tuple[str, Member]]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            yield item.name, item
        elif isinstance(item, ast.Assign):
            yield from ((t.id, item) for t in item.targets if isinstance(t, ast.Name))
        elif (
            isinstance(item, ast.AnnAssign)
            and isinstance(item.target, ast.Name)
            and item.value is not None
        ):
            yield item.target.id, item


def _is_abstract(node: Member) -> bool:
    marks = getattr(node, "decorator_list", ())
    return any(_last(mark) == "abstractmethod" for mark in marks)


def _last(node: ast.expr) -> str:
    """The last part of a dotted name."""
    if isinstance(node, ast.Subscript):
        return _last(node.value)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _dotted(node: ast.expr) -> list[str] | None:
    if isinstance(node, ast.Subscript):
        return _dotted(node.value)
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return [*before, node.attr]
    return None


def _resolved(source: ModuleSource, base: ast.expr) -> Outline | None:
    """The class that a base's expression names in a module, if it can be read."""
    parts = _dotted(base)
    return _find(source, parts) if parts else None


def _find(source: ModuleSource, parts: list[str]) -> Outline | None:
    bound = source.names.get(parts[0])
    if isinstance(bound, ast.ClassDef):
        return Outline(source, bound) if len(parts) == 1 else None
    if not isinstance(bound, str):
        return None
    whole = [*bound.split("."), *parts[1:]]
    for end in range(len(whole) - 1, 0, -1):
        module = ".".join(whole[:end])
        path = locate(module)
        if path is not None:
            try:
                return _find(ModuleSource.read(module, path), whole[end:])
            except (SyntaxError, UnicodeDecodeError, RecursionError):
                return None
    return None
