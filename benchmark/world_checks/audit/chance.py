"""Ids, the order of rows and files must carry no information, whatever the scenario states.

They are held at chance level by AUC: each probe alone, and boosted trees on all of a kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from shamcrowd.benchmark.world_checks.audit.account_probes import account_id_probes
from shamcrowd.benchmark.world_checks.audit.id_models import model_probes
from shamcrowd.benchmark.world_checks.audit.probe import Probe
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.separation import Z95, given, ranked, separate
from shamcrowd.benchmark.world_checks.audit.sides import FEWEST, Sides, sides_of
from shamcrowd.benchmark.world_checks.audit.stream_probes import stream_id_probes
from shamcrowd.recording.schema import STREAMS, TABLES

CHANCE_BOUND = 0.6
"""Bound on single probes of ids and rows."""
MODEL_BOUND = 0.55
"""Bound on the models of ids and rows."""
COLUMNS = ["rule", "campaign", "auc", "low", "high", "error", "bound", "n_sham", "n_honest"]


def chance_checks(recording: AuditedRecording, folder: Path) -> pd.DataFrame:
    """A line for each probe and campaign: its AUC against all honest accounts, and does it pass.

    None of these hundreds of comparisons may fail by chance, so the interval that is compared with
    the bound is widened for their number (Bonferroni).
    """
    sides = sides_of([folder], [recording.people.account], {})
    lines = [line for probe in _probes(recording, sides) for line in _lines(probe, sides)]
    rows = pd.DataFrame(lines, columns=COLUMNS)
    wide = float(norm.isf(0.025 / max(len(rows), 1)))
    rows["passed"] = ~(rows["auc"] - wide * rows["error"] > rows["bound"])
    return rows


def _probes(recording: AuditedRecording, sides: Sides) -> Iterator[Probe]:
    tables, people = recording.tables, recording.people
    yield from account_id_probes(tables, people, sides.group)
    for stream in STREAMS:
        spec = TABLES[stream.name]
        rows = recording.stream(spec.name)
        yield from stream_id_probes(tables, spec, rows, recording.many, sides.group)
    campaign = np.where(sides.sham, sides.group, -1)
    yield from model_probes(tables, people, campaign)


def _lines(probe: Probe, sides: Sides) -> Iterator[dict[str, Any]]:
    holder = np.arange(len(sides.group)) if probe.holder is None else probe.holder
    group = sides.group[holder]
    # Campaigns first, as `separate` wants them; honest accounts are one group behind.
    campaigns = len(sides.names) - 1
    turned = np.where(group > 0, group - 1, np.where(group == 0, campaigns, -1))
    found = separate(given(ranked(probe.values, turned, campaigns + 1)).counts, campaigns)
    for number in range(campaigns):
        shams, honest = found.sham[number, 0], found.legitimate[number, 0]
        if min(shams, honest) < FEWEST:
            continue
        auc, error = float(found.auc[number, 0]), float(found.error[number, 0])
        # A model below 0.5 has not found anything.
        auc = auc if auc >= 0.5 or probe.family == "model" else 1 - auc
        yield {
            "rule": probe.name, "campaign": sides.names[number + 1], "auc": auc,
            "low": max(auc - Z95 * error, 0.0), "high": min(auc + Z95 * error, 1.0),
            "error": error, "bound": MODEL_BOUND if probe.family == "model" else CHANCE_BOUND,
            "n_sham": int(shams), "n_honest": int(honest),
        }  # fmt: skip
