"""Features: a score for every account."""

from __future__ import annotations

from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.answers import SCORES
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.benchmark.classroom.exercises.wording import missed_and_accused
from shamcrowd.benchmark.scoring.precision_curve import average_precision


def score_of(answer: Any, case: Case) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The scores of an answer by account; an account that it leaves out has the lowest."""
    given = dict(answer)
    lowest = min(given.values(), default=0.0)
    return np.array([given.get(int(account), lowest - 1.0) for account in case.account])


def above_chance(answer: Any, case: Case) -> float:
    """Average precision over the accounts that count: 0 at chance or below, 1 at best."""
    sham = case.sham[case.counted]
    if not sham.any():
        return 0.0
    chance = float(sham.mean())
    reached = average_precision(sham, score_of(answer, case)[case.counted])
    return max((reached - chance) / (1 - chance), 0.0)


class Features(Exercise):
    """Order accounts by features."""

    title = "Features"
    form = SCORES
    text = """\
Give every account a number; higher is more suspicious. Make it from several features: how many
accounts share its device, its cards and its address, how soon after sign-up it sends requests, how
its requests differ from those of others.

It is judged by **average precision**, corrected for chance: 0 for random numbers, 1 if every sham
account comes before every legitimate one."""
    start = """\
def answer(log):
    accounts = log.accounts(["account", "device"]).set_index("account")
    return 0 * accounts.groupby("device")["device"].transform("size")"""
    model = """\
def answer(log, most=20):
    accounts = log.accounts(["account"])["account"]
    used = log.activity(["account", "device", "card"])
    asked = log.requests(["account", "sketch"])
    score = pd.Series(0.0, accounts)
    for table, column in ((used, "device"), (used, "card"), (asked, "sketch")):
        pairs = table[["account", column]].dropna().drop_duplicates()
        shared = pairs.groupby(column)["account"].transform("size")
        # What more accounts have belongs to a school, a gateway, everybody.
        shared = shared[shared <= most].groupby(pairs["account"]).max()
        score += np.log(shared).reindex(score.index).fillna(0)
    return score"""
    because = """\
Weak features add up where they fail for different reasons: a campaign with a device for each
account may use the same cards, and one with fresh cards the same prompts."""
    hints = (
        Hint(0.1, "Logarithms of counts add up better than counts."),
        Hint(
            0.2,
            "Prompts of a campaign are alike: `sketch` of `log.requests()` is a hash of the "
            "prompt.",
        ),
        Hint(
            0.2, "Weigh what seldom is shared innocently: a device or a card more than an address."
        ),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """Chance-corrected average precision."""
        score, counts = score_of(answer, case), case.counted
        many = int((case.sham & counts).sum())
        order = np.lexsort((case.account, -np.where(counts, score, -np.inf)))
        first = np.zeros(len(score), bool)
        first[order[:many]] = True
        reached = above_chance(answer, case)
        said = (
            f"Average precision, corrected for chance: {reached:.3f}.",
            f"Of the first {many} accounts, as many as are sham:",
            *missed_and_accused(case, first & counts),
        )
        return Judgement(reached, said)
