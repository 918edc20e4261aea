"""Account features with mean features of the accounts linked by shared supply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.features.table import Feature
from shamcrowd.detectors.learned.evidence import OwnFeatures
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.view import LogView

LINKED = "accounts it shares rare entities with"


def linked_columns(what: str, kind: str, features: Sequence[Feature]) -> tuple[Feature, ...]:
    """Return the columns that `averages` computes for links of a ``kind``.

    Args:
        what: what the linked accounts are, for reasons.
        kind: name of the kind of link, a prefix of the names.
        features: the columns that are averaged.
    """
    return (
        Feature(f"{kind}_linked", what, f"log(1 + {what})", "log accounts"),
        Feature(
            f"{kind}_strength",
            f"strength of its links by {kind}",
            "log(1 + sum over links of the rarity of what is shared)",
            "log rarities",
        ),
        *(
            replace(f, name=f"{kind}_{f.name}", label=f"{f.label}, mean of those linked by {kind}")
            for f in features
        ),
    )


def averaged(
    links: sparse.csr_array, table: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return number of linked accounts, sum of weights, and mean of each column over them.

    Args:
        links: shape (accounts, accounts), weights of the links, zero diagonal.
        table: shape (accounts, columns).

    Returns:
        Shapes (accounts,), (accounts,) and (accounts, columns). Means are weighted by the links,
        and NaN for an account without links.

    >>> links = sparse.csr_array(np.array([[0.0, 1, 3], [1, 0, 0], [3, 0, 0]]))
    >>> many, total, mean = averaged(links, np.array([[0.0], [4.0], [8.0]]))
    >>> many.tolist(), total.tolist(), mean.ravel().tolist()
    ([2, 1, 1], [4.0, 1.0, 3.0], [7.0, 0.0, 0.0])
    """
    many = np.diff(links.indptr).astype(np.int64)
    total = np.asarray(links.sum(axis=1), np.float64).ravel()
    mean: npt.NDArray[np.float64] = np.full(table.shape, np.nan)
    linked = many > 0
    mean[linked] = np.asarray(links[linked] @ table) / total[linked, None]
    return many, total, mean


def averages(links: sparse.csr_array, table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return `averaged` as one table, shape (accounts, 2 + columns); the first two as logs."""
    many, total, mean = averaged(links, table)
    return np.column_stack([np.log1p(many), np.log1p(total), mean])


class NeighbourFeatures:
    """The account features, the number and strength of links, and mean features of linked accounts.

    Links are those of `shamcrowd.detectors.linking.links`, summed over kinds.
    """

    columns: tuple[Feature, ...] = (
        *OwnFeatures.columns,
        *linked_columns(LINKED, "supply", OwnFeatures.columns),
    )

    def __init__(self) -> None:
        self._features, self._entities = OwnFeatures(), SharedEntities()

    @property
    def index(self) -> AccountIndex:
        """The accounts, in the order of the table's rows."""
        return self._features.index

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        self._features.update(log)
        self._entities.update(log)

    def table(self, now: int) -> npt.NDArray[np.float64]:
        """Return the table, shape (accounts, columns); means over no linked accounts are NaN."""
        own = self._features.table(now)
        return np.column_stack([own, averages(self._entities.links(), own)])
