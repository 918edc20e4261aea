"""Addresses of one household or renter: sharing one links accounts, unlike sharing a gateway."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.features.index import AccountIndex, distinct
from shamcrowd.recording.units import EntityIds, Places
from shamcrowd.recording.view import LogView

PERSONAL_KINDS = ("residential", "hosting", "vpn", "unknown")
"""Kinds of address that one household or renter uses. Gateways of carriers, offices and campuses
serve unrelated people. Logs of others may not say of which kind an address is."""


class PersonalAddresses:
    """Personal addresses, and accounts that belong to an organisation."""

    def __init__(self) -> None:
        self._personal = np.empty(0, np.int64)
        self.member = np.empty(0, np.bool_)
        """Shape (accounts,): member of an organisation; members share addresses legitimately."""

    def update(self, log: LogView, index: AccountIndex) -> None:
        """Process the rows since the previous review; ``index`` already holds its accounts."""
        new = log.new.arrow("accounts", ["account", "organisation"])
        member = np.zeros(len(index), np.bool_)
        member[: len(self.member)] = self.member
        member[index.of(new["account"].to_numpy())] = new["organisation"].is_valid().to_numpy()
        self.member = member
        known = log.new.arrow("addresses", ["address", "kind"])
        fit = pc.is_in(known["kind"].cast(pa.string()), pa.array(PERSONAL_KINDS)).to_numpy()
        personal = known["address"].to_numpy()[fit].astype(np.int64)
        self._personal = distinct(np.concatenate([self._personal, personal]))

    def informative(self, place: Places, address: EntityIds) -> npt.NDArray[np.bool_]:
        """Return per row whether the address is personal and the account of no organisation."""
        # A search, since the addresses known so far may be many more than are asked for.
        at = np.searchsorted(self._personal, address)
        personal = np.append(self._personal, -1)[at] == address
        found: npt.NDArray[np.bool_] = personal & ~self.member[place]
        return found
