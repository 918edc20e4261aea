"""Log rows of an account's keys and of reports about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, Handles, Millis
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.keys import KeyUse, key_handles
from shamcrowd.simulator.lifecycle.other_device import device_of
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
    other_since: Millis | None = None,
) -> None:
    """Log events of a batch of n accounts.

    Args:
        events: what happened to them.
        handles: shape (n,), the accounts' handles.
        things: ids by kind (``address``, ``device``), each of shape (n,).
        supply: maps handles to ids.
        activity: the log.
        other_since: shape (n,), when the owners' other devices (``other`` among the things) are
            used first, ms; None: none of the events comes from them.
    """
    for some in events:
        if not len(some.who):
            continue
        columns: dict[str, npt.NDArray[np.int32]] = {}
        account = supply.account_ids(handles[some.who])
        if some.kind.startswith("key"):
            columns["key"] = supply.key_ids(key_handles(handles[some.who], some.number))
        if some.in_browser:
            columns |= {kind: things[kind][some.who] for kind in ("address", "device")}
        if some.in_browser and other_since is not None:
            # What is done within an hour is done on one device: a log-in, and the key it is for.
            hour = (some.time // MS_PER_HOUR).astype(np.uint64)
            columns["device"] = device_of(
                some.time,
                other_since[some.who],
                columns["device"],
                things["other"][some.who],
                (account.astype(np.uint64) << np.uint64(32)) ^ hour,
            )
        activity.add(some.kind, some.time, account, **columns)
