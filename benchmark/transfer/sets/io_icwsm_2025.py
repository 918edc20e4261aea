"""Information operations: accounts that a platform removed, and others who wrote of the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from shamcrowd.benchmark.transfer.labelled import (
    HONEST,
    NO_GROUP,
    SHAM,
    Labelled,
    Numbering,
    ThingUses,
    first_moments,
)
from shamcrowd.benchmark.transfer.saved_tables import moments, read_saved, read_some
from shamcrowd.benchmark.transfer.set_base import LabelledSet
from shamcrowd.recording.units import EntityIds, Millis, Places

if TYPE_CHECKING:
    import pandas as pd

_REMOVED, _CONTROL = "*io*.csv*", "*control*.csv*"
_ACCOUNT = ("userid", "user_userid", "accountid", "author_id", "user_id")
_TIME = ("tweet_time", "created_at", "post_time", "timestamp")
_THINGS = {
    "post shared": ("retweet_tweetid", "retweeted_tweetid", "referenced_tweet_id", "reposted_id"),
    "hashtag": ("hashtags",),
    "address shared": ("urls", "url"),
}


class IoIcwsm2025(LabelledSet):
    """Posts of information operations that a platform disclosed, with a control of their topics."""

    title: ClassVar[str] = "Labeled Datasets for Research on Information Operations (ICWSM 2025)"
    source: ClassVar[str] = (
        "Seckin et al., ICWSM 2025 (https://doi.org/10.1609/icwsm.v19i1.35958, "
        "https://arxiv.org/abs/2411.10609), data on Zenodo"
    )
    licence: ClassVar[str] = "terms on the Zenodo page"
    save: ClassVar[str] = (
        "a folder for each campaign, or one with a single campaign: posts of the operation in a "
        "file with io in its name, posts of the control in one with control in its name; columns "
        "of the account and the time, and as far as there are, of the post that was shared, "
        "hashtags and urls"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = (
        (_REMOVED, _CONTROL),
        (f"*/{_REMOVED}", f"*/{_CONTROL}"),
    )
    things: ClassVar[str] = "posts that were shared, hashtags and web addresses"
    labels: ClassVar[str] = (
        "sham are accounts that the platform removed as part of a state's operation; honest are "
        "accounts that wrote with the same hashtags at the same time; a group is a campaign"
    )
    not_labels: ClassVar[str] = (
        "the platform does not tell how it found them; the control was drawn by hashtag, not at "
        "random, and nobody looked at each of its accounts"
    )
    independent: ClassVar[bool] = True
    grouped: ClassVar[bool] = True

    def read(self, folder: Path) -> Labelled:
        """Read all campaigns in the folder."""
        files = self.chosen(folder)
        index, campaigns = Numbering(), Numbering()
        whos: list[Places] = []
        times: list[Millis] = []
        label: dict[int, int] = {}
        group: dict[int, int] = {}
        uses: dict[str, list[tuple[Places, EntityIds, Millis]]] = {}
        numbering = {kind: Numbering() for kind in _THINGS}
        for pattern, paths in files.items():
            removed = pattern.endswith(_REMOVED)
            for path in paths:
                if removed and "control" in path.name:
                    continue
                table = read_saved(path, [_ACCOUNT, _TIME])
                there = table[_ACCOUNT[0]].notna().to_numpy()
                who = index.of(table[_ACCOUNT[0]][there])
                time = moments(table[_TIME[0]][there], path, "time of post")
                whos.append(who)
                times.append(time)
                number = int(campaigns.of([path.parent.name])[0])
                for account in np.unique(who).tolist():
                    if removed or account not in label:
                        label[account] = SHAM if removed else HONEST
                        group[account] = number if removed else NO_GROUP
                shared = read_some(path, _THINGS)[there].reset_index(drop=True)
                for kind in (k for k in _THINGS if k in shared):
                    at, names = _split(shared[kind])
                    uses.setdefault(kind, []).append((who[at], numbering[kind].of(names), time[at]))
        who, time = np.concatenate(whos), np.concatenate(times)
        return Labelled(
            first_moments(len(index), (who, time)),
            np.array([label[i] for i in range(len(index))], np.int8),
            np.array([group[i] for i in range(len(index))], np.int64),
            who, time,
            tuple(_joined(kind, parts) for kind, parts in uses.items()),
        )  # fmt: skip


def _joined(kind: str, parts: list[tuple[Places, EntityIds, Millis]]) -> ThingUses:
    who, thing, time = (np.concatenate(part) for part in zip(*parts, strict=True))
    return ThingUses(kind, who, thing, time)


def _split(cells: pd.Series[str]) -> tuple[Places, list[str]]:
    """Row and name of each thing in cells that may hold a list, such as ``['a', 'b']``."""
    found = cells.dropna().str.findall(r"[^\s\[\],'\"]+").explode().dropna()
    return found.index.to_numpy(np.int64), found.tolist()
