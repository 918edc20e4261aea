"""Measures each probe: each campaign against all legitimate accounts and each population."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.audit.comparison_groups import (
    EVERYONE,
    FEWEST,
    ComparisonGroups,
)
from shamcrowd.benchmark.world_checks.audit.outcome import ExampleAccount, TooFew
from shamcrowd.benchmark.world_checks.audit.probe import Flags, Ints, Probe
from shamcrowd.benchmark.world_checks.audit.separation import (
    Z95,
    Ranked,
    Separation,
    from_middle,
    given,
    ranked,
    separate,
)
from shamcrowd.simulator.scenario.audit_terms import AuditTerms

CHANCE_BOUND = 0.6
"""Bound of ids and rows in every scenario: they must be at chance level."""
EXAMPLES = 3
MODEL_BOUND = 0.55
"""Bound of the models of ids and rows, against everyone."""
MEANINGLESS = ("id", "row", "model")
PRESENT = "where there is one"
MIDDLE = "distance from the middle"
Ends = tuple[tuple[ExampleAccount, ...], tuple[ExampleAccount, ...]]


@dataclass
class Measurements:
    """Rows of the result, and example accounts of those that may be above their bound."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    ends: dict[int, Ends] = field(default_factory=dict)

    def frame(self) -> pd.DataFrame:
        """The lines as a table; see
        :class:`shamcrowd.benchmark.world_checks.audit.outcome.Audit`.
        """
        columns = [
            "probe", "table", "column", "aggregate", "family", "campaign", "against", "auc", "low",
            "high", "error", "direction", "n_sham", "n_innocent", "bound",
        ]  # fmt: skip
        return pd.DataFrame(self.lines, columns=columns)


def bound_of(terms: AuditTerms, family: str, campaign: str, against: str) -> float:
    """The highest allowed AUC of a probe; NaN where there is no bound."""
    if family == "model":
        return MODEL_BOUND if against == EVERYONE else np.nan
    if family in MEANINGLESS:
        return CHANCE_BOUND
    if against == EVERYONE:
        return terms.bound
    return terms.paired_bound if terms.paired.get(campaign) == against else np.nan


def too_few(sides: ComparisonGroups) -> Iterator[TooFew]:
    """The comparisons that cannot be made."""
    many = np.bincount(sides.group[sides.group >= 0], minlength=sides.groups)
    legitimate = many[len(sides.campaigns) :]
    for sham, campaign in zip(many, sides.campaigns, strict=False):
        for own, against in zip((legitimate.sum(), *legitimate), sides.against, strict=True):
            if min(sham, own) < FEWEST:
                yield TooFew(campaign, against, int(sham), int(own))


def measure(
    probes: Iterable[Probe], sides: ComparisonGroups, terms: AuditTerms, account: Ints
) -> Measurements:
    """Measure all probes. ``account`` are the ids, in the order of the accounts table."""
    measured = Measurements()
    for probe in probes:
        holder = np.arange(len(account)) if probe.holder is None else probe.holder
        group = sides.group[holder]
        for aggregate, view in _views(probe, ranked(probe.values, group, sides.groups)):
            found = separate(view.counts, len(sides.campaigns))
            for line, c, s in _lines(probe, aggregate, found, sides):
                line["bound"] = bound_of(terms, probe.family, line["campaign"], line["against"])
                if line["low"] > line["bound"]:
                    among = _among(group, sides, c, s) & (view.codes >= 0)
                    sham = (group == c) == (line["direction"] == "higher")
                    ends = _ends(view.codes, among, sham, holder, sides, account)
                    measured.ends[len(measured.lines)] = ends
                measured.lines.append(line)
    return measured


def _views(probe: Probe, whole: Ranked) -> Iterator[tuple[str, Ranked]]:
    """The ways in which the values of a probe are ranked.

    A missing value counts as the lowest. Where values are missing, a second ranking leaves them
    out, so that they cannot hide what the others show; a third is by distance from the middle.
    """
    present = given(whole)
    if probe.family in MEANINGLESS:
        # Whether there is a value is another probe.
        yield probe.aggregate, present
        return
    yield probe.aggregate, whole
    if probe.family != "value":
        return
    if whole.counts[:, 0].any():
        yield f"{probe.aggregate}, {PRESENT}", present
    if present.counts.shape[1] > 2:
        yield f"{probe.aggregate}, {MIDDLE}", from_middle(present)


def _lines(
    probe: Probe, aggregate: str, found: Separation, sides: ComparisonGroups
) -> Iterator[tuple[dict[str, Any], int, int]]:
    few = np.minimum(found.sham, found.legitimate) < FEWEST
    for c, s in zip(*np.nonzero(~few), strict=True):
        auc, error = float(found.auc[c, s]), float(found.error[c, s])
        # A model below 0.5 has not found anything.
        higher = auc >= 0.5 or probe.family == "model"
        auc = auc if higher else 1 - auc
        yield {
            "probe": f"{probe.table}.{probe.column}, {aggregate}",
            "table": probe.table, "column": probe.column, "aggregate": aggregate,
            "family": probe.family,
            "campaign": sides.campaigns[c], "against": sides.against[s],
            "auc": auc, "low": max(auc - Z95 * error, 0.0), "high": min(auc + Z95 * error, 1.0),
            "error": error, "direction": "higher" if higher else "lower",
            "n_sham": int(found.sham[c, s]), "n_innocent": int(found.legitimate[c, s]),
        }, int(c), int(s)  # fmt: skip


def _among(group: Ints, sides: ComparisonGroups, campaign: int, against: int) -> Flags:
    """The values that are compared."""
    first = len(sides.campaigns)
    legitimate = group >= first if against == 0 else group == first + against - 1
    among: Flags = legitimate | (group == campaign)
    return among


def _ends(
    codes: Ints, among: Flags, last: Flags, holder: Ints, sides: ComparisonGroups, account: Ints
) -> Ends:
    """The accounts with the lowest and with the highest values.

    ``last`` breaks ties, so that each end shows the accounts that the probe separates.
    """
    at = np.flatnonzero(among)
    order = at[np.lexsort((last[at], codes[at]))]

    def examples(places: Ints) -> tuple[ExampleAccount, ...]:
        return tuple(
            ExampleAccount(int(account[p]), sides.persona[sides.persona_of[p]])
            for p in holder[places]
        )

    return examples(order[:EXAMPLES]), examples(order[::-1][:EXAMPLES])
