"""What else was logged of each account: log-ins, payments, flags, bans and so on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.benchmark.reports.explorer.request_rows import sampled
from shamcrowd.benchmark.reports.explorer.row_codes import Categories, Codes, entity_codes
from shamcrowd.recording.schema import ACTIVITY
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.units import AccountIds, Millis

MOST = 500_000
"""Events on a page; of more, an even sample of the kinds in `SAMPLED`."""
SAMPLED = ("login", "login_failed")
IDS = {"address": "addresses", "device": "devices", "card": "cards", "phone": "phones"}


@dataclass(frozen=True)
class LoggedActivity:
    """Events kept, ascending by account and time.

    Attributes:
        place: index of the account, shape (m,).
        time: ms since 1970, shape (m,).
        kind: code in ``kinds``, shape (m,).
        amount: US dollars, NaN for none, shape (m,).
        entity: code of the address, device, card and phone, shape (m,) each.
        peer: index of the account that invited this one, -1 for none, shape (m,).
        kinds: names of the kinds.
        share: share of the log-ins that is kept.
    """

    place: Codes
    time: Millis
    kind: Codes
    amount: npt.NDArray[np.float64]
    entity: dict[str, Codes]
    peer: Codes
    kinds: list[str]
    share: float


def read_activity(
    files: Sequence[Path],
    account: AccountIds,
    known: Mapping[str, npt.NDArray[np.integer[Any]]],
    rows: int,
    most: int = MOST,
) -> LoggedActivity:
    """Read all events, file by file.

    Args:
        files: the files of ``activity``.
        account: ids of all accounts, ascending.
        known: ascending ids of each entity table, which codes are places in.
        rows: number of all events.
        most: events to keep. Of more, log-ins are sampled; everything else is kept.

    Raises:
        UnreadableError: if a file cannot be read.
    """
    share, kinds = min(1.0, most / max(rows, 1)), Categories()
    parts: list[dict[str, npt.NDArray[Any]]] = []
    for path in files:
        table = read_table(
            path, ACTIVITY.schema, ["time", "account", "kind", "amount", "peer", *IDS]
        )
        time = table.column("time").cast(pa.int64()).to_numpy()
        held: dict[str, npt.NDArray[Any]] = {
            "time": time,
            "place": np.searchsorted(account, table.column("account").to_numpy()),
            "kind": kinds.codes(table.column("kind")),
            "amount": table.column("amount").to_numpy(),
            "peer": entity_codes(table.column("peer").to_numpy(), account),
        }
        for name, of in IDS.items():
            held[name] = entity_codes(table.column(name).to_numpy(), known[of])
        often = [n for n, name in enumerate(kinds.names) if name in SAMPLED]
        keep = ~np.isin(held["kind"], often) | sampled(time ^ held["place"] << 20, share)
        parts.append({name: values[keep] for name, values in held.items()})
    names = ["time", "place", "kind", "amount", "peer", *IDS]
    whole = {n: np.concatenate([p[n] for p in parts] or [np.empty(0, np.int64)]) for n in names}
    order = np.lexsort((whole["time"], whole["place"]))
    whole = {name: values[order] for name, values in whole.items()}
    return LoggedActivity(
        whole["place"], whole["time"], whole["kind"], whole["amount"].astype(np.float64),
        {name: whole[name] for name in IDS}, whole["peer"], kinds.names, share,
    )  # fmt: skip
