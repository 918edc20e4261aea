"""The cache of a run for which none was named: the usual folder, or one below its results."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from shamcrowd.benchmark.execution.cache import Cache, default_cache_folder
from shamcrowd.recording.output import OutputError

FALLBACK = "cache"
"""Name of the cache's folder below a run's results, where the usual one cannot be written."""


def usual_cache(out: Path, note: Callable[[str], None]) -> Cache:
    """Open the default cache; where it cannot be written, one below ``out``, which ``note`` says.

    A container or a build machine may have no home folder, or a read-only one.

    Raises:
        FolderInUseError: if the folder holds anything but a cache.
        OutputError: if it cannot be written below ``out`` either.
    """
    place = out / FALLBACK
    try:
        usual = default_cache_folder()
        cache = Cache(usual)
        # Another user's folder may be read, but not written.
        if os.access(usual, os.W_OK | os.X_OK):
            return cache
        why = f"{usual} cannot be written"
    except RuntimeError:
        why = "there is no home folder"
    except OutputError as fault:
        why = str(fault).partition(";")[0]
    note(f"{why}: what is made is kept in {place}, unless you name a folder with --cache")
    return Cache(place)
