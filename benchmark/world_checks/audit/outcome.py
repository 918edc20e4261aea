"""The result of an audit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import pandas as pd

from shamcrowd.benchmark.world_checks.audit.bounds import BrokenBound
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE, AuditPair
from shamcrowd.recording.counting import counted
from shamcrowd.simulator.scenario.audit_terms import AuditTerms


@dataclass(frozen=True)
class Audit:
    """Every rule of one thing in recordings of a scenario, and which of its bounds are broken.

    ``rows`` has a line per rule, campaign and compared group (``everyone`` or the look-alike):
    ``family``, ``rule``, ``subject``, ``campaign``, ``against``; ``recall_0.1`` and ``recall_1``
    (recall at 0.1 % and 1 % of the honest accounts) with ``_low`` and ``_high`` (95 % interval);
    ``auc``; ``form`` (which values sham accounts have); ``n_sham`` and ``n_honest``; ``have_sham``
    and ``have_honest`` (how many have the event or value at all); ``where`` (the values that are
    flagged); ``tell`` (the source, if the scenario allows the rule).
    """

    scenario: str
    seeds: tuple[int, ...]
    accounts: int
    terms: AuditTerms
    rows: pd.DataFrame = field(repr=False)
    chance: pd.DataFrame = field(repr=False)
    broken: tuple[BrokenBound, ...]
    comparisons: tuple[AuditPair, ...]

    @property
    def passed(self) -> bool:
        """Do all bounds hold, and is there one?"""
        return not self.broken

    @property
    def verdict(self) -> str:
        """One line: passed, with the worst rule that is judged, or failed."""
        judged = self.worst(1)
        worst = "no rule is judged"
        if len(judged):
            row = judged.iloc[0]
            worst = (
                f"worst is {row['rule']}, recall {row['recall_0.1']:.2f} "
                f"[{row['recall_0.1_low']:.2f}, {row['recall_0.1_high']:.2f}] at 0.1 %"
            )
        if not self.broken:
            return f"audit passed: {worst}"
        stated = [b for b in self.broken if b.what]
        if not stated:
            return f"audit failed: {self.broken[0].said}; {worst}"
        return f"audit failed: {counted(len(stated), 'time')} over a bound; {worst}"

    def worst(
        self, most: int, campaign: str | None = None, against: str = EVERYONE
    ) -> pd.DataFrame:
        """The rules that separate best and are no allowed tells, one of each subject.

        Against everyone by recall at 0.1 %, against a look-alike, which is a small population, by
        AUC.
        """
        rows = self.rows[(self.rows["tell"] == "") & (self.rows["against"] == against)]
        if campaign is not None:
            rows = rows[rows["campaign"] == campaign]
        first = ["recall_0.1", "recall_1"] if against == EVERYONE else ["auc"]
        up = [False] * len(first) + [True]
        rows = rows.sort_values([*first, "rule"], ascending=up)
        return rows.drop_duplicates(["subject", "campaign"]).head(most)

    def tells(self) -> pd.DataFrame:
        """The allowed tells, with their sources, the strongest first."""
        rows = self.rows[(self.rows["tell"] != "") & (self.rows["against"] == EVERYONE)]
        return rows.sort_values("recall_0.1", ascending=False)

    def idle_tells(self) -> list[str]:
        """Allowed tells that nothing needs: every rule that they excuse keeps its bound."""
        rows = self.rows[self.rows["tell"] != ""]
        needed = [row["rule"] for row in rows.to_dict("records") if self._over(row)]
        return [
            tell for tell in self.terms.tells if not any(fnmatchcase(rule, tell) for rule in needed)
        ]

    def _over(self, row: dict[Any, Any]) -> bool:
        """Whether what was measured of a rule, not the end of its interval, is over its bound."""
        if row["against"] == EVERYONE:
            limit, value = self.terms.bound_on_rules(row["campaign"]), row["recall_0.1"]
        else:
            limit, value = self.terms.bound_on_look_alikes(row["campaign"]), row["auc"]
        return limit is not None and bool(value > limit)

    def to_dict(self, most: int = 200) -> dict[str, Any]:
        """Verdict, broken bounds and the worst rules, as data for JSON."""
        shown = pd.concat(
            [self.worst(most, c.campaign, c.against) for c in self.comparisons] + [self.tells()]
        )
        return {
            "scenario": self.scenario, "seeds": list(self.seeds), "accounts": self.accounts,
            "passed": self.passed, "verdict": self.verdict,
            "terms": self.terms.model_dump(),
            "bounds": {
                c.campaign: {
                    "rule_recall": self.terms.bound_on_rules(c.campaign),
                    "look_alike_auc": self.terms.bound_on_look_alikes(c.campaign),
                }
                for c in self.comparisons
            },
            "rules": int(self.rows["rule"].nunique()),
            "idle_tells": self.idle_tells(),
            "broken": [asdict(b) | {"said": b.said} for b in self.broken],
            "comparisons": [asdict(c) for c in self.comparisons],
            "rows": json.loads(shown.to_json(orient="records", double_precision=6)),
        }  # fmt: skip
