"""Any model of River in a line (extra ``ml``): it is shown every active account at every review.

shamcrowd run quickstart-v2 --detector docs/examples/trees.py:Trees --out my-run
"""

from __future__ import annotations

from typing import Any

from shamcrowd.detectors.adapters.river_model import river_model


def trees() -> Any:
    """Half-space trees want features from 0 to 1."""
    from river.anomaly import HalfSpaceTrees
    from river.preprocessing import MinMaxScaler

    return MinMaxScaler() | HalfSpaceTrees(n_trees=10, height=8, window_size=250, seed=1)


Trees = river_model(trees)
