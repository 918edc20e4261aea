"""Finds populations, tactics and strategies: one file each, named by its file.

Nothing else is edited.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.populations.base import Population
    from simulator.strategies.base import Strategy
    from simulator.tactics.base import Tactic


def _found(package: str, base: Any) -> dict[str, Any]:
    home = importlib.import_module(package)
    found = {}
    for module in pkgutil.iter_modules(home.__path__):
        if module.name == "base":
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
    from simulator.populations.base import Population

    return _found("simulator.populations", Population)


@cache
def tactics() -> dict[str, type[Tactic]]:
    """Every tactic, by name.

    >>> "hydra" in tactics()
    True
    """
    from simulator.tactics.base import Tactic

    return _found("simulator.tactics", Tactic)


@cache
def strategies() -> dict[str, type[Strategy]]:
    """Every way to answer losses, by name.

    >>> "naive" in strategies()
    True
    """
    from simulator.strategies.base import Strategy

    return _found("simulator.strategies", Strategy)
