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
    from shamcrowd.benchmark.scoring.checks.check import check_metric
    from shamcrowd.benchmark.world_checks.conformance.population import check_population
    from shamcrowd.benchmark.world_checks.conformance.tactic import check_tactic
    from shamcrowd.detectors.base import Detector, Findings, Labels, NamedThings
    from shamcrowd.detectors.checks.check import check_detector
    from shamcrowd.recording.errors import ShamcrowdError
    from shamcrowd.recording.samples import sample_log
    from shamcrowd.recording.view import LogView, open_log
    from shamcrowd.simulator.simulation import simulate

_HOME = {
    "Detector": "shamcrowd.detectors.base",
    "Findings": "shamcrowd.detectors.base",
    "Labels": "shamcrowd.detectors.base",
    "NamedThings": "shamcrowd.detectors.base",
    "LogView": "shamcrowd.recording.view",
    "ShamcrowdError": "shamcrowd.recording.errors",
    "check_detector": "shamcrowd.detectors.checks.check",
    "check_metric": "shamcrowd.benchmark.scoring.checks.check",
    "check_population": "shamcrowd.benchmark.world_checks.conformance.population",
    "check_tactic": "shamcrowd.benchmark.world_checks.conformance.tactic",
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
    "NamedThings",
    "ShamcrowdError",
    "check_detector",
    "check_metric",
    "check_population",
    "check_tactic",
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
