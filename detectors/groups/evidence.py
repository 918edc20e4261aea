"""Evidence that two accounts belong together: shared entities, shared templates, sign-up times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shamcrowd.detectors.content.prompt_sample import PromptSample
from shamcrowd.detectors.content.templates import rare_templates
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.linking.edges import Edges
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.units import MS_PER_DAY, AccountIds, Millis, Places
from shamcrowd.recording.view import LogView

APART_DAYS = 3.0
"""A link weighs 1/e if its accounts signed up so many days apart (assumed)."""
TOGETHER_DAYS = 1.0
"""Evidence of one kind links accounts that signed up less than this apart (assumed)."""
TEMPLATE = "template"


@dataclass(frozen=True)
class PairEvidence:
    """Linked pairs of accounts.

    Attributes:
        one: shape (pairs,), position of an account.
        other: shape (pairs,), position of another, greater than ``one``. Each pair is there once.
        strength: shape (pairs, kinds), strength of the evidence of each kind, 0 to 1.
        weight: shape (pairs,), weight of the link.
        kinds: names of the kinds; the last is `TEMPLATE`.
        created: shape (accounts,), ms since 1970 of each sign-up.
    """

    one: Places
    other: Places
    strength: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]
    kinds: tuple[str, ...]
    created: Millis

    def matrix(self) -> sparse.csr_array:
        """The symmetric matrix of weights, shape (accounts, accounts)."""
        edges = Edges(len(self.created))
        edges.add(self.one, self.other, self.weight)
        return edges.matrix()


class LinkEvidence:
    """Collects evidence review by review.

    Kinds are those of `SharedEntities`, with the rarity of what is shared as strength, and rare
    prompt templates, with the sum of their rarities, at most 1. Two accounts are linked if they
    share things of two kinds, or of one kind and signed up within a day of each other. A link
    weighs the sum of its strengths, times exp(-gap / 3 days) for the gap between the sign-ups.
    """

    def __init__(self) -> None:
        self._entities, self._sample = SharedEntities(), PromptSample()
        self._created = np.empty(0, np.int64)

    @property
    def index(self) -> AccountIndex:
        """The accounts."""
        return self._entities.index

    @property
    def ids(self) -> AccountIds:
        """Their ids, in the order of positions."""
        return self._entities.index.ids

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        self._entities.update(log)
        self._sample.update(log)
        rows = log.new.arrow("accounts", ["account", "created"])
        created = np.zeros(len(self.index), np.int64)
        created[: len(self._created)] = self._created
        created[self.index.of(rows["account"].to_numpy())] = (
            rows["created"].cast("int64").to_numpy()
        )
        self._created = created

    def pairs(self) -> PairEvidence:
        """All linked pairs, as of the last update."""
        kinds = (*(kind.name for kind in self._entities.kinds), TEMPLATE)
        ends, parts = [np.empty(0, np.int64)], [np.empty((0, len(kinds) - 1))]
        for found in self._entities.link_strengths():
            ends.append(found.one << 32 | found.other)
            parts.append(found.strength)
        by_thing = np.concatenate(ends)
        templates = rare_templates(self._sample, 2)
        links = sparse.triu(templates.links(templates.rarity), 1, format="coo")
        by_template = links.row.astype(np.int64) << 32 | links.col
        pair = np.union1d(by_thing, by_template)
        strength = np.zeros((len(pair), len(kinds)))
        strength[np.searchsorted(pair, by_thing), :-1] = np.concatenate(parts)
        strength[np.searchsorted(pair, by_template), -1] = np.minimum(links.data, 1.0)
        one, other = pair >> 32, pair & 0xFFFFFFFF
        gap = np.abs(self._created[one] - self._created[other]) / MS_PER_DAY
        held = ((strength > 0).sum(axis=1) >= 2) | (gap < TOGETHER_DAYS)
        weight = strength.sum(axis=1) * np.exp(-gap / APART_DAYS)
        # Where sign-ups are months apart the weight vanishes.
        held &= weight > 1e-6
        return PairEvidence(
            one[held], other[held], strength[held], weight[held], kinds, self._created
        )
