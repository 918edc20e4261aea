"""Bitcoin OTC: traders who rated each other, some of whom trusted members call fraudsters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    UNKNOWN,
    Labelled,
    Numbering,
    ThingUses,
    first_moments,
)
from shamcrowd.benchmark.transfer.saved_tables import moments, numbers, read_saved
from shamcrowd.benchmark.transfer.set_base import ONE_KIND, LabelledSet
from shamcrowd.detectors.settings import Settings
from shamcrowd.recording.errors import UsageError

_TABLE, _NAMED = "soc-sign-bitcoinotc.csv*", "otc_gt.csv"
FOUNDER = "1"
"""Number of the marketplace's founder in the published table. Which it is does not stand there;
with this one the rule names about as many fraudsters (169) as the paper does (180)."""
GOOD, BAD = 5, -5


class BitcoinOtc(LabelledSet):
    """Members of a marketplace for bitcoins who rated each other from -10 to 10, 2010 to 2016."""

    title: ClassVar[str] = "Bitcoin OTC trust network (2010 to 2016)"
    source: ClassVar[str] = (
        "https://snap.stanford.edu/data/soc-sign-bitcoin-otc.html; Kumar et al., REV2, WSDM 2018 "
        "(https://doi.org/10.1145/3159652.3159729)"
    )
    licence: ClassVar[str] = "none stated; the page asks for the papers to be cited"
    save: ClassVar[str] = (
        "soc-sign-bitcoinotc.csv.gz from the page; and otc_gt.csv (member, 1 or -1) of the paper's "
        "authors, if you have it"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = ((_TABLE, _NAMED), (_TABLE,))
    things: ClassVar[str] = "members that were rated"
    labels: ClassVar[str] = (
        "those in otc_gt.csv; without it, after the rule of REV2: sham are members whom every "
        "trusted member that rated them gave -5 or less, honest are the founder, those whom he "
        "gave 5 or more (the trusted ones), and those whom a trusted member gave 5 or more and "
        "none a negative rating; all others are unknown"
    )
    not_labels: ClassVar[str] = (
        "opinions of other members, not proof; fraud in a trade, which one account can do alone: "
        "nothing says that fraudsters act together"
    )
    independent: ClassVar[bool] = True
    grouped: ClassVar[bool] = False
    settings: ClassVar[Mapping[str, Settings]] = ONE_KIND

    def read(self, folder: Path) -> Labelled:
        """Read the ratings."""
        files = self.chosen(folder)
        path = files[_TABLE][0]
        table = read_saved(
            path, ["source", "target", "rating", "time"],
            names=("source", "target", "rating", "time"),
        )  # fmt: skip
        rating = numbers(table["rating"], path, "rating")
        time = moments(table["time"], path, "time")
        index = Numbering()
        both = index.of([*table["source"], *table["target"]])
        source, target = both[: len(table)], both[len(table) :]
        if _NAMED in files:
            label = _named(files[_NAMED][0], index)
        else:
            label = _by_trust(source, target, rating, index)
        created = first_moments(len(index), (source, time), (target, time))
        uses = ThingUses("member rated", source, target, time)
        group = np.full(len(index), NO_GROUP)
        return Labelled(created, label, group, source, time, (uses,))


def _named(path: Path, index: Numbering) -> npt.NDArray[np.int8]:
    table = read_saved(path, ["member", "label"], names=("member", "label"))
    value = numbers(table["label"], path, "label")
    label = np.full(len(index), UNKNOWN, np.int8)
    fit = np.array([name in index for name in table["member"]], np.bool_)
    at = index.of(table["member"][fit])
    label[at] = np.where(value[fit] < 0, SHAM, HONEST)
    return label


def _by_trust(
    source: npt.NDArray[np.int64], target: npt.NDArray[np.int64], rating: npt.NDArray[np.float64],
    index: Numbering,
) -> npt.NDArray[np.int8]:  # fmt: skip
    if FOUNDER not in index:
        raise UsageError(f"{_TABLE}: has no member {FOUNDER}, the founder; save otc_gt.csv too")
    founder = int(index.of([FOUNDER])[0])
    trusted = np.zeros(len(index), np.bool_)
    trusted[target[(source == founder) & (rating >= GOOD)]] = True
    trusted[founder] = True
    by_trusted = trusted[source]
    best, worst = np.full(len(index), -np.inf), np.full(len(index), np.inf)
    np.maximum.at(best, target[by_trusted], rating[by_trusted])
    np.minimum.at(worst, target[by_trusted], rating[by_trusted])
    label = np.full(len(index), UNKNOWN, np.int8)
    label[(best >= GOOD) & (worst > 0)] = HONEST
    label[np.isfinite(best) & (best <= BAD)] = SHAM
    label[trusted] = HONEST
    return label
