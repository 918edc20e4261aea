"""Messages between the world and its shards for each time slice: orders in, summaries out.

Request rows are never passed. A ``local`` number is an account's index in its shard's arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.lifecycle.keys import KeyUse
from shamcrowd.simulator.lifecycle.payers import Payers
from shamcrowd.simulator.traffic.workloads import Workloads

if TYPE_CHECKING:
    from shamcrowd.recording.writing import WrittenFile

LEGITIMATE = ""
"""Group name of all legitimate accounts; every other group is named after its campaign."""


@dataclass
class NewAccounts:
    """n accounts that a shard adds; arrays of shape (n,) unless noted.

    Attributes:
        group: `LEGITIMATE` or the campaign's name.
        handle: account handles.
        local: their numbers in the shard.
        account: account ids.
        opened: time (ms) from which requests may be sent.
        plan: index into `plans.PLANS`.
        card: id of the first card, added at sign-up or when the trial ends; -1: none.
        device: device id.
        other: id of the other device that log-ins come from.
        other_since: when that is used first, ms.
        charge_success: probability that a charge goes through, 0 to 1.
        dispute_rate: probability that a successful charge is charged back, 0 to 1.
        challenge_success: probability of passing a challenge, 0 to 1.
        payers: who pays for them.
        workloads: their rows; ``slot`` counts in ``addresses``.
        addresses: address handles.
    """

    group: str
    handle: npt.NDArray[np.int64]
    local: npt.NDArray[np.int64]
    account: npt.NDArray[np.int32]
    opened: Millis
    plan: npt.NDArray[np.int8]
    card: npt.NDArray[np.int32]
    device: npt.NDArray[np.int32]
    other: npt.NDArray[np.int32]
    other_since: Millis
    charge_success: npt.NDArray[np.float32]
    dispute_rate: npt.NDArray[np.float32]
    challenge_success: npt.NDArray[np.float32]
    payers: Payers
    workloads: Workloads
    addresses: npt.NDArray[np.int64]


@dataclass
class AddedWorkloads:
    """A campaign's new workloads on existing accounts, its own or compromised ones."""

    group: str
    workloads: Workloads
    addresses: npt.NDArray[np.int64]


@dataclass(frozen=True)
class ModelShift:
    """A group moves to a new model: ``share`` of its workloads, with a mean delay of ``hours``."""

    group: str
    model: int
    time: int
    share: float
    hours: float


@dataclass(frozen=True)
class AccountSpans:
    """Restrictions on n accounts, each account at most once; arrays of shape (n,).

    ``since`` and ``until`` are ms; the interval excludes ``until``.
    """

    local: npt.NDArray[np.int64]
    account: npt.NDArray[np.int32]
    since: Millis
    until: Millis

    def chosen(self, which: npt.NDArray[np.bool_]) -> AccountSpans:
        """Return the rows where ``which`` is True."""
        return AccountSpans(*(column[which] for column in vars(self).values()))


@dataclass(frozen=True)
class ThingSpans:
    """Levers on n things of one kind, ascending by id; arrays of shape (n,).

    A thing is there once for each lever that concerns it. ``since`` and ``until`` are ms, the
    interval excludes ``until``; ``passes`` is the share that goes through all the same.
    """

    thing: npt.NDArray[np.int32]
    since: Millis
    until: Millis
    passes: npt.NDArray[np.float64]

    def passing(self, things: npt.NDArray[np.int32], times: Millis) -> npt.NDArray[np.float64]:
        """Share of what uses each of m things at a time (ms) that goes through, shape (m,)."""
        found = np.ones(len(things))
        low, high = (np.searchsorted(self.thing, things, side=s) for s in ("left", "right"))
        for nth in range(int((high - low).max(initial=0))):
            at = np.minimum(low + nth, len(self.thing) - 1)
            inside = (low + nth < high) & (self.since[at] <= times) & (times < self.until[at])
            found[inside] = np.minimum(found[inside], self.passes[at[inside]])
        return found


@dataclass(frozen=True)
class NewEquipment:
    """Other addresses or clients for accounts of a campaign.

    Attributes:
        group: the campaign.
        local: shape (n,), ascending: numbers of the accounts in their shard.
        addresses: shape (n, k): handles of the k addresses of each; None: they keep theirs.
        client: shape (n,): handles of their clients; None: they keep theirs.
    """

    group: str
    local: npt.NDArray[np.int64]
    addresses: npt.NDArray[np.int64] | None
    client: npt.NDArray[np.int64] | None


