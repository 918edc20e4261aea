"""What a campaign knows of its accounts: the supply that each was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.campaigns.account_state import AccountState
from shamcrowd.simulator.campaigns.tradecraft import PATHS, SUPPLY
from shamcrowd.simulator.core.handles import CAMPAIGN_BIT
from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts

if TYPE_CHECKING:
    from shamcrowd.simulator.supply.store import Supply

Codes = npt.NDArray[np.int64]
NONE = -1


class Holdings:
    """Supply of each account, in the order of the account state.

    Attributes:
        plan: plan on which each account signed up, an index into `PLANS`; -1 if it was taken over.
        codes: for each kind of `SUPPLY` a code per account. Equal codes mean the same address
            block, device, card BIN, mail domain, block of phone numbers, client or set of prompt
            templates; -1 means none.
        address: handle of an address of each account.
        fresh: place of the first account that was made in the present way.
    """

    def __init__(self, supply: Supply, state: AccountState) -> None:
        self._supply = supply
        self._state = state
        self._words: dict[tuple[str, str], int] = {}
        self.plan = np.empty(0, np.int8)
        self.codes: dict[str, Codes] = {kind: np.empty(0, np.int64) for kind in SUPPLY}
        self.address = np.empty(0, np.int64)
        self.fresh = 0

    def add(self, batch: AccountBatch | CompromisedAccounts) -> None:
        """Note what accounts use; the campaign adds them to its account state in the same order."""
        count = len(batch)
        first = batch.address_list[batch.slot] if count else np.empty(0, np.int64)
        self.address = np.concatenate([self.address, first])
        plan = np.full(count, NONE, np.int8)
        codes = {kind: np.full(count, NONE, np.int64) for kind in SUPPLY}
        if count:
            codes["address"] = self._named("address", "prefix", first)
            if isinstance(batch, AccountBatch):
                self._bought(codes, batch)
                plan = batch.plan
        for workload in reversed(batch.workloads):
            codes["client"][workload.who] = np.atleast_2d(workload.client.T)[0]
            own = workload.templates > 0
            codes["prompt"][workload.who[own]] = workload.family[own]
        self.plan = np.concatenate([self.plan, plan])
        for kind, values in codes.items():
            self.codes[kind] = np.concatenate([self.codes[kind], values])

    def _bought(self, codes: dict[str, Codes], batch: AccountBatch) -> None:
        """Codes of what the campaign's own accounts signed up with."""
        codes["device"] = batch.device.copy()
        card = np.where(batch.has_card_at_signup | batch.adds_card, batch.card, NONE)
        codes["card"] = self._named("card", "bin", card)
        codes["mailbox"] = self._named("mailbox", "domain", batch.mailbox)
        codes["phone"] = self._named("phone", "block", batch.phone)

    def _named(self, kind: str, column: str, handles: Codes) -> Codes:
        """Codes of a column of a register: equal values, equal codes."""
        found = np.full(len(handles), NONE, np.int64)
        some = np.flatnonzero(handles >= 0)
        words = self._supply.register(kind).texts(column, handles[some])
        known = [self._words.setdefault((kind, w), len(self._words)) for w in words]
        found[some] = known
        return found

    def evidence(self, now: int) -> tuple[dict[str, Codes], npt.NDArray[np.bool_]]:
        """Accounts that were made in the present way and have opened before ``now`` (ms).

        Returns:
            Their codes by kind, and whether the platform acted on each.
        """
        some = np.flatnonzero(self._state.opens[self.fresh :] < now) + self.fresh
        return {kind: codes[some] for kind, codes in self.codes.items()}, self._state.acted_on[some]

    def common_ones_burn(self, kind: str, now: int) -> bool:
        """Whether items shared with legitimate users were acted on more often than the others."""
        if kind != "device":
            # The other kinds are known by block or brand only, not by owner.
            return False
        codes, lost = self.evidence(now)
        common = (codes[kind] >= 0) & (codes[kind] < CAMPAIGN_BIT)
        if not common.any():
            return False
        return bool(common.all()) or float(lost[common].mean()) > float(lost[~common].mean())

    def safest_plan(self, present: int | None) -> int:
        """The plan on which the platform acted on the smallest share of accounts so far.

        The ``present`` plan is left out. A plan that was never tried counts as 0; of equal plans
        the first is taken.
        """

        def burned(path: int) -> float:
            on = self.plan == path
            return float(self._state.acted_on[on].mean()) if on.any() else 0.0

        return min((path for path in PATHS if path != present), key=burned)

    def places(self, handles: Codes) -> npt.NDArray[np.intp]:
        """Places of accounts (handles, ascending) in the order of the account state."""
        order = np.argsort(self._state.handle, kind="stable")
        at: npt.NDArray[np.intp] = order[np.searchsorted(self._state.handle, handles, sorter=order)]
        return at

    def move(self, places: npt.NDArray[np.intp], address: Codes) -> None:
        """Note that accounts come from other addresses (shape (n,): one of each) now."""
        self.address[places] = address
        self.codes["address"][places] = self._named("address", "prefix", address)

    def reset_evidence(self) -> None:
        """Forget the evidence so far: from now on accounts are made in another way."""
        self.fresh = len(self._state)
