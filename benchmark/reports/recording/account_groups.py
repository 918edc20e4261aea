"""The groups of a recording, populations and campaigns, and the group of each account."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from shamcrowd.benchmark.charts.hours import Phase
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import NEVER, AccountIds, Millis
from shamcrowd.simulator.registry import populations, tactics

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class NamedGroup:
    """A population (``kind`` is its archetype) or a campaign (``kind`` is its tactic).

    ``about`` is one line and ``longer`` a paragraph; both are empty if this version does not know
    the kind.
    """

    name: str
    sham: bool
    kind: str
    about: str
    longer: str
    phases: tuple[Phase, ...] = ()


@dataclass(frozen=True)
class GroupedAccounts:
    """The n accounts of a recording, ascending by id, and their groups, populations first.

    Attributes:
        groups: populations, then campaigns.
        account: account ids, shape (n,).
        honest: index in ``groups`` before ``turns``, shape (n,).
        sham: index in ``groups`` from ``turns`` on; equal to ``honest`` for accounts that never
            change, shape (n,).
        turns: ms since 1970 at which the account became sham, shape (n,).
        back: ms since 1970 at which a compromised account became legitimate again, shape (n,).
    """

    groups: tuple[NamedGroup, ...]
    account: AccountIds
    honest: Codes
    sham: Codes
    turns: Millis
    back: Millis

    def places(self, account: npt.NDArray[np.integer[Any]]) -> Codes:
        """Indices of accounts in the arrays."""
        return np.searchsorted(self.account, account)

    @property
    def is_sham(self) -> npt.NDArray[np.bool_]:
        """Is an account ever abused?"""
        shams: npt.NDArray[np.bool_] = np.array([g.sham for g in self.groups], np.bool_)[self.sham]
        return shams

    @property
    def sizes(self) -> Codes:
        """Accounts per group; an account that is ever abused counts for its campaign."""
        return np.bincount(self.sham, minlength=len(self.groups))


def read_groups(truth: Truth) -> GroupedAccounts:
    """Read the groups and the group of each account.

    Raises:
        RecordingError: if the truth cannot be read.
    """
    rows = truth.accounts().sort_values("account", kind="stable")
    segment = rows["segment"].astype(object)
    campaign = rows["campaign"].astype(object)
    resolved = truth.manifest.resolved
    kinds = {n: _kind(v, "population", n) for n, v in _named(resolved, "populations")}
    drives = {n: _kind(v, "tactic", n) for n, v in _named(resolved, "campaigns")}
    known = rows.dropna(subset=["campaign"])
    drives |= dict(zip(known["campaign"].astype(str), known["tactic"].astype(str), strict=True))
    kinds |= {s: s for s in segment.dropna().unique() if s not in kinds}
    counts = segment[campaign.isna()].value_counts()
    legitimate = sorted(kinds, key=lambda name: (-int(counts.get(name, 0)), name))
    phases = _phases(truth.campaigns())
    abusive = sorted(drives, key=lambda n: (phases[n][0].time if n in phases else NEVER, n))
    groups = (
        *(
            NamedGroup(n, False, kinds[n], *_description(populations().get(kinds[n])))
            for n in legitimate
        ),
        *(
            NamedGroup(
                n, True, drives[n], *_description(tactics().get(drives[n])), phases.get(n, ())
            )
            for n in abusive
        ),
    )
    honest = pd.Categorical(segment, legitimate).codes.astype(np.int64)
    sham = pd.Categorical(campaign, abusive).codes.astype(np.int64)
    sham = np.where(sham < 0, honest, sham + len(legitimate))
    return GroupedAccounts(
        groups,
        rows["account"].to_numpy(np.int32),
        np.where(honest < 0, sham, honest),
        sham,
        _moments(rows["sham_from"]),
        _moments(rows["sham_until"]),
    )


def _moments(column: pd.Series[Any]) -> Millis:
    """Milliseconds since 1970; ``NEVER`` where there is no time."""
    times = column.to_numpy("datetime64[ms]")
    moments: npt.NDArray[np.int64] = np.where(np.isnat(times), NEVER, times.astype(np.int64))
    return moments


def _named(resolved: dict[str, Any], what: str) -> Iterable[tuple[str, Any]]:
    held = resolved.get(what)
    return held.items() if isinstance(held, dict) else ()


def _kind(settings: Any, key: str, name: str) -> str:
    return str(settings.get(key, name)) if isinstance(settings, dict) else name


def _phases(rows: pd.DataFrame) -> dict[str, tuple[Phase, ...]]:
    """The phases that each campaign started, in order of time."""
    found: dict[str, list[Phase]] = {}
    times = rows["time"].to_numpy("datetime64[ms]").astype(np.int64)
    order = np.argsort(times, kind="stable")
    for at in order:
        row = rows.iloc[at]
        phase = Phase(str(row["phase"]), int(times[at]), int(row["accounts"]))
        found.setdefault(str(row["campaign"]), []).append(phase)
    return {name: tuple(phases) for name, phases in found.items()}


def _description(kind: type | None) -> tuple[str, str]:
    """The description of a class: its first line, and its module in a paragraph."""
    if kind is None:
        return "", ""
    line = (kind.__doc__ or "").strip().split("\n")[0].replace("``", "").replace("`", "")
    module = inspect.cleandoc(sys.modules[kind.__module__].__doc__ or "")
    # Modules begin with their number in the threat model, which is not explained on the page.
    text = re.sub(r"^[A-Z]\d+ of the threat model: ", "", " ".join(module.split()))
    # Sentences about sources are for readers of the code.
    sentences = [s for s in re.split(r"(?<=\.) (?=[A-Z])", text) if "threat model" not in s]
    longer = " ".join(sentences).replace("`", "")
    return line, longer[:1].upper() + longer[1:]
