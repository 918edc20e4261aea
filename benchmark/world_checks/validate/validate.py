"""Runs every check of the folder ``checks`` on one recording."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Validation
from shamcrowd.benchmark.world_checks.validate.registry import checkings
from shamcrowd.benchmark.world_checks.validate.shape import check_shape


def validate(folder: Path | str) -> Validation:
    """Check the recording in ``folder``; if its files do not have the right shape, no other check
    runs.

    Raises:
        RecordingError: if it is not a complete recording.
    """
    loaded = Loaded.open(Path(folder))
    found = check_shape(loaded)
    if all(check.holds for check in found):
        found += [check for checking in checkings().values() for check in checking(loaded)]
    about = loaded.manifest
    return Validation(loaded.folder, about.scenario, about.seed, tuple(found))
