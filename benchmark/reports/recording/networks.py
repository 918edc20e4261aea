"""Networks of shared things: of the campaigns and of the legitimate groups most like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shamcrowd.benchmark.charts.formatting import count, listed
from shamcrowd.benchmark.charts.network import LINKING, Cluster, network_chart
from shamcrowd.benchmark.reports.recording.account_groups import GroupedAccounts, NamedGroup
from shamcrowd.benchmark.reports.recording.clusters import largest_cluster
from shamcrowd.benchmark.reports.recording.entity_links import EntityLinks
from shamcrowd.recording.counting import counted

SMALLEST = 3
"""Smaller components are not drawn."""
LEGITIMATE = 3
"""Components of legitimate groups shown for comparison."""
PLURALS = {"address": "addresses", "device": "devices", "card": "cards"}


@dataclass(frozen=True)
class Network:
    """One component: its drawing, what the drawing shows in a sentence, and its figures."""

    group: NamedGroup
    of: int
    cluster: Cluster
    description: str
    chart: str

    @property
    def things(self) -> list[int]:
        """Things drawn, by kind."""
        return [self.cluster.things(name) for name in LINKING]


def draw_networks(
    people: GroupedAccounts, uses: Sequence[EntityLinks]
) -> tuple[list[Network], list[Network]]:
    """The largest component of each group: two to compare side by side, and the others.

    The two are that of the largest campaign and the legitimate one most like a campaign's, with the
    most accounts connected by several kinds of things. There are none if either is missing.
    """
    sizes = people.sizes
    sham: list[tuple[NamedGroup, int, Cluster]] = []
    legitimate: list[tuple[NamedGroup, int, Cluster]] = []
    for code, group in enumerate(people.groups):
        cluster = largest_cluster(uses, people.sham == code)
        if cluster is not None and cluster.accounts >= SMALLEST:
            (sham if group.sham else legitimate).append((group, int(sizes[code]), cluster))
    sham.sort(key=lambda one: (-one[1], one[0].name))
    legitimate.sort(key=lambda one: (-one[2].connected_twice, -one[2].whole, one[0].name))
    del legitimate[LEGITIMATE:]
    side = 1 if sham and legitimate else 0
    first, others = sham[:side] + legitimate[:side], sham[side:] + legitimate[side:]
    return [_network(*one) for one in first], [_network(*one) for one in others]


def _network(group: NamedGroup, of: int, cluster: Cluster) -> Network:
    drawn = cluster.accounts
    part = f"; {count(drawn)} of them are drawn" if drawn < cluster.whole else ""
    shared = [
        f"{count(n)} {name if n == 1 else PLURALS[name]}"
        for name in LINKING
        if (n := cluster.things(name))
    ]
    description = (
        f"{_part(cluster.whole, of)} of its {counted(of, 'account')} are connected{part}. They "
        f"share {listed(shared)}; {_part(cluster.connected_twice, drawn)} of the {count(drawn)} "
        f"{'is' if cluster.connected_twice == 1 else 'are'} connected to others by two or three "
        "kinds of things."
    )
    description = description[:1].upper() + description[1:]
    title = f"{group.name}: accounts and what they share"
    chart = network_chart(title, description, cluster, group.sham)
    return Network(group, of, cluster, description, chart)


def _part(many: int, of: int) -> str:
    """How many of all.

    >>> _part(0, 3), _part(2, 3), _part(3, 3)
    ('none', '2', 'all')
    """
    return "all" if many == of else count(many) if many else "none"
