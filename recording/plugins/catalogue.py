"""Finds the plug-ins of a kind: those in our tree, and those of installed packages."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeVar

from shamcrowd.recording.errors import Fault, PluginError, UsageError
from shamcrowd.recording.plugins.finding import Entry, Found, in_tree, of_points
from shamcrowd.recording.plugins.kind import Kind
from shamcrowd.recording.plugins.loading import load

T = TypeVar("T")


class PluginWarning(UserWarning):
    """A faulty plug-in was left out of a whole that does not need it."""


class Catalogue(Mapping[str, T]):
    """All plug-ins of one kind by name; none is imported before it is asked for.

    A faulty plug-in is left out of the names; asked for by its name, it raises its error. The
    others stay usable.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._loaded: dict[str, T] = {}
        self._broken: dict[str, PluginError] = {}
        self._found: dict[tuple[str, ...], dict[str, Found]] = {}
        self._single: dict[str, Found] = {}
        self._added: dict[str, T] = {}

    def __iter__(self) -> Iterator[str]:
        """Names of all plug-ins without a known fault, in the order of lists."""
        return iter(self.entries())

    def __len__(self) -> int:
        return len(self.entries())

    def __contains__(self, name: object) -> bool:
        """Is there one of this name, faulty or not?"""
        return name in self._added or (isinstance(name, str) and self._at(name) is not None)

    def __getitem__(self, name: str) -> T:
        """The plug-in ``name``, loaded.

        Raises:
            KeyError: if there is none of this name.
            PluginError: if it is faulty.
        """
        if name not in self._loaded and name not in self:
            raise KeyError(name)
        return self.load(name)

    def values(self) -> ValuesView[T]:
        """All that can be loaded, see `load_all`."""
        return self.load_all().values()

    def items(self) -> ItemsView[str, T]:
        """All that can be loaded with their names, see `load_all`."""
        return self.load_all().items()

    def entries(self) -> dict[str, Entry]:
        """All plug-ins without a known fault, by name, in the order of lists."""
        found = [entry for entry, _ in self._looked_at().values() if entry is not None]
        kept = [entry for entry in found if entry.name not in self._broken]
        return {entry.name: entry for entry in sorted(kept, key=self._place)}

    def faults(self) -> list[Fault]:
        """Everything that is wrong, as far as it shows without importing a plug-in."""
        return [fault for _, faults in self._looked_at().values() for fault in faults]

    def require(self, name: str) -> None:
        """Refuse a name that cannot be right; nothing is imported.

        Raises:
            UsageError: if there is none of this name.
            PluginError: if its source shows a fault.
        """
        self._entry(name)

    def load(self, name: str) -> T:
        """The plug-in ``name``: its class, or an instance for kinds that say so.

        Raises:
            UsageError: if there is none of this name.
            PluginError: if it is faulty.
        """
        if name in self._added:
            return self._added[name]
        if name in self._broken:
            raise self._broken[name]
        if name not in self._loaded:
            entry = self._entry(name)
            try:
                self._loaded[name] = load(self.kind, entry.source, entry.attribute)
            except PluginError as error:
                self._broken[name] = error
                raise
        return self._loaded[name]

    def load_all(self) -> dict[str, T]:
        """All that can be loaded, by name, in the order of lists.

        What cannot be is left out with a `PluginWarning` that names the file and the line.
        """
        for fault in self.check():
            said = f"{fault.what}; the {self.kind.name} is left out ({fault.mend})"
            # By its own place, so that each is said once.
            warnings.warn_explicit(said, PluginWarning, fault.where, fault.line or 1)
        return {name: self._loaded[name] for name in self}

    def check(self) -> list[Fault]:
        """Everything that is wrong, after an attempt to load every plug-in."""
        for name in self:
            with suppress(PluginError):
                self.load(name)
        return [*self.faults(), *(f for error in self._broken.values() for f in error.faults)]

    def name_of(self, plugin: Any) -> str:
        """The name of a loaded class.

        Raises:
            KeyError: if it is none of these.
        """
        for name, added in self._added.items():
            if added is plugin:
                return name
        # In our tree it has the name of its file, so that no other file need be read.
        near, _ = self._at(plugin.__module__.split(".")[-1].replace("_", "-")) or (None, [])
        if near is not None and near.name not in self._broken and _is_of(near, plugin):
            return near.name
        for entry in self.entries().values():
            if _is_of(entry, plugin):
                return entry.name
        raise KeyError(f"{plugin.__qualname__} is no {self.kind.name} that can be found by name")

    @contextmanager
    def added(self, plugin: Any) -> Iterator[str]:
        """Make a class known that is in no file of ours, in this process and within the block.

        Gives its name: the class's own in small letters, as ``slow-hydra`` for ``SlowHydra``.
        """
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", plugin.__name__).lower()
        while name in self:
            name = f"{name}-on-trial"
        self._added[name] = plugin
        try:
            yield name
        finally:
            del self._added[name]

    def _entry(self, name: str) -> Entry:
        found = self._at(name)
        if found is None:
            names = list(self)
            near = get_close_matches(name, names, 1, 0.5)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            raise UsageError(f"no {self.kind.name} {name!r}{hint} There are: {', '.join(names)}")
        entry, faults = found
        if entry is None:
            raise PluginError(faults)
        return entry

    def _place(self, entry: Entry) -> tuple[int, int, bool, str]:
        kind = self.kind
        first = kind.first.index(entry.name) if entry.name in kind.first else len(kind.first)
        return (entry.family in kind.last), first, bool(entry.package), entry.name

    def _at(self, name: str) -> Found | None:
        """What stands under one name; those in our tree go first, and no other file is read."""
        if name not in self._single:
            self._single |= in_tree(self.kind, name)
        return self._single.get(name) or self._looked_at().get(name)

    def _looked_at(self) -> dict[str, Found]:
        """What stands under each name; read again where the path of packages has changed."""
        path = tuple(sys.path)
        if path not in self._found:
            from importlib.metadata import entry_points

            points = sorted(entry_points(group=self.kind.group), key=lambda point: point.name)
            self._found = {path: {**self._own, **of_points(self.kind, points, self._own)}}
        return self._found[path]

    @cached_property
    def _own(self) -> dict[str, Found]:
        return in_tree(self.kind)


def _is_of(entry: Entry, plugin: Any) -> bool:
    return (entry.source.module, entry.attribute) == (plugin.__module__, plugin.__qualname__)


def discover(kind: Kind) -> Catalogue[Any]:
    """The catalogue of all plug-ins of a kind."""
    return Catalogue(kind)
