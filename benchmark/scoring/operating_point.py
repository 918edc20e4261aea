"""The operating point: the threshold above which a score flags an account.

It is set on calibration seeds, which are never scored. A threshold chosen on the data that it is
measured on would give figures that cannot be reached on new data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.errors import UsageError

ALERT_RATE = 0.01
"""Share of legitimate accounts that may be flagged by the end of a recording."""


def operating_point(
    legitimate_scores: Sequence[npt.NDArray[np.float64]], rate: float = ALERT_RATE
) -> float:
    """The lowest threshold that flags at most ``rate`` of legitimate accounts, over all seeds.

    An account is flagged if its score is *above* the threshold.

    >>> operating_point([np.arange(100.0), np.arange(100.0)], 0.01)
    98.0
    """
    scores = np.concatenate([*legitimate_scores, np.empty(0)])
    if not len(scores):
        return np.inf
    # 0.29 * 100 is 28.999999999999996.
    allowed = int(np.floor(rate * len(scores) + 1e-9))
    return float(np.sort(scores)[::-1][min(allowed, len(scores) - 1)])


@dataclass(frozen=True)
class CalibrationSeed:
    """What a threshold is set on: one recording.

    Attributes:
        score: shape (n,), the largest score that each account ever had.
        sham: shape (n,), which accounts are sham.
        days: length of the recording.
    """

    score: npt.NDArray[np.float64]
    sham: npt.NDArray[np.bool_]
    days: float


RULES = {
    "alerts-a-day": "at most {:g} alerts a day",
    "cost-ratio": "least cost, where a missed sham account costs {:g} times a false alarm",
    "precision": "as many alerts as are right with an expected precision of {:.0%}",
}
"""Ways to set an operating point other than by an alert rate."""


@dataclass(frozen=True)
class OperatingRule:
    """How operating points are set on calibration seeds.

    Attributes:
        alert_rate: share of legitimate accounts that may be flagged, where there is no other rule.
        kind: one of `RULES`; "" for the alert rate.
        value: its number.
    """

    alert_rate: float = ALERT_RATE
    kind: str = ""
    value: float = 0.0

    @classmethod
    def of(cls, alert_rate: float, text: str) -> OperatingRule:
        """The rule of a text such as ``alerts-a-day=20``; "" for the alert rate.

        Raises:
            UsageError: if it is none.

        >>> OperatingRule.of(0.01, "cost-ratio=10").words
        'least cost, where a missed sham account costs 10 times a false alarm'
        >>> OperatingRule.of(0.01, "").words
        'flags 1 % of legitimate accounts'
        """
        if not text:
            return cls(alert_rate)
        kind, _, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = float("nan")
        if kind not in RULES or not isfinite(value) or value <= 0 or (
            kind == "precision" and value > 1
        ):  # fmt: skip
            raise UsageError(
                f"operating point {text!r}: must be alerts-a-day=N, cost-ratio=N or precision=P, "
                "with N above 0 and P above 0, at most 1"
            )
        return cls(alert_rate, kind, value)

    @property
    def words(self) -> str:
        """What is asked of the calibration seeds."""
        if self.kind:
            return RULES[self.kind].format(self.value).replace("%", " %")
        return f"flags {self.alert_rate * 100:g} % of legitimate accounts"

    def threshold(self, seeds: Sequence[CalibrationSeed]) -> float:
        """The lowest threshold that keeps the rule over all seeds; infinite if none does.

        >>> one = CalibrationSeed(np.array([4.0, 3.0, 2.0, 1.0]), np.array([1, 0, 1, 0]) > 0, 2.0)
        >>> [OperatingRule.of(0.01, rule).threshold([one]) for rule in
        ...  ("alerts-a-day=1", "cost-ratio=10", "cost-ratio=0.5", "precision=0.6", "precision=1")]
        [2.0, 1.0, 3.0, 1.0, 3.0]
        """
        if not self.kind:
            return operating_point([one.score[~one.sham] for one in seeds], self.alert_rate)
        score = np.concatenate([*(one.score for one in seeds), np.empty(0)])
        if not len(score):
            return np.inf
        sham = np.concatenate([one.sham for one in seeds])
        order = np.argsort(-score, kind="stable")
        score, caught = score[order], np.cumsum(sham[order])
        # Flagged are the first k, where no tie is cut; k from none to all.
        many = np.flatnonzero(np.append(np.diff(score) != 0, True)) + 1
        right = caught[many - 1]
        if self.kind == "alerts-a-day":
            fit = many <= self.value * sum(one.days for one in seeds) + 1e-9
        elif self.kind == "precision":
            fit = right >= self.value * many - 1e-9
        else:
            cost = self.value * (caught[-1] - right) + (many - right)
            fit = (cost == cost.min()) & (cost < self.value * caught[-1])
            fit[np.argmax(fit) + 1 :] = False
        if not fit.any():
            return np.inf
        k = int(many[np.flatnonzero(fit)[-1]])
        return float(score[k]) if k < len(score) else float(np.nextafter(score[-1], -np.inf))
