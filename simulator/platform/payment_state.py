"""How the accounts of a shard pay at present: growing arrays by local account number."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.lifecycle.card_changes import MOST
from shamcrowd.simulator.lifecycle.payers import SPARES, Payers
from shamcrowd.simulator.lifecycle.retention import SPELLS

Locals = npt.NDArray[np.int64]
"""Local numbers of accounts."""
FREE, SUBSCRIBED, PREPAID, INVOICED, CONTRACT = range(5)
"""Ways to pay: not at all (a trial, or a former customer), a subscription, prepaid credit, monthly
invoices in arrears on a card, monthly invoices that a firm pays by bank transfer."""

_BLANKS: dict[str, tuple[Any, Any]] = {
    "way": (np.int8, FREE),
    "price": (np.float64, 0.0),
    "months": (np.int8, 1),
    "top_up": (np.float64, 0.0),
    "automatic": (np.bool_, False),
    "anchor": (np.int64, 0),
    "period": (np.int16, 0),
    "due": (np.int64, NEVER),
    "tries": (np.int8, 0),
    "ending": (np.bool_, False),
    "review": (np.int64, NEVER),
    "decision": (np.int8, 0),
    "decide_at": (np.int64, NEVER),
    "convert_at": (np.int64, NEVER),
    "expires": (np.int64, NEVER),
}
_PAYERS: dict[str, tuple[Any, Any, int]] = {
    "use": (np.float64, 0.0, 0),
    "tax": (np.float64, 0.0, 0),
    "converts": (np.bool_, False, 0),
    "spare": (np.int32, -1, SPARES),
    "granted": (np.int64, NEVER, 0),
    "card_since": (np.int64, NEVER, 0),
    "cards": (np.int32, -1, MOST),
    "cards_from": (np.int64, NEVER, MOST),
    "begin": (np.int64, NEVER, SPELLS),
    "end": (np.int64, NEVER, SPELLS),
}


class PaymentState:
    """State of payment of every account of a shard; arrays of equal length.

    Attributes:
        payers: the owners, see `Payers`.
        way: index of the way to pay.
        price: monthly price of the tier, US dollars; 0 without a subscription.
        months: months that a charge of the subscription pays for: 1 or 12.
        top_up: prepaid credit bought at a time, US dollars.
        automatic: credit is bought automatically.
        anchor: the first charge, whose anniversaries are the next ones, ms.
        period: months from the anchor to the next invoice.
        due: the next charge, or the next try of a declined one, ms; NEVER: none.
        tries: declined tries of the present charge.
        ending: cancelled; served until ``due``, when nothing is charged.
        review: when the next month of the customer's life begins, ms.
        decision: what this month brings, see `plan_changes`.
        decide_at: when, ms.
        convert_at: when he becomes a paying customer, ms; NEVER: not planned.
        expires: when the trial credit expires, ms.
    """

    way: npt.NDArray[np.int8]
    price: npt.NDArray[np.float64]
    months: npt.NDArray[np.int8]
    top_up: npt.NDArray[np.float64]
    automatic: npt.NDArray[np.bool_]
    anchor: Millis
    period: npt.NDArray[np.int16]
    due: Millis
    tries: npt.NDArray[np.int8]
    ending: npt.NDArray[np.bool_]
    review: Millis
    decision: npt.NDArray[np.int8]
    decide_at: Millis
    convert_at: Millis
    expires: Millis

    def __init__(self) -> None:
        for name, (kind, _) in _BLANKS.items():
            setattr(self, name, np.empty(0, kind))
        self.payers = Payers(**{name: _blank(0, *each) for name, each in _PAYERS.items()})

    def __len__(self) -> int:
        return len(self.way)

    def grow(self, count: int) -> None:
        """Extend the arrays to ``count`` accounts that pay nothing."""
        more = count - len(self)
        if more <= 0:
            return
        for name, (kind, blank) in _BLANKS.items():
            setattr(self, name, np.concatenate([getattr(self, name), np.full(more, blank, kind)]))
        whole = vars(self.payers)
        self.payers = Payers(
            **{
                name: np.concatenate([whole[name], _blank(more, *each)])
                for name, each in _PAYERS.items()
            }
        )

    def note(self, at: Locals, payers: Payers) -> None:
        """Set who owns the accounts ``at``."""
        for name, values in vars(self.payers).items():
            values[at] = getattr(payers, name)

    @property
    def monthly(self) -> npt.NDArray[np.float64]:
        """Expected use of each account at list price, US dollars a month."""
        monthly: npt.NDArray[np.float64] = self.payers.use * 30.4
        return monthly

    def leave(self, at: Locals) -> None:
        """Let accounts pay for nothing any more."""
        for name in (
            "way", "price", "due", "tries", "ending", "review", "decision", "decide_at",
            "convert_at", "expires", "automatic",
        ):  # fmt: skip
            getattr(self, name)[at] = _BLANKS[name][1]


def _blank(count: int, kind: Any, value: Any, wide: int) -> npt.NDArray[Any]:
    return np.full((count, wide) if wide else count, value, kind)
