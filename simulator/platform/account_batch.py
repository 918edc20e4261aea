"""A crowd: accounts that sign up together, before the world has taken them in."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_MINUTE, NEVER
from shamcrowd.simulator.platform.terms import PAY_AS_YOU_GO, TRIAL
from shamcrowd.simulator.supply.identities import PersonNames
from shamcrowd.simulator.supply.places import COUNTRY_OF, LOCALE_OF, ZONE_OF

SIGN_INS = ("password", "oauth", "sso")
PASSWORD, OAUTH, SSO = range(3)
DISPUTED = 0.002
"""Chargebacks per charge of an honest card (assumed; card networks act at about 1 %)."""


@dataclass
class Workload:
    """One habit for some of a crowd; arrays of the length of ``who``.

    ``who`` counts in the crowd. ``rate`` is in sessions a day. ``family`` and ``templates`` name
    prompt templates (0: own words). ``zone`` is whose clock it keeps (code), ``opens`` and ``ends``
    (ms) between which moments it is followed. A ``twin`` is the same people in the same order as
    the duty before it, with the same favourites and ways.
    """

    profile: int
    who: npt.NDArray[np.int64]
    rate: npt.NDArray[np.float64]
    client: npt.NDArray[np.int64]
    family: npt.NDArray[np.int64]
    templates: npt.NDArray[np.int64]
    zone: npt.NDArray[np.int8]
    opens: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    twin: bool = False

    def chosen(self, which: npt.NDArray[np.bool_]) -> Workload:
        """For some of its people."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        arrays = {k: v[which] for k, v in columns.items() if isinstance(v, np.ndarray)}
        return Workload(**columns | arrays)


@dataclass
class CompromisedAccounts:
    """A hold on n accounts that somebody else opened: for duties beside the owners' own.

    ``key`` holds the ids of the keys that are used. Addresses as in `AccountBatch`.
    """

    handle: npt.NDArray[np.int64]
    key: npt.NDArray[np.int32]
    zone: npt.NDArray[np.int8]
    slot: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]
    address_list: npt.NDArray[np.int64]
    workloads: list[Workload] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.handle)


