"""The shortcut audit: does one thing about an account reveal that it is sham?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.audit.bounds import broken_bounds
from shamcrowd.benchmark.world_checks.audit.cells import Cells, divide
from shamcrowd.benchmark.world_checks.audit.chance import chance_checks
from shamcrowd.benchmark.world_checks.audit.one_rule import FORMS, Judged, judge_rule
from shamcrowd.benchmark.world_checks.audit.outcome import Audit
from shamcrowd.benchmark.world_checks.audit.pooling import pooled_rules
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.roc import RATES
from shamcrowd.benchmark.world_checks.audit.rule import Rule
from shamcrowd.benchmark.world_checks.audit.sides import (
    FEWEST,
    Sides,
    sides_of,
    with_own_background,
)
from shamcrowd.recording.errors import NothingToJudgeError
from shamcrowd.simulator.scenario.audit_terms import AuditTerms

PARTS = 2
"""Parts of a single recording's accounts, of which one is for fitting and the other is judged."""
DESCRIBED = 0.01
"""Rules with at least this recall say which values sham accounts have."""


def audit(
    folders: Sequence[Path | str] | Path | str,
    *,
    families: Sequence[str] = (),
    progress: Callable[[float], None] | None = None,
) -> Audit:
    """Audit recordings of one scenario against the bounds that it states.

    Args:
        folders: recordings of different seeds; of one alone, half of the accounts are for fitting.
        families: names of families of rules; all, and the checks of ids and rows, if empty.
        progress: called with the share of the work that is done, 0 to 1.

    Raises:
        RecordingError: if one is not a complete recording.
        NothingToJudgeError: if no campaign has enough accounts for an interval.
    """
    paths = [Path(folders)] if isinstance(folders, Path | str) else [Path(f) for f in folders]
    recordings = [AuditedRecording(path) for path in paths]
    manifest = recordings[0].tables.manifest
    terms = AuditTerms.model_validate(manifest.resolved.get("audit") or {})
    accounts = [r.people.account for r in recordings]
    backgrounds = [r.tables.manifest.injected.get("background") for r in recordings]
    sides = sides_of(paths, accounts, terms.paired, terms.careless)
    sides = with_own_background(sides, accounts, backgrounds)
    if not sides.sham.any():
        raise NothingToJudgeError(
            f"{paths[0]}: it has no sham accounts, so there is nothing to audit"
        )
    if not sides.comparisons:
        raise NothingToJudgeError(
            f"{paths[0]}: an interval needs {FEWEST} sham accounts, and no campaign has them; "
            "audit more seeds, or a larger --scale"
        )
    lines: list[dict[str, Any]] = []
    fold = folds(recordings, sides)
    for family, rule in pooled_rules(recordings, families, progress):
        lines += _lines(family, rule, fold, sides)
    rows = pd.DataFrame(lines)
    rows["tell"] = [_source(rule, terms.tells) for rule in rows["rule"]]
    chance = pd.DataFrame() if families else chance_checks(recordings[0], paths[0])
    return Audit(
        manifest.scenario,
        tuple(r.tables.manifest.seed for r in recordings),
        sum(r.many for r in recordings),
        terms,
        rows,
        chance,
        broken_bounds(terms, rows, chance),
        tuple(sides.comparisons),
    )


def folds(recordings: Sequence[AuditedRecording], sides: Sides) -> Ints:
    """The fold of each account: its recording, or one of two halves of a single recording."""
    if len(recordings) > 1:
        return np.repeat(np.arange(len(recordings)), [r.many for r in recordings])
    fold = np.zeros(len(sides.group), np.int64)
    rng = np.random.default_rng(0)
    for group in range(len(sides.names)):
        at = np.flatnonzero(sides.group == group)
        fold[at] = rng.permutation(len(at)) % PARTS
    return fold


def _lines(family: str, rule: Rule, fold: Ints, sides: Sides) -> Iterator[dict[str, Any]]:
    cells = divide(rule.values, ordered=not rule.levels)
    if cells.many == 1 or np.ptp(cells.code) == 0:
        return
    used = sides.group >= 0
    groups, many = len(sides.names), int(fold.max()) + 1
    key = (fold[used] * groups + sides.group[used]) * cells.many + cells.code[used]
    flat = np.bincount(key, minlength=many * groups * cells.many)
    counts: Floats = flat.reshape(many, groups, cells.many).astype(np.float64)
    sham, honest = sides.sham_in(counts), sides.honest_in(counts)
    found = judge_rule(cells, sham, honest)
    # No event is 0 in a count, and missing in all other rules.
    none = cells.lowest == 0 if family == "presence" else np.isnan(cells.lowest)
    for place, comparison in enumerate(sides.comparisons):
        line: dict[str, Any] = {
            "family": family, "rule": rule.name, "subject": rule.subject,
            "campaign": comparison.campaign, "against": comparison.against,
        }  # fmt: skip
        for rate, recall in zip(RATES, found.recall, strict=True):
            name = f"recall_{rate * 100:g}"
            line |= {
                name: float(recall.value[place]),
                f"{name}_low": float(recall.low[place]),
                f"{name}_high": float(recall.high[place]),
            }
        line |= {
            "auc": float(found.auc[place]), "form": FORMS[found.form[place]],
            "n_sham": comparison.n_sham, "n_honest": comparison.n_honest,
            "have_sham": int(sham[:, place, ~none].sum()),
            "have_honest": int(honest[:, place, ~none].sum()),
            "where": "",
        }  # fmt: skip
        if line["recall_0.1"] >= DESCRIBED:
            line["where"] = _where(rule, cells, found, place, sham[:, place], honest[:, place])
        yield line


def _where(
    rule: Rule, cells: Cells, found: Judged, place: int, sham: Floats, honest: Floats
) -> str:
    """The values by which sham accounts are found at 0.1 %."""
    flagged = found.score[place] <= RATES[0]
    in_cell = np.where(flagged, sham, 0).sum(0)
    best = np.argsort(-in_cell, kind="stable")
    best = np.sort(best[in_cell[best] > 0])
    if not len(best):
        return ""
    false = int(np.where(flagged, honest, 0).sum())
    counted = f"{int(in_cell.sum())} sham, {false} honest"
    if rule.levels:
        names = [rule.levels[int(cells.lowest[c])] if c else "none" for c in best[:4]]
        return f"{', '.join(names)}: {counted}"
    values = [c for c in best if c]
    parts = []
    if values:
        low, high = cells.lowest[values[0]], cells.highest[values[-1]]
        parts.append(f"{low:.6g}" if low == high else f"{low:.6g} to {high:.6g}")
    if 0 in best:
        parts.append("missing")
    return f"{' or '.join(parts)}: {counted}"


def _source(rule: str, tells: dict[str, str]) -> str:
    """The source of the tell that a rule is, "" if it is none."""
    return next((said for name, said in tells.items() if fnmatchcase(rule, name)), "")
