"""Simulate coordinated account abuse, and measure how well detectors find it.

The names below are the public interface for Python. Each is loaded on first use, so that
``import shamcrowd`` is fast.

>>> import shamcrowd
>>> "simulate" in shamcrowd.__all__
True
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shamcrowd.benchmark.evaluation.evaluate import evaluate, rescore
    from shamcrowd.detectors.base import Detector, Findings, Labels
    from shamcrowd.detectors.checks.check import check_detector
    from shamcrowd.recording.errors import ShamcrowdError
    from shamcrowd.recording.samples import sample_log
    from shamcrowd.recording.view import LogView, open_log
    from shamcrowd.simulator.simulation import simulate

_HOME = {
    "Detector": "shamcrowd.detectors.base",
    "Findings": "shamcrowd.detectors.base",
    "Labels": "shamcrowd.detectors.base",
    "LogView": "shamcrowd.recording.view",
    "ShamcrowdError": "shamcrowd.recording.errors",
    "check_detector": "shamcrowd.detectors.checks.check",
    "evaluate": "shamcrowd.benchmark.evaluation.evaluate",
    "open_log": "shamcrowd.recording.view",
    "rescore": "shamcrowd.benchmark.evaluation.evaluate",
    "sample_log": "shamcrowd.recording.samples",
    "simulate": "shamcrowd.simulator.simulation",
}

__all__ = [
    "Detector",
    "Findings",
    "Labels",
    "LogView",
    "ShamcrowdError",
    "check_detector",
    "evaluate",
    "open_log",
    "rescore",
    "sample_log",
    "simulate",
]

_HERE = Path(__file__).parent
if not (_HERE / "recording").is_dir():
    # A checkout on a system that makes no links, or an unpacked sdist: the folders are found at
    # the top of the repository, where `src/shamcrowd/recording` and the others would link to.
    __path__.append(str(_HERE.parents[1]))


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