@dataclass
class SliceOrder:
    """Everything a shard needs to simulate one slice, [begin, end) in ms."""

    number: int
    begin: int
    end: int
    new_accounts: list[NewAccounts] = field(default_factory=list)
    added_workloads: list[AddedWorkloads] = field(default_factory=list)
    stops: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = field(default_factory=list)
    moves: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
    """Addresses that changed, ascending, and those that took their places: handles."""
    keys: list[tuple[npt.NDArray[np.int64], KeyUse]] = field(default_factory=list)
    """Accounts that change their keys: local numbers and key ids."""
    bans: list[AccountSpans] = field(default_factory=list)
    """Bans. A later ban of an account replaces an earlier one, which must have ended by then."""
    throttles: list[AccountSpans] = field(default_factory=list)
    """Lowered rate limits, likewise."""
    levers: dict[str, ThingSpans] = field(default_factory=dict)
    """Levers in force, by kind of thing: ``address``, ``client`` or ``card``."""
    equipment: list[NewEquipment] = field(default_factory=list)
    shifts: list[ModelShift] = field(default_factory=list)
    levels: dict[str, dict[int, float]] = field(default_factory=dict)
    """Campaign -> row of the usage profile -> level: a factor on the workloads' rates."""
    shares: dict[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]] = field(
        default_factory=dict
    )
    """Campaign -> accounts that keep only a share of the levels: local numbers, and which share."""
    quotas: dict[str, int] = field(default_factory=dict)
    """Campaign -> number of requests it still needs; more are not made."""
    day_ends: bool = False


SUSPENDED, THROTTLED, FAILED = "suspended", "throttled", "challenge failed"
BLOCKED, NOT_OPENED = "requests refused", "sign-up refused"
"""Causes of losses by enforcement, besides ``trial exhausted`` and ``card declined``."""

ENFORCED = (SUSPENDED, THROTTLED, FAILED, BLOCKED, NOT_OPENED)
ALIVE = (THROTTLED, BLOCKED)
"""Causes after which an account still works, if slowly or another way."""
LIMITED = "refused at a limit"
"""What a campaign sees of a throttle that nobody tells it of: no loss."""
REINSTATED = "reinstated"
"""What ends a suspension."""


@dataclass(frozen=True)
class Loss:
    """An account that stopped, was slowed down, or was reinstated: ``cause``; ``time`` is in ms."""

    group: str
    handle: int
    time: int
    cause: str


@dataclass(frozen=True)
class Checks:
    """n steps of random challenges: time (ms), account id, index into `RESPONSE_ACTIONS`."""

    time: Millis
    account: npt.NDArray[np.int32]
    action: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Consumption:
    """What a campaign was served in a slice.

    Attributes:
        tokens: input and output tokens.
        abusive_tokens: tokens of abusive requests.
        abusive_value: list price of these, US dollars.
    """

    tokens: float
    abusive_tokens: float
    abusive_value: float


@dataclass
class SliceSummary:
    """A shard's report on a slice."""

    served: dict[str, tuple[int, int]]
    """Campaign -> number of abusive and of other requests."""
    losses: list[Loss]
    consumption: dict[str, Consumption] = field(default_factory=dict)
    paid: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Campaign -> successful charges to its own accounts: number and sum (US dollars)."""
    begun: tuple[npt.NDArray[np.int32], Millis] | None = None
    """Campaigns' accounts (ids) that sent their first request, and when (ms)."""
    checks: list[Checks] = field(default_factory=list)
    refusals: list[Loss] = field(default_factory=list)
    """Closed loop only: accounts of campaigns of which requests were refused, once a day each."""
    places: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
    """Handles of addresses first used since the last slice, and times (ms)."""
    clients: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None = None
    """Closed loop only: as for addresses."""
    cards: tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]] | None = None


@dataclass
class ShardResult:
    """A shard's report at the end: its files, and when entities were first used (ms)."""

    files: dict[str, list[WrittenFile]]
    places: npt.NDArray[np.int64]
    since: Millis
    clients: npt.NDArray[np.int64]
    clients_since: Millis
    cards: npt.NDArray[np.int32]
    cards_since: Millis
