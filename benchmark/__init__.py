"""The benchmark: scores, comparisons and reports from findings and the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shamcrowd.benchmark.evaluation.evaluate import evaluate, rescore

__all__ = ["evaluate", "rescore"]


def __getattr__(name: str) -> Any:
    """Load on first use: the command line must answer ``--help`` at once."""
    if name in __all__:
        from shamcrowd.benchmark.evaluation import evaluate

        return getattr(evaluate, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
