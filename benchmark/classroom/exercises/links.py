"""Links: which accounts are under one control."""

from __future__ import annotations

from typing import Any

import numpy as np

from shamcrowd.benchmark.classroom.answers import GROUPS
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.benchmark.scoring.clustering import overlaps
from shamcrowd.recording.counting import counted


class Links(Exercise):
    """Group accounts by who controls them."""

    title = "Links"
    form = GROUPS
    text = """\
Accounts of one campaign need not share one thing: the first shares a device with the second, the
second a card with the third. **Put accounts that you take to be under one control into groups**:
give a number of a group for each of them, and leave the others out.

It is judged by B-cubed F1 over the accounts that are sham or that you grouped: how alike your
groups and the true campaigns are, seen from each account (Amigó et al., 2009)."""
    start = """\
def answer(log):
    accounts = log.accounts(["account", "device"]).set_index("account")
    return accounts["device"][:0]"""
    model = """\
def answer(log, most=20):
    used = log.activity(["account", "device", "card"])
    group = {account: account for account in log.accounts(["account"])["account"].tolist()}

    def find(account):
        while group[account] != account:
            account = group[account]
        return account

    for column in ("device", "card"):
        pairs = used[["account", column]].dropna().drop_duplicates()
        for _, members in pairs.groupby(column)["account"]:
            if len(members) <= most:
                first, *others = members.tolist()
                for other in others:
                    group[find(other)] = find(first)
    found = {account: find(account) for account in group}
    sizes = pd.Series(found).value_counts()
    return {account: root for account, root in found.items() if sizes[root] >= 4}"""
    because = """\
Connected components grow together as soon as one innocent thing links two groups: the limit of 20
accounts on a thing keeps gateways out, the limit of 4 keeps families out."""
    hints = (
        Hint(0.1, "Begin with one group for each device that several accounts share."),
        Hint(0.2, "Join groups that share a card. Union-find does it in a few lines."),
        Hint(0.2, "Things of very many accounts, and groups of two or three, are mostly innocent."),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """B-cubed F1 over sham and grouped accounts that count."""
        given = dict(answer)
        own = -1 - np.arange(len(case.account))
        group = np.array([given.get(int(a), -1 - n) for n, a in enumerate(case.account)])
        grouped = case.among(given)
        codes = np.unique(case.truth["campaign"].fillna("").to_numpy(str), return_inverse=True)[1]
        true = np.where(case.sham, codes, own)
        among = (grouped | case.sham) & case.counted
        if not among.any():
            return Judgement(0.0, ("There is nothing to compare.",))
        # A group of one's own may have any number: apart from those that were given.
        found = np.where(grouped, np.unique(group, return_inverse=True)[1], own)
        size, whole, both = overlaps(found[among], true[among])
        precision, recall = float((both / size).mean()), float((both / whole).mean())
        f1 = 2 * precision * recall / (precision + recall)
        said = [
            f"B-cubed precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.3f}.",
            f"{counted(int((grouped & ~case.sham & case.counted).sum()), 'legitimate account')} "
            "grouped.",
        ]
        if not given:
            return Judgement(0.0, ("You grouped no account.",))
        for name in sorted(set(case.truth["campaign"][case.sham & case.counted])):
            inside = (case.truth["campaign"] == name).to_numpy() & case.counted
            parts = len(set(found[inside & grouped].tolist()))
            said.append(
                f"{name}: {(inside & grouped).sum()} of {inside.sum()} grouped, in "
                f"{counted(parts, 'group')}."
            )
        return Judgement(f1, tuple(said))
