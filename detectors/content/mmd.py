"""Maximum mean discrepancy between windows of prompts and a reference.

Paper: Gretton et al., A kernel two-sample test, JMLR 2012
(https://jmlr.org/papers/v13/gretton12a.html), equation 3: the unbiased estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from shamcrowd.detectors.content.lowest import Hashes

BITS = 64
NULLS = 1000
"""Random draws for the null distribution."""
CHUNK = 2**16
"""Kernel values computed at a time, so that they stay in the processor's cache."""


@dataclass(frozen=True)
class Reference:
    """The reference sample of prompts, with a kernel.

    Attributes:
        prompts: shape (n,), sketches.
        kernel: shape (65,), exp(-d / (2 m)) for d differing bits, where m is the median of d in the
            reference: a Gaussian kernel with the median heuristic, as d is the squared distance.
        within: mean kernel of two different prompts of the reference.
    """

    prompts: Hashes
    kernel: npt.NDArray[np.float64]
    within: float

    @classmethod
    def of(cls, prompts: Hashes) -> Reference:
        """Make a reference of at least two prompts, shape (n,)."""
        apart = np.bitwise_count(prompts[:, None] ^ prompts[None, :])
        upper = apart[np.triu_indices(len(prompts), 1)]
        kernel = np.exp(-np.arange(BITS + 1) / (2 * max(np.median(upper), 1.0)))
        return cls(prompts, kernel, float(kernel[upper].mean()))

    def mmd2(self, windows: Hashes) -> npt.NDArray[np.float64]:
        """Return the unbiased squared MMD of windows, shape (n, m), m >= 2; its null mean is 0.

        >>> rng = np.random.default_rng(0)
        >>> prompts = rng.integers(2**63, size=300).astype(np.uint64)
        >>> reference = Reference.of(prompts[:200])
        >>> alike, copied = prompts[200:232][None, :], np.repeat(prompts[200:201], 32)[None, :]
        >>> bool(abs(reference.mmd2(alike)[0]) < 0.01 < 0.3 < reference.mmd2(copied)[0])
        True
        """
        many, size = windows.shape
        found = np.empty(many)
        step = max(CHUNK // (size * (size + len(self.prompts))), 1)
        for begin in range(0, many, step):
            part = windows[begin : begin + step]
            own = self.kernel[np.bitwise_count(part[:, :, None] ^ part[:, None, :])]
            cross = self.kernel[np.bitwise_count(part[:, :, None] ^ self.prompts)]
            alike = (own.sum(axis=(1, 2)) - size) / (size * (size - 1))
            found[begin : begin + step] = alike + self.within - 2 * cross.mean(axis=(1, 2))
        return found

    def null(self, size: int, quantile: float) -> float:
        """Return a quantile of the null distribution.

        ``NULLS`` random windows of ``size`` prompts of the reference are compared with the rest of
        the reference (permutations).
        """
        n = len(self.prompts)
        # Sorted by value, so that the draws do not depend on the order of rows.
        prompts = np.sort(self.prompts)
        to_all = self.kernel[np.bitwise_count(prompts[:, None] ^ prompts)].sum(axis=1)
        chosen = _draws(n, size)
        windows = prompts[chosen]
        own = self.kernel[np.bitwise_count(windows[:, :, None] ^ windows[:, None, :])]
        own = own.sum(axis=(1, 2))
        cross = to_all[chosen].sum(axis=1) - own
        rest = to_all.sum() - n - (own - size) - 2 * cross
        own, other = own - size, n - size
        values = (
            own / (size * (size - 1)) + rest / (other * (other - 1)) - 2 * cross / (size * other)
        )
        return float(np.quantile(values, quantile))


@lru_cache(maxsize=4)
def _draws(n: int, size: int) -> npt.NDArray[np.int64]:
    """Return ``NULLS`` draws of ``size`` out of n without replacement, shape (NULLS, size)."""
    keys = np.random.default_rng(0).random((NULLS, n))
    return np.argsort(keys, axis=1)[:, :size]
