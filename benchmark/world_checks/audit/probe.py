"""A probe: one number per account, made from one thing in a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Family = Literal["id", "row", "model", "presence", "value"]
"""``id``, ``row`` and ``model`` (a model of both) mean nothing and must be at chance; the others go
by the scenario's bound."""


@dataclass(frozen=True)
class Probe:
    """One way to tell accounts apart.

    ``values`` has one number per account, in the order of the accounts table, NaN where there is
    none. Where ``holder`` is given there is instead one number per thing held (an id, a row), and
    ``holder`` is the place of an account that holds it.
    """

    table: str
    column: str
    aggregate: str
    family: Family
    values: Floats
    holder: Ints | None = None

    @property
    def name(self) -> str:
        """``table.column, aggregate``."""
        return f"{self.table}.{self.column}, {self.aggregate}"


def flags(mask: npt.NDArray[Any]) -> Floats:
    """A yes or no as numbers."""
    return mask.astype(np.float64)
