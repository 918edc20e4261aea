"""A labelled set: where it is from, what its labels are and are not, and how it is read."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from shamcrowd.benchmark.transfer.labelled import Labelled
from shamcrowd.detectors.settings import Settings
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.regular_file import check_regular

ONE_KIND: Mapping[str, Settings] = MappingProxyType({"shared-resources": {"kinds": 1}})
"""Settings for a set with things of one kind: two that share things cannot share two kinds."""
MOST_BYTES = 1 << 32
"""Bytes of one file of a set (assumed: the largest that is known has a quarter of them)."""


@dataclass(frozen=True)
class UsedFile:
    """A file that was read: its name within the folder, bytes, and SHA-256 of its content."""

    name: str
    bytes: int
    sha256: str


class LabelledSet(ABC):
    """Reads one labelled set from the folder in which its user has saved it.

    The class attributes are shown with every figure.

    Attributes:
        title: its name.
        source: where it can be got, and the paper.
        licence: under which terms, as its source states them.
        save: what to save in the folder.
        patterns: the files that are read, as patterns in the folder; each in the alternatives that
            there are. The first alternative of which every pattern matches is read.
        things: what accounts share in it.
        labels: what its labels are.
        not_labels: what they are not.
        independent: were the labels made without looking at what accounts share? If not, methods
            that link accounts are flattered.
        grouped: does it say which sham accounts belong together?
        settings: settings of detectors that its form makes necessary, by detector.
    """

    title: ClassVar[str]
    source: ClassVar[str]
    licence: ClassVar[str]
    save: ClassVar[str]
    patterns: ClassVar[tuple[tuple[str, ...], ...]]
    things: ClassVar[str]
    labels: ClassVar[str]
    not_labels: ClassVar[str]
    independent: ClassVar[bool]
    grouped: ClassVar[bool]
    settings: ClassVar[Mapping[str, Settings]] = MappingProxyType({})

    @abstractmethod
    def read(self, folder: Path) -> Labelled:
        """Read the set.

        Raises:
            UsageError: if a file is not what it should be; names the file.
        """

    def chosen(self, folder: Path) -> dict[str, list[Path]]:
        """The files of the first alternative that is there, by pattern.

        Raises:
            UsageError: if none is, or a file is too large.
            UnreadableError: if one is no regular file.
        """
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder; save there: {self.save}")
        lacking: list[str] = []
        for patterns in self.patterns:
            found = {pattern: sorted(folder.glob(pattern)) for pattern in patterns}
            missing = [pattern for pattern, paths in found.items() if not paths]
            if not missing:
                for path in (p for paths in found.values() for p in paths):
                    check_regular(path, "save the set's file there")
                    if path.stat().st_size > MOST_BYTES:
                        raise UsageError(f"{path}: has more than {MOST_BYTES:,} bytes")
                return found
            lacking = lacking or missing
        raise UsageError(f"{folder}: holds no {', '.join(lacking)}; save there: {self.save}")

    def used(self, folder: Path) -> list[UsedFile]:
        """The files that `read` reads, with their digests."""
        found = []
        for path in sorted({p for paths in self.chosen(folder).values() for p in paths}):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            name = path.relative_to(folder).as_posix()
            found.append(UsedFile(name, path.stat().st_size, digest))
        return found
