"""A rule of one thing: one number, or one level of a category, for every account."""

from __future__ import annotations

from dataclasses import dataclass

from shamcrowd.benchmark.world_checks.audit.probe import Floats


@dataclass(frozen=True)
class Rule:
    """What a rule looks at.

    Attributes:
        name: what it is, by which a scenario can name it as a tell.
        values: one number per account, in the order of the accounts table, NaN where there is none;
            with ``levels`` the place of the account's level.
        levels: names of the levels of a category; () for a number.
    """

    name: str
    values: Floats
    levels: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What the rule is about: a column, or two kinds of events, of which it is one aggregate.

        >>> import numpy as np
        >>> Rule("requests.model, entropy, day max", np.empty(0)).subject
        'requests.model'
        """
        return self.name.partition(", ")[0].replace(" last ", " first ")
