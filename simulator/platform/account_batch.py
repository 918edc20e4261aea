"""Batches of accounts that sign up together, and the workloads assigned to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, TRIAL
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.retention import SPELLS, Retention
from shamcrowd.simulator.lifecycle.returned_money import DISPUTED
from shamcrowd.simulator.platform.workload import Workload, make_workload
from shamcrowd.simulator.supply.identities import PersonNames
from shamcrowd.simulator.supply.places import COUNTRY_OF, LOCALE_OF, ZONE_OF

SIGN_INS = ("password", "oauth", "sso")
PASSWORD, OAUTH, SSO = range(3)


@dataclass
class CompromisedAccounts:
    """n accounts that were opened by others and are used by a campaign besides their owners.

    Attributes:
        handle: account handles, shape (n,).
        key: numbers of the API keys used (see `lifecycle.keys`), shape (n,).
        zone: time-zone codes, shape (n,).
        slot, slots: start of each account's addresses in ``address_list``, and their number.
        address_list: address handles.
        used: which of them are used and not kept in stock, shape (n,).
        workloads: what the campaign does with the accounts.
    """

    handle: npt.NDArray[np.int64]
    key: npt.NDArray[np.int32]
    zone: npt.NDArray[np.int8]
    slot: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]
    address_list: npt.NDArray[np.int64]
    used: npt.NDArray[np.bool_]
    workloads: list[Workload] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.handle)


@dataclass
class AccountBatch:
    """n accounts that sign up together; arrays of shape (n,) unless noted.

    Handles are numbers in the owner's supply; -1 means none.

    Attributes:
        created: sign-up time, ms.
        place: row of `PLACES`: country, language and time zone.
        names: display names, and first and last names for mailboxes.
        mailbox: mailbox handle.
        phone: phone handle.
        device: device handle.
        card: card handle.
        organisation: organisation handle.
        sign_in: index into `SIGN_INS`.
        plan: index into `PLANS`.
        adds_card: whether an owner who still uses it goes on as a customer when the trial ends.
        charge_success: probability that a charge goes through, 0 to 1.
        dispute_rate: probability that a successful charge is charged back, 0 to 1.
        challenge_success: probability of passing a challenge, 0 to 1.
        verified: passed the checks of the sign-up page; the others abandon it and never send a
            request.
        codes: number of verification codes sent to the phone; 0: as people ask for them.
        first_code: when the first is sent, ms; known once the batch is admitted.
        inviter: handle of the account that sent the invitation.
        renews: pays with a card that is valid for one month.
        slot: start of the account's addresses in ``address_list``.
        slots: number of its addresses.
        address_list: address handles, shape (sum of ``slots``,).
        granted: when trial credit is granted, ms; `NEVER`: none is.
        card_since: when the card is added at sign-up, ms; `NEVER`: it is not.
        stays: lengths of the owner's spells of use (ms), shape (n, `SPELLS`).
        pauses: lengths of the pauses after them (ms), shape (n, `SPELLS`); `NEVER`: does not
            return.
        life: how they sign up, keep keys and ask for help.
        other_device: handle of another device for log-ins; known once the batch is admitted.
        other_since: when it is used first, ms; likewise.
        first_key: when the first key is made, ms; known once the batch is admitted.
        opens: time (ms) from which requests may be sent; likewise.
        workloads: usage profiles of the accounts.
    """

    created: Millis
    place: npt.NDArray[np.int8]
    names: PersonNames
    mailbox: npt.NDArray[np.int64]
    phone: npt.NDArray[np.int64]
    device: npt.NDArray[np.int64]
    card: npt.NDArray[np.int64]
    organisation: npt.NDArray[np.int64]
    sign_in: npt.NDArray[np.int8]
    plan: npt.NDArray[np.int8]
    adds_card: npt.NDArray[np.bool_]
    charge_success: npt.NDArray[np.float32]
    dispute_rate: npt.NDArray[np.float32]
    challenge_success: npt.NDArray[np.float32]
    verified: npt.NDArray[np.bool_]
    codes: npt.NDArray[np.int64]
    first_code: Millis
    inviter: npt.NDArray[np.int64]
    renews: npt.NDArray[np.bool_]
    slot: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]
    address_list: npt.NDArray[np.int64]
    life: Life
    other_device: npt.NDArray[np.int64]
    other_since: Millis
    first_key: Millis
    opens: Millis
    granted: Millis
    card_since: Millis
    stays: Millis
    pauses: Millis
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
        """Let accounts follow a usage profile.

        Args:
            profile: row of the profile in the world's tables.
            who: indices of m accounts.
            rate: shape (m,), sessions per day.
            client: shape (m,), client handles.
            family: prompt-template family, scalar or shape (m,).
            templates: number of templates, scalar or shape (m,); 0: free-form prompts.
            zone: time-zone codes, scalar or shape (m,); None: the accounts' own.
            opens: time (ms) from which the profile applies, scalar or shape (m,).
            ends: time (ms) until which it applies, scalar or shape (m,).
        """
        self.workloads.append(
            make_workload(
                self.zone, profile, who, rate, client, family, templates, zone, opens, ends
            )
        )

    @property
    def idle(self) -> npt.NDArray[np.int64]:
        """Indices of accounts without a workload."""
        busy = np.zeros(len(self), np.bool_)
        for each in self.workloads:
            busy[each.who] = True
        return np.flatnonzero(~busy)

    @property
    def country(self) -> npt.NDArray[np.int8]:
        """Country codes, shape (n,)."""
        return COUNTRY_OF[self.place]

    @property
    def locale(self) -> npt.NDArray[np.int8]:
        """Locale codes, shape (n,)."""
        return LOCALE_OF[self.place]

    @property
    def zone(self) -> npt.NDArray[np.int8]:
        """Time-zone codes, shape (n,)."""
        return ZONE_OF[self.place]

    def own_addresses(self, lists: list[npt.NDArray[np.int64]]) -> None:
        """Give every account one address from each of ``lists`` (shape (n,)), the first as home."""
        count = len(self)
        self.address_list = np.stack(lists, axis=1).ravel()
        self.slot = np.arange(count, dtype=np.int64) * len(lists)
        self.slots = np.full(count, len(lists), np.int64)

    @property
    def first_address(self) -> npt.NDArray[np.int64]:
        """Address handles used at sign-up, shape (n,)."""
        return self.address_list[self.slot]

    @property
    def has_card_at_signup(self) -> npt.NDArray[np.bool_]:
        """Accounts that add a card at sign-up: on a paid plan that is not billed by invoice."""
        paid: npt.NDArray[np.bool_] = (self.plan != TRIAL) & (self.card >= 0)
        return paid

    def keep(self, retention: Retention, rng: np.random.Generator) -> None:
        """Draw how long the owners stay, and whether they come back."""
        self.stays, self.pauses = retention.draw(rng, len(self))

    def keep_as_busy(self, retention: Retention, rng: np.random.Generator, in_use: float) -> None:
        """Draw how long the owners stay; those in use also do the work of those who left.

        So the rates of a population are means over all of its accounts.

        Args:
            retention: how long they stay.
            rng: random stream.
            in_use: share of the population's accounts that is in use at a random moment, 0 to 1.
        """
        self.keep(retention, rng)
        for workload in self.workloads:
            workload.rate = workload.rate / in_use

    def start_on_plan(self, plan: int) -> None:
        """Put all accounts with a card on ``plan``; the others keep theirs (billed by invoice)."""
        self.plan = np.where(self.card >= 0, plan, self.plan).astype(np.int8)

    @classmethod
    def joined(cls, parts: Sequence[AccountBatch], coming: npt.NDArray[np.int64]) -> AccountBatch:
        """Return the accounts of several batches, one batch after the other.

        Args:
            parts: batches whose members may have invited each other.
            coming: handles that all accounts will get, in order, shape (n,).
        """
        if len(parts) == 1:
            return parts[0]
        columns: dict[str, Any] = {}
        for column in fields(cls):
            values = [getattr(part, column.name) for part in parts]
            if isinstance(values[0], np.ndarray):
                columns[column.name] = np.concatenate(values)
            elif hasattr(type(values[0]), "joined"):
                columns[column.name] = type(values[0]).joined(values)
        before = np.cumsum([0, *(len(part) for part in parts)])
        addresses = np.cumsum([0, *(len(part.address_list) for part in parts)])
        sizes = np.diff(before)
        columns["slot"] = columns["slot"] + np.repeat(addresses[:-1], sizes)
        # Each part took its inviters from the first handles that are coming.
        invited = np.flatnonzero(columns["inviter"] >= 0)
        place = np.searchsorted(coming, columns["inviter"][invited])
        columns["inviter"][invited] = coming[place + np.repeat(before[:-1], sizes)[invited]]
        columns["workloads"] = [
            replace(workload, who=workload.who + first)
            for part, first in zip(parts, before[:-1].tolist(), strict=True)
            for workload in part.workloads
        ]
        return cls(**columns)

    @classmethod
    def blank(
        cls, created: Millis, place: npt.NDArray[np.int8], names: PersonNames
    ) -> AccountBatch:
        """Return accounts with times, places and names, and default values elsewhere."""
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
            adds_card=np.ones(count, np.bool_),
            charge_success=np.ones(count, np.float32),
            dispute_rate=np.full(count, DISPUTED, np.float32),
            verified=np.ones(count, np.bool_),
            codes=np.zeros(count, np.int64),
            first_code=np.full(count, NEVER, np.int64),
            inviter=none(),
            renews=np.zeros(count, np.bool_),
            challenge_success=np.ones(count, np.float32),
            slot=np.zeros(count, np.int64),
            slots=np.ones(count, np.int64),
            address_list=none(),
            granted=np.full(count, NEVER, np.int64),
            card_since=np.full(count, NEVER, np.int64),
            stays=np.full((count, SPELLS), NEVER, np.int64),
            pauses=np.full((count, SPELLS), NEVER, np.int64),
            life=Life.blank(count),
            other_device=none(),
            other_since=np.full(count, NEVER, np.int64),
            first_key=np.full(count, NEVER, np.int64),
            opens=np.full(count, NEVER, np.int64),
        )
