"""Finds populations, tactics and strategies: one file each, named by its file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.strategies.base import Strategy
    from shamcrowd.simulator.campaigns.tactics.base import Tactic
    from shamcrowd.simulator.populations.base import Population

POPULATIONS = Kind(
    "population",
    "populations",
    "shamcrowd.simulator.populations",
    base="shamcrowd.simulator.populations.base:Population",
    needed=("source", "example"),
)
TACTICS = Kind(
    "tactic",
    "tactics",
    "shamcrowd.simulator.campaigns.tactics",
    base="shamcrowd.simulator.campaigns.tactics.base:Tactic",
    needed=("source", "example"),
)
STRATEGIES = Kind(
    "strategy",
    "strategies",
    "shamcrowd.simulator.campaigns.strategies",
    base="shamcrowd.simulator.campaigns.strategies.base:Strategy",
)


@cache
def populations() -> Catalogue[type[Population]]:
    """Every legitimate population.

    >>> "casual" in populations()
    True
    """
    return discover(POPULATIONS)


@cache
def tactics() -> Catalogue[type[Tactic]]:
    """Every tactic.

    >>> "hydra" in tactics()
    True
    """
    return discover(TACTICS)


@cache
def strategies() -> Catalogue[type[Strategy]]:
    """Every way to answer losses.

    >>> "naive" in strategies()
    True
    """
    return discover(STRATEGIES)
