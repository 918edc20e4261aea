"""Prices of supply: one data file; a scenario may override single entries."""

from __future__ import annotations

import importlib.resources
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from shamcrowd.simulator.supply.cards import KINDS as CARDS
from shamcrowd.simulator.supply.networks import KINDS as ADDRESSES
from shamcrowd.simulator.supply.places import COUNTRIES

MOST = 1_000_000.0
"""Highest price of anything, US dollars."""
OTHER = "other"
FILE = "simulator/campaigns/economics/prices.yaml"


def _price(what: str) -> Any:
    return Field(ge=0, le=MOST, description=f"{what} Source: {FILE}.")


class Prices(BaseModel):
    """What campaigns pay and earn, US dollars per unit; entries not given are as in the file.

    >>> Prices.model_validate({}).phone["GB"]
    0.1
    >>> Prices.model_validate({"phone": {"JP": 3.5}}).phone["JP"]
    3.5
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    phone: dict[str, float] = Field(
        description=f"A number that receives one code, by country. Source: {FILE}."
    )
    mailbox: float = _price("A mailbox.")
    domain: float = _price("A mail domain of one's own, once.")
    device: float = _price("A browser that looks like a device of its own.")
    address: dict[str, float] = Field(description=f"An address, by kind. Source: {FILE}.")
    gigabyte: float = _price("A gigabyte of proxy traffic.")
    bytes_per_token: float = Field(
        ge=0, le=1000, description=f"Bytes on the wire for a token. Source: {FILE}."
    )
    card: dict[str, float] = Field(description=f"A card, by kind. Source: {FILE}.")
    stolen_card: float = _price("A stolen card, not tried yet.")
    ageing: float = _price(
        "A whole day that an account rests between sign-up and its first request."
    )
    captcha: float = _price("The puzzle at sign-up, solved.")
    identity_check: float = _price("A challenge that was passed.")
    stolen_account: float = _price("A key or password to somebody's paid account.")
    resale: float = Field(
        ge=0,
        le=1,
        description=f"What a reseller gets, as a share of the list price. Source: {FILE}.",
    )
    code: float = _price("What a carrier pays for a code sent to its number.")

    @model_validator(mode="before")
    @classmethod
    def _over_file(cls, value: Any) -> Any:
        """Merge given entries over those of the file."""
        if not isinstance(value, dict):
            return value
        whole = dict(_file())
        for key, own in value.items():
            both = isinstance(own, dict) and isinstance(whole.get(key), dict)
            whole[key] = {**whole[key], **own} if both else own
        return whole

    @field_validator("phone", "address", "card")
    @classmethod
    def _known(cls, value: dict[str, float]) -> dict[str, float]:
        known = {*COUNTRIES, OTHER, *ADDRESSES, *CARDS}
        strange = sorted(set(value) - known)
        if strange or not all(0 <= price <= MOST for price in value.values()):
            raise PydanticCustomError(
                "prices",
                "must give dollars, 0 to {most}, for what there is{strange}",
                {"most": f"{MOST:,.0f}", "strange": f", not {', '.join(strange)}" * bool(strange)},
            )
        return value

    def per_country(self) -> npt.NDArray[np.float64]:
        """Price of a phone number by country code, shape (countries,), US dollars."""
        return np.array([self.phone.get(name, self.phone[OTHER]) for name in COUNTRIES])

    def per_address(self) -> npt.NDArray[np.float64]:
        """Price of an address by code of its kind, US dollars."""
        return np.array([self.address[name] for name in ADDRESSES])

    def per_card(self) -> npt.NDArray[np.float64]:
        """Price of a card by code of its kind, US dollars."""
        return np.array([self.card[name] for name in CARDS])

    def traffic(self, tokens: float) -> float:
        """Gigabytes of proxy traffic of a number of tokens."""
        return tokens * self.bytes_per_token / 1e9


@cache
def _file() -> dict[str, Any]:
    from shamcrowd.recording.yaml_file import read

    path = (
        Path(str(importlib.resources.files("shamcrowd.simulator.campaigns.economics")))
        / "prices.yaml"
    )
    return dict(read(path).data)
