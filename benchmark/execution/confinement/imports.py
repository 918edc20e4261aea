"""Refuses imports of the simulator, its scenarios and the truth in a plug-in's process."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from typing import Any, NoReturn

REFUSED = (
    "shamcrowd.simulator", "shamcrowd.scenarios", "shamcrowd.benchmark",
    "shamcrowd.recording.truth", "shamcrowd.recording.truth_schema",
)  # fmt: skip


class _Refuser(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> None:
        if name in REFUSED or name.startswith(tuple(f"{part}." for part in REFUSED)):
            _refuse(name)


def _refuse(name: str) -> NoReturn:
    raise ImportError(
        f"{name} cannot be imported in the process of a plug-in: with it the world could be "
        "played again. Import it in a file of its own, or within a function",
        name=name,
    )


def refuse_imports() -> None:
    """Say why they are refused; that they cannot be read is seen to by the confinement."""
    sys.meta_path.insert(0, _Refuser())
