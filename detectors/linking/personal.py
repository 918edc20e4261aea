"""Whose meeting on an address tells something: strangers on an address of one home or renter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.features.index import AccountIndex, distinct
from shamcrowd.recording.units import EntityIds, Places
from shamcrowd.recording.view import LogView

PERSONAL_KINDS = ("residential", "hosting", "vpn")
"""Kinds of address that one household or renter uses; a carrier's, an office's or a campus's
gateway joins strangers."""


class PersonalAddresses:
    """Which addresses are personal, and which accounts belong to no organisation."""

    def __init__(self) -> None:
        self._personal = np.empty(0, np.int64)
        self.member = np.empty(0, np.bool_)
        """Shape (accounts,): belongs to an organisation, whose addresses it shares by right."""

    def update(self, log: LogView, index: AccountIndex) -> None:
        """Take in what came since the last review; ``index`` holds its accounts already."""
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
        """Shape (n,): does it say something that this account was at this address?"""
        fit: npt.NDArray[np.bool_] = np.isin(address, self._personal) & ~self.member[place]
        return fit
