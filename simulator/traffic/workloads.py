"""Workloads of a shard: which account follows which usage profile, how often and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis


@dataclass
class Workloads:
    """One row per (account, usage profile): arrays of equal length n; ``client`` of shape (n, k).

    ``account`` is the account's index inside the shard. ``rate`` is in sessions per day.
    ``zoned_profile`` is a row of `ProfileTables` (usage profile and time zone). ``slot`` and
    ``slots`` are start and length of a run in the shard's address list. ``family`` and
    ``templates`` name a run of prompt templates; ``templates`` 0 means free-form prompts. ``key``
    to ``second_until`` are the columns of `KeyUse`. ``prompt`` and ``answer`` are fixed-point
    logarithms of token counts. ``switch`` is the time (ms) from which ``next_model`` is used.
    ``client`` are the k clients that it uses, the first for
    two thirds of its sessions. The workload runs from ``opens`` until ``ends`` (ms),
    as long as the account is served at all.
    """

    account: npt.NDArray[np.int32]
    zoned_profile: npt.NDArray[np.int32]
    rate: npt.NDArray[np.float32]
    key: npt.NDArray[np.int32]
    second: npt.NDArray[np.int32]
    since: Millis
    share: npt.NDArray[np.int16]
    key_until: Millis
    second_until: Millis
    client: npt.NDArray[np.int32]
    slot: npt.NDArray[np.int32]
    slots: npt.NDArray[np.int32]
    prompt: npt.NDArray[np.int16]
    answer: npt.NDArray[np.int16]
    topic: npt.NDArray[np.int8]
    model: npt.NDArray[np.int8]
    next_model: npt.NDArray[np.int8]
    switch: Millis
    family: npt.NDArray[np.int64]
    templates: npt.NDArray[np.int32]
    opens: Millis
    ends: Millis

    def __len__(self) -> int:
        return len(self.account)

    @classmethod
    def none(cls) -> Workloads:
        """Return an empty table."""
        kinds = {
            "account": np.int32,
            "zoned_profile": np.int32,
            "rate": np.float32,
            "key": np.int32,
            "second": np.int32,
            "since": np.int64,
            "share": np.int16,
            "key_until": np.int64,
            "second_until": np.int64,
            "slot": np.int32,
            "slots": np.int32,
            "prompt": np.int16,
            "answer": np.int16,
            "topic": np.int8,
            "model": np.int8,
            "next_model": np.int8,
            "switch": np.int64,
            "family": np.int64,
            "templates": np.int32,
            "opens": np.int64,
            "ends": np.int64,
        }
        columns = {name: np.empty(0, kind) for name, kind in kinds.items()}
        return cls(**columns | {"client": np.empty((0, 1), np.int32)})

    @classmethod
    def stacked(cls, parts: Sequence[Workloads]) -> Workloads:
        """Concatenate several."""
        if len(parts) == 1:
            return parts[0]
        most = max(part.client.shape[1] for part in parts)
        columns = {
            f.name: np.concatenate([getattr(p, f.name) for p in parts])
            for f in fields(cls)
            if f.name != "client"
        }
        return cls(client=np.concatenate([_widened(p.client, most) for p in parts]), **columns)

    def chosen(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.integer]) -> Workloads:
        """Return the rows selected by a mask or by indices."""
        return Workloads(**{f.name: getattr(self, f.name)[which] for f in fields(self)})


def _widened(client: npt.NDArray[np.int32], columns: int) -> npt.NDArray[np.int32]:
    """Repeat the first client in further columns."""
    more = np.repeat(client[:, :1], columns - client.shape[1], axis=1)
    return np.concatenate([client, more], axis=1)
