"""Totals of attack and defence in one recording, from which all figures are computed.

`shamcrowd.benchmark.closed_loop.reading` makes them from a recording; tests write them by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.scoring.segments import SMALLEST


@dataclass(frozen=True)
class Attack:
    """Totals of one campaign of one recording, or of several campaigns together.

    Attributes:
        name: the campaign, or ``all``.
        tactic: its tactic; several are separated by commas.
        accounts: number of accounts that it controlled.
        burned: number of these that were suspended after an alert.
        tokens: input and output tokens of its served abusive requests.
        list_dollars: list price of these tokens, US dollars.
        spent: US dollars paid for supply and to the platform.
        earned: US dollars earned, by resale for example.
        tokens_before: tokens taken before its first contact with a response; all of them if there
            was no contact.
        tokens_after: tokens taken after its last contact; 0 if there was none.
        lags: hours from the loss of an account to the sign-up that replaced it, for each loss that
            was replaced.
        tokens_undefended: tokens that the same campaign took in the open loop.
        lives: hours from the sign-up of each account (or from its takeover) to its suspension after
            an alert, for each that was suspended.
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
    lives: tuple[float, ...] = ()


@dataclass(frozen=True)
class Restored:
    """A wrongly suspended account.

    Attributes:
        hours: from the suspension to the reinstatement, or to the recording's end if ``never``.
        never: True if the account was not reinstated.
    """

    hours: float
    never: bool


@dataclass(frozen=True)
class Defence:
    """Totals of the platform in one recording.

    Attributes:
        days: length of the recording.
        minutes: staff time spent on alerts and appeals.
        legitimate: number of legitimate accounts by segment.
        banned: number of these that were suspended after an alert, by segment.
        hurt: number of legitimate accounts that were suspended after an alert, or of which a lever
            or a rule at sign-up refused something, by segment.
        refused: number of legitimate accounts of which a lever or rule refused something.
        stopped: number of accounts of campaigns of which one did.
        moved_away: hours until each lever refused the last account of a campaign.
        restored: one entry for each legitimate account suspended after an alert.
        revenue: US dollars charged to legitimate accounts, less refunds and chargebacks.
        revenue_undefended: the same in the open loop.
    """

    days: float
    minutes: float
    legitimate: dict[str, int]
    banned: dict[str, int]
    restored: tuple[Restored, ...]
    revenue: float
    revenue_undefended: float
    hurt: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    stopped: int = 0
    moved_away: tuple[float, ...] = ()

    def share(self, some: dict[str, int]) -> float:
        """Share of legitimate accounts that ``some``, a number by segment, are of.

        Raises:
            NotMeasurableError: if there is no legitimate account.
        """
        if not (total := sum(self.legitimate.values())):
            raise NotMeasurableError("no honest account")
        return sum(some.values()) / total

    def largest_share(self, some: dict[str, int]) -> float:
        """The same of the segment where it is largest; small ones are left out.

        Raises:
            NotMeasurableError: if no segment has `SMALLEST` legitimate accounts.
        """
        large = {s: n for s, n in self.legitimate.items() if n >= SMALLEST}
        if not large:
            raise NotMeasurableError(f"no segment with {SMALLEST} honest accounts")
        return max(some.get(s, 0) / n for s, n in large.items())


@dataclass(frozen=True)
class AttackAndDefence:
    """Totals of one recording: every campaign, and the platform."""

    attacks: tuple[Attack, ...]
    defence: Defence


def together(attacks: Sequence[Attack]) -> Attack:
    """Totals of several campaigns as those of one named ``all``.

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
        lives=tuple(hours for a in attacks for hours in a.lives),
    )
