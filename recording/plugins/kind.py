"""What a kind of plug-in is: where its files are, and what each of them must have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shamcrowd.recording.plugins.source import folders


@dataclass(frozen=True)
class Kind:
    """One kind of plug-in. A plug-in's name is that of its file, with ``-`` for ``_``.

    Exactly one of ``base``, ``method`` and ``attribute`` says what in a file is the plug-in.

    Attributes:
        name: in the singular, as messages say it.
        plural: as commands say it; also the end of the entry points' group.
        package: the package whose modules are plug-ins.
        base: ``module:Class``; a plug-in is a subclass of it.
        method: a plug-in is a class that has this method, its own or inherited.
        attribute: a plug-in is what the module holds under this name.
        families: the files are one folder further down, in the sub-packages of ``package``.
        mixed: files without a plug-in are shared code. Otherwise every file must hold one.
        support: modules (of families: sub-packages) that hold no plug-ins. Those whose name
            begins with ``_`` never do.
        needed: class attributes that must have a value.
        choices: class attributes with a fixed set of values.
        instances: loading makes an instance, without arguments.
        first: names that are listed first, in this order; the others follow by name.
        last: families whose plug-ins are listed last.
        check: further rules; gives what is wrong with a loaded plug-in, in words.
    """

    name: str
    plural: str
    package: str
    base: str = ""
    method: str = ""
    attribute: str = ""
    families: bool = False
    mixed: bool = False
    support: frozenset[str] = frozenset({"base", "registry"})
    needed: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    instances: bool = False
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    check: Callable[[Any], Iterator[str]] | None = None

    @property
    def group(self) -> str:
        """The group of entry points in which other packages name their plug-ins."""
        return f"shamcrowd.{self.plural}"

    @property
    def wanted(self) -> str:
        """What a file must hold, in words.

        >>> Kind("check", "checks", "a.b", attribute="check").wanted
        '`check`'
        """
        if self.attribute:
            return f"`{self.attribute}`"
        if self.method:
            return f"a class with a method `{self.method}`"
        return f"a subclass of {self.base.rpartition(':')[2]}"

    def files(self) -> Iterator[tuple[str, Path]]:
        """Module name and path of every file that may hold a plug-in, in order of the name."""
        packages = [(self.package, folder) for folder in folders(self.package)]
        if self.families:
            packages = [
                (f"{package}.{inner.name}", inner)
                for package, folder in packages
                for inner in sorted(folder.iterdir())
                if (inner / "__init__.py").is_file() and inner.name not in self.support
            ]
        for package, folder in packages:
            for path in sorted(folder.glob("*.py")):
                if path.stem.startswith("_") or (not self.families and path.stem in self.support):
                    continue
                yield f"{package}.{path.stem}", path
