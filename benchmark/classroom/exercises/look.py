"""Look: the accounts that share the most common device."""

from __future__ import annotations

from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.answers import ACCOUNTS
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.recording.counting import counted


class Look(Exercise):
    """The largest group of accounts with one device."""

    title = "Look"
    form = ACCOUNTS
    text = """\
`log.accounts()` has a row per account, with what was given at sign-up. Accounts that were opened on
the same machine have the same `device`.

**Which device was used to open the most accounts?** Give these accounts. Where several devices have
equally many, any one of them will do.

Then look at them before you go on: `log.accounts().query("device == ...")`. Are they sham?"""
    start = """\
def answer(log):
    accounts = log.accounts(["account", "device"])
    return accounts["account"][:0]"""
    model = """\
def answer(log):
    accounts = log.accounts(["account", "device"])
    most_common = accounts["device"].value_counts().index[0]
    return accounts["account"][accounts["device"] == most_common]"""
    because = """\
The answer needs no truth. The question behind it does: the largest group is as often a class on the
computers of its school as a farm. Have teams compare what they got, as each has another world."""
    hints = (
        Hint(0.1, "`accounts['device'].value_counts()` counts accounts by device, largest first."),
        Hint(0.3, "`.index[0]` of these counts is the device; select the rows that have it."),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """The share of the right accounts less wrong ones, against the nearest largest group."""
        accounts = case.log.accounts(["account", "device"])
        counts = accounts["device"].value_counts()
        largest = counts.index[counts == counts.iloc[0]]
        named = set(answer)
        groups = [set(accounts["account"][accounts["device"] == d].tolist()) for d in largest]
        right = max(groups, key=lambda group: len(group & named))
        missed, extra = len(right - named), len(named - right)
        said = [f"The most common device has {counted(len(right), 'account')}."]
        if missed:
            said.append(f"Your answer lacks {missed} of them.")
        if extra:
            said.append(
                f"{counted(extra, 'account')} in it {'has' if extra == 1 else 'have'} another."
            )
        share = len(right & named) - extra
        return Judgement(float(np.clip(share / len(right), 0, 1)), tuple(said))
