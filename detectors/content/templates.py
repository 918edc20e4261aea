"""Rare prompt templates and the accounts that use them, which links accounts by content."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.content.prompt_sample import BITS, PromptSample, near_pairs
from shamcrowd.detectors.features.index import distinct
from shamcrowd.recording.counting import counted
from shamcrowd.recording.units import Places

CAP = 100
"""A template of so many accounts is popular and links nobody (assumed)."""


@dataclass(frozen=True)
class Templates:
    """Templates with at least ``fewest`` and fewer than ``CAP`` accounts.

    Attributes:
        owner: shape (n,), position of an account; each pair of account and template is unique.
        template: shape (n,), number of the template.
        users: shape (templates,), number of accounts of each.
        accounts: number of accounts.
        alike: shape (accounts,), mean similarity of prompts to others of the template, 0 to 1.
    """

    owner: Places
    template: npt.NDArray[np.int64]
    users: npt.NDArray[np.int64]
    accounts: int
    alike: npt.NDArray[np.float64]

    @property
    def rarity(self) -> npt.NDArray[np.float64]:
        """Shape (n,): ``log(CAP / users) / log(CAP / 2)``, 1 for a template of two accounts."""
        rarity: npt.NDArray[np.float64] = np.log(CAP / self.users[self.template]) / np.log(CAP / 2)
        return rarity

    def links(self, weight: npt.NDArray[np.float64] | None = None) -> sparse.csr_array:
        """Return the number of templates that two accounts share.

        Args:
            weight: shape (n,), weight of the template of each pair; 1 if None.

        Returns:
            Shape (accounts, accounts), zero diagonal.
        """
        root = np.ones(len(self.owner)) if weight is None else np.sqrt(weight)
        shape = (self.accounts, len(self.users))
        uses = sparse.csr_array((root, (self.owner, self.template)), shape=shape)
        links = sparse.csr_array(uses @ uses.T)
        links.setdiag(0)
        links.eliminate_zeros()
        return links

    def reasons(self, partners: npt.NDArray[np.integer]) -> list[str]:
        """Return a reason for each account that shares a template with ``partners`` others."""
        count = np.bincount(self.owner, minlength=self.accounts)
        return [
            f"{counted(many, 'template')} {same:.0%} alike with those of "
            f"{counted(others, 'account')}"
            if others
            else ""
            for others, many, same in zip(
                partners.tolist(), count.tolist(), self.alike.tolist(), strict=True
            )
        ]


def rare_templates(sample: PromptSample, fewest: int) -> Templates:
    """Group a sample's prompts into templates; keep rare ones of at least ``fewest`` accounts."""
    n = len(sample.index)
    place, prompt, prompts = sample.held()
    one, other = near_pairs(prompts)
    pairs = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(len(prompts),) * 2)
    _, label = csgraph.connected_components(pairs, directed=False)
    used = distinct(place << 32 | label[prompt])
    owner, template = used >> 32, used & 0xFFFFFFFF
    users = np.bincount(template)
    rare = (users[template] >= fewest) & (users[template] < CAP)
    apart = _mean_by(place, _mean_bits_apart(prompts, one, other)[prompt], n)
    alike = np.nan_to_num(1 - apart / BITS, nan=1.0)
    return Templates(owner[rare], template[rare], users, n, alike)


def _mean_bits_apart(
    prompts: npt.NDArray[np.uint64], one: Places, other: Places
) -> npt.NDArray[np.float64]:
    """Return the mean number of bits to near prompts, NaN for a prompt without any."""
    bits = np.bitwise_count(prompts[one] ^ prompts[other]).astype(np.float64)
    ends, both = np.concatenate([one, other]), np.concatenate([bits, bits])
    return _mean_by(ends, both, len(prompts))


def _mean_by(where: Places, values: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    """Return the mean of the values at each position without NaN; NaN if there is none."""
    there = np.isfinite(values)
    total = np.bincount(where[there], values[there], minlength=size)
    count = np.bincount(where[there], minlength=size)
    mean = np.full(size, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean
