"""YelpChi: reviewers of hotels and restaurants in Chicago, some filtered by Yelp."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    Labelled,
    Numbering,
    ThingUses,
    first_moments,
)
from shamcrowd.benchmark.transfer.saved_tables import moments, numbers, read_saved
from shamcrowd.benchmark.transfer.set_base import LabelledSet
from shamcrowd.detectors.settings import Settings
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.units import MS_PER_DAY

_MAT, _META = "YelpChi.mat", "metadata*"
DAY_0 = 1_325_376_000_000
"""1 January 2012, taken for all reviews of the matrices, which hold no dates."""


class YelpChi(LabelledSet):
    """Reviewers of Yelp; an account is sham if the site filtered a review of it."""

    title: ClassVar[str] = "YelpChi (2012)"
    source: ClassVar[str] = (
        "YelpChi.mat: https://github.com/YingtongDou/CARE-GNN (Dou et al., CIKM 2020, "
        "https://doi.org/10.1145/3340531.3411903); reviews with dates: from the authors of Rayana "
        "and Akoglu, KDD 2015 (https://doi.org/10.1145/2783258.2783370)"
    )
    licence: ClassVar[str] = "none stated for the data (CARE-GNN: Apache-2.0)"
    save: ClassVar[str] = (
        "YelpChi.mat, unpacked from data/YelpChi.zip of CARE-GNN; or a file metadata of the "
        "authors, a review a line: reviewer, product, rating, label (-1 filtered), date"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = ((_META,), (_MAT,))
    things: ClassVar[str] = "products reviewed (the matrices: with the same rating, and in a month)"
    labels: ClassVar[str] = "sham are reviewers of whom Yelp's filter removed a review"
    not_labels: ClassVar[str] = (
        "the answer of another detector, Yelp's filter, whose rules are not public; a reviewer "
        "with one filtered review is no proven fraudster, and nothing says who acts together"
    )
    independent: ClassVar[bool] = False
    grouped: ClassVar[bool] = False
    settings: ClassVar[Mapping[str, Settings]] = MappingProxyType(
        {
            "isolation-forest": {"warm_up_days": 0.0},
            "ecod": {"warm_up_days": 0.0},
            "half-space-trees": {"learn_first": 1},
        }
    )

    def read(self, folder: Path) -> Labelled:
        """Read the reviews, or the matrices."""
        files = self.chosen(folder)
        return _reviews(files[_META][0]) if _META in files else _matrices(files[_MAT][0])


def _reviews(path: Path) -> Labelled:
    names = ("reviewer", "product", "rating", "label", "date")
    table = read_saved(path, names, names=names, delimiter=r"\s+")
    filtered = numbers(table["label"], path, "label") < 0
    index = Numbering()
    who, time = index.of(table["reviewer"]), moments(table["date"], path, "date")
    uses = ThingUses("product", who, Numbering().of(table["product"]), time)
    return _labelled(who, time, filtered, (uses,), [])


def _matrices(path: Path) -> Labelled:
    """Reviews are numbered; reviews of one reviewer, product or month are linked in matrices."""
    from scipy import io

    try:
        held = io.loadmat(path)
        same_user, same_rating, same_month = (held[f"net_{n}"] for n in ("rur", "rsr", "rtr"))
        filtered = np.ravel(held["label"]).astype(np.int64) == 1
    except Exception as fault:  # SciPy's reader trusts what the file says of itself
        raise UsageError(f"{path}: is not the set's file ({fault})") from None
    who = _parts(same_user)
    time = np.full(len(who), DAY_0 + MS_PER_DAY // 2)
    uses = (
        ThingUses("product with a rating", who, _parts(same_rating), time),
        ThingUses("product in a month", who, _parts(same_month), time),
    )
    return _labelled(who, time, filtered, uses, ["the matrices hold no dates: all reviews are of "
                                                 "one moment, which is reviewed once"])  # fmt: skip


def _parts(links: Any) -> npt.NDArray[np.int64]:
    """Number of the connected component of each review."""
    from scipy.sparse import csgraph

    return csgraph.connected_components(links, directed=False)[1].astype(np.int64)


def _labelled(
    who: npt.NDArray[np.int64], time: npt.NDArray[np.int64], filtered: npt.NDArray[np.bool_],
    uses: tuple[ThingUses, ...], notes: list[str],
) -> Labelled:  # fmt: skip
    accounts = int(who.max(initial=-1)) + 1
    label = np.full(accounts, HONEST, np.int8)
    label[who[filtered]] = SHAM
    created = first_moments(accounts, (who, time))
    return Labelled(created, label, np.full(accounts, NO_GROUP), who, time, uses, notes)
