"""CooRTweet's example data: posts of accounts that shared the same things at the same time."""

from __future__ import annotations

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
from shamcrowd.benchmark.transfer.saved_tables import moments, read_saved, read_some
from shamcrowd.benchmark.transfer.set_base import LabelledSet
from shamcrowd.detectors.features.index import begins
from shamcrowd.recording.units import MS_PER_SECOND, EntityIds, Millis, Places

_POSTS, _NAMED = "*posts*.csv*", "labels.csv"
_KINDS = {
    "post shared": ("object_id",), "address shared": ("url_id",), "hashtag": ("hashtag_id",),
    "web site": ("domain_id",), "image": ("phash_id",),
}  # fmt: skip
WINDOW_MS = 10 * MS_PER_SECOND
LEAST = 2
"""Defaults of the package: within 10 seconds, and two such things for each account."""


class CooRTweet(LabelledSet):
    """Posts of social media in the form that the R package CooRTweet takes."""

    title: ClassVar[str] = "CooRTweet: posts of Russian accounts, and of the German election 2021"
    source: ClassVar[str] = (
        "https://github.com/nicolarighetti/CooRTweet (data/*.rda); Kulichkina et al. 2024 "
        "(https://doi.org/10.1177/14614448241254126), Righetti et al. 2022"
    )
    licence: ClassVar[str] = "MIT"
    save: ClassVar[str] = (
        "posts.csv, written in R by write.csv(CooRTweet::russian_coord_tweets, 'posts.csv', "
        "row.names = FALSE) or of german_elections; and labels.csv (account_id, label 1 or 0), if "
        "you know who is coordinated"
    )
    patterns: ClassVar[tuple[tuple[str, ...], ...]] = ((_POSTS, _NAMED), (_POSTS,))
    things: ClassVar[str] = "posts, web addresses, hashtags, web sites and images that were shared"
    labels: ClassVar[str] = (
        "those in labels.csv; without it, what the package's method finds by default: accounts "
        "that shared two things or more within 10 seconds of other accounts (restated here, the "
        "package itself is not run; its filter of the network is left out); honest are all others"
    )
    not_labels: ClassVar[str] = (
        "without labels.csv no truth at all, but the answer of another method: figures say how far "
        "a detector agrees with it"
    )
    independent: ClassVar[bool] = False
    grouped: ClassVar[bool] = True

    def read(self, folder: Path) -> Labelled:
        """Read the posts."""
        import pandas as pd

        files = self.chosen(folder)
        whole = []
        for path in files[_POSTS]:
            table = read_saved(path, ["account_id", ("timestamp", "timestamp_share")])
            table["timestamp"] = moments(table["timestamp"], path, "timestamp")
            whole.append(pd.concat([table, read_some(path, _KINDS)], axis=1))
        posts = pd.concat(whole, ignore_index=True)
        posts = posts[posts["account_id"].notna()].reset_index(drop=True)
        index = Numbering()
        who, time = index.of(posts["account_id"]), posts["timestamp"].to_numpy(np.int64)
        uses = []
        for kind in _KINDS:
            if kind in posts and posts[kind].notna().any():
                there = posts[kind].notna().to_numpy()
                thing = Numbering().of(posts[kind][there])
                uses.append(ThingUses(kind, who[there], thing, time[there]))
        created = first_moments(len(index), (who, time))
        if _NAMED in files:
            label = np.full(len(index), UNKNOWN, np.int8)
            named = read_saved(files[_NAMED][0], ["account_id", "label"])
            named = named[[name in index for name in named["account_id"]]]
            at = index.of(named["account_id"])
            label[at] = np.where(named["label"].isin(["1", "TRUE", "true"]), SHAM, HONEST)
            group = np.where(label == SHAM, 0, NO_GROUP)
        else:
            group = together(uses, len(index))
            label = np.where(group != NO_GROUP, SHAM, HONEST).astype(np.int8)
        return Labelled(created, label, group, who, time, tuple(uses))


def together(uses: list[ThingUses], accounts: int) -> npt.NDArray[np.int64]:
    """Groups of accounts that shared things within `WINDOW_MS` of each other, two each at least.

    Returns:
        Shape (accounts,), number of each account's group, `NO_GROUP` for none.

    >>> who, thing = np.array([0, 1, 2, 0, 1]), np.array([7, 7, 7, 8, 8])
    >>> time = np.array([0, 9_000, 60_000, 100_000, 104_000])
    >>> together([ThingUses("post", who, thing, time)], 3).tolist()
    [0, 0, -1]
    """
    from scipy import sparse
    from scipy.sparse import csgraph

    pairs = [_close(one.who, one.thing, one.time, accounts) for one in uses]
    many = np.zeros(accounts, np.int64)
    for packed, thing in pairs:
        # Each account and thing once, however many others were in time.
        both = np.concatenate([packed // accounts, packed % accounts])
        of = np.unique(np.stack([both, np.tile(thing, 2)]), axis=1)[0]
        many += np.bincount(of, minlength=accounts)
    packed = np.unique(np.concatenate([np.empty(0, np.int64), *(p for p, _ in pairs)]))
    ends = packed // accounts, packed % accounts
    firm = (many[ends[0]] >= LEAST) & (many[ends[1]] >= LEAST)
    ends, packed = (ends[0][firm], ends[1][firm]), packed[firm]
    links = sparse.coo_array((np.ones(len(packed)), ends), shape=(accounts, accounts))
    _, label = csgraph.connected_components(links, directed=False)
    linked = np.zeros(accounts, np.bool_)
    for end in ends:
        linked[end] = True
    group = np.full(accounts, NO_GROUP)
    group[linked] = np.unique(label[linked], return_inverse=True)[1]
    return group


def _close(
    who: Places, thing: EntityIds, time: Millis, accounts: int
) -> tuple[npt.NDArray[np.int64], EntityIds]:
    """Each pair of accounts, packed into one number, once per thing that both shared in time."""
    order = np.lexsort((time, thing))
    who, thing, time = who[order], thing[order], time[order]
    found, lag = [np.empty((2, 0), np.int64)], 1
    while lag < len(who):
        near = (thing[lag:] == thing[:-lag]) & (time[lag:] - time[:-lag] <= WINDOW_MS)
        at = np.flatnonzero(near)
        if not len(at):
            break
        low = np.minimum(who[at], who[at + lag])
        high = np.maximum(who[at], who[at + lag])
        apart = low != high
        found.append(np.stack([(low * accounts + high)[apart], thing[at][apart]]))
        lag += 1
    packed, of = np.concatenate(found, axis=1)
    order = np.lexsort((of, packed))
    packed, of = packed[order], of[order]
    once = begins(packed) | begins(of)
    return packed[once], of[once]
