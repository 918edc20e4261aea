"""Finds what stands under each name of a kind: a plug-in, or what keeps it from being one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

from shamcrowd.recording.errors import Fault, PluginError
from shamcrowd.recording.plugins.kind import Kind
from shamcrowd.recording.plugins.loading import class_in
from shamcrowd.recording.plugins.outline import find_class
from shamcrowd.recording.plugins.rules import (
    candidates,
    fault_at,
    faults_of_class,
    faults_of_file,
    line_of,
)
from shamcrowd.recording.plugins.source import ModuleSource, locate, shown


@dataclass(frozen=True)
class Entry:
    """One plug-in, found and not yet loaded.

    Attributes:
        name: what users call it.
        source: its module.
        attribute: what in the module it is: a class's or function's name.
        about: first paragraph of its docstring, on one line.
        family: the sub-package it is in, for kinds with families; else "".
        package: the installed package it comes with; "" if it is in our tree.
    """

    name: str
    source: ModuleSource
    attribute: str
    about: str
    family: str = ""
    package: str = ""

    @property
    def line(self) -> int:
        """The line in which it begins."""
        return line_of(self.source, self.attribute)


NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
"""What an installed package may call a plug-in."""
Found = tuple[Entry | None, list[Fault]]
"""A plug-in, or None and what is wrong with it."""


def in_tree(kind: Kind, only: str | None = None) -> dict[str, Found]:
    """Plug-ins in our tree, by name; with ``only``, only the file of that name is read."""
    found: dict[str, Found] = {}
    for module, path in kind.files():
        name = path.stem.replace("_", "-")
        if only not in (None, name):
            continue
        entry, faults = _of_file(kind, name, module, path)
        if entry is None and not faults:
            continue
        if name in found:
            other, before = found[name]
            faults = [*before, *faults, *_clash(kind, name, other, entry)]
            entry = None
        found[name] = entry, faults
    return found


def of_points(kind: Kind, points: list[EntryPoint], own: dict[str, Found]) -> dict[str, Found]:
    """Plug-ins of installed packages, by name; ``own`` are those in our tree, which go first."""
    found: dict[str, Found] = {}
    for point in points:
        package = point.dist.name if point.dist else "an installed package"
        if not NAME.fullmatch(point.name):
            # Names stand in tables, on terminals and in paths.
            what = f"{point.name[:80]!r} is no name of a {kind.name}"
            mend = "use letters, digits, - and _, at most 64"
            found[repr(point.name)] = None, [Fault(what, f"entry point of {package}", mend=mend)]
            continue
        taken = {**own, **found}
        if point.name not in taken:
            found[point.name] = _of_point(kind, point, package)
            continue
        other, _ = taken[point.name]
        where = shown(other.source.path) if other else "our tree"
        what = f"two {kind.plural} are called {point.name!r}: it, and one in {where}"
        mend = "give the entry point another name; until then it is not used"
        clash = Fault(what, f"entry point of {package}", mend=mend)
        found[f"{point.name} ({package})"] = None, [clash]
    return found


def _clash(kind: Kind, name: str, one: Entry | None, other: Entry | None) -> Iterator[Fault]:
    """Two files of one name: both are reported, and neither is used."""
    if one is None or other is None:
        return
    for this, that in ((one, other), (other, one)):
        where = f"{shown(that.source.path)}:{that.line}"
        yield fault_at(
            this.source, this.line,
            f"two {kind.plural} are called {name!r}: this one, and {where}",
            "rename one of the two files: a plug-in has the name of its file",
        )  # fmt: skip


def _of_file(kind: Kind, name: str, module: str, path: Path) -> Found:
    try:
        source = ModuleSource.read(module, path)
    except (OSError, UnicodeDecodeError) as error:
        return None, [Fault(f"it cannot be read: {error}", shown(path), mend="save it as UTF-8")]
    attribute = _attribute(kind, source)
    if kind.mixed and not attribute and not _is_broken(source):
        # Shared code beside plug-ins: those who import it meet its faults.
        return None, []
    faults = faults_of_file(kind, source)
    if not attribute and not faults:
        # A base that cannot be read: only the class itself can say what it is.
        try:
            attribute = class_in(kind, source)
        except PluginError as error:
            faults = list(error.faults)
    if faults or not attribute:
        return None, faults
    family = module.split(".")[-2] if kind.families else ""
    return _entry(kind, name, source, attribute, family), []


def _attribute(kind: Kind, source: ModuleSource) -> str:
    """What in a module is the plug-in; "" if nothing is, as far as its source tells."""
    try:
        if kind.attribute:
            return kind.attribute if kind.attribute in source.names else ""
        found = candidates(kind, source)
    except SyntaxError:
        return ""
    return found[0].name if found else ""


def _entry(
    kind: Kind, name: str, source: ModuleSource, attribute: str, family: str = "", package: str = ""
) -> Entry:
    one = None if kind.attribute else find_class(source, attribute)
    text = one.doc if one else ast.get_docstring(source.tree) or ""
    about = " ".join(text.split("\n\n")[0].split())
    return Entry(name, source, attribute, about, family, package)


def _of_point(kind: Kind, point: EntryPoint, package: str) -> Found:
    """A plug-in of an installed package; its file is read, not imported."""
    path = locate(point.module)
    missing = f"there is no module {point.module}"
    if path is not None:
        source = ModuleSource.read(point.module, path)
        try:
            if point.attr in source.names:
                one = None if kind.attribute else find_class(source, point.attr)
                faults = list(faults_of_class(kind, one)) if one else []
                entry = _entry(kind, point.name, source, point.attr, package=package)
                return (None, faults) if faults else (entry, [])
        except SyntaxError:
            return None, faults_of_file(kind, source)
        missing = f"there is no {point.attr!r} in {point.module}"
    where = f"entry point {point.name!r} of {package}"
    return None, [Fault(missing, where, mend=f"correct it in that package: {point.value}")]


def _is_broken(source: ModuleSource) -> bool:
    try:
        return not source.tree
    except SyntaxError:
        return True