@dataclass
class AccountBatch:
    """n accounts, arrays of length n. Handles count in the owner's supply; -1 means none.

    ``verified`` ones passed the checks of the sign-up page; the others left halfway and never send
    anything; ``codes`` is how often a code was sent to their phone. ``inviter`` is the handle of
    the account that invited them; ``renews`` says whose card is good for a month. ``sound`` is the
    chance that a charge goes through, ``disputed`` the chance that one which did comes back,
    ``passes`` the chance to pass a challenge.
    ``addresses[i]`` runs from ``slot[i]`` for ``slots[i]`` places in ``address_list``.
    """

    created: npt.NDArray[np.int64]
    place: npt.NDArray[np.int8]
    names: PersonNames
    mailbox: npt.NDArray[np.int64]
    phone: npt.NDArray[np.int64]
    device: npt.NDArray[np.int64]
    card: npt.NDArray[np.int64]
    organisation: npt.NDArray[np.int64]
    sign_in: npt.NDArray[np.int8]
    plan: npt.NDArray[np.int8]
    pays: npt.NDArray[np.bool_]
    sound: npt.NDArray[np.float32]
    disputed: npt.NDArray[np.float32]
    passes: npt.NDArray[np.float32]
    verified: npt.NDArray[np.bool_]
    codes: npt.NDArray[np.int64]
    inviter: npt.NDArray[np.int64]
    renews: npt.NDArray[np.bool_]
    slot: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]
    address_list: npt.NDArray[np.int64]
    opens: npt.NDArray[np.int64]
    workloads: list[Workload] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.created)

    def add_workload(
        self,
        profile: int,
        who: npt.NDArray[np.int64],
        rate: npt.NDArray[np.float64],
        client: npt.NDArray[np.int64],
        family: npt.ArrayLike = 0,
        templates: npt.ArrayLike = 0,
        *,
        zone: npt.ArrayLike | None = None,
        opens: npt.ArrayLike = 0,
        ends: npt.ArrayLike = NEVER,
    ) -> None:
        """Let ``who`` follow a habit (a row of the world's tables), by their own clock if no
        ``zone`` is given.
        """
        self.workloads.append(
            make_workload(
                self.zone, profile, who, rate, client, family, templates, zone, opens, ends
            )
        )

    @property
    def idle(self) -> npt.NDArray[np.int64]:
        """Places of those who have no duty yet."""
        busy = np.zeros(len(self), np.bool_)
        for each in self.workloads:
            busy[each.who] = True
        return np.flatnonzero(~busy)

    @property
    def country(self) -> npt.NDArray[np.int8]:
        """Country codes."""
        return COUNTRY_OF[self.place]

    @property
    def locale(self) -> npt.NDArray[np.int8]:
        """Locale codes."""
        return LOCALE_OF[self.place]

    @property
    def zone(self) -> npt.NDArray[np.int8]:
        """Zone codes."""
        return ZONE_OF[self.place]

    def own_addresses(self, lists: list[npt.NDArray[np.int64]]) -> None:
        """Give every account one address from each of ``lists``, the first as its home."""
        count = len(self)
        self.address_list = np.stack(lists, axis=1).ravel()
        self.slot = np.arange(count, dtype=np.int64) * len(lists)
        self.slots = np.full(count, len(lists), np.int64)

    @property
    def first_address(self) -> npt.NDArray[np.int64]:
        """Where each signed up."""
        return self.address_list[self.slot]

    @property
    def has_card_at_signup(self) -> npt.NDArray[np.bool_]:
        """Paid plans begin with a card, except those billed by invoice."""
        paid: npt.NDArray[np.bool_] = (self.plan != TRIAL) & (self.card >= 0)
        return paid

    def start_on_plan(self, plan: int) -> None:
        """Let all sign up on one plan, but for those without a card: they get an invoice."""
        self.plan = np.where(self.card >= 0, plan, self.plan).astype(np.int8)

    @classmethod
    def blank(
        cls, created: npt.NDArray[np.int64], place: npt.NDArray[np.int8], names: PersonNames
    ) -> AccountBatch:
        """Accounts that have nothing yet."""
        count = len(created)

        def none() -> npt.NDArray[np.int64]:
            return np.full(count, -1, np.int64)

        return cls(
            created=created,
            place=place,
            names=names,
            mailbox=none(),
            phone=none(),
            device=none(),
            card=none(),
            organisation=none(),
            sign_in=np.full(count, PASSWORD, np.int8),
            plan=np.full(count, PAY_AS_YOU_GO, np.int8),
            pays=np.ones(count, np.bool_),
            sound=np.ones(count, np.float32),
            disputed=np.full(count, DISPUTED, np.float32),
            verified=np.ones(count, np.bool_),
            codes=np.ones(count, np.int64),
            inviter=none(),
            renews=np.zeros(count, np.bool_),
            passes=np.ones(count, np.float32),
            slot=np.zeros(count, np.int64),
            slots=np.ones(count, np.int64),
            address_list=none(),
            opens=created + MS_PER_MINUTE,
        )


def delay_first_use(
    batch: AccountBatch, rng: np.random.Generator, days: float, most: float
) -> None:
    """Let accounts begin later, by ``days`` in the mean (exponential) and at most ``most`` ms."""
    late = np.minimum(rng.exponential(days * MS_PER_DAY, len(batch)), most).astype(np.int64)
    batch.opens = np.where(batch.verified, batch.opens + late, batch.opens)


def make_workload(
    zones: npt.NDArray[np.int8],
    profile: int,
    who: npt.NDArray[np.int64],
    rate: npt.NDArray[np.float64],
    client: npt.NDArray[np.int64],
    family: npt.ArrayLike = 0,
    templates: npt.ArrayLike = 0,
    zone: npt.ArrayLike | None = None,
    opens: npt.ArrayLike = 0,
    ends: npt.ArrayLike = NEVER,
) -> Workload:
    """A duty; scalars hold for everybody in ``who``, who otherwise keep the clock of ``zones``."""

    def each(values: npt.ArrayLike, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        return np.broadcast_to(np.asarray(values, kind), len(who))

    return Workload(
        profile,
        who,
        rate,
        client,
        each(family, np.int64),
        each(templates, np.int64),
        zones[who] if zone is None else each(zone, np.int8),
        each(opens, np.int64),
        each(ends, np.int64),
    )
