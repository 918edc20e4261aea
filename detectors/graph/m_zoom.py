"""M-Zoom: dense blocks of accounts, things and days."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import MOST_THINGS, NO_CLUSTER, Findings, NamedThings
from shamcrowd.detectors.graph.tensor_peeling import densest_block
from shamcrowd.detectors.linking.first_uses import LAYERS, FirstUses
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.recording.view import LogView

BLOCKS = 8
HOURS = 24
"""Length of a window of the time mode (assumed; the paper's tensors have days or hours)."""
CAP = 60
"""A thing with more accounts is left out (assumed; that of addresses elsewhere)."""
SMALLEST_BLOCK = 3


class MZoom:
    """Accounts in the densest blocks of accounts, things, and the day of first use (M-Zoom).

    An entry says that an account first used a thing (a device, a card, a personal address, or a
    thing of another kind) on a day of the log. The density of a block is its number of entries over
    the mean of its numbers of accounts, things and days. The densest block is searched by peeling
    (`shamcrowd.detectors.graph.tensor_peeling`), its entries are removed, and the next is searched,
    up to eight. Things of one account, or of more than 60, are left out.

    Score: 1 + density for an account in a block of three accounts or more; otherwise
    level / (1 + level), where level is the number of entries at which peeling removed the account.
    The devices, cards and addresses of a block are named as things, with the same score.

    Paper: Shin et al., M-Zoom: Fast Dense-Block Detection in Tensors with Quality Guarantees, ECML
    PKDD 2016 (https://doi.org/10.1007/978-3-319-46128-1_17), with the paper's guarantee: at least a
    third of the highest density for three modes. Of the paper's measures this is the arithmetic
    average mass.

    Complexity: about a hundred passes over the pairs of account and thing that are left, for each
    block; memory grows with these pairs.

    When it fails: campaigns that share nothing have no entries, and those that take up their things
    over weeks are spread over many days. Flatmates and teams that share a few things on one day are
    as dense as a small farm, and all eight blocks may be of that kind.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> found = MZoom().review(LogView(log, log.start + 3 * 86_400_000))
    >>> bool(found.score[np.isin(found.account, log.crowd)].min() > 1)
    True
    """

    def __init__(self, *, blocks: int = BLOCKS, hours: int = HOURS, cap: int = CAP) -> None:
        """Args are settings: blocks searched, hours of a window, and the cap of a thing."""
        if hours < 1 or blocks < 1:
            raise DetectorError(f"{blocks} blocks, windows of {hours} hours: at least 1 each")
        self._uses, self._blocks, self._cap = FirstUses(), blocks, cap
        self._window = hours * MS_PER_HOUR

    def review(self, log: LogView) -> Findings:
        """Score accounts by the densest block they are in."""
        self._uses.update(log)
        ids, n = self._uses.index.ids, len(self._uses.index)
        entries, kind, thing = self._entries(log.start)
        score, cluster, reason = np.zeros(n), np.full(n, NO_CLUSTER), [""] * n
        for i, many in enumerate(np.bincount(entries[0], minlength=n).tolist()):
            if many:
                reason[i] = f"in no dense block; uses {many} things that others use too"
        names = [np.arange(n), *(np.unique(mode) for mode in entries[1:])]
        for mode in (1, 2):
            entries[mode] = np.searchsorted(names[mode], entries[mode])
        layers, things = list(self._uses.by_layer), dict[tuple[str, str], float]()
        for number in range(self._blocks):
            found = densest_block(entries, [len(one) for one in names])
            if number == 0:
                score = found.level[0] / (1 + found.level[0])
            if found.density == 0:
                break
            inside = np.logical_and.reduce(
                [within[codes] for within, codes in zip(found.inside, entries, strict=True)]
            )
            who = np.unique(entries[0][inside])
            who = who[cluster[who] == NO_CLUSTER]
            if len(who) >= SMALLEST_BLOCK:
                score[who], cluster[who] = 1 + found.density, number
                used = np.unique(np.stack([kind, thing])[:, inside], axis=1)
                count = np.bincount(used[0], minlength=len(layers)).tolist()
                each = zip(layers, count, strict=True)
                for code, name in used.T.tolist():
                    if code < len(LAYERS):
                        things.setdefault((layers[code], str(name)), 1 + found.density)
                what = ", ".join(f"{layer}: {many}" for layer, many in each if many)
                days = len(np.unique(entries[2][inside]))
                sentence = (
                    f"in a block of {counted(len(who), 'account')} that took up "
                    f"{counted(int(inside.sum()), 'time')} one of the same things ({what}) in "
                    f"{counted(days, 'window')} of "
                    f"{counted(self._window // MS_PER_HOUR, 'hour')}"
                )
                for i in who.tolist():
                    reason[i] = sentence
            # The next block is searched among the entries that are not inside this one.
            entries, kind, thing = entries[:, ~inside], kind[~inside], thing[~inside]
        named = sorted(things)[:MOST_THINGS]
        return Findings(
            ids, score, cluster, reason,
            NamedThings(
                [kind for kind, _ in named], [name for _, name in named],
                np.array([things[one] for one in named]),
            ),
        )  # fmt: skip

    def _entries(self, start: int) -> tuple[npt.NDArray[np.int64], ...]:
        """Account, thing and window of each entry, shape (3, n), and layer and id of each thing."""
        layers = self._uses.by_layer.values()
        used = np.concatenate(list(layers), axis=1)
        kind = np.repeat(np.arange(len(layers)), [one.shape[1] for one in layers])
        _, thing, count = np.unique(kind << 32 | used[1], return_inverse=True, return_counts=True)
        fit = (count[thing] >= 2) & (count[thing] <= self._cap)
        window = (used[2] - start) // self._window
        return np.stack([used[0], thing, window])[:, fit], kind[fit], used[1][fit]
