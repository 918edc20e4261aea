"""What a campaign knows of its own accounts: what it bought for each, and which it lost."""

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
    """Accounts in the order in which they were opened or taken, with codes of what they use.

    Equal codes of a kind mean the same address block, device, card BIN, mail domain, block of
    phone numbers, client or set of templates; -1 means none.
    """

    def __init__(self, supply: Supply, state: AccountState) -> None:
        self._supply = supply
        self._state = state
        self._words: dict[tuple[str, str], int] = {}
        self.plan = np.empty(0, np.int8)
        """On which plan each signed up; -1 for other people's."""
        self.codes: dict[str, Codes] = {kind: np.empty(0, np.int64) for kind in SUPPLY}
        self.fresh = 0
        """First account that was made the present way."""

    def add(self, batch: AccountBatch | CompromisedAccounts) -> None:
        """Note what accounts use; the campaign adds them to its account state in the same order."""
        count = len(batch)
        plan = np.full(count, NONE, np.int8)
        codes = {kind: np.full(count, NONE, np.int64) for kind in SUPPLY}
        if count:
            address = batch.address_list[batch.slot]
            codes["address"] = self._named("address", "prefix", address)
            if isinstance(batch, AccountBatch):
                self._bought(codes, batch)
                plan = batch.plan
        for workload in reversed(batch.workloads):
            codes["client"][workload.who] = workload.client
            own = workload.templates > 0
            codes["prompt"][workload.who[own]] = workload.family[own]
        self.plan = np.concatenate([self.plan, plan])
        for kind, values in codes.items():
            self.codes[kind] = np.concatenate([self.codes[kind], values])

    def _bought(self, codes: dict[str, Codes], batch: AccountBatch) -> None:
        """What accounts of its own were signed up with."""
        codes["device"] = batch.device.copy()
        card = np.where(batch.has_card_at_signup | batch.pays, batch.card, NONE)
        codes["card"] = self._named("card", "bin", card)
        codes["mailbox"] = self._named("mailbox", "domain", batch.mailbox)
        codes["phone"] = self._named("phone", "block", batch.phone)

    def _named(self, kind: str, column: str, handles: Codes) -> Codes:
        """Codes of what stands in a column about things; equal words, equal codes."""
        found = np.full(len(handles), NONE, np.int64)
        some = np.flatnonzero(handles >= 0)
        words = self._supply.register(kind).texts(column, handles[some])
        known = [self._words.setdefault((kind, w), len(self._words)) for w in words]
        found[some] = known
        return found

    def evidence(self, now: int) -> tuple[dict[str, Codes], npt.NDArray[np.bool_]]:
        """What those use that were made the present way and have started, and who was lost."""
        some = np.flatnonzero(self._state.opens[self.fresh :] < now) + self.fresh
        return {kind: codes[some] for kind, codes in self.codes.items()}, self._state.acted_on[some]

    def common_ones_burn(self, kind: str, now: int) -> bool:
        """Were more of those lost that hid behind honest people's things than of the others?"""
        if kind != "device":
            # Of the rest it keeps account by block or brand, whosever they are.
            return False
        codes, lost = self.evidence(now)
        lent = (codes[kind] >= 0) & (codes[kind] < CAMPAIGN_BIT)
        if not lent.any():
            return False
        return bool(lent.all()) or float(lost[lent].mean()) > float(lost[~lent].mean())

    def safest_plan(self, present: int | None) -> int:
        """The access path other than the ``present`` one on which the least share of the accounts
        was lost so far; one that was never tried lost none. Of equals the first.
        """

        def burned(path: int) -> float:
            on = self.plan == path
            return float(self._state.acted_on[on].mean()) if on.any() else 0.0

        return min((path for path in PATHS if path != present), key=burned)

    def reset_evidence(self) -> None:
        """From now on accounts are made in another way: what came before proves nothing."""
        self.fresh = len(self._state)
