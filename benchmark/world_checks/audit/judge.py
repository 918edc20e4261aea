"""The shortcut audit: does any single column of a recording reveal the sham accounts?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm

from shamcrowd.benchmark.world_checks.audit.account_probes import AuditedAccounts, signup_probes
from shamcrowd.benchmark.world_checks.audit.comparison_groups import (
    EVERYONE,
    FEWEST,
    ComparisonGroups,
    read_comparison_groups,
)
from shamcrowd.benchmark.world_checks.audit.id_models import model_probes
from shamcrowd.benchmark.world_checks.audit.measure import (
    MEANINGLESS,
    Measurements,
    measure,
    too_few,
)
from shamcrowd.benchmark.world_checks.audit.outcome import Audit, Failure
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Probe
from shamcrowd.benchmark.world_checks.audit.reading import RecordingTables
from shamcrowd.benchmark.world_checks.audit.separation import Z95
from shamcrowd.benchmark.world_checks.audit.shared_probes import shared_probes
from shamcrowd.benchmark.world_checks.audit.stream_probes import StreamRows, stream_probes
from shamcrowd.recording.errors import NothingToJudgeError
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.simulator.scenario.audit_terms import AuditTerms

REPEATED = ("probe", "family", "campaign", "against", "auc", "low", "high", "bound")
"""Columns of the result that a failure repeats."""


def audit(folder: Path | str, progress: Callable[[float], None] | None = None) -> Audit:
    """Audit the recording in ``folder`` against the bounds that its scenario states.

    ``progress`` is called with the share of the work that is done, 0 to 1.

    Raises:
        RecordingError: if it is not a complete recording.
        NothingToJudgeError: if no campaign has enough accounts for an interval.
    """
    tables = RecordingTables(Path(folder))
    people = AuditedAccounts.of(tables)
    sides = read_comparison_groups(tables.folder, people.account)
    if not sides.campaigns:
        raise NothingToJudgeError(
            f"{folder}: it has no sham accounts to separate; audit the recording of a "
            "scenario with campaigns"
        )
    few = list(too_few(sides))
    if {t.campaign for t in few if t.against == EVERYONE} == set(sides.campaigns):
        raise NothingToJudgeError(
            f"{folder}: an interval needs {FEWEST} sham and {FEWEST} legitimate accounts, and no "
            "campaign has them; make the recording again with a larger --scale"
        )
    terms = AuditTerms.model_validate(tables.manifest.resolved.get("audit") or {})
    probes = _all_probes(tables, people, sides, progress or (lambda done: None))
    measured = measure(probes, sides, terms, people.account)
    rows = measured.frame()
    rows["passed"] = ~(_judged_low(rows) > rows["bound"])
    manifest = tables.manifest
    return Audit(
        manifest.scenario, manifest.seed, len(people.account), terms.bound, terms.paired_bound,
        dict(terms.paired), rows, tuple(_failures(rows, measured)), tuple(few),
    )  # fmt: skip


def _all_probes(
    tables: RecordingTables,
    people: AuditedAccounts,
    sides: ComparisonGroups,
    progress: Callable[[float], None],
) -> Iterator[Probe]:
    yield from signup_probes(tables, people, sides.group)
    many, steps = len(people.account), 2 * len(STREAMS) + 1
    for number, stream in enumerate(STREAMS):
        spec = TABLES[stream.name]
        progress(2 * number / steps)
        rows = StreamRows.of(tables, spec.name, people)
        yield from stream_probes(tables, spec, rows, people, sides.group)
        progress((2 * number + 1) / steps)
        if len(rows.owner):
            yield from shared_probes(tables, spec, rows, many)
    progress(2 * len(STREAMS) / steps)
    campaign = np.where(sides.group < len(sides.campaigns), sides.group, -1)
    yield from model_probes(tables, people, campaign)
    progress(1.0)


def _judged_low(rows: pd.DataFrame) -> Floats:
    """The lower end of the interval, which is compared with the bound.

    Ids and rows are compared in hundreds of ways, none of which may fail by chance, so their
    interval is adjusted for the number of comparisons (Bonferroni).
    """
    meaningless = rows["family"].isin(MEANINGLESS)
    comparisons = int((meaningless & rows["bound"].notna()).sum())
    wide = float(norm.isf(0.025 / max(comparisons, 1)))
    errors = np.where(meaningless, wide, Z95)
    low: Floats = (rows["auc"] - errors * rows["error"]).to_numpy(np.float64)
    return low


def _failures(rows: pd.DataFrame, measured: Measurements) -> Iterator[Failure]:
    """The rows above their bound, the strongest first."""
    failed = rows[~rows["passed"]].sort_values(["auc", "low"], ascending=False)
    for number in failed.index:
        line = measured.lines[number]
        lowest, highest = measured.ends[number]
        repeated = {name: line[name] for name in REPEATED}
        yield Failure(**repeated, lowest=lowest, highest=highest)
