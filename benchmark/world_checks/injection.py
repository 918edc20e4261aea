"""Whether artefacts of injection give the injected accounts away.

The audit looks at the recordings with injected campaigns, and at the worlds that were played for
them. What gives campaigns away in both is abuse, or a fault of the simulator. What gives them away
after injection alone is an artefact: a rule that breaks the bound there, with an interval above
that of the best rule on the same column in the played worlds; and every check of ids and rows that
fails there alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from shamcrowd.benchmark.world_checks.audit.judge import audit
from shamcrowd.benchmark.world_checks.audit.outcome import Audit
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE


@dataclass(frozen=True)
class Artefact:
    """A rule that tells injected accounts.

    Attributes:
        rule: the rule.
        campaign: the campaign.
        value: recall at 0.1 % of the background's accounts, or AUC of ids and rows.
        low: lower end of its 95 % interval.
        played: upper end of the interval of the best rule on the same column in the played worlds.
        bound: the bound that is broken.
    """

    rule: str
    campaign: str
    value: float
    low: float
    played: float
    bound: float


def artefacts(
    injected: Sequence[Path], played: Sequence[Path],
    progress: Callable[[float], None] = lambda done: None,
) -> list[Artefact]:  # fmt: skip
    """Compare recordings with injected campaigns with the worlds that were played for them.

    Args:
        injected: recordings with injected campaigns, of one scenario.
        played: the worlds played for them.
        progress: given the share of the work that is done, 0 to 1.

    Returns:
        The artefacts, the strongest first.

    Raises:
        NothingToJudgeError: if no campaign has enough accounts for an interval.
    """
    after = audit(list(injected), progress=lambda done: progress(done / 2))
    before = audit(list(played), progress=lambda done: progress(0.5 + done / 2))
    found = [*_rules(after, before), *_chance(after, before)]
    return sorted(found, key=lambda a: (-a.low, a.rule, a.campaign))


def _rules(after: Audit, before: Audit) -> list[Artefact]:
    ours, theirs = (a.rows[a.rows["against"] == EVERYONE] for a in (after, before))
    best = theirs.groupby(["subject", "campaign"])["recall_0.1_high"].max()
    found = []
    for row in ours[ours["tell"] == ""].to_dict("records"):
        bound = after.terms.bound_on_rules(row["campaign"])
        known = best.get((row["subject"], row["campaign"]), 0.0)
        if bound is not None and row["recall_0.1_low"] > max(bound, known):
            found.append(
                Artefact(row["rule"], row["campaign"], row["recall_0.1"], row["recall_0.1_low"],
                         float(known), bound)
            )  # fmt: skip
    return found


def _chance(after: Audit, before: Audit) -> list[Artefact]:
    """Checks of ids and rows that fail after injection alone."""
    failed = _failed(before.chance)
    return [
        Artefact(row["rule"], row["campaign"], row["auc"], row["low"], 0.5, row["bound"])
        for row in after.chance.to_dict("records")
        if not row["passed"] and (row["rule"], row["campaign"]) not in failed
    ]


def _failed(chance: pd.DataFrame) -> set[tuple[str, str]]:
    rows = chance[~chance["passed"]]
    return set(zip(rows["rule"], rows["campaign"], strict=True))
