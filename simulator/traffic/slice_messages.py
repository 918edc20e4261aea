"""What passes between the world and its shards at each slice: commands in, summaries out.

Rows never pass. Accounts are counted inside a shard: its ``local`` number is its place in the
shard's arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.writing import Written
from shamcrowd.simulator.traffic.workloads import Workloads

LEGITIMATE = ""
"""Group of all legitimate accounts; every other group is a campaign's name."""


@dataclass
class NewAccounts:
    """Accounts that a shard takes on, arrays of length n, with their duties and addresses.

    ``handle`` is the account's number in the world. ``plan`` is a row of `terms.PLANS`. ``pays``
    tells whether it adds a card when its trial ends, ``card`` is that card's id (-1: none),
    ``sound`` the chance that a charge goes through, ``disputed`` the chance that one which did
    comes back, ``passes`` the chance to pass a challenge.
    ``addresses`` are handles; ``duties.slot`` counts in them.
    """

    group: str
    handle: npt.NDArray[np.int64]
    local: npt.NDArray[np.int64]
    account: npt.NDArray[np.int32]
    opened: npt.NDArray[np.int64]
    plan: npt.NDArray[np.int8]
    pays: npt.NDArray[np.bool_]
    card: npt.NDArray[np.int32]
    device: npt.NDArray[np.int32]
    sound: npt.NDArray[np.float32]
    disputed: npt.NDArray[np.float32]
    passes: npt.NDArray[np.float32]
    workloads: Workloads
    addresses: npt.NDArray[np.int64]


@dataclass
class AddedWorkloads:
    """A campaign takes up duties on accounts that are there already, its own or hijacked ones."""

    group: str
    workloads: Workloads
    addresses: npt.NDArray[np.int64]


@dataclass(frozen=True)
class ModelShift:
    """A group moves to a new model: ``share`` of its duties, within about ``hours``."""

    group: str
    model: int
    time: int
    share: float
    hours: float


@dataclass(frozen=True)
class AccountSpans:
    """Accounts to which something is done for a time, arrays of length n; an account at most once.

    ``since`` and ``until`` are ms; the end is not part of it.
    """

    local: npt.NDArray[np.int64]
    account: npt.NDArray[np.int32]
    since: npt.NDArray[np.int64]
    until: npt.NDArray[np.int64]

    def chosen(self, which: npt.NDArray[np.bool_]) -> AccountSpans:
        """Some of them."""
        return AccountSpans(*(column[which] for column in vars(self).values()))


@dataclass
class SliceOrder:
    """Everything a shard must know to play one slice, from ``begin`` to ``end`` (ms)."""

    number: int
    begin: int
    end: int
    new_accounts: list[NewAccounts] = field(default_factory=list)
    added_workloads: list[AddedWorkloads] = field(default_factory=list)
    stops: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = field(default_factory=list)
    cards: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]] = field(default_factory=list)
    """Accounts that add another card in this slice: local numbers and ids of the cards."""
    bans: list[AccountSpans] = field(default_factory=list)
    """Accounts that are not served for a time. A later ban takes the place of an earlier one, which
    must have ended by then."""
    throttles: list[AccountSpans] = field(default_factory=list)
    """Accounts whose rate limit is lowered for a time, likewise."""
    shifts: list[ModelShift] = field(default_factory=list)
    levels: dict[str, dict[int, float]] = field(default_factory=dict)
    """Campaign -> row of the habit -> level: a multiple of the duties' rates."""
    quotas: dict[str, int] = field(default_factory=dict)
    """Campaign -> requests after which it has what it came for; the rest is not made."""
    day_ends: bool = False


SUSPENDED, THROTTLED, FAILED = "suspended", "throttled", "challenge failed"
"""Causes of losses by the platform's hand, beside ``trial exhausted`` and ``card declined``."""

ENFORCED = (SUSPENDED, THROTTLED, FAILED)


@dataclass(frozen=True)
class Loss:
    """An account that stopped or, if ``throttled``, slowed down: group, handle, when (ms), why."""

    group: str
    handle: int
    time: int
    cause: str


@dataclass(frozen=True)
class Checks:
    """Steps of random checks, arrays of length n: when (ms), account id, a row of
    `RESPONSE_ACTIONS`.
    """

    time: npt.NDArray[np.int64]
    account: npt.NDArray[np.int32]
    action: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Consumption:
    """Tokens that a campaign was served, those of abusive requests, and what the latter cost at
    list price (US dollars).
    """

    tokens: float
    abusive_tokens: float
    abusive_value: float


@dataclass
class SliceSummary:
    """What a shard reports of a slice."""

    served: dict[str, tuple[int, int]]
    """Campaign -> abusive and other requests."""
    losses: list[Loss]
    consumption: dict[str, Consumption] = field(default_factory=dict)
    paid: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Campaign -> charges that went through on its own accounts, and their sum (US dollars)."""
    checks: list[Checks] = field(default_factory=list)
    places: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
    """In the closed loop: handles of addresses first used since the last slice, and when."""
    clients: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
    cards: tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]] | None = None


@dataclass
class ShardResult:
    """What a shard reports at the end: its files, and when things were first used."""

    files: dict[str, list[Written]]
    places: npt.NDArray[np.int64]
    since: npt.NDArray[np.int64]
    clients: npt.NDArray[np.int64]
    clients_since: npt.NDArray[np.int64]
    cards: npt.NDArray[np.int32]
    cards_since: npt.NDArray[np.int64]
