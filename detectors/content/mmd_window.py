"""Accounts, and pools of accounts, whose prompts differ from the platform's (MMD)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.content.mmd import Reference
from shamcrowd.detectors.content.windows import REFERENCE, WINDOW, PromptWindows
from shamcrowd.recording.view import LogView

POOL = 64
"""Prompts of a pool's window (assumed)."""
POOL_ACCOUNTS = (3, 100)
"""Least and largest number of accounts of a pool: fewer may be a household, more share a gateway
(assumed)."""
NULL = 0.95
"""Quantile of the null distribution above which a discrepancy counts."""


class MmdWindow:
    """Maximum mean discrepancy between an account's prompts and a sample of all prompts.

    Paper: Gretton et al., A kernel two-sample test, JMLR 2012 (equation 3, unbiased); as a test
    for extraction of language models in windows of queries: https://arxiv.org/abs/2606.05725,
    whose median bandwidth, 1,000 nulls and 95th percentile are kept.

    ``MMD^2 = E k(x, x') + E k(y, y') - 2 E k(x, y)``, x of the window, y of the reference, with a
    Gaussian kernel on the bits of the sketches. Windows have 32 prompts of an account, or 64 of a
    pool: 3 to 100 accounts that signed up on one device or from one address. In a pool, accounts
    with few prompts each are tested together. The reference is a sample of 500 prompts of all
    accounts, drawn again at each review; until there are as many, all scores are 0.

    Score: the largest MMD^2 of an account's own window and its pools' windows, if it is above the
    95th percentile of the null distribution; otherwise 0.

    Complexity: accounts * 32 * 532 bit counts per review. Memory: 640 bytes per account.

    When it fails: it finds unusual accounts, not coordinated ones. Accounts that send one prompt
    over and over are unusual: pipelines and agents score above every campaign. Windows are short,
    and the reference contains the campaign too; if one prompt in ten is the campaign's, windows of
    100 catch 5 % of attackers at 10 % (published measurements of the paper's code). Measured here,
    at 1 % false positives: recall 0.16 on quickstart-v2, 0.00 on elicitation-among-evaluators-v2.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log(accounts=20, days=4)
    >>> bool(MmdWindow().review(LogView(log, log.start + 4 * 86_400_000)).score.min() >= 0)
    True
    """

    def __init__(self) -> None:
        self._windows = PromptWindows()
        self._shared = {name: np.empty(0, np.int64) for name in ("device", "address")}

    def review(self, log: LogView) -> Findings:
        """Score accounts by the discrepancy."""
        self._windows.update(log)
        self._update_pools(log)
        ids = self._windows.index.ids
        n = len(ids)
        score, cluster = np.zeros(n), np.full(n, NO_CLUSTER, np.int64)
        reference = self._windows.reference()
        if len(reference) < REFERENCE:
            return Findings(ids, score, cluster, [""] * n)
        against = Reference.of(reference)
        limit = against.null(WINDOW, NULL)
        place, windows = self._windows.full()
        own = against.mmd2(windows)
        score[place] = np.where(own > limit, own, 0.0)
        chance, accounts = np.full(n, limit), np.ones(n, np.int64)
        limit = against.null(POOL, NULL)
        for number, entities in enumerate(self._shared.values()):
            _, entity, users = np.unique(entities, return_inverse=True, return_counts=True)
            fit = (users >= POOL_ACCOUNTS[0]) & (users <= POOL_ACCOUNTS[1])
            pool, prompts = self._windows.drawn(np.where(fit[entity], entity, -1), POOL)
            found = np.zeros(len(users))
            found[pool] = against.mmd2(prompts)
            more = (found[entity] > limit) & (found[entity] > score)
            score[more], chance[more] = found[entity[more]], limit
            accounts[more] = users[entity[more]]
            # Pools of devices and of addresses are numbered separately.
            cluster[more] = entity[more] * len(self._shared) + number
        return Findings(ids, score, cluster, _reasons(score, chance, accounts))

    def _update_pools(self, log: LogView) -> None:
        new = log.new.accounts(["account", *self._shared])
        place = self._windows.index.of(new["account"].to_numpy())
        for name, kept in self._shared.items():
            entities = np.zeros(len(self._windows.index), np.int64)
            entities[: len(kept)] = kept
            entities[place] = new[name].to_numpy(np.int64)
            self._shared[name] = entities


def _reasons(
    score: npt.NDArray[np.float64],
    chance: npt.NDArray[np.float64],
    accounts: npt.NDArray[np.int64],
) -> list[str]:
    reasons = [""] * len(score)
    for i in np.flatnonzero(score).tolist():
        whose = "its prompts" if accounts[i] == 1 else f"prompts of {accounts[i]} accounts together"
        reasons[i] = (
            f"{whose} are unlike everybody's: MMD² {score[i]:.3f}, by chance below {chance[i]:.3f}"
        )
    return reasons
