"""Runs every check of the folder ``checks`` on one recording."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import shamcrowd.benchmark.world_checks.validate.checks
from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, Validation
from shamcrowd.benchmark.world_checks.validate.shape import check_shape

Checking = Callable[[Loaded], list[Check]]


def checkings() -> dict[str, Checking]:
    """Every file of checks, by name: each has a function ``check``."""
    home = shamcrowd.benchmark.world_checks.validate.checks
    return {
        module.name: importlib.import_module(f"{home.__name__}.{module.name}").check
        for module in pkgutil.iter_modules(home.__path__)
    }


def validate(folder: Path | str) -> Validation:
    """Check the recording in ``folder``; files of another shape are not looked into.

    Raises:
        RecordingError: if it is no whole recording.
    """
    loaded = Loaded.open(Path(folder))
    found = check_shape(loaded)
    if all(check.holds for check in found):
        found += [check for checking in checkings().values() for check in checking(loaded)]
    about = loaded.manifest
    return Validation(loaded.folder, about.scenario, about.seed, tuple(found))
