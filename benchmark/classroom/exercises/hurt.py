"""Who is hurt: the false-positive rate by population."""

from __future__ import annotations

from typing import Any

import pandas as pd

from shamcrowd.benchmark.classroom.answers import VALUES
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.benchmark.scoring.segments import SMALLEST

WRONG = 0.005


def flagged(case: Case) -> pd.Series:
    """The rule of the exercise: by account, whether another one was opened on its device."""
    accounts = case.log.accounts(["account", "device"]).set_index("account")
    many: pd.Series = accounts.groupby("device")["device"].transform("size") > 1
    return many


class Hurt(Exercise):
    """Which population a rule hurts most."""

    title = "Who is hurt"
    form = VALUES
    with_truth = True
    text = f"""\
A platform flags every account whose sign-up device another account has too. **Which population of
legitimate accounts does that hit hardest, and what share of it?**

`truth` has a row per account: `segment` is the population of a legitimate account, and `campaign`
is missing for legitimate ones. Leave out populations with fewer than {SMALLEST} legitimate
accounts: of a few people a rate says nothing. Give the name and the share, 0 to 1."""
    start = """\
def answer(log, truth):
    accounts = log.accounts(["account", "device"])
    return {"segment": "", "rate": 0.0}"""
    model = f"""\
def answer(log, truth):
    accounts = log.accounts(["account", "device"]).set_index("account")
    flagged = accounts.groupby("device")["device"].transform("size") > 1
    legitimate = truth[truth["campaign"].isna()].set_index("account")
    by_segment = flagged.reindex(legitimate.index).groupby(legitimate["segment"])
    rates = by_segment.mean()[by_segment.size() >= {SMALLEST}]
    return {{"segment": rates.idxmax(), "rate": rates.max()}}"""
    because = """\
The mean false-positive rate is low, and nobody is hurt by a mean. A rule is judged by the
population that it hits hardest: ask teams whether they would defend it there."""
    hints = (
        Hint(0.1, "Legitimate accounts are those without a campaign: `truth['campaign'].isna()`."),
        Hint(0.2, "The mean of a column of True and False is a rate; take it by `segment`."),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """Half for the name, half for the rate within half a point."""
        legitimate = case.truth[~case.sham].set_index("account")
        by_segment = (
            flagged(case).reindex(legitimate.index).groupby(legitimate["segment"].astype(str))
        )
        rates = by_segment.mean()[by_segment.size() >= SMALLEST]
        worst, name, rate = float(rates.max()), answer.get("segment"), answer.get("rate")
        right_name = name in set(rates.index[rates >= worst - 1e-12])
        right_rate = isinstance(rate, int | float) and abs(float(rate) - worst) <= WRONG
        said = [
            "The population is right." if right_name else f"{name!r} is not the one hit hardest.",
            "So is its rate." if right_rate and right_name else
            "The rate is right." if right_rate else
            "The rate is not: count legitimate accounts alone, of one population.",
        ]  # fmt: skip
        return Judgement(0.5 * right_name + 0.5 * right_rate, tuple(said))
