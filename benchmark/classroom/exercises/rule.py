"""A rule: name sham accounts, where wrong accusations cost."""

from __future__ import annotations

from typing import Any

from shamcrowd.benchmark.classroom.answers import ACCOUNTS
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.benchmark.classroom.exercises.wording import missed_and_accused

WRONG = 0.25
"""What a wrong accusation takes away, of a find (assumed)."""


class NamingRule(Exercise):
    """Name sham accounts by a rule."""

    title = "A rule"
    form = ACCOUNTS
    text = """\
Write a rule that names the sham accounts. Each one that you find counts one, and every four
legitimate accounts that you accuse take one away. Your share of the points is what is left, out of
all sham accounts there are.

`log.accounts()` has what was given at sign-up, `log.activity()` what accounts did besides requests,
with the `device` or `card` that they used, and `log.requests()` their requests, with a `sketch` of
each prompt: prompts made from one template have the same."""
    start = """\
def answer(log):
    accounts = log.accounts(["account", "device"])
    return accounts["account"][:0]"""
    model = """\
def answer(log, most=20):
    used = log.activity(["account", "device", "card"])
    asked = log.requests(["account", "sketch"])
    signs = pd.Series(0, log.accounts(["account"])["account"])
    for table, column, more_than in ((used, "card", 1), (used, "device", 2), (asked, "sketch", 1)):
        pairs = table[["account", column]].dropna().drop_duplicates()
        size = pairs.groupby(column)["account"].transform("size")
        shared = pairs["account"][(size > more_than) & (size <= most)].unique()
        signs[shared] += 1
    # One sign is often chance; two seldom are.
    return signs.index[signs >= 2]"""
    because = """\
What a farm's accounts share costs it money: devices, cards, prompts that somebody has to write. Any
one of them is shared by innocent people too; two at once seldom are. The limit of 20
accounts keeps out what everybody shares."""
    hints = (
        Hint(
            0.1, "How many accounts used each card? `log.activity(['account', 'card']).dropna()`."
        ),
        Hint(0.2, "Count signs: a card, a device, a prompt that a few other accounts have too."),
        Hint(0.3, "Name accounts with two signs of three; what more than 20 share is no sign."),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """Found less a part of those accused, of all sham accounts that count."""
        named = case.among(answer)
        right = (named & case.sham & case.counted).sum()
        wrong = (named & ~case.sham & case.counted).sum()
        sham = max(int((case.sham & case.counted).sum()), 1)
        return Judgement(
            max(float(right - WRONG * wrong), 0.0) / sham, missed_and_accused(case, named)
        )
