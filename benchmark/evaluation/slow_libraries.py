"""Libraries that take long to import: those that a run's detectors use are loaded once for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from inspect import getsourcefile, unwrap
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.execution.code_digest import imported
from shamcrowd.detectors.registry import module_of

LIBRARIES = {
    "scipy": ("scipy.sparse.csgraph", "scipy.special"),
    "scipy.stats": ("scipy.stats",),
    "lightgbm": ("lightgbm",),
    "sklearn": ("sklearn.ensemble",),
    "pyod": ("pyod.models.ecod", "numba"),
    "river": ("river.anomaly",),
    "sknetwork": ("sknetwork.clustering",),
}
"""What is loaded for a detector whose code imports a package, or a module of it. All of them take
six seconds of CPU time, and count towards the resident set of every process."""
_IMPORT = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.MULTILINE)


def libraries_of(candidates: Iterable[Candidate]) -> list[str]:
    """Modules to load for these detectors, as far as their source text shows.

    What a detector of somebody else imports by way of other files is not seen: it is loaded in
    each of its processes, as without this.

    >>> libraries_of([Candidate("velocity", "velocity")])
    []
    >>> libraries_of([Candidate("isolation-forest", "isolation-forest")])
    ['sklearn.ensemble']
    """
    files = {file for candidate in candidates for file in _files(candidate.detector)}
    texts = [file.read_text("utf-8", errors="replace") for file in files if file.is_file()]
    used = {name for text in texts for name in _IMPORT.findall(text)}
    return [
        module
        for package, modules in LIBRARIES.items()
        if any(f"{name}.".startswith(f"{package}.") for name in used)
        for module in modules
    ]


def _files(detector: Any) -> Iterator[Path]:
    """Files of a detector's code: all of one of ours, the first of any other."""
    if isinstance(detector, str):
        where = detector.rpartition(":")[0]
        if where.endswith(".py"):
            yield Path(where)
        else:
            yield from imported(module_of(detector)).values()
    elif not isinstance(detector, bytes):
        try:
            yield Path(getsourcefile(unwrap(detector)) or "")
        except (TypeError, OSError):
            return
