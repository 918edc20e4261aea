"""Is every request possible: its status, its tokens, its model?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable

SERVED = 200
STATUSES = (SERVED, 429, 500, 503)
HTTP = range(100, 600)
"""Statuses of another platform."""


def check(loaded: Loaded) -> list[Check]:
    """All requests, and their models against the catalogue and its releases."""
    if loaded.manifest.imported:
        return _of_another_platform(loaded)
    rows, status, tokens = 0, 0, 0
    first: dict[str, int] = {}
    for table in loaded.request_tables(
        "time", "status", "model", "endpoint", "input_tokens", "output_tokens"
    ):
        rows += len(table)
        code = table.column("status").to_numpy()
        given = table.column("input_tokens").to_numpy()
        answered = table.column("output_tokens").to_numpy()
        silent = (code != SERVED) | (_categories(table, "endpoint") == "embeddings")
        status += int((~np.isin(code, STATUSES)).sum())
        wrong = (given <= 0) | (answered < 0) | ((answered == 0) & ~silent)
        tokens += int((wrong | ((answered > 0) & (code != SERVED))).sum())
        model = _categories(table, "model")
        time = table.column("time").cast(pa.int64()).to_numpy()
        for number, name in enumerate(model.categories):
            used = time[model.codes == number]
            if len(used):
                first[name] = min(first.get(name, int(used.min())), int(used.min()))
    said = ", ".join(map(str, STATUSES))
    return [
        Check("requests: statuses", not status, f"{status:,} of {rows:,} are not one of {said}"),
        Check("requests: tokens", not tokens, f"{tokens:,} of {rows:,} are impossible"),
        _models(loaded, first),
    ]


def _of_another_platform(loaded: Loaded) -> list[Check]:
    """What holds of requests anywhere: an answer may be empty, and a model of any name."""
    rows, status, tokens = 0, 0, 0
    for table in loaded.request_tables("status", "input_tokens", "output_tokens"):
        rows += len(table)
        code = table.column("status").to_numpy()
        status += int((~np.isin(code, HTTP)).sum())
        low = [table.column(c).to_numpy() < 0 for c in ("input_tokens", "output_tokens")]
        tokens += int((low[0] | low[1]).sum())
    return [
        Check("requests: statuses", not status, f"{status:,} of {rows:,} are none of HTTP"),
        Check("requests: tokens", not tokens, f"{tokens:,} of {rows:,} are negative"),
        *not_applicable("another platform has models of its own", "requests: models"),
    ]


def _categories(table: pa.Table, column: str) -> pd.Categorical:
    values = table.column(column).unify_dictionaries().combine_chunks()
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks) if values.num_chunks else values.chunk(0)
    codes = pc.fill_null(values.indices, -1).to_numpy(zero_copy_only=False)
    return pd.Categorical.from_codes(codes, categories=values.dictionary.to_pylist())


def _models(loaded: Loaded, first: dict[str, int]) -> Check:
    """``first`` is when each model was first used."""
    known = loaded.scenario.platform.models
    out = {r.model: loaded.manifest.start + r.at for r in loaded.scenario.releases}
    wrong = [f"{model} is not in the catalogue" for model in first if model not in known]
    wrong += [f"{m} is used before its release" for m, at in first.items() if at < out.get(m, at)]
    fine = f"{len(first):,} in use, each in the catalogue and after its release"
    return Check("requests: models", not wrong, "; ".join(wrong) or fine)
