"""The requests of a recording, or an even sample of them, by account and time.

Files are read one by one and only the rows that are kept stay in memory, so that it does not grow
beyond what `MOST` rows need. Counts of each account are of all its requests, kept or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.benchmark.reports.explorer.row_codes import Categories, Codes
from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import AccountIds, Millis

MOST = 1_000_000
"""Requests on a page; of more, an even sample."""
SERVED = 200
CATEGORIES = ("model", "endpoint", "topic")
IDS = ("address", "client", "key", "session")
NUMBERS = ("input_tokens", "output_tokens", "status")


@dataclass(frozen=True)
class KeptRequests:
    """Requests kept, ascending by account and time.

    Attributes:
        place: index of the account, shape (m,).
        time: ms since 1970, shape (m,).
        columns: shape (m,) each: codes of `CATEGORIES`, ids of `IDS`, and `NUMBERS`.
        names: names of each category by code.
        abusive: shape (m,); None without truth.
        share: share of all requests that is kept.
        totals: per account, of all requests: their number, tokens drawn, and with truth the number
            and tokens of those that are abusive; shape (n,) each.
        pairs: account index and address packed into 64 bits, of all requests, each once.
    """

    place: Codes
    time: Millis
    columns: dict[str, npt.NDArray[np.int64]]
    names: dict[str, list[str]]
    abusive: npt.NDArray[np.bool_] | None
    share: float
    totals: dict[str, npt.NDArray[np.int64]]
    pairs: npt.NDArray[np.int64]


def read_requests(
    files: Sequence[tuple[Path, Path | None]],
    account: AccountIds,
    rows: int,
    truth: Truth | None,
    most: int = MOST,
) -> KeptRequests:
    """Read requests, file by file.

    Args:
        files: each file of requests; with truth, the truth's file about the same requests.
        account: ids of all accounts, ascending.
        rows: number of all requests.
        truth: the truth, to be read along; None: leave it out.
        most: requests to keep; their ids alone decide which.

    Raises:
        RecordingError: if a file cannot be read.
    """
    share = min(1.0, most / max(rows, 1))
    names = {name: Categories() for name in CATEGORIES}
    kept: list[dict[str, npt.NDArray[np.int64]]] = []
    counts = ["requests", "tokens", *(("abusive", "abusive_tokens") if truth else ())]
    totals = {name: np.zeros(len(account), np.int64) for name in counts}
    pairs = [np.empty(0, np.int64)]
    wanted = ["request", "time", "account", *CATEGORIES, *IDS, *NUMBERS]
    for path, flags in files:
        table = read_table(path, REQUESTS.schema, wanted)
        held = _plain(table, account, names)
        if truth is not None and flags is not None:
            held["abusive"] = truth.abusive(path, flags).to_numpy().astype(np.int64)
        _count(held, totals)
        pairs.append(np.unique(held["place"] << 32 | held["address"]))
        keep = sampled(held.pop("request"), share)
        kept.append({name: values[keep] for name, values in held.items()})
    whole = _joined(kept, [*wanted[1:], *(["abusive"] if truth else [])])
    order = np.lexsort((whole["time"], whole["place"]))
    rest = {name: values[order] for name, values in whole.items()}
    flag = rest.pop("abusive") if truth else None
    return KeptRequests(
        rest.pop("place"), rest.pop("time"), rest, {n: c.names for n, c in names.items()},
        None if flag is None else flag > 0, share, totals, np.unique(np.concatenate(pairs)),
    )  # fmt: skip


def sampled(ids: npt.NDArray[np.int64], share: float) -> npt.NDArray[np.bool_]:
    """Which rows an even sample keeps, by their ids.

    >>> bool(sampled(np.arange(5), 1.0).all())
    True
    >>> bool(0.24 < sampled(np.arange(100_000), 0.25).mean() < 0.26)
    True
    """
    mixed = (ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
    return mixed < np.uint64(round(share * 2**32))


def _plain(
    table: pa.Table, account: AccountIds, names: dict[str, Categories]
) -> dict[str, npt.NDArray[np.int64]]:
    """The columns of a file as whole numbers."""
    held = {
        name: table.column(name).to_numpy().astype(np.int64) for name in ("request", *IDS, *NUMBERS)
    }
    held["time"] = table.column("time").cast(pa.int64()).to_numpy()
    held["place"] = np.searchsorted(account, table.column("account").to_numpy())
    for name, categories in names.items():
        held[name] = categories.codes(table.column(name))
    return held


def _count(
    held: dict[str, npt.NDArray[np.int64]], totals: dict[str, npt.NDArray[np.int64]]
) -> None:
    many = len(totals["requests"])
    drawn = held["input_tokens"] + held["output_tokens"]
    drawn = np.where(held["status"] == SERVED, drawn, 0)
    place = held["place"]
    totals["requests"] += np.bincount(place, minlength=many)
    totals["tokens"] += np.bincount(place, drawn, many).astype(np.int64)
    if "abusive" in totals:
        flag = held["abusive"] > 0
        totals["abusive"] += np.bincount(place[flag], minlength=many)
        totals["abusive_tokens"] += np.bincount(place[flag], drawn[flag], many).astype(np.int64)


def _joined(
    kept: list[dict[str, npt.NDArray[np.int64]]], names: Sequence[str]
) -> dict[str, npt.NDArray[np.int64]]:
    """One array a column; a column's parts are dropped as soon as they are joined."""
    columns = ["place" if name == "account" else name for name in names]
    return {
        name: np.concatenate([part.pop(name) for part in kept] or [np.empty(0, np.int64)])
        for name in columns
    }
