"""Log rows of an account's keys and of reports about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Handles
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.keys import KeyUse, key_handles
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.supply.store import Supply


def with_ids(use: KeyUse, handles: Handles, supply: Supply) -> KeyUse:
    """Key use by key ids instead of numbers."""
    return replace(
        use,
        key=supply.key_ids(key_handles(handles, use.key)),
        second=supply.key_ids(key_handles(handles, use.second)),
    )


def log_events(
    events: Sequence[Events],
    handles: Handles,
    things: dict[str, npt.NDArray[np.int32]],
    supply: Supply,
    activity: Activity,
) -> None:
    """Log events of a batch of n accounts.

    Args:
        events: what happened to them.
        handles: shape (n,), the accounts' handles.
        things: ids by kind (``address``, ``device``), each of shape (n,).
        supply: maps handles to ids.
        activity: the log.
    """
    for some in events:
        if not len(some.who):
            continue
        columns: dict[str, npt.NDArray[np.int32]] = {}
        if some.kind.startswith("key"):
            columns["key"] = supply.key_ids(key_handles(handles[some.who], some.number))
        if some.in_browser:
            columns |= {kind: things[kind][some.who] for kind in ("address", "device")}
        activity.add(some.kind, some.time, supply.account_ids(handles[some.who]), **columns)
