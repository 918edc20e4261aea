"""The result of an audit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

import pandas as pd

from shamcrowd.benchmark.world_checks.audit.comparison_groups import EVERYONE

SAME_THING = ["table", "column", "campaign", "against"]
BOUNDED = ("value", "presence")
"""Families whose bound the scenario states."""
JSON_COLUMNS = [
    "probe", "table", "column", "aggregate", "family", "campaign", "against", "auc", "low", "high",
    "direction", "n_sham", "n_innocent", "bound", "passed",
]  # fmt: skip


@dataclass(frozen=True)
class ExampleAccount:
    """An account with one of the lowest or highest values of a probe, and its persona."""

    account: int
    persona: str


@dataclass(frozen=True)
class Failure:
    """A probe whose AUC is above its bound.

    ``low`` and ``high`` are the ends of the 95 % interval of ``auc``. ``lowest`` and ``highest``
    are the accounts with the smallest and the largest values.
    """

    probe: str
    family: str
    campaign: str
    against: str
    auc: float
    low: float
    high: float
    bound: float
    lowest: tuple[ExampleAccount, ...]
    highest: tuple[ExampleAccount, ...]


@dataclass(frozen=True)
class TooFew:
    """A comparison that was not made because a side has too few accounts."""

    campaign: str
    against: str
    n_sham: int
    n_innocent: int


@dataclass(frozen=True)
class Audit:
    """Every probe of a recording, and whether the scenario's bounds hold.

    ``rows`` has a line per probe, campaign and compared group (``everyone`` or a population):
    ``probe``, ``table``, ``column``, ``aggregate``, ``family``, ``campaign``, ``against``, ``auc``
    (0.5 to 1), ``low``, ``high`` (95 % interval), ``error`` (standard error), ``direction``
    (whether the sham accounts' values are higher or lower), ``n_sham``, ``n_innocent`` (legitimate
    accounts), ``bound`` (NaN: none) and ``passed``. ``paired`` names the population that each
    campaign looks like.
    """

    scenario: str
    seed: int
    accounts: int
    bound: float
    paired_bound: float
    paired: dict[str, str]
    rows: pd.DataFrame = field(repr=False)
    failures: tuple[Failure, ...]
    too_few: tuple[TooFew, ...]

    @property
    def passed(self) -> bool:
        """Do all bounds hold?"""
        return not self.failures

    @property
    def verdict(self) -> str:
        """One line: passed, with the largest AUC that has a bound, or failed."""
        if self.failures:
            places = {failure.probe.partition(",")[0] for failure in self.failures}
            return (
                f"audit failed: {len(self.failures):,} probes of {len(places)} columns are over "
                "their bound"
            )
        judged = self.rows[self.rows["bound"].notna() & self.rows["family"].isin(BOUNDED)]
        if judged.empty:
            return "audit passed"
        row = judged.sort_values(["auc", "probe"], ascending=[False, True]).iloc[0]
        bound = "no bound is stated" if row["bound"] == 1 else f"bound {row['bound']:.2f}"
        return (
            f"audit passed: largest is {row['probe']}, AUC {row['auc']:.2f} "
            f"[{row['low']:.2f}, {row['high']:.2f}], {bound}"
        )

    def worst(self) -> list[Failure]:
        """The strongest failure of each column, the strongest column first."""
        first: dict[str, Failure] = {}
        for failure in self.failures:
            first.setdefault(failure.probe.partition(",")[0], failure)
        return list(first.values())

    def strongest(self, campaign: str | None = None, against: str = EVERYONE) -> pd.DataFrame:
        """The strongest aggregate of each column, the strongest column first."""
        chosen = self.rows[self.rows["against"] == against]
        if campaign is not None:
            chosen = chosen[chosen["campaign"] == campaign]
        return _strongest(chosen)

    def to_json(self) -> str:
        """Verdict, failures, and the strongest aggregate of each column, as JSON text."""
        rows = _strongest(self.rows)[JSON_COLUMNS]
        about = {
            "scenario": self.scenario,
            "seed": self.seed,
            "accounts": self.accounts,
            "passed": self.passed,
            "verdict": self.verdict,
            "bound": self.bound,
            "paired_bound": self.paired_bound,
            "paired": self.paired,
            "probes": int(self.rows["probe"].nunique()),
            "failures": [asdict(failure) for failure in self.failures],
            "too_few": [asdict(pair) for pair in self.too_few],
            "rows": json.loads(rows.to_json(orient="records", double_precision=6)),
        }
        return json.dumps(about, indent=1) + "\n"


def _strongest(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows.sort_values(["auc", "low", "probe"], ascending=[False, False, True])
    return order.drop_duplicates(SAME_THING)
