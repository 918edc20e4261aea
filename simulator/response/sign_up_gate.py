"""Refuses sign-ups: by levers on what they come through, by limits, and credit by its terms.

A refused sign-up leaves a row of ``accounts`` and nothing else in the log, like one that its owner
abandons. Whose it is makes no difference; what follows does: some people come back another way, and
campaigns learn that the account was not opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_MINUTE, NEVER
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.core.streams import Streams, Uniforms, uniform_by_id
from shamcrowd.simulator.response.account_records import HONEST, AccountRecords, Places, Times
from shamcrowd.simulator.response.things import names_of

if TYPE_CHECKING:
    from shamcrowd.simulator.response.levers import Levers
    from shamcrowd.simulator.response.policy import ResponsePolicy
    from shamcrowd.simulator.response.sign_up_rules import SignUpLimit
    from shamcrowd.simulator.supply.store import Supply

ADDED = 20 * MS_PER_MINUTE
"""Longest time from a sign-up to the card that it is asked for, ms (assumed)."""
AT_SIGN_UP = ("block", "network", "mail-domain")
"""Kinds of levers that refuse sign-ups."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Refused:
    """n sign-ups that did not go through; arrays of shape (n,).

    Attributes:
        place: places in `AccountRecords`.
        until: when its owner completes it another way, ms; NEVER.
        lever: whether a lever refused it; otherwise a rule that holds for everybody.
        credit: whether it was opened, and only the credit withheld.
        left: whether a legitimate owner left when asked for a card or phone.
        shown: places of those who added a card for the credit.
        added: when they did, ms.
    """

    place: Places
    until: Times
    lever: Mask
    credit: Mask
    left: Mask
    shown: Places
    added: Times


class SignUpGate:
    """Decides about the sign-ups of each slice, in order of time.

    Args:
        policy: limits, and the terms of credit.
        levers: levers in force.
        records: all accounts.
        supply: all things.
        streams: random streams; each account has its own luck.
    """

    def __init__(
        self, policy: ResponsePolicy, levers: Levers, records: AccountRecords, supply: Supply,
        streams: Streams,
    ) -> None:  # fmt: skip
        self._policy = policy
        self._levers = levers
        self._records = records
        self._limits = [_Counted(limit, supply) for limit in policy.limits]
        self._streams = streams

    def refuse(self, begin: int, end: int) -> Refused:
        """Decide about sign-ups in [begin, end), ms."""
        records = self._records
        places = np.flatnonzero((records.created >= begin) & (records.created < end))
        places = places[np.lexsort((records.account[places], records.created[places]))]
        ids = {name: column[places] for name, column in records.things.items()}
        created = records.created[places]
        passes = self._levers.passing(AT_SIGN_UP, ids, created)
        lever = self._luck("lever", places) >= passes
        limited = np.zeros(len(places), np.bool_)
        for limit in self._limits:
            limited |= limit.over(ids, created, ~lever)
        honest = records.driver(places, created) == HONEST
        shut = lever | limited
        least, most = self._policy.refused.wait
        wait = least + self._luck("wait", places) * (most - least)
        returns = honest & (self._luck("returns", places) < self._policy.refused.returns)
        until = np.where(shut & returns, created + wait.astype(np.int64), NEVER)
        asked, lacks, leaves = self._asked(places, ids, created, honest)
        asked &= ~shut
        credit = asked & (lacks | leaves)
        terms = self._policy.credit
        card = terms is not None and terms.after == "card"
        shown = np.flatnonzero(asked & ~credit & card)
        after = self._luck("added", places[shown]) * ADDED
        out = np.flatnonzero(shut | credit)
        return Refused(
            places[out], until[out], lever[out], credit[out], (credit & leaves)[out],
            places[shown], created[shown] + after.astype(np.int64),
        )  # fmt: skip

    def _asked(
        self,
        places: Places,
        ids: dict[str, npt.NDArray[np.int32]],
        created: Times,
        honest: Mask,
    ) -> tuple[Mask, Mask, Mask]:
        """Who is asked for a card or phone, who has none that works, and who leaves instead."""
        terms, nobody = self._policy.credit, np.zeros(len(places), np.bool_)
        if terms is None:
            return nobody, nobody, nobody
        asked = self._records.plan[places] == TRIAL
        lacks = ids[terms.after] < 0
        if terms.after == "card":
            # A card is checked like a charge.
            success = self._levers.passing(("bin",), ids, created)
            success *= self._records.charge_success[places]
            lacks |= self._luck("declined", places) >= success
        leaves = honest & (self._luck("credit", places) < terms.leave)
        return asked, lacks, leaves

    def _luck(self, what: str, places: Places) -> Uniforms:
        return uniform_by_id(
            self._records.account[places], self._streams.key(f"response/sign-up/{what}")
        )


class _Counted:
    """Counts sign-ups with one kind of thing in windows of fixed length."""

    def __init__(self, limit: SignUpLimit, supply: Supply) -> None:
        self._limit = limit
        self._supply = supply
        self._window = -1
        self._used: dict[str, int] = {}

    def over(self, ids: dict[str, npt.NDArray[np.int32]], created: Times, counts: Mask) -> Mask:
        """Which of n sign-ups, in order of time, come after ``most`` others in their window.

        Those that do not count (``counts``) were refused before.
        """
        per = self._limit.per
        names = (
            names_of(self._supply, "block", ids["address"])
            if per == "block"
            else [str(i) for i in ids[per].tolist()]
        )
        over = np.zeros(len(created), np.bool_)
        for i, window in enumerate((created // self._limit.within).tolist()):
            if window != self._window:
                self._window, self._used = window, {}
            if counts[i]:
                number = self._used[names[i]] = self._used.get(names[i], 0) + 1
                over[i] = number > self._limit.most
        return over
