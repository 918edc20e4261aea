"""DGraphFin: borrowers who name emergency contacts, some of whom never paid back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import numpy as np

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    UNKNOWN,
    Labelled,
    ThingUses,
    first_moments,
)
from shamcrowd.benchmark.transfer.set_base import ONE_KIND, LabelledSet
from shamcrowd.detectors.settings import Settings
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.units import MS_PER_DAY

_FILE = "dgraphfin.npz"
_NEEDED = ("y", "edge_index", "edge_timestamp")
DAY_0 = 1_420_070_400_000
"""1 January 2015, taken for day 0: the set counts days from a date that it does not tell."""


class DgraphFin(LabelledSet):
    """Users of a Chinese lender, with the persons that they named as emergency contacts."""

    title: ClassVar[str] = "DGraphFin (2022)"
    source: ClassVar[str] = (
        "https://dgraph.xinye.com; Huang et al., DGraph: A Large-Scale Financial Dataset for Graph "
        "Anomaly Detection, NeurIPS 2022 (https://arxiv.org/abs/2207.03579)"
    )
    licence: ClassVar[str] = "terms of the site, after registration"
    save: ClassVar[str] = "dgraphfin.npz"
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = ((_FILE,),)
    things: ClassVar[str] = "persons named as emergency contacts"
    labels: ClassVar[str] = (
        "sham are users who borrowed and did not pay back for a long time, honest are other "
        "borrowers; those who never borrowed (two thirds) are unknown"
    )
    not_labels: ClassVar[str] = (
        "default on a loan, not a sham account: people default alone, in their own name; no groups"
    )
    independent: ClassVar[bool] = True
    grouped: ClassVar[bool] = False
    settings: ClassVar[Mapping[str, Settings]] = ONE_KIND

    def read(self, folder: Path) -> Labelled:
        """Read the arrays."""
        path = self.chosen(folder)[_FILE][0]
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                given = {name: held[name] for name in _NEEDED}
        except Exception as fault:  # of the archive, of an array in it, or of a name
            raise UsageError(f"{path}: is not the set's file ({fault})") from None
        y = np.ravel(given["y"])
        edges = np.asarray(given["edge_index"], np.int64)
        edges = edges if edges.shape[-1] == 2 else edges.T
        if edges.ndim != 2 or edges.max(initial=0) >= len(y):
            raise UsageError(f"{path}: edge_index names accounts that y does not have")
        time = np.ravel(given["edge_timestamp"]).astype(np.int64) * MS_PER_DAY + DAY_0
        source, target = edges.T
        label = np.select([y == 1, y == 0], [SHAM, HONEST], UNKNOWN).astype(np.int8)
        created = first_moments(len(y), (source, time), (target, time))
        created = np.where(created == 0, time.min(initial=DAY_0), created)
        # A person named is a thing that the one who names and the one who is named share.
        uses = ThingUses(
            "contact", np.concatenate([source, target]), np.concatenate([target, target]),
            np.concatenate([time, time]),
        )  # fmt: skip
        return Labelled(created, label, np.full(len(y), NO_GROUP), source, time, (uses,))
