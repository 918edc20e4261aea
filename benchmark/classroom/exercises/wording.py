"""Sentences about accounts that were named or missed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.recording.counting import counted

MOST_NAMED = 3


def groups_of(case: Case, which: npt.NDArray[np.bool_], column: str) -> str:
    """The groups that some accounts are of, largest first: ``hydra 12, credit-farm 3``."""
    values = case.truth[column][which].dropna().astype(str).value_counts()
    order = pd.DataFrame({"n": values, "name": values.index}).sort_values(
        ["n", "name"], ascending=[False, True]
    )
    return ", ".join(f"{name} {n}" for name, n in zip(order["name"], order["n"], strict=True))


def missed_and_accused(case: Case, named: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """What naming these accounts found, missed, and whom it accused wrongly."""
    counts, sham = case.counted, case.sham
    right, wrong = named & sham & counts, named & ~sham & counts
    gone = ~named & sham & counts
    said = [f"{right.sum()} of {counted(int((sham & counts).sum()), 'sham account')} found."]
    if gone.any():
        said.append(f"Missed, by campaign: {groups_of(case, gone, 'campaign')}.")
    if wrong.any():
        said.append(
            f"{counted(int(wrong.sum()), 'legitimate account')} accused, by population: "
            f"{groups_of(case, wrong, 'segment')}."
        )
    return tuple(said)
