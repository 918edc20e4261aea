"""All errors that shamcrowd raises on purpose, with their exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ShamcrowdError(Exception):
    """Base class of all errors that a user can correct.

    ``exit_code`` is the exit code of the command line for an uncaught error of the class.
    """

    exit_code = 2


@dataclass(frozen=True)
class Fault:
    """One error in an input.

    Attributes:
        what: what is wrong.
        where: the file.
        line: line in the file, from 1; 0 if not known.
        column: column in the line, from 1; 0 if not known.
        mend: how to correct it; "" if not known.
        excerpt: the line as it stands in the file.
    """

    what: str
    where: str
    line: int = 0
    column: int = 0
    mend: str = ""
    excerpt: str = ""

    @property
    def place(self) -> str:
        """``file:line:column``, or the file alone if the line is not known.

        >>> Fault("unknown key", "a.yaml", 9, 5).place
        'a.yaml:9:5'
        >>> Fault("empty file", "a.yaml").place
        'a.yaml'
        """
        return f"{self.where}:{self.line}:{self.column}" if self.line else self.where

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f" ({self.mend})" if self.mend else "")


MOST_FAULTS = 50
"""Most faults of one input that are listed; the others are counted."""


class ScenarioError(ShamcrowdError):
    """A scenario is not valid.

    ``faults`` holds all errors found, not just the first, up to `MOST_FAULTS`; ``more`` is how
    many others there are.

    >>> error = ScenarioError([Fault(f"unknown key {n}", "a.yaml") for n in range(1000)])
    >>> len(error.faults), error.more
    (50, 950)
    """

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults = tuple(faults[:MOST_FAULTS])
        self.more = more + max(len(faults) - MOST_FAULTS, 0)
        # Copies are made from `args`: by pickle, between processes.
        super().__init__(self.faults, self.more)

    def __str__(self) -> str:
        rest = [f"and {self.more:,} more"] if self.more else []
        return "\n".join([*map(str, self.faults), *rest])


class PluginError(ShamcrowdError):
    """Something is wrong with a plug-in: what, in which file and line, and how to mend it.

    ``faults`` holds every fault found. The other plug-ins stay usable.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        # Copies are made from `args`: by pickle, and by SimPy when a process fails.
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class UsageError(ShamcrowdError):
    """A call or command line has wrong arguments, or its output cannot be written."""


class UnreadableError(ShamcrowdError):
    """A file or folder is not what it should be: missing, damaged, or something else.

    Every file that shamcrowd reads fails in this way only. ``path`` is the file, ``what`` says what
    is wrong with it, and ``mend`` what to do about it.

    >>> print(UnreadableError("runs/scores.json", "not JSON", "score the run again"))
    runs/scores.json: not JSON; score the run again
    """

    def __init__(self, path: object, what: str, mend: str) -> None:
        self.path, self.what, self.mend = str(path), what, mend
        # Copies are made from `args`: by pickle, between processes.
        super().__init__(self.path, what, mend)

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.mend}"


class MissingFileError(UnreadableError):
    """There is nothing at the path."""


class RecordingError(UnreadableError):
    """A folder is not a complete, undamaged recording of this format version."""


class FolderInUseError(ShamcrowdError):
    """An output folder holds files that shamcrowd did not write."""


class DetectorError(ShamcrowdError):
    """A detector cannot be found or loaded, or its findings are not valid."""

    exit_code = 3


class MissingExtraError(DetectorError):
    """An optional package is not installed; the message has the install command."""


class NothingToJudgeError(ShamcrowdError):
    """There is no detector, scenario or finding to score."""

    exit_code = 4
