"""Holds what was measured against the bounds that a scenario states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.audit.separation import Z95
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE
from shamcrowd.simulator.scenario.audit_terms import AuditTerms


@dataclass(frozen=True)
class BrokenBound:
    """One bound that does not hold.

    Attributes:
        bound: which one, in words.
        what: the rule, check or model that breaks it; "" if none is stated.
        campaign: the campaign; "" if none is stated.
        value: what was measured.
        low: the lower end of its 95 % interval, which is over the limit.
        limit: what the scenario states.
    """

    bound: str
    what: str
    campaign: str
    value: float
    low: float
    limit: float

    @property
    def said(self) -> str:
        """One line."""
        if not self.what:
            return self.bound
        return (
            f"{self.bound}: {self.what}, {self.campaign}: {self.value:.3f}, at least "
            f"{self.low:.3f}, bound {self.limit:.3f}"
        )


NO_BOUND = (
    "no bound stated: give the scenario audit: {difficulty: careful} (or expert), or a "
    "rule_recall of its own"
)
UNBOUND = BrokenBound(NO_BOUND, "", "", 0.0, 0.0, 0.0)
RULES, LOOK_ALIKES, CHANCE = (
    "recall of a rule at 0.1 % of all honest accounts",
    "AUC against the look-alike",
    "AUC of ids and rows",
)


def hanley_mcneil(auc: pd.Series, shams: pd.Series, honest: pd.Series) -> pd.Series:
    """Standard error of an AUC (Hanley and McNeil 1982)."""
    two_sham, two_honest = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = (
        auc * (1 - auc) + (shams - 1) * (two_sham - auc**2) + (honest - 1) * (two_honest - auc**2)
    ) / (shams * honest)
    found: pd.Series = np.sqrt(variance.clip(lower=0))
    return found


def broken_bounds(
    terms: AuditTerms, rows: pd.DataFrame, chance: pd.DataFrame
) -> tuple[BrokenBound, ...]:
    """The bounds that do not hold, the worst first of each kind."""
    found = []
    judged = rows[rows["tell"] == ""]
    for campaign, own in judged.groupby("campaign", sort=False):
        found += _of_campaign(terms, str(campaign), own)
    # A campaign without a bound is said once, whatever its name.
    found = list(dict.fromkeys(found))
    if len(chance):
        over = chance[~chance["passed"]].sort_values("auc", ascending=False)
        found += [_broken(CHANCE, row, "auc", "low", row["bound"]) for row in _dicts(over)]
    return tuple(found)


def _of_campaign(terms: AuditTerms, campaign: str, rows: pd.DataFrame) -> list[BrokenBound]:
    found: list[BrokenBound] = []
    limit = terms.bound_on_rules(campaign)
    if limit is None:
        found.append(UNBOUND)
    else:
        over = rows[(rows["against"] == EVERYONE) & (rows["recall_0.1_low"] > limit)]
        over = over.sort_values("recall_0.1", ascending=False)
        value = "recall_0.1"
        found += [_broken(RULES, row, value, f"{value}_low", limit) for row in _dicts(over)]
    limit = terms.bound_on_look_alikes(campaign)
    if limit is not None:
        over = rows[(rows["against"] != EVERYONE) & (rows["auc"] > limit)]
        low = over["auc"] - Z95 * hanley_mcneil(over["auc"], over["n_sham"], over["n_honest"])
        over = over.assign(low=low)[low > limit].sort_values("auc", ascending=False)
        found += [_broken(LOOK_ALIKES, row, "auc", "low", limit) for row in _dicts(over)]
    return found


def _dicts(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    return rows.to_dict("records")


def _broken(bound: str, row: dict[Any, Any], value: str, low: str, limit: float) -> BrokenBound:
    return BrokenBound(bound, row["rule"], row["campaign"], row[value], row[low], limit)
