"""A probe: one number per account, derived from one column of a recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Family = Literal["id", "row", "model", "presence", "value"]
"""``id``, ``row`` and ``model`` (a model of both) carry no meaning and must be at chance level; the
scenario states the bound of the others."""


@dataclass(frozen=True)
class Probe:
    """One number by which accounts can be ranked.

    Attributes:
        table: table of the column.
        column: name of the column.
        aggregate: what is computed from it.
        family: decides the bound.
        values: one number per account, in the order of the accounts table, NaN where there is none.
            With ``holder`` one number per id or row instead.
        levels: names of the levels of a category, whose places are the values.
        holder: index of an account that has the id or row, same shape as ``values``.
    """

    table: str
    column: str
    aggregate: str
    family: Family
    values: Floats
    holder: Ints | None = None
    levels: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``table.column, aggregate``."""
        return f"{self.table}.{self.column}, {self.aggregate}"


def flags(mask: npt.NDArray[Any]) -> Floats:
    """Booleans as 0.0 and 1.0."""
    return mask.astype(np.float64)
