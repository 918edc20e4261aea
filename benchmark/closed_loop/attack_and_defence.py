"""What a campaign took and lost, and what the defence did, added up: all that figures need.

Everything here can be written down by hand; `shamcrowd.benchmark.closed_loop.reading` makes it
from a recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    """One campaign of one recording, or several together.

    ``accounts`` it drove, ``burned`` of them suspended after an alert. ``tokens`` it took (input
    and output, served abusive requests), worth ``list_dollars`` at list price. ``spent`` US dollars
    for supply and to the platform, ``earned`` by resale and the like.
    ``tokens_before`` its first contact with a response (all if there was none), ``tokens_after``
    its last one. ``lags`` are hours from each loss to the account opened in its place.
    ``tokens_undefended`` is what the same campaign took in the open loop.
    """

    name: str
    tactic: str
    accounts: int
    burned: int
    tokens: int
    list_dollars: float
    spent: float
    earned: float
    tokens_before: int
    tokens_after: int
    lags: tuple[float, ...]
    tokens_undefended: int


@dataclass(frozen=True)
class Restored:
    """A wrongly suspended account: ``hours`` until it was let in, or watched for if ``never``."""

    hours: float
    never: bool


@dataclass(frozen=True)
class Defence:
    """The platform in one recording.

    ``minutes`` of staff time. ``innocents`` and ``banned`` count honest accounts, and those of them
    suspended after an alert, by segment. ``revenue`` is what honest people were charged (US
    dollars), ``revenue_undefended`` the same in the open loop. ``days`` is how long it played.
    """

    days: float
    minutes: float
    innocents: dict[str, int]
    banned: dict[str, int]
    restored: tuple[Restored, ...]
    revenue: float
    revenue_undefended: float


@dataclass(frozen=True)
class AttackAndDefence:
    """One recording."""

    attacks: tuple[Attack, ...]
    defence: Defence


def together(attacks: Sequence[Attack]) -> Attack:
    """Several campaigns as one.

    >>> one = Attack("a", "hydra", 2, 1, 10, 0.5, 3.0, 1.0, 4, 0, (1.0,), 20)
    >>> both = together([one, one])
    >>> both.tokens, both.spent, both.lags
    (20, 6.0, (1.0, 1.0))
    """
    return Attack(
        name="all",
        tactic=", ".join(dict.fromkeys(a.tactic for a in attacks)),
        accounts=sum(a.accounts for a in attacks),
        burned=sum(a.burned for a in attacks),
        tokens=sum(a.tokens for a in attacks),
        list_dollars=sum(a.list_dollars for a in attacks),
        spent=sum(a.spent for a in attacks),
        earned=sum(a.earned for a in attacks),
        tokens_before=sum(a.tokens_before for a in attacks),
        tokens_after=sum(a.tokens_after for a in attacks),
        lags=tuple(lag for a in attacks for lag in a.lags),
        tokens_undefended=sum(a.tokens_undefended for a in attacks),
    )
