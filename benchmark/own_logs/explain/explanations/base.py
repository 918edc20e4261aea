"""What an innocent explanation is: questions to the log, and when an answer speaks for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from shamcrowd.benchmark.own_logs.explain.model import Number, Point, Section, Side, Unit
from shamcrowd.benchmark.own_logs.explain.queries import Questions
from shamcrowd.benchmark.own_logs.explain.things import is_recorded

GROUP = "semi join members using (account)"
"""Keeps the rows of the group, after a table with a column ``account``."""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        label: what is measured.
        sql: the query of the group's value; null where there is nothing to measure.
        speaks_for: the value from which on it speaks for the explanation.
        speaks_against: the value from which on it speaks against it. If it is below
            ``speaks_for``, high values speak for the explanation, else low ones.
        unit: how the value is shown.
        everybody: the query of the same among all accounts, to compare with; "" if there is none.
        needs: columns that must be recorded, as ``table.column``.
    """

    label: str
    sql: str
    speaks_for: float
    speaks_against: float
    unit: Unit = "share"
    everybody: str = ""
    needs: tuple[str, ...] = ()

    def side(self, value: float | None) -> Side:
        """What an answer does.

        >>> Question("", "", speaks_for=0.5, speaks_against=0.1).side(0.5)
        'for'
        >>> Question("", "", speaks_for=2, speaks_against=5).side(5)
        'against'
        """
        if value is None:
            return "neither"
        sign = 1 if self.speaks_for >= self.speaks_against else -1
        if sign * value >= sign * self.speaks_for:
            return "for"
        return "against" if sign * value <= sign * self.speaks_against else "neither"

    @property
    def rule(self) -> str:
        """When it speaks for the explanation, and when against it."""
        first, last = self._shown(self.speaks_for), self._shown(self.speaks_against)
        if self.speaks_for >= self.speaks_against:
            return f"for it from {first} on, against it up to {last}"
        return f"for it up to {first}, against it from {last} on"

    def _shown(self, value: float) -> str:
        return f"{100 * value:g} %" if self.unit == "share" else f"{value:g}"


class Explanation(ABC):
    """An innocent explanation. Its thresholds are assumed.

    Attributes:
        title: as a heading.
        ask_next: what to ask or look for to settle it.
    """

    title: ClassVar[str]
    ask_next: ClassVar[str]

    @abstractmethod
    def questions(self) -> Sequence[Question]:
        """What to ask the log; ``members`` holds the accounts of the group."""


def looked_for(
    name: str, explanation: Explanation, questions: Questions,
    not_recorded: Mapping[str, Sequence[str]],
) -> Section:  # fmt: skip
    """The section of one explanation."""
    points = tuple(_points(explanation, questions, not_recorded))
    sides = [point.side for point in points]
    said = ", ".join(
        f"{sides.count(side)} {side}"
        for side in ("for", "against", "neither", "not recorded")
        if side in sides
    )
    doc = " ".join((type(explanation).__doc__ or "").split("\n\n")[0].split())
    return Section(name, explanation.title, (doc, f"Points: {said}."), points=points)


def _points(
    explanation: Explanation, questions: Questions, not_recorded: Mapping[str, Sequence[str]]
) -> Iterator[Point]:
    for one in explanation.questions():
        lacking = [c for c in one.needs if not is_recorded(c, not_recorded)]
        if lacking:
            missing = Number(one.label, None, one.unit, "", f"not recorded: {', '.join(lacking)}")
            yield Point(missing, None, one.rule, "not recorded")
            continue
        number = questions.number(one.label, one.unit, one.sql)
        value = number.value
        side = one.side(float(value) if isinstance(value, int | float) else None)
        everybody = (
            questions.number(f"{one.label}: all accounts", one.unit, one.everybody)
            if one.everybody
            else None
        )
        yield Point(number, everybody, one.rule, side)


Quantifier = Literal["group", "all"]


def share_of_accounts(condition: str, whose: Quantifier = "group") -> str:
    """The query of the share of accounts of which a condition on a row of ``accounts`` holds.

    >>> share_of_accounts("sign_in = 'sso'", "all")
    "select avg(cast(coalesce(sign_in = 'sso', false) as integer)) from accounts"
    """
    of = f" {GROUP}" if whose == "group" else ""
    return f"select avg(cast(coalesce({condition}, false) as integer)) from accounts{of}"


def share_of_requests(condition: str, whose: Quantifier = "group", joined: str = "") -> str:
    """The query of the share of requests of which a condition holds."""
    of = f" {GROUP}" if whose == "group" else ""
    return f"select avg(cast(coalesce({condition}, false) as integer)) from requests{joined}{of}"


def share_of_kind(kind: str, whose: Quantifier = "group") -> str:
    """The query of the share of requests that came from addresses of a kind."""
    return share_of_requests(f"kind = '{kind}'", whose, " join addresses using (address)")


ADDRESS_KIND = ("requests.address", "addresses.kind")
OWN_DEVICE = (
    "select avg(cast(own as integer)) from (select account, bool_or(many = 1) as own from ("
    "select account, count(*) over (partition by thing) as many from uses "
    f"{GROUP} where kind = 'device') group by account)"
)
"""The share of accounts of the group with a device that no other account of the group uses."""
DEVICES = ("accounts.device",)
OFFICE_HOURS = (
    "isodow(time + to_minutes(utc_offset)) < 6 and hour(time + to_minutes(utc_offset)) "
    "between 8 and 17"
)
"""From 8 to 18 o'clock on a working day, by the owner's clock."""
