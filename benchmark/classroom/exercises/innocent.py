"""Its harm: who of the accounts that share a device or an address is innocent."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.classroom.answers import ACCOUNTS
from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.exercises.base import Exercise, Hint, Judgement
from shamcrowd.benchmark.classroom.exercises.wording import groups_of
from shamcrowd.recording.counting import counted

TOGETHER = 3


def suspects(case: Case) -> npt.NDArray[np.bool_]:
    """Accounts that share the device or address of their sign-up with `TOGETHER` or more."""
    accounts = case.log.accounts(["account", "device", "address"])
    on_device, on_address = (
        accounts.groupby(c)["account"].transform("size").to_numpy() for c in ("device", "address")
    )
    many = np.maximum(on_device, on_address)
    return case.among(accounts["account"][many >= TOGETHER])


class Innocent(Exercise):
    """Name the innocent among accounts that share something."""

    title = "Its harm"
    form = ACCOUNTS
    text = f"""\
Take all accounts whose sign-up device or sign-up address at least {TOGETHER} accounts have. Some
are sham, others are classes, offices, families, people behind one gateway.

**Name those of them that are innocent.** Your share of the points is the share of the innocent that
you name, less the share of the sham accounts among them that you let go."""
    start = f"""\
def answer(log):
    accounts = log.accounts(["account", "device", "address"])
    on_device = accounts.groupby("device")["account"].transform("size")
    on_address = accounts.groupby("address")["account"].transform("size")
    together = accounts[(on_device >= {TOGETHER}) | (on_address >= {TOGETHER})]
    return together["account"][:0]"""
    model = f"""\
def answer(log):
    accounts = log.accounts(["account", "device", "address"])
    on_device = accounts.groupby("device")["account"].transform("size")
    on_address = accounts.groupby("address")["account"].transform("size")
    together = accounts[(on_device >= {TOGETHER}) | (on_address >= {TOGETHER})]
    # People behind one gateway share its address and have devices of their own.
    return together["account"][on_device.loc[together.index] < {TOGETHER}]"""
    because = """\
An address is shared by everybody behind a gateway, an office or a school; a device seldom is. No
rule separates all: what looks like a farm and is none is who a platform hurts."""
    hints = (
        Hint(0.1, "Mobile carriers put hundreds of strangers behind one address."),
        Hint(0.3, "Strangers who share an address have a device each."),
    )

    def judge(self, answer: Any, case: Case) -> Judgement:
        """Share of the innocent that are named less share of the sham that are."""
        among = suspects(case) & case.counted
        named = case.among(answer) & among
        innocent, sham = among & ~case.sham, among & case.sham
        spared = (named & innocent).sum() / max(int(innocent.sum()), 1)
        let_go = (named & sham).sum() / max(int(sham.sum()), 1)
        said = [
            f"{(named & innocent).sum()} of {counted(int(innocent.sum()), 'innocent account')} "
            f"named, and {(named & sham).sum()} of {counted(int(sham.sum()), 'sham account')}."
        ]
        if (hurt := innocent & ~named).any():
            said.append(
                f"Innocent and not named, by population: {groups_of(case, hurt, 'segment')}."
            )
        if (gone := named & sham).any():
            said.append(f"Let go, by campaign: {groups_of(case, gone, 'campaign')}.")
        outside = int((case.among(answer) & ~suspects(case)).sum())
        if outside:
            said.append(
                f"{counted(outside, 'account')} named that share{'s' * (outside == 1)} neither."
            )
        return Judgement(float(max(spared - let_go, 0.0)), tuple(said))
