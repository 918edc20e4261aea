"""Everything that the red team's model may see of an account, as one table.

The rules of one thing (`shamcrowd.benchmark.world_checks.audit.families`), the account features
that detectors have (`shamcrowd.detectors.features`), and the means of these over the accounts that
an account is linked to by shared supply (`shamcrowd.detectors.linking`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.audit.pooling import pooled_rules
from shamcrowd.benchmark.world_checks.audit.reading import places
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.detectors.features.accounts import AccountFeatures
from shamcrowd.detectors.features.table import FEATURES
from shamcrowd.detectors.learned.neighbours import averages
from shamcrowd.detectors.linking.links import SharedEntities
from shamcrowd.recording.view import LogView, open_log


@dataclass(frozen=True)
class RedTeamTable:
    """One row per account, one recording after the other.

    Attributes:
        values: shape (accounts, features), NaN where there is no value.
        names: name of each feature.
        families: family of each feature.
        levels: places of the features whose values are levels of a category.
    """

    values: npt.NDArray[np.float32]
    names: tuple[str, ...]
    families: tuple[str, ...]
    levels: tuple[int, ...]


def feature_table(recordings: Sequence[AuditedRecording]) -> RedTeamTable:
    """Make the table. Moments are taken relative to the start of each recording."""
    columns: list[npt.NDArray[np.float32]] = []
    names: list[str] = []
    families: list[str] = []
    levels: list[int] = []
    for family, rule in pooled_rules(recordings):
        if rule.levels:
            levels.append(len(names))
        # 32 bits hold 7 digits: enough for a model's thresholds, not for moments since 1970.
        low = np.nanmin(rule.values) if not np.isnan(rule.values).all() else 0.0
        columns.append((rule.values - low).astype(np.float32))
        names.append(rule.name)
        families.append(family)
    store = [_store(recording) for recording in recordings]
    columns += list(np.concatenate(store).T)
    names += [feature.name for feature in FEATURES]
    families += ["feature store"] * len(FEATURES)
    linked = ("linked accounts", "strength of links", *(f"linked, {f.name}" for f in FEATURES))
    names += linked
    families += ["graph"] * len(linked)
    return RedTeamTable(np.column_stack(columns), tuple(names), tuple(families), tuple(levels))


def _store(recording: AuditedRecording) -> npt.NDArray[np.float32]:
    """The features of detectors at the end of a recording, in the order of its accounts."""
    source = open_log(recording.tables.folder)
    log = LogView(source, recording.span[1])
    features, entities = AccountFeatures(), SharedEntities()
    features.update(log)
    entities.update(log)
    own = features.table(log.now)
    table = np.column_stack([own, averages(entities.links(), own)])
    at = places(features.index.ids.astype(np.int64), recording.people.account)
    found = np.full((recording.many, table.shape[1]), np.nan, np.float32)
    found[at >= 0] = table[at[at >= 0]]
    return found
