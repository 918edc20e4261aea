"""What a failed plug-in's process said, as an exception."""

from __future__ import annotations

from typing import Any

from shamcrowd.benchmark.execution.confinement.answers import plain_text
from shamcrowd.recording.errors import DetectorError, MissingExtraError


class FailedDetectorError(DetectorError):
    """A detector raised; the message ends with the frames of its own code."""


def failure(head: dict[str, Any], memory_mib: int) -> Exception:
    """The exception for an answer that says ``failed``; ``memory_mib``: what it may have."""
    kind, said = head["failed"], plain_text(str(head.get("said")))
    plain = plain_text(str(head.get("plain")))
    if kind == "missing":
        return MissingExtraError(plain)
    if kind == "memory":
        return too_much_memory(said, memory_mib)
    if kind == "contract":
        return DetectorError(plain)
    return FailedDetectorError(plain if kind == "refused" and "\n" not in plain else said)


def too_much_memory(said: str, memory_mib: int) -> Exception:
    """The exception for more memory than allowed; ``said`` is what is known of it."""
    return FailedDetectorError(f"more memory than it may have, {memory_mib:,} MiB: {said}")


def lie(what: str) -> Exception:
    """The exception for an answer that is none."""
    return FailedDetectorError(f"its process does not keep to the rules: {what}")
