"""How clients call the API: whether they ask for a stream, for reasoning, and use the cache.

That is written in a program, so that an account mostly does it one way; how many accounts do it is
a number of the usage profile, or of the model, the same way for everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.streams import sixteen, uniform_by_id

Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint16]


@dataclass
class ClientSettings:
    """What is usual for n workloads, those of one account alike: 16 random bits, shape (n,)."""

    stream: Words
    cache: Words
    reasoning: Words

    @classmethod
    def none(cls) -> ClientSettings:
        """No workload."""
        return cls(*(np.empty(0, np.uint16) for _ in range(3)))

    def join(self, account: npt.NDArray[np.int32], key: Callable[[str], int]) -> None:
        """Add workloads of accounts (ids); their bits depend on the id and the world's keys."""
        for name, known in vars(self).items():
            new = uniform_by_id(account, key(f"client settings: {name}")) * 65_536
            setattr(self, name, np.concatenate([known, new.astype(np.uint16)]))


def chosen(
    usual: Words,
    share: npt.NDArray[np.int32],
    mixed: npt.NDArray[np.int32],
    luck: npt.NDArray[np.uint64],
    part: int,
) -> Bools:
    """Whether sessions do something that a share of them does.

    Args:
        usual: shape (n,), bits of their workloads.
        share: shape (n,), in 65,536ths.
        mixed: shape (n,), share of sessions that do not do what is usual for their workload,
            in 65,536ths.
        luck: shape (n,), random bits, of which the highest 16 are used and those of ``part``.
        part: 0 to 2.

    >>> luck, usual = np.array([9, 1 << 63], np.uint64), np.array([9, 9], np.uint16)
    >>> chosen(usual, np.array([10, 10]), np.array([0, 0]), luck, 0).tolist()
    [True, True]
    >>> chosen(usual, np.array([9, 9]), np.array([40_000, 40_000]), luck, 0).tolist()
    [False, True]
    """
    drawn = np.where(sixteen(luck, 3) < mixed, sixteen(luck, part), usual)
    found: Bools = drawn < share
    return found
