"""Trains a model on some recordings of a scenario and judges it on another, each in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.world_checks.audit.bounds import BrokenBound
from shamcrowd.benchmark.world_checks.audit.probe import Flags, Floats, Ints
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.roc import RATES, Curves, recall_at
from shamcrowd.benchmark.world_checks.audit.separation import Z95, given, ranked, separate
from shamcrowd.benchmark.world_checks.audit.sides import EVERYONE, AuditPair, Sides, sides_of
from shamcrowd.benchmark.world_checks.red_team.features import RedTeamTable, feature_table
from shamcrowd.benchmark.world_checks.red_team.outcome import RedTeam, RedTeamResult
from shamcrowd.detectors.learned.trees import require_lightgbm
from shamcrowd.recording.errors import NothingToJudgeError, UsageError
from shamcrowd.simulator.scenario.audit_terms import AuditTerms

TREES = 150
SETTINGS = {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 15, "min_data_in_leaf": 5,
    "lambda_l2": 2.0, "feature_fraction": 0.15, "seed": 0, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbosity": -1, "max_cat_threshold": 16,
    "cat_l2": 20.0, "cat_smooth": 20.0, "bin_construct_sample_cnt": 20_000,
}  # fmt: skip
"""Many small trees on few of thousands of columns each (assumed)."""
MOST_HONEST = 30_000
"""Honest accounts for training, at most, drawn at random (assumed)."""
BOUND = "AUC of the red team against the look-alike"


def attack(
    folders: Sequence[Path | str], progress: Callable[[float], None] | None = None
) -> RedTeam:
    """Let the red team work on recordings of one scenario, two or more.

    Each recording is judged by a model that was fitted on the others, with the truth of all their
    accounts.

    Raises:
        MissingExtraError: if LightGBM is not installed.
        NothingToJudgeError: if no campaign has enough accounts for an interval.
        UsageError: if there is only one recording.
    """
    require_lightgbm("the red team")
    if len(folders) < 2:
        raise UsageError("the red team needs two seeds or more: it learns on one what it seeks on "
                         "another; give --seeds 1-2")  # fmt: skip
    paths = [Path(folder) for folder in folders]
    recordings = [AuditedRecording(path) for path in paths]
    terms = AuditTerms.model_validate(recordings[0].tables.manifest.resolved.get("audit") or {})
    accounts = [r.people.account for r in recordings]
    sides = sides_of(paths, accounts, terms.paired, terms.careless)
    if not sides.comparisons:
        raise NothingToJudgeError(f"{paths[0]}: no campaign has enough sham accounts to judge")
    table = feature_table(recordings)
    fold = np.repeat(np.arange(len(recordings)), [r.many for r in recordings])
    results, broken = [], []
    general: Floats = np.empty(0)
    for number, comparison in enumerate(sides.comparisons):
        if progress is not None:
            progress(number / len(sides.comparisons))
        score, gain = _scores(table, fold, *sides.members(comparison))
        if comparison.against == EVERYONE:
            general = score
        else:
            # Few look-alikes say little: what separates everybody counts too.
            score = score + general
        result = _judged(comparison, score, gain, fold, sides, table)
        results.append(result)
        limit = terms.bound_on_look_alikes(comparison.campaign)
        if comparison.against != EVERYONE and limit is not None and result.auc[1] > limit:
            broken.append(BrokenBound(BOUND, f"model of {len(table.names):,} features",
                                      comparison.campaign, *result.auc[:2], limit))  # fmt: skip
    return RedTeam(tuple(results), tuple(broken), len(table.names))


def _scores(table: RedTeamTable, fold: Ints, sham: Flags, honest: Flags) -> tuple[Floats, Floats]:
    """Log-odds of all accounts by models that were not fitted on them, and gain by feature."""
    import lightgbm

    score, gain = np.zeros(len(fold)), np.zeros(len(table.names))
    for judged in range(int(fold.max()) + 1):
        train = np.flatnonzero((fold != judged) & (sham | honest))
        train = _drawn(train, sham)
        if not sham[train].any() or sham[train].all():
            continue
        data = lightgbm.Dataset(
            table.values[train], sham[train].astype(float), categorical_feature=list(table.levels)
        )
        booster: Any = lightgbm.train(SETTINGS, data, TREES)
        at = np.flatnonzero(fold == judged)
        score[at] = booster.predict(table.values[at], raw_score=True, num_threads=1)
        gain += booster.feature_importance("gain")
    return score, gain / max(gain.sum(), 1e-12)


def _drawn(train: Ints, sham: Flags) -> Ints:
    honest = train[~sham[train]]
    if len(honest) <= MOST_HONEST:
        return train
    kept = np.random.default_rng(0).choice(honest, MOST_HONEST, replace=False)
    return np.sort(np.concatenate([kept, train[sham[train]]]))


def _judged(
    comparison: AuditPair, score: Floats, gain: Floats, fold: Ints, sides: Sides,
    table: RedTeamTable,
) -> RedTeamResult:  # fmt: skip
    sham, honest = sides.members(comparison)
    place = np.full(len(score), np.nan)
    for judged in range(int(fold.max()) + 1):
        at = np.flatnonzero((fold == judged) & (sham | honest))
        curves = Curves.of(score[at], sham[at].astype(float), honest[at].astype(float))
        place[at] = curves.middles() / max(int(honest[at].sum()), 1)
    used = np.flatnonzero(~np.isnan(place))
    curves = Curves.of(-place[used], sham[used].astype(float), honest[used].astype(float))
    group: npt.NDArray[np.int64] = np.where(sham[used], 0, 1)
    found = separate(given(ranked(-place[used], group, 2)).counts, 1)
    auc, error = float(found.auc[0, 0]), float(found.error[0, 0])
    recalls = []
    for rate in RATES:
        recall = recall_at(curves, rate)
        recalls.append((float(recall.value), float(recall.low), float(recall.high)))
    families: dict[str, float] = {}
    for family, share in zip(table.families, gain.tolist(), strict=True):
        families[family] = families.get(family, 0.0) + share
    best = np.argsort(-gain, kind="stable")[:30]
    return RedTeamResult(
        comparison.campaign, comparison.against, comparison.n_sham, comparison.n_honest,
        (auc, max(auc - Z95 * error, 0.0), min(auc + Z95 * error, 1.0)),
        recalls[0], recalls[1],
        dict(sorted(families.items(), key=lambda item: -item[1])),
        {table.names[i]: float(gain[i]) for i in best if gain[i] > 0},
    )  # fmt: skip
