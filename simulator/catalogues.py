"""Kinds of the simulator's plug-ins, and a catalogue of each that imports nothing until asked.

`shamcrowd.simulator.registry` gives the same catalogues with their types.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

POPULATIONS = Kind(
    "population",
    "populations",
    "shamcrowd.simulator.populations",
    base="shamcrowd.simulator.populations.base:Population",
    needed=("source", "looks_like_abuse", "example"),
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
def population_catalogue() -> Catalogue[Any]:
    """Every legitimate population."""
    return discover(POPULATIONS)


@cache
def tactic_catalogue() -> Catalogue[Any]:
    """Every tactic.

    >>> "hydra" in tactic_catalogue()
    True
    """
    return discover(TACTICS)


@cache
def strategy_catalogue() -> Catalogue[Any]:
    """Every way to answer losses."""
    return discover(STRATEGIES)
