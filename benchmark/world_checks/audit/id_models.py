"""Models of ids, their digits and row positions, which must be at chance level.

Single probes see an order or a digit; boosted trees also see ranges and combinations of them. Each
kind of id is tested on its own. An id counts once, however many accounts share it, and no id is in
both training and test: that accounts share an id is legitimate evidence and not the subject of
these models.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shamcrowd.benchmark.world_checks.audit.account_probes import AuditedAccounts
from shamcrowd.benchmark.world_checks.audit.ids import once
from shamcrowd.benchmark.world_checks.audit.kinds import ColumnKind, entity_of, kind_of
from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints, Probe
from shamcrowd.benchmark.world_checks.audit.reading import RecordingTables, places
from shamcrowd.recording.columns import NEVER_NULL, Table
from shamcrowd.recording.schema import ACCOUNTS, STREAMS, TABLES

FOLDS = 5
MOST = 10_000
"""Ids of one kind that a model uses, drawn at random; more would take longer and add nothing."""
MODULI = (2, 10, 16, 256)


def model_probes(
    tables: RecordingTables, people: AuditedAccounts, campaign: Ints
) -> Iterator[Probe]:
    """Out-of-fold scores of the models; ``campaign`` is an account's campaign, -1 if legitimate."""
    for key, used in _columns().items():
        ids, holder = _held(tables, people, key, used, campaign)
        if not len(ids):
            continue
        features = [ids, *(ids % m for m in MODULI)]
        entity = entity_of(key)
        home = entity.name if entity is not None else used[0][0].name
        if entity is not None:
            features.append(places(tables.plain(entity.name, key), ids))
        scores = out_of_fold(np.column_stack(features), campaign[holder] >= 0, ids)
        yield Probe(home, key, "model of ids and rows", "model", scores, holder)
    yield from _together(tables, people, campaign)


def _columns() -> dict[str, list[tuple[Table, str]]]:
    """Every kind of id with the columns that hold it."""
    found: dict[str, list[tuple[Table, str]]] = {}
    for table in (TABLES[t.name] for t in (ACCOUNTS, *STREAMS)):
        for column in table.columns:
            owner = table.name != ACCOUNTS.name and column.name == "account"
            if kind_of(column) is ColumnKind.ID and not owner:
                found.setdefault(column.name, []).append((table, column.name))
    return found


def _held(
    tables: RecordingTables,
    people: AuditedAccounts,
    key: str,
    used: list[tuple[Table, str]],
    campaign: Ints,
) -> tuple[Ints, Ints]:
    """Ids of one kind, once for all legitimate accounts and once for each campaign with it."""
    ids, holders = np.empty(0, np.int64), np.empty(0, np.int64)
    for table, column in used:
        more = tables.plain(table.name, column)
        holder = (
            np.arange(len(people.account))
            if table.name == ACCOUNTS.name
            else places(people.account, tables.plain(table.name, "account"))
        )
        single, of = once(more, holder, campaign)
        ids, holders = once(np.concatenate([ids, single]), np.concatenate([holders, of]), campaign)
    if len(ids) > MOST:
        drawn = np.sort(np.random.default_rng(0).choice(len(ids), MOST, replace=False))
        ids, holders = ids[drawn], holders[drawn]
    return ids, holders


def _together(tables: RecordingTables, people: AuditedAccounts, campaign: Ints) -> Iterator[Probe]:
    """One model of accounts on all ids that are never shared."""
    many = len(people.account)
    features: list[Floats] = [np.arange(many, dtype=np.float64)]
    for column in TABLES[ACCOUNTS.name].columns:
        if kind_of(column) is not ColumnKind.ID or column.null != NEVER_NULL:
            continue
        ids = tables.plain("accounts", column.name)
        if len(np.unique(ids)) == many:
            features += [ids.astype(np.float64), *((ids % m).astype(np.float64) for m in MODULI)]
    scores = out_of_fold(np.column_stack(features), campaign >= 0, people.account)
    yield Probe("accounts", "all ids", "model of ids and rows", "model", scores)


def out_of_fold(
    features: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    sham: np.ndarray[tuple[int], np.dtype[np.bool_]],
    ids: Ints,
) -> Floats:
    """Scores of boosted trees, each made without the fold that it scores; 0 to 1, higher is more
    sham.

    Rows with the same id are in the same fold. Scores are ranks within their fold, since folds
    differ in their number of sham accounts. All scores are 0.5 if there is only one class.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    scores = np.full(len(sham), 0.5)
    different, code = np.unique(ids, return_inverse=True)
    fold = (np.random.default_rng(0).permutation(len(different)) % FOLDS)[code]
    for number in range(FOLDS):
        held, rest = fold == number, fold != number
        if not held.any() or sham[rest].all() or not sham[rest].any():
            continue
        model = HistGradientBoostingClassifier(
            max_iter=30, max_leaf_nodes=8, early_stopping=False, random_state=0
        )
        # With so few rows threads mostly wait for each other, for very long on shared cores.
        with threadpool_limits(limits=1):
            model.fit(features[rest], sham[rest])
            found = model.predict_proba(features[held])[:, 1]
        order = np.unique(found, return_inverse=True)[1]
        below = np.cumsum(np.bincount(order)) - np.bincount(order) / 2
        scores[held] = below[order] / len(found)
    return scores
