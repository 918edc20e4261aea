"""Is every request possible: its status, its tokens, its model?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable

SERVED = 200
OVERLOADED = (503, 529)
STATUSES = (SERVED, 403, 429, 500, *OVERLOADED)
TOKENS = ("input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens")
HTTP = range(100, 600)
"""Statuses of another platform."""


def check(loaded: Loaded) -> list[Check]:
    """All requests, and their models against the catalogue and its releases."""
    if loaded.manifest.imported:
        return _of_another_platform(loaded)
    rows, status, tokens, times = 0, 0, 0, 0
    first: dict[str, int] = {}
    for table in loaded.request_tables(
        "time", "status", "model", "endpoint", *TOKENS, "stream", "first_token", "duration",
        "retry_after",
    ):  # fmt: skip
        rows += len(table)
        code = table.column("status").to_numpy()
        times += int(_wrong_times(table, code).sum())
        given = table.column("input_tokens").to_numpy()
        answered = table.column("output_tokens").to_numpy()
        silent = (code != SERVED) | (_categories(table, "endpoint") == "embeddings")
        status += int((~np.isin(code, STATUSES)).sum())
        wrong = (given <= 0) | (answered < 0) | ((answered == 0) & ~silent)
        wrong |= (answered > 0) & (code != SERVED)
        for part, whole in ((TOKENS[2], given), (TOKENS[3], answered)):
            held = table.column(part).to_numpy()
            wrong |= (held < 0) | (held > np.where(code == SERVED, whole, 0))
        tokens += int(wrong.sum())
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
        Check("requests: times", not times, f"{times:,} of {rows:,} are impossible"),
        _models(loaded, first),
    ]


def _wrong_times(table: pa.Table, code: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """First tokens that nobody asked for or that come after the last, and waits without a cause.

    The first token of a streamed answer is known, and that of no other.
    """
    first = table.column("first_token")
    known = first.is_valid().to_numpy()
    early = pc.fill_null(first, 0).to_numpy()
    stream = table.column("stream").to_numpy()
    wrong: npt.NDArray[np.bool_] = known != (stream & (code == SERVED))
    wrong |= (early < 0) | (early > table.column("duration").to_numpy())
    asked = table.column("retry_after")
    seconds = pc.fill_null(asked, 1).to_numpy()
    wrong |= asked.is_valid().to_numpy() & ~np.isin(code, (429, *OVERLOADED))
    wrong |= seconds < 1
    return wrong


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
        *not_applicable(
            "another platform measures in its own way", "requests: times", "requests: models"
        ),
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
