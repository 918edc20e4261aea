"""The realism scorecard: does legitimate traffic look like what public traces measure?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark.realism.drawing import card_svg
    from benchmark.realism.judging import Scorecard, scorecard

__all__ = ["Scorecard", "card_svg", "scorecard"]


def __getattr__(name: str) -> Any:
    """Load on first use: the command line must answer ``--help`` at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "card_svg":
        from benchmark.realism import drawing

        return drawing.card_svg
    from benchmark.realism import judging

    return getattr(judging, name)
