"""Finds populations, tactics and strategies: one file each, named by its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shamcrowd.recording.plugins.catalogue import Catalogue
from shamcrowd.simulator.catalogues import (
    population_catalogue,
    strategy_catalogue,
    tactic_catalogue,
)

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.strategies.base import Strategy
    from shamcrowd.simulator.campaigns.tactics.base import Tactic
    from shamcrowd.simulator.populations.base import Population


def populations() -> Catalogue[type[Population]]:
    """Every legitimate population.

    >>> "casual" in populations()
    True
    """
    return population_catalogue()


def tactics() -> Catalogue[type[Tactic]]:
    """Every tactic.

    >>> "hydra" in tactics()
    True
    """
    return tactic_catalogue()


def strategies() -> Catalogue[type[Strategy]]:
    """Every way to answer losses.

    >>> "naive" in strategies()
    True
    """
    return strategy_catalogue()
