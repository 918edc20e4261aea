"""Forms of answers: what an exercise's function may give, as JSON, and what it is checked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UsageError

ACCOUNTS, SCORES, GROUPS, VALUES = "accounts", "scores", "groups", "values"
MOST_VALUES = 50
LONGEST = 200


class AnswerError(UsageError):
    """An answer that is not of the form that its exercise asks for."""


def as_json(answer: Any, form: str) -> Any:
    """An answer as JSON: a list of accounts, or pairs of account and number, or named values.

    Args:
        answer: what a function gave: a list, set, array or series of accounts; a dict or a series
            by account; `Findings`; a dict of values by name.
        form: `ACCOUNTS`, `SCORES`, `GROUPS` or `VALUES`.

    Raises:
        AnswerError: if it is nothing of the kind.

    >>> as_json({7: 0.5, 3: 1}, SCORES)
    [[3, 1.0], [7, 0.5]]
    >>> as_json(np.array([9, 4, 9]), ACCOUNTS)
    [4, 9]
    """
    if form == VALUES:
        return _values(answer)
    if hasattr(answer, "account") and hasattr(answer, "score") and form != ACCOUNTS:
        taken = answer.score if form == SCORES else answer.cluster
        if taken is None:
            raise AnswerError("the findings have no clusters")
        answer = dict(zip(np.asarray(answer.account), np.asarray(taken), strict=True))
    if form == ACCOUNTS:
        return _accounts(answer)
    items = answer.items() if hasattr(answer, "items") else None
    if items is None:
        raise AnswerError("give a number for each account: a dict or a series by account")
    pairs = sorted((_account(account), _number(value)) for account, value in items)
    if len({account for account, _ in pairs}) < len(pairs):
        raise AnswerError("an account is there twice")
    if form == GROUPS:
        return [[account, int(value)] for account, value in pairs]
    return [list(pair) for pair in pairs]


def check_known(answer: Any, form: str, case: Case) -> None:
    """Refuse an answer about accounts that the log does not have.

    Raises:
        AnswerError: with one of them.
    """
    if form == VALUES:
        return
    named = np.array([a if form == ACCOUNTS else a[0] for a in answer], np.int64)
    strange = named[~np.isin(named, case.account)]
    if len(strange):
        raise AnswerError(
            f"names {counted(len(strange), 'account')} that this log does not have, such as "
            f"{strange[0]}: is it an answer for another log?"
        )


def _accounts(answer: Any) -> list[int]:
    if isinstance(answer, str | Mapping) or not hasattr(answer, "__iter__"):
        raise AnswerError("give accounts: a list, a set, or a column of account ids")
    return sorted({_account(account) for account in answer})


def _account(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise AnswerError(f"{value!r:.60} is no account id; ids are whole numbers")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise AnswerError(f"{value!r:.60} is no number")
    if not math.isfinite(float(value)):
        raise AnswerError("a number is NaN or infinite")
    return float(value)


def _values(answer: Any) -> dict[str, float | str]:
    if not isinstance(answer, Mapping) or len(answer) > MOST_VALUES:
        raise AnswerError("give a dict of values by name")
    found: dict[str, float | str] = {}
    for name, value in answer.items():
        found[str(name)[:LONGEST]] = value[:LONGEST] if isinstance(value, str) else _number(value)
    return found
