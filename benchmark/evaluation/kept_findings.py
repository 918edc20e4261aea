"""Findings that were kept from an earlier run, and whether they may be used again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shamcrowd.benchmark.evaluation.run_context import RunContext
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.seal import SEALED
from shamcrowd.benchmark.execution.used import is_unchanged
from shamcrowd.benchmark.scoring.findings_store import SavedFindings, read_metadata
from shamcrowd.recording.errors import UnreadableError


def is_usable(path: Path, key: dict[str, Any], name: str, context: RunContext) -> bool:
    """Whether findings are there, and sealed if they must be."""
    if not _is_found(path, key, name, context.cache):
        return False
    if not context.experiment.require_seal or _is_sealed(path):
        return True
    if context.cache is not None:
        context.cache.forget("findings", cached_key(key, name), path)
    return False


def _is_found(path: Path, key: dict[str, Any], name: str, cache: Cache | None) -> bool:
    cached = cached_key(key, name)
    if cache is not None:
        if not cache.link("findings", cached, path):
            return False
        if is_unchanged(used(path)):
            return True
        cache.forget("findings", cached, path)
        return False
    try:
        note = read_metadata(path)
        if note.key != key or note.error or not is_unchanged(note.used):
            return False
        SavedFindings.read(path)
    except UnreadableError:
        return False
    return True


def _is_sealed(path: Path) -> bool:
    return read_metadata(path).seal.startswith(SEALED)


def used(path: Path) -> dict[str, Any]:
    """What the detector used, with its content; not whole if that cannot be read."""
    try:
        return read_metadata(path).used
    except UnreadableError:
        return {"whole": False}


def cached_key(key: dict[str, Any], name: str) -> dict[str, Any]:
    """The key in a cache, where detectors of other runs lie too."""
    return {**key, "name": name}
