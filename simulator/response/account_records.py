"""What the response needs to know of each account, and the truth about it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.platform.account_tables import KINDS, AccountTables
from shamcrowd.simulator.supply.store import Supply

HONEST = -1
Places = npt.NDArray[np.intp]
Times = npt.NDArray[np.int64]


class AccountRecords:
    """All accounts admitted so far, in order of admission; a place is an index in that order.

    Attributes:
        account: account ids, shape (n,).
        handle: account handles, shape (n,).
        created: sign-up times (ms), shape (n,).
        challenge_success: probability of passing a challenge, shape (n,).
        segment: index into ``segments``; -1 for sham accounts; shape (n,).
        segments: names of the populations.
        plan: plan at sign-up, index into `PLANS`; shape (n,).
        charge_success: probability that a charge goes through, shape (n,).
        things: ids of what each signed up with, by kind; -1: none.
    """

    def __init__(
        self, account_tables: AccountTables, supply: Supply, campaigns: Mapping[str, object]
    ) -> None:
        self._account_tables = account_tables
        self._supply = supply
        self._campaigns = campaigns
        self.segments: list[str] = []
        self._parts = self._holds = 0
        self.account = np.empty(0, np.int32)
        self.handle = np.empty(0, np.int64)
        self.created = np.empty(0, np.int64)
        self.challenge_success = np.empty(0, np.float32)
        self.segment = np.empty(0, np.int16)
        self.plan = np.empty(0, np.int8)
        self.charge_success = np.empty(0, np.float32)
        self.things = {kind: np.empty(0, np.int32) for kind in KINDS}
        self._campaign = np.empty(0, np.int16)
        self._since = np.empty(0, np.int64)
        self._until = np.empty(0, np.int64)
        self._sorted = np.empty(0, np.intp)

    @property
    def campaigns(self) -> tuple[str, ...]:
        """Names of the campaigns that have begun, by code."""
        return tuple(self._campaigns)

    def __len__(self) -> int:
        return len(self.account)

    def update(self) -> None:
        """Add accounts admitted or taken over since the last call."""
        parts = self._account_tables.admitted[self._parts :]
        self._parts += len(parts)
        if parts:
            sizes = [part["count"] for part in parts]
            codes = [
                self.campaigns.index(p["campaign"]) if p["campaign"] else HONEST for p in parts
            ]
            campaign = np.repeat(np.array(codes, np.int16), sizes)
            segment = np.repeat([self._segment(part["segment"]) for part in parts], sizes)
            created = np.concatenate([part["created"] for part in parts])
            sham = campaign != HONEST
            for name, values in (
                ("account", np.concatenate([part["account"] for part in parts])),
                ("handle", np.concatenate([part["handle"] for part in parts])),
                ("created", created),
                (
                    "challenge_success",
                    np.concatenate([part["challenge_success"] for part in parts]),
                ),
                ("segment", segment.astype(np.int16)),
                ("plan", np.concatenate([part["plan"] for part in parts])),
                ("charge_success", np.concatenate([part["charge_success"] for part in parts])),
                ("_campaign", campaign),
                ("_since", np.where(sham, created, NEVER)),
                ("_until", np.full(len(created), NEVER)),
            ):
                setattr(self, name, np.concatenate([getattr(self, name), values]))
            for kind, ids in self.things.items():
                self.things[kind] = np.concatenate([ids, *(p["things"][kind] for p in parts)])
            self._sorted = np.argsort(self.account, kind="stable")
        held = self._account_tables.taken_over[self._holds :]
        self._holds += len(held)
        for handles, who, since, until in held:
            at = self.places(self._supply.account_ids(handles))
            self._campaign[at] = self.campaigns.index(who[0])
            self._since[at], self._until[at] = since, until

    def _segment(self, name: str | None) -> int:
        if name is None:
            return -1
        if name not in self.segments:
            self.segments.append(name)
        return self.segments.index(name)

    def places(self, accounts: npt.NDArray[np.int32]) -> Places:
        """Return the places of accounts (ids), all of which must be known."""
        found: Places = self._sorted[np.searchsorted(self.account, accounts, sorter=self._sorted)]
        return found

    def known(self, before: int) -> npt.NDArray[np.int32]:
        """Return the ids of accounts opened before a time (ms), ascending."""
        order = self._sorted
        ids: npt.NDArray[np.int32] = self.account[order[self.created[order] < before]]
        return ids

    def driver(self, places: Places, times: Times) -> npt.NDArray[np.int16]:
        """Return the code of the campaign using each account at a time (ms), or `HONEST`."""
        inside = (self._since[places] <= times) & (times < self._until[places])
        return np.where(inside, self._campaign[places], HONEST).astype(np.int16)
