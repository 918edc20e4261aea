"""Every error this project raises on purpose: one tree, with the exit code each one leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ShamcrowdError(Exception):
    """Base of all errors that a user can mend.

    ``exit_code`` is what the command line ends with when the error reaches it.
    """

    exit_code = 2


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input: what, where and how to mend it.

    ``line`` and ``column`` count from 1; 0 means that the place inside the file is not known.
    ``excerpt`` is the offending line as it stands in the file.
    """

    what: str
    where: str
    line: int = 0
    column: int = 0
    mend: str = ""
    excerpt: str = ""

    @property
    def place(self) -> str:
        """``file:line:column``, as far as it is known.

        >>> Fault("unknown key", "a.yaml", 9, 5).place
        'a.yaml:9:5'
        >>> Fault("empty file", "a.yaml").place
        'a.yaml'
        """
        return f"{self.where}:{self.line}:{self.column}" if self.line else self.where

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f" ({self.mend})" if self.mend else "")


class ScenarioError(ShamcrowdError):
    """A scenario that cannot be played; carries every fault found, not just the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class PluginError(ShamcrowdError):
    """Something is wrong with a plug-in: what, in which file and line, and how to mend it.

    ``faults`` holds every fault found. The other plug-ins stay usable.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[PluginError], tuple[tuple[Fault, ...]]]:
        return PluginError, (self.faults,)


class UsageError(ShamcrowdError):
    """A call or a command line that cannot be carried out as it was given."""


class RecordingError(ShamcrowdError):
    """A folder that is no recording, is half-written, or was written by another schema."""


class FolderInUseError(ShamcrowdError):
    """An output folder that is not empty and not ours to write into."""


class DetectorError(ShamcrowdError):
    """A detector that cannot be found or loaded, or whose findings break the contract."""

    exit_code = 3


class MissingExtraError(DetectorError):
    """A detector needs an optional package; the message holds the install line."""


class NothingToJudgeError(ShamcrowdError):
    """No detector, no scenario or no findings: there is nothing to score."""

    exit_code = 4
