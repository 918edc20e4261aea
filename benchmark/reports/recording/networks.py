"""Networks of shared things: the campaigns', and the innocent ones that look most like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shamcrowd.benchmark.charts.formatting import count, counted, listed
from shamcrowd.benchmark.charts.network import LINKING, Cluster, network_chart
from shamcrowd.benchmark.reports.recording.account_groups import AccountGroup, GroupedAccounts
from shamcrowd.benchmark.reports.recording.clusters import largest_cluster
from shamcrowd.benchmark.reports.recording.entity_links import EntityLinks

SMALLEST = 3
"""Accounts without which a picture shows nothing."""
INNOCENT = 3
"""Innocent crowds shown beside the campaigns'."""
PLURALS = {"address": "addresses", "device": "devices", "card": "cards"}


@dataclass(frozen=True)
class Network:
    """One crowd: its drawing, what is on it in words, and its figures."""

    group: AccountGroup
    of: int
    cluster: Cluster
    told: str
    chart: str

    @property
    def things(self) -> list[int]:
        """Things drawn, by kind."""
        return [self.cluster.things(name) for name in LINKING]


def draw_networks(
    people: GroupedAccounts, uses: Sequence[EntityLinks]
) -> tuple[list[Network], list[Network]]:
    """The largest crowd of each group: two to be looked at side by side, and the others.

    Side by side stand the largest campaign's and the innocent one that is most like a campaign's:
    the one with most accounts tied by several kinds of thing. There are none where one is missing.
    """
    sizes = people.sizes
    sham: list[tuple[AccountGroup, int, Cluster]] = []
    innocent: list[tuple[AccountGroup, int, Cluster]] = []
    for code, group in enumerate(people.groups):
        cluster = largest_cluster(uses, people.sham == code)
        if cluster is not None and cluster.accounts >= SMALLEST:
            (sham if group.sham else innocent).append((group, int(sizes[code]), cluster))
    sham.sort(key=lambda one: (-one[1], one[0].name))
    innocent.sort(key=lambda one: (-one[2].tied_twice, -one[2].whole, one[0].name))
    del innocent[INNOCENT:]
    side = 1 if sham and innocent else 0
    first, others = sham[:side] + innocent[:side], sham[side:] + innocent[side:]
    return [_network(*one) for one in first], [_network(*one) for one in others]


def _network(group: AccountGroup, of: int, cluster: Cluster) -> Network:
    drawn = cluster.accounts
    part = f"; {count(drawn)} of them are drawn" if drawn < cluster.whole else ""
    shared = [
        f"{count(n)} {name if n == 1 else PLURALS[name]}"
        for name in LINKING
        if (n := cluster.things(name))
    ]
    told = (
        f"{_part(cluster.whole, of)} of its {counted(of, 'account')} hang together{part}. They "
        f"share {listed(shared)}; {_part(cluster.tied_twice, drawn)} of the {count(drawn)} "
        f"{'is' if cluster.tied_twice == 1 else 'are'} tied to others by two or three kinds of "
        "thing at once."
    )
    told = told[:1].upper() + told[1:]
    title = f"{group.name}: accounts and what they share"
    return Network(group, of, cluster, told, network_chart(title, told, cluster, group.sham))


def _part(many: int, of: int) -> str:
    """How many of all.

    >>> _part(0, 3), _part(2, 3), _part(3, 3)
    ('none', '2', 'all')
    """
    return "all" if many == of else count(many) if many else "none"
