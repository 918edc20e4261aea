"""Finds populations, tactics and strategies: one file each, named by its file.

Nothing else is edited.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shamcrowd.simulator.campaigns.strategies.base import Strategy
    from shamcrowd.simulator.campaigns.tactics.base import Tactic
    from shamcrowd.simulator.populations.base import Population


def _found(package: str, base: Any) -> dict[str, Any]:
    home = importlib.import_module(package)
    found = {}
    for module in pkgutil.iter_modules(home.__path__):
        if module.name == "base" or module.ispkg:
            continue
        name = module.name.replace("_", "-")
        inside = importlib.import_module(f"{package}.{module.name}")
        classes = [
            item
            for item in vars(inside).values()
            if isinstance(item, type)
            and issubclass(item, base)
            and item.__module__ == inside.__name__
        ]
        if len(classes) != 1:
            raise TypeError(
                f"{package}.{module.name} must hold one {base.__name__}, not {len(classes)}"
            )
        found[name] = classes[0]
    return dict(sorted(found.items()))


@cache
def populations() -> dict[str, type[Population]]:
    """Every legitimate population, by name.

    >>> "casual" in populations()
    True
    """
    from shamcrowd.simulator.populations.base import Population

    return _found("shamcrowd.simulator.populations", Population)


@cache
def tactics() -> dict[str, type[Tactic]]:
    """Every tactic, by name.

    >>> "hydra" in tactics()
    True
    """
    from shamcrowd.simulator.campaigns.tactics.base import Tactic

    return _found("shamcrowd.simulator.campaigns.tactics", Tactic)


@cache
def strategies() -> dict[str, type[Strategy]]:
    """Every way to answer losses, by name.

    >>> "naive" in strategies()
    True
    """
    from shamcrowd.simulator.campaigns.strategies.base import Strategy

    return _found("shamcrowd.simulator.campaigns.strategies", Strategy)
