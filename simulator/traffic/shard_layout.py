"""Where each account is played: the shard, and the account's number inside the shard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT


@dataclass(frozen=True)
class ShardLayout:
    """Assignment of accounts to shards. It depends on the handle alone.

    Attributes:
        shards: number of shards.
        operators: number of campaign operators that share the handles of campaigns (1 or more).
        legitimate: number of legitimate accounts in the whole run.

    >>> layout = ShardLayout(shards=2, operators=1, legitimate=4)
    >>> [a.tolist() for a in layout.place(np.array([0, 1, 2, CAMPAIGN_BIT]))]
    [[0, 1, 0, 0], [0, 0, 1, 2]]
    """

    shards: int
    operators: int
    legitimate: int

    def place(self, handles: Handles) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Shard of each account and its number inside the shard.

        Legitimate accounts come first in each shard, accounts of campaigns after them.
        """
        own = handles & (CAMPAIGN_BIT - 1)
        # Operators take turns in numbers; each one's accounts are spread over all shards,
        # beginning at a different shard.
        turn, operator = np.divmod(own, self.operators)
        local, shard = np.divmod(turn, self.shards)
        legitimate_per_shard = -(-self.legitimate // self.shards)
        sham = handles >= CAMPAIGN_BIT
        return (
            np.where(sham, (shard + operator) % self.shards, own % self.shards),
            np.where(
                sham,
                legitimate_per_shard + local * self.operators + operator,
                own // self.shards,
            ),
        )
