"""Accounts whose prompts fill in the same rare templates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from detectors.base import NO_CLUSTER, Findings
from detectors.content.prompt_sample import BITS, PromptSample, near_pairs
from recording.view import LogView

CAP = 100
"""A template that so many accounts use is in fashion and says nothing (assumed)."""
SHARED = 2
"""Templates that two linked accounts have in common: one may be chance."""
FEWEST = 3
"""Accounts that make a template shared, or a group."""


class TemplateClusters:
    """Groups of accounts that have at least two rare prompt templates in common.

    From every account at most 80 prompts are kept, drawn so that accounts on one template hold
    the same ones (`detectors.content.prompt_sample`). Prompts that differ in at most 4 of 64 bits
    (94 % alike) are one template: candidates agree in one of 10 bands of 20 bits, and every
    candidate is verified. Of pairs that differ in 2, 3, 4 bits 1.00, 0.98, 0.91 are found
    (measured); datasketch's balanced split finds 0.31 to 0.55 at its threshold, so the bands here
    are chosen for recall and the check takes out what should not be there.

    Score: the sum over an account's templates of ``log2(n) * log(CAP / n) / log(CAP / 2)``, n
    accounts on a template, from 3 to below ``CAP``: many templates, each in the hands of a group
    and not of everybody. Clusters: connected components of accounts with two templates in common.

    Papers: Broder, MinHash, 1997 (https://doi.org/10.1109/SEQUEN.1997.666900); Charikar, SimHash,
    STOC 2002 (https://doi.org/10.1145/509907.509965); Manku, Jain and Das Sarma, near-duplicates
    in bands of 64-bit SimHashes, WWW 2007 (https://doi.org/10.1145/1242572.1242592).

    Complexity: a review sorts the new prompts that hash low and all that is held; links are at
    most templates * CAP^2. Memory: up to 1.6 kB an account.

    When it fails: a campaign that rewrites every prompt, or gives every account templates of its
    own; classes and laboratories share exercises and test sets and form honest groups; a fashion
    looks like a campaign until more than ``CAP`` follow it, and a campaign larger than that looks
    like a fashion. In hydra-at-launch-v1 it catches nobody at 1 % false positives (measured, seed
    1): most of the hydra's accounts write as honest people do, and the launch has its fashions.

    >>> from recording.samples import sample_log
    >>> log = sample_log()
    >>> found = TemplateClusters().review(LogView(log, log.start + 3 * 86_400_000))
    >>> float(found.score.max())  # nobody is on a template here
    0.0
    """

    def __init__(self) -> None:
        self._sample = PromptSample()

    def review(self, log: LogView) -> Findings:
        """Judge by the templates that an account shares."""
        self._sample.update(log)
        n = len(self._sample.index)
        place, sketch = self._sample.held()
        prompts, prompt = np.unique(sketch, return_inverse=True)
        one, other = near_pairs(prompts)
        pairs = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(len(prompts),) * 2)
        _, label = csgraph.connected_components(pairs, directed=False)
        used = np.unique((place << 32) | label[prompt])
        owner, template = used >> 32, used & 0xFFFFFFFF
        users = np.bincount(template)
        rare = (users[template] >= FEWEST) & (users[template] < CAP)
        owner, template = owner[rare], template[rare]
        each = np.log2(users[template]) * np.log(CAP / users[template]) / np.log(CAP / 2)
        score = np.bincount(owner, each, minlength=n).astype(np.float64)
        uses = sparse.csr_array((np.ones(len(owner)), (owner, template)), shape=(n, len(users)))
        links = sparse.csr_array(uses @ uses.T)
        links.setdiag(0)
        partners = np.diff(_over(links, 1).indptr)
        _, group = csgraph.connected_components(_over(links, SHARED), directed=False)
        grouped = np.bincount(group, minlength=n)[group] >= FEWEST
        cluster = np.where(grouped, group, NO_CLUSTER).astype(np.int64)
        count = np.bincount(owner, minlength=n)
        apart = _mean_bits_apart(prompts, one, other)
        reason = _reasons(partners, count, _mean_by(place, apart[prompt], n))
        return Findings(self._sample.index.ids, score, cluster, reason)


def _over(links: sparse.csr_array, least: int) -> sparse.csr_array:
    """Only the links of at least so many templates."""
    kept = links.copy()
    kept.data[kept.data < least] = 0
    kept.eliminate_zeros()
    return kept


def _mean_bits_apart(
    prompts: npt.NDArray[np.uint64], one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Bits between each prompt and those near it, on average; NaN for a prompt on its own."""
    bits = np.bitwise_count(prompts[one] ^ prompts[other]).astype(np.float64)
    ends, both = np.concatenate([one, other]), np.concatenate([bits, bits])
    return _mean_by(ends, both, len(prompts))


def _mean_by(
    where: npt.NDArray[np.int64], values: npt.NDArray[np.float64], size: int
) -> npt.NDArray[np.float64]:
    """Mean of the values at each place, NaN left out; NaN where there is none."""
    there = np.isfinite(values)
    total = np.bincount(where[there], values[there], minlength=size)
    count = np.bincount(where[there], minlength=size)
    mean = np.full(size, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean


def _reasons(
    partners: npt.NDArray[np.int64],
    templates: npt.NDArray[np.int64],
    apart: npt.NDArray[np.float64],
) -> list[str]:
    alike = np.nan_to_num(1 - apart / BITS, nan=1.0)
    return [
        f"{many} templates {same:.0%} alike with those of {others} accounts" if others else ""
        for others, many, same in zip(
            partners.tolist(), templates.tolist(), alike.tolist(), strict=True
        )
    ]
