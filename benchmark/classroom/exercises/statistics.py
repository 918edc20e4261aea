"""Statistics: how sure is a rate, and what is it worth where sham accounts are rare?"""

from __future__ import annotations

from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.answers import VALUES
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.benchmark.classroom.exercises.hurt import flagged

RARE = 0.001
Z = 1.959964
WRONG = 0.02
NAMES = ("recall", "low", "high", "fpr", "precision")


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927).

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    share, wide = found / of, Z * Z / of
    middle = (share + wide / 2) / (1 + wide)
    half = Z * float(np.sqrt(share * (1 - share) / of + wide / (4 * of))) / (1 + wide)
    return middle - half, middle + half


class Statistics(Exercise):
    """How sure, and where rare."""

    title = "How sure"
    form = VALUES
    with_truth = True
    text = """\
The same rule: flag every account whose sign-up device another account has too. Give

- `recall` (share of the sham accounts that are flagged) and its 95 % interval, `low` and `high`, by
  Wilson's formula for a share,
- `fpr`, the share of the legitimate accounts that are flagged,
- `precision`: on a platform where one account in a thousand is sham, and both rates are the same,
  which share of the flagged accounts would be sham?"""
    start = """\
def answer(log, truth):
    return {"recall": 0.0, "low": 0.0, "high": 0.0, "fpr": 0.0, "precision": 0.0}"""
    model = f"""\
def answer(log, truth):
    accounts = log.accounts(["account", "device"]).set_index("account")
    flagged = accounts.groupby("device")["device"].transform("size") > 1
    sham = truth.set_index("account")["campaign"].notna()
    flagged = flagged.reindex(sham.index)
    recall, fpr, n, z = flagged[sham].mean(), flagged[~sham].mean(), sham.sum(), {Z}
    middle = (recall + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(recall * (1 - recall) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    precision = {RARE} * recall / ({RARE} * recall + {1 - RARE} * fpr)
    return {{"recall": recall, "low": middle - half, "high": middle + half, "fpr": fpr,
            "precision": precision}}"""
    because = """\
The interval takes accounts to be independent, which accounts of one campaign are not: the true one
is
wider. And where sham accounts are rare, nearly everybody who is flagged is innocent, whatever the
recall."""
    hints = (
        Hint(0.1, "Precision by Bayes: p·recall / (p·recall + (1 − p)·fpr) with p = 0.001."),
        Hint(
            0.2,
            "Wilson: centre (r + z²/2n) / (1 + z²/n), z = 1.96; n is the number of sham accounts.",
        ),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """A fifth for each number, within two in a hundred of it."""
        flags = flagged(case).reindex(case.account).to_numpy(bool)
        found, sham = int(flags[case.sham].sum()), int(case.sham.sum())
        recall, fpr = found / sham, float(flags[~case.sham].mean())
        low, high = wilson(found, sham)
        precision = RARE * recall / (RARE * recall + (1 - RARE) * fpr) if found else 0.0
        true = dict(zip(NAMES, (recall, low, high, fpr, precision), strict=True))
        right = [
            n for n in NAMES
            if isinstance(answer.get(n), int | float)
            and abs(answer[n] - true[n]) <= WRONG * true[n]
        ]  # fmt: skip
        wrong = [n for n in NAMES if n not in right]
        said = [f"Right: {', '.join(right) or 'none'}."]
        if wrong:
            said.append(f"Not right, or not given: {', '.join(wrong)}.")
        return Judgement(len(right) / len(NAMES), tuple(said))
