"""Accounts whose prompts fill in the same rare templates."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.content.prompt_sample import PromptSample
from shamcrowd.detectors.content.templates import rare_templates
from shamcrowd.recording.view import LogView

SHARED = 2
"""Templates that two linked accounts have in common: one may be chance."""
FEWEST = 3
"""Accounts that make a template shared, or a group."""


class TemplateClusters:
    """Groups of accounts that have at least two rare prompt templates in common.

    From every account at most 80 prompts are kept, drawn so that accounts on one template hold
    the same ones (`shamcrowd.detectors.content.prompt_sample`). Prompts that differ in at most 4
    of 64 bits
    (94 % alike) are one template: candidates agree in one of 10 bands of 20 bits, and every
    candidate is verified. Of pairs that differ in 2, 3, 4 bits 1.00, 0.98, 0.91 are found
    (measured); datasketch's balanced split finds 0.31 to 0.55 at its threshold, so the bands here
    are chosen for recall and the check takes out what should not be there.

    Score: the sum over an account's templates of ``log2(n) * log(100 / n) / log(100 / 2)``, n
    accounts on a template, from 3 to 99: many templates, each in the hands of a group
    and not of everybody. Clusters: connected components of accounts with two templates in common.

    Papers: Broder, MinHash, 1997 (https://doi.org/10.1109/SEQUEN.1997.666900); Charikar, SimHash,
    STOC 2002 (https://doi.org/10.1145/509907.509965); Manku, Jain and Das Sarma, near-duplicates
    in bands of 64-bit SimHashes, WWW 2007 (https://doi.org/10.1145/1242572.1242592).

    Complexity: a review sorts the new prompts that hash low and all that is held; links are at
    most templates * 100^2. Memory: up to 1.6 kB an account.

    When it fails: a campaign that rewrites every prompt, or gives every account templates of its
    own; classes and laboratories share exercises and test sets and form honest groups; a fashion
    looks like a campaign until a hundred follow it, and a campaign larger than that looks
    like a fashion. In hydra-at-launch-v1 it catches nobody at 1 % false positives (measured, seed
    1): most of the hydra's accounts write as honest people do, and the launch has its fashions.

    >>> from shamcrowd.recording.samples import sample_log
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
        found = rare_templates(self._sample, FEWEST)
        each = np.log2(found.users[found.template]) * found.rarity
        score = np.bincount(found.owner, each, minlength=n).astype(np.float64)
        links = found.links()
        _, group = csgraph.connected_components(_over(links, SHARED), directed=False)
        grouped = np.bincount(group, minlength=n)[group] >= FEWEST
        cluster = np.where(grouped, group, NO_CLUSTER).astype(np.int64)
        reason = found.reasons(np.diff(links.indptr))
        return Findings(self._sample.index.ids, score, cluster, reason)


def _over(links: sparse.csr_array, least: int) -> sparse.csr_array:
    """Only the links of at least so many templates."""
    kept = links.copy()
    kept.data[kept.data < least] = 0
    kept.eliminate_zeros()
    return kept
