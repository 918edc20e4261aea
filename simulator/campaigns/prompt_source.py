"""Where the prompts of a campaign's work come from: templates of its own, or ones that circulate.

Honest people paste prompts, too: benchmarks, build actions, the prompts of a framework. A campaign
that takes its templates from where they do shares them with strangers, not with itself alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.populations.common.shared_infrastructure import FASHION

if TYPE_CHECKING:
    from shamcrowd.simulator.supply.store import Supply

MOST_COMMON = 0.8
"""Share of the accounts of the most careful campaign that work on common prompts (assumed)."""


@dataclass(frozen=True)
class PromptSource:
    """Where accounts take their prompts from.

    Attributes:
        common: share of accounts that take them from where legitimate users do, 0 to 1.
        circle: the legitimate users among whom these templates circulate.
    """

    common: float = 0.0
    circle: str = FASHION

    def families(
        self, supply: Supply, rng: np.random.Generator, own: int, count: int
    ) -> npt.NDArray[np.int64]:
        """The family of templates of each of ``count`` accounts: ``own``, or the circle's."""
        theirs = rng.random(count) < self.common
        return np.where(theirs, supply.prompt_family(self.circle), own)
