"""The part of a page that shows the truth, which can be left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.charts import formatting
from shamcrowd.benchmark.reports.recording.account_groups import GroupedAccounts, read_groups
from shamcrowd.benchmark.reports.recording.vocabulary import PHASES
from shamcrowd.benchmark.scoring.conditions import UNLABELLED_NOTE
from shamcrowd.recording.plain_text import printable
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_SECOND, Millis

NEVER_SECONDS = 2**31 - 1
"""Stands for a moment that never comes."""


@dataclass(frozen=True)
class KnownTruth:
    """The truth of a recording: ``groups`` of its accounts, and ``about``, which is JSON data."""

    groups: GroupedAccounts
    about: dict[str, Any]

    def columns(self, start: int) -> dict[str, tuple[npt.NDArray[np.int64], str]]:
        """Columns of each account by name, with the type to pack them as."""
        return {
            "truth.honest": (self.groups.honest, "int16"),
            "truth.sham": (self.groups.sham, "int16"),
            "truth.from": (seconds(self.groups.turns, start), "int32"),
            "truth.until": (seconds(self.groups.back, start), "int32"),
        }


def read_truth(truth: Truth) -> KnownTruth:
    """Read the truth about accounts and campaigns.

    Raises:
        RecordingError: if it cannot be read.
    """
    groups, manifest = read_groups(truth), truth.manifest
    about = {
        "scenario": manifest.scenario, "seed": manifest.seed,
        "title": str(manifest.resolved.get("title") or manifest.scenario),
        "summary": str(manifest.resolved.get("about") or ""),
        "settings": formatting.as_yaml(manifest.played),
        "note": UNLABELLED_NOTE if manifest.injected else "",
        "groups": [
            {"name": g.name, "sham": g.sham, "kind": g.kind, "about": g.about, "longer": g.longer,
             "phases": [{"name": p.name, "said": PHASES.get(p.name, p.name), "time": p.time,
                         "accounts": p.accounts} for p in g.phases]}
            for g in groups.groups
        ],
        "responses": _responses(truth, groups),
    }  # fmt: skip
    return KnownTruth(groups, shown(about))


def _responses(truth: Truth, groups: GroupedAccounts) -> list[list[Any]]:
    """Place, time, action and cause of each step that the log does not hold."""
    rows = truth.responses()
    rows = rows[rows["action"].isin(["cleared", "rejection", "departure"])]
    place = groups.places(rows["account"].to_numpy())
    times = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    steps = zip(place.tolist(), times.tolist(), rows["action"], rows["cause"], strict=True)
    return [[at, time, str(action), str(cause)] for at, time, action, cause in steps]


def seconds(moments: Millis, start: int) -> npt.NDArray[np.int64]:
    """Seconds since the start of the recording, at most `NEVER_SECONDS` either way.

    >>> seconds(np.array([0, 5000, 2**62]), 1000).tolist()
    [-1, 4, 2147483647]
    """
    gone = np.floor_divide(moments - start, MS_PER_SECOND)
    return np.clip(gone, -NEVER_SECONDS, NEVER_SECONDS)


def shown(value: Any) -> Any:
    r"""JSON data with every text in it made safe to show.

    >>> shown({"a": ["\x1b", 1]})
    {'a': ['\\x1b', 1]}
    """
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(str(key)): shown(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [shown(one) for one in value]
    return value
