"""Accounts and the things that they share, as a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts.canvas import WIDTH, picture
from shamcrowd.benchmark.charts.layout import spread_out

Ints = npt.NDArray[np.int64]
HEIGHT, MARGIN = 340, 12
LINKING = ("address", "device", "card")
"""Things that link two accounts. Mailbox domains and phone blocks are shared by strangers."""
SHAPES = {
    "address": "M{x} {y}m0 -6.5l6.5 11.5h-13Z",
    "device": "M{x} {y}m-5 -5h10v10h-10Z",
    "card": "M{x} {y}m0 -7l7 7l-7 7l-7 -7Z",
}
"""How a thing is drawn: triangle, square, diamond."""


@dataclass(frozen=True)
class Cluster:
    """A component: accounts are nodes 0 to ``accounts`` - 1, things follow.

    Attributes:
        accounts: accounts drawn.
        kind: index in ``LINKING`` of each thing.
        links: shape (m, 2): the nodes of an account and of a thing that it uses.
        whole: accounts of the component, of which ``accounts`` are drawn.
    """

    accounts: int
    kind: Ints
    links: Ints
    whole: int

    @property
    def connected_twice(self) -> int:
        """Drawn accounts connected to others by two or more kinds of things."""
        kinds = np.zeros((self.accounts, len(LINKING)), np.bool_)
        kinds[self.links[:, 0], self.kind[self.links[:, 1] - self.accounts]] = True
        return int((kinds.sum(axis=1) >= 2).sum())

    def things(self, name: str) -> int:
        """How many things of a kind are drawn."""
        return int((self.kind == LINKING.index(name)).sum())


def network_chart(title: str, description: str, cluster: Cluster, sham: bool) -> str:
    """SVG: accounts as dots, things in their shapes, a line for each use."""
    points = spread_out(cluster.accounts + len(cluster.kind), cluster.links)
    at = [
        (MARGIN + x * (WIDTH - 2 * MARGIN), MARGIN + y * (HEIGHT - 2 * MARGIN)) for x, y in points
    ]
    path = "".join(
        f"M{at[a][0]:.0f} {at[a][1]:.0f}L{at[b][0]:.0f} {at[b][1]:.0f}" for a, b in cluster.links
    )
    drawn = [f'<path class="link" d="{path}"/>']
    kind = "sham" if sham else "honest"
    drawn += [
        f'<circle class="{kind} node" cx="{x:.0f}" cy="{y:.0f}" r="4.6"/>'
        for x, y in at[: cluster.accounts]
    ]
    for code, (x, y) in zip(cluster.kind, at[cluster.accounts :], strict=True):
        shape = SHAPES[LINKING[code]].format(x=f"{x:.0f}", y=f"{y:.0f}")
        drawn.append(f'<path class="thing {LINKING[code]}" d="{shape}"/>')
    return picture("network", HEIGHT, title, description, drawn)


def shape(name: str) -> str:
    """The shape of a thing, for a legend."""
    path = SHAPES[name].format(x="8", y="8")
    return (
        '<svg class="inline" viewBox="0 0 16 16" aria-hidden="true">'
        f'<path class="thing {name}" d="{path}"/></svg>'
    )
