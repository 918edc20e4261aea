"""All kinds of plug-ins by their plural names, and what each has; nothing of them is imported."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from shamcrowd.recording.errors import Fault
from shamcrowd.recording.plugins.catalogue import Catalogue, discover

KINDS = {
    "populations": "shamcrowd.simulator.catalogues:POPULATIONS",
    "tactics": "shamcrowd.simulator.catalogues:TACTICS",
    "strategies": "shamcrowd.simulator.catalogues:STRATEGIES",
    "detectors": "shamcrowd.detectors.registry:DETECTORS",
    "controls": "shamcrowd.benchmark.evaluation.controls.registry:CONTROLS",
    "metrics": "shamcrowd.benchmark.scoring.metrics.registry:METRICS",
    "figures": "shamcrowd.benchmark.closed_loop.figures.registry:FIGURES",
    "labelled-sets": "shamcrowd.benchmark.transfer.registry:LABELLED_SETS",
    "checks": "shamcrowd.benchmark.world_checks.validate.registry:CHECKS",
    "statistics": "shamcrowd.benchmark.world_checks.realism.registry:STATISTICS",
    "explanations": "shamcrowd.benchmark.own_logs.explain.explanations.registry:EXPLANATIONS",
}
"""Where each kind is defined."""
WITH = {"detectors": ("controls",)}
"""Kinds that are listed with another one: controls that know the truth stand beside detectors."""


@cache
def catalogue(plural: str) -> Catalogue[Any]:
    """The plug-ins of one kind, none of them loaded.

    >>> len(catalogue("metrics")) == len(catalogue("metrics").entries())
    True
    """
    module, _, name = KINDS[plural].partition(":")
    return discover(getattr(import_module(module), name))


def names(plural: str) -> list[str]:
    """Names of all that users can ask for under a kind's name, for shell completion.

    >>> names("detectors")[-2:]
    ['noisy-oracle', 'oracle']
    """
    return list(abouts(plural))


def abouts(plural: str) -> dict[str, str]:
    """Name and first paragraph of each plug-in that users can ask for under a kind's name."""
    found = {}
    for one in (plural, *WITH.get(plural, ())):
        for name, entry in catalogue(one).entries().items():
            control = "controls" in (one, entry.family)
            found[name] = ("Control. " if control else "") + entry.about
    return found


def faults(plural: str) -> list[Fault]:
    """What is wrong with plug-ins that are listed under a kind's name, as far as it shows."""
    kinds = (plural, *WITH.get(plural, ()))
    return [fault for one in kinds for fault in catalogue(one).faults()]
