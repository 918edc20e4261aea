"""Everything that the explorer shows, as packed columns and one text of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from shamcrowd.benchmark.reports.explorer.activity_rows import read_activity
from shamcrowd.benchmark.reports.explorer.detector_findings import DetectorFindings, run_findings
from shamcrowd.benchmark.reports.explorer.entity_tables import read_entities
from shamcrowd.benchmark.reports.explorer.explored_folder import ExploredFolder
from shamcrowd.benchmark.reports.explorer.known_truth import KnownTruth, read_truth, shown
from shamcrowd.benchmark.reports.explorer.log_columns import (
    account_columns,
    activity_columns,
    entity_columns,
    request_columns,
    shared_columns,
)
from shamcrowd.benchmark.reports.explorer.packed_column import PackedColumns, packed_bytes
from shamcrowd.benchmark.reports.explorer.request_rows import MOST, KeptRequests, read_requests
from shamcrowd.benchmark.reports.explorer.row_codes import by_first_use, entity_codes
from shamcrowd.benchmark.reports.explorer.shared_things import shared_things
from shamcrowd.benchmark.reports.recording.vocabulary import releases
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import ACCOUNTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS
from shamcrowd.recording.view import open_log
from shamcrowd.recording.whole import files_of

LARGEST = 2**31 - 1
"""Of a cluster's number; where a detector's are larger, they are numbered again."""


@dataclass(frozen=True)
class ExplorerData:
    """What a page holds: ``columns``, and ``about``, JSON data; both as gzip in base64."""

    manifest: Manifest
    truth: Truth | None
    columns: str
    about: str


def explorer_data(
    found: ExploredFolder, *, with_truth: bool = True, most: int = MOST
) -> ExplorerData:
    """Read a recording, and a run's findings on it.

    Args:
        found: where they are.
        with_truth: whether the page is to hold the truth, if there is one.
        most: requests to hold; of more, an even sample.

    Raises:
        RecordingError: if a table cannot be read or is not as it was written.
    """
    folder = found.recording
    manifest = Manifest.read(folder)
    # Either compares every file that is read below with the manifest.
    has_truth = TRUTH_ACCOUNTS.name in manifest.rows or not manifest.imported
    truth = Truth(folder) if with_truth and has_truth else None
    if truth is None:
        open_log(folder)
    columns = PackedColumns()
    rows = read_table(folder / "accounts.parquet", ACCOUNTS.schema).sort_by("account")
    account = rows.column("account").to_numpy()
    entities = read_entities(folder)
    files = truth.request_files() if truth else [
        (folder / name, None) for name in files_of(manifest, "requests")
    ]  # fmt: skip
    requests = read_requests(files, account, manifest.rows["requests"], truth, most)
    codes = {}
    for name, table in (("address", "addresses"), ("client", "clients")):
        plain = entity_codes(requests.columns[name], entities[table].ids)
        codes[name], order = by_first_use(plain, len(entities[table].ids))
        entities[table] = entities[table].ordered(order)
    ids = {name: np.sort(table.ids) for name, table in entities.items()}
    paths = [folder / name for name in files_of(manifest, "activity")]
    activity = read_activity(paths, account, ids, manifest.rows["activity"])
    known = truth and read_truth(truth)
    findings = []
    if found.run and found.plan:
        findings = run_findings(found.run, found.plan, manifest.seed, account)
    about: dict[str, Any] = {
        "start": manifest.start, "end": manifest.end, "reviews": list(manifest.reviews),
        "synthetic": manifest.synthetic,
        "missing": {t: list(c) for t, c in manifest.not_recorded.items()},
        "releases": [[model, time] for model, time in releases(manifest)] if known else [],
        "truth": known.about if known else None,
        "seed": found.seed if known else None,
        "accounts": len(account), "requests": manifest.rows["requests"],
        "held": len(requests.time), "share": requests.share,
    }  # fmt: skip
    start = manifest.start
    about["account"] = account_columns(columns, rows, start, entities)
    about["request"] = request_columns(columns, requests, codes, manifest)
    about["activity"] = activity_columns(columns, activity, start, entities, len(account))
    about["entity"] = entity_columns(columns, entities)
    kinds = shared_things(folder, manifest, account, requests.pairs)
    about["shared"], about["network"] = shared_columns(columns, kinds, entities)
    about["detectors"] = [_detector(columns, n, one) for n, one in enumerate(findings)]
    if known:
        _truth(columns, known, requests, start)
    about["columns"] = columns.index
    text = json.dumps(shown(about), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return ExplorerData(manifest, truth, columns.text, packed_bytes(text.encode()))


def _detector(columns: PackedColumns, n: int, one: DetectorFindings) -> dict[str, Any]:
    """Add what a detector said: what is to be said of it."""
    lowest = np.finfo(np.float64).min
    cluster = one.cluster
    if np.abs(cluster).max(initial=0) > LARGEST:
        cluster = np.unique(cluster, return_inverse=True)[1] - int(cluster.min() < 0)
    columns.add(f"detector.{n}.score", np.maximum(one.score, lowest), "float64")
    columns.add(f"detector.{n}.cluster", cluster, "int32")
    columns.add(f"detector.{n}.reason", one.reason)
    order = np.lexsort((one.rise_review, one.rise_place))
    columns.begins(f"detector.{n}.begin", one.rise_place[order], len(one.score))
    columns.add(f"detector.{n}.review", one.rise_review[order])
    columns.add(f"detector.{n}.rise", np.maximum(one.rise_score[order], lowest), "float64")
    known = one.threshold is not None and bool(np.isfinite(one.threshold))
    return {
        "name": one.name, "about": one.about, "control": one.control,
        "threshold": one.threshold if known else None, "calibrated": one.calibrated,
        "clusters": bool((cluster >= 0).any()), "reasons": one.reasons,
    }  # fmt: skip


def _truth(columns: PackedColumns, known: KnownTruth, requests: KeptRequests, start: int) -> None:
    """Add the truth about accounts and requests."""
    for name, (values, dtype) in known.columns(start).items():
        columns.add(name, values, dtype)
    assert requests.abusive is not None
    columns.add("truth.flag", np.packbits(requests.abusive, bitorder="little"), "uint8")
    for name in ("abusive", "abusive_tokens"):
        columns.add(f"truth.{name}", requests.totals[name])
