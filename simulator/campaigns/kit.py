"""Kits: what comes together for an account of a campaign.

Supply is not chosen aspect by aspect. Who buys cheap proxies also has cheap mailboxes, a browser
that speaks another language than its network, and few cards. A kit is one file in ``kits/``; a
campaign draws the kit of each supply batch from a mixture.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.campaigns.tradecraft import NARROWED
from shamcrowd.simulator.campaigns.unknown_name import unknown_name
from shamcrowd.simulator.populations.common.enrolment import COMMON
from shamcrowd.simulator.populations.common.shared_infrastructure import SHARED_LINES
from shamcrowd.simulator.supply.cards import SHARES
from shamcrowd.simulator.supply.mailboxes import DISPOSABLE_SHARE
from shamcrowd.simulator.supply.phones import VOIP_SHARE

PREPAID = SHARES[2] + SHARES[3]
"""Share of prepaid and virtual cards among legitimate payers."""
AS_PEOPLE = "as-people"
"""The kit of accounts that imitate."""
_MEND = "kits/antidetect.yaml is a whole one"
FOLDER = Path(__file__).resolve().parent / "kits"


def share(what: str, default: Any = ...) -> Any:
    """A field between 0 and 1: the share ``what``."""
    return Field(default, ge=0, le=1, description=f"Share {what}.")


class KitPart(BaseModel):
    """Base of a kit and its parts: no unknown keys, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkSupply(KitPart):
    """The addresses of a supply batch."""

    kind: Literal["residential", "mobile", "corporate", "campus", "hosting", "vpn"]
    """Kind of the addresses that are not in data centres."""
    hosted: float = share("of addresses in data centres")
    accounts: float = Field(ge=1)
    """Accounts that sign up from one address."""
    accounts_at_work: float = Field(ge=1)
    """Accounts that work from one of the other addresses."""
    spread: float = share("of a country's networks that the addresses of a supply batch lie in")
    lines: float = share("of addresses that strangers' homes have, too", 0.0)
    gateways: float = share("of accounts one of whose addresses is a carrier's gateway", 0.0)


class DeviceSupply(KitPart):
    """The browsers of a supply batch."""

    accounts: float = Field(ge=1)
    """Accounts that share a device."""
    common: float = share("of accounts whose browser has a fingerprint that strangers share", 0.0)


class CardSupply(KitPart):
    """The cards of a supply batch."""

    accounts: float = Field(ge=1)
    """Accounts that share a card."""
    prepaid: float = share("of cards that are prepaid or virtual")
    issuers: int = Field(ge=1)
    """Card brands (BINs) a country that cards come from."""
    success: float = share("of charges that go through")


class MailboxSupply(KitPart):
    """The mailboxes of a supply batch."""

    disposable: float = share("of webmail boxes that are made to be thrown away")
    domains: int = Field(ge=1)
    """Own mail domains of the campaign."""
    at_own_domains: float = share("of mailboxes at own domains; the others are webmail")
    wordy: float = share("of webmail boxes named by a word and digits")


class PhoneSupply(KitPart):
    """The phone numbers of a supply batch."""

    voip: float = share("of internet numbers")
    blocks: int = Field(ge=1)
    """Blocks of numbers a country that they come from."""


class SupplyKit(KitPart):
    """Supply of a supply batch, which is bought; all of it for one place."""

    batch_size: int = Field(ge=2)
    """Mean number of accounts made from one supply batch."""
    in_line: float = share("of accounts that claim the place that network and browser are of")
    network: NetworkSupply
    device: DeviceSupply
    card: CardSupply
    mailbox: MailboxSupply
    phone: PhoneSupply
    challenge: float = share("of challenges that are passed")
    haste: float = Field(ge=1)
    """By how much its sign-ups are faster than people's."""
    evenness: float = share("of the spread of delays that is missing: 0 as people's, 1 constant")

    def rotated(self, turns: Mapping[str, int]) -> SupplyKit:
        """The kit after each kind of supply was rotated so many times: better, and shared by fewer.

        ``turns`` names kinds as in `tradecraft.SUPPLY`.
        """

        def fewer(kind: str, value: float, best: float) -> float:
            count = turns.get(kind, 0)
            return best + (value - best) * NARROWED**count if count else value

        network, device, card, mailbox, phone = (
            self.network, self.device, self.card, self.mailbox, self.phone
        )  # fmt: skip
        return self.changed(
            network={
                "hosted": fewer("address", network.hosted, 0.0),
                "accounts": fewer("address", network.accounts, 1.0),
                "accounts_at_work": fewer("address", network.accounts_at_work, 1.0),
                "gateways": fewer("address", network.gateways, 1.0),
                "spread": fewer("address", network.spread, 1.0),
                "lines": fewer("address", network.lines, SHARED_LINES),
            },
            device={
                "accounts": fewer("device", device.accounts, 1.0),
                "common": fewer("device", device.common, COMMON),
            },
            card={
                "accounts": fewer("card", card.accounts, 1.0),
                "prepaid": fewer("card", card.prepaid, PREPAID),
                "issuers": round(fewer("card", card.issuers, 60)),
            },
            mailbox={
                "at_own_domains": fewer("mailbox", mailbox.at_own_domains, 0.0),
                "wordy": fewer("mailbox", mailbox.wordy, 0.2),
                "disposable": fewer("mailbox", mailbox.disposable, DISPOSABLE_SHARE),
            },
            phone={
                "voip": fewer("phone", phone.voip, VOIP_SHARE),
                "blocks": round(fewer("phone", phone.blocks, 900)),
            },
        )

    def changed(self, **parts: Mapping[str, Any]) -> SupplyKit:
        """The kit with some values of some parts replaced: ``network={"kind": "vpn"}``."""
        return self.model_copy(
            update={
                name: getattr(self, name).model_copy(update=values)
                for name, values in parts.items()
            }
        )


class Kit(KitPart):
    """One kit, as its file states it.

    Attributes:
        about: one line.
        care: place on the ladder from careless (0) to careful (1).
        supply: what is bought; None for accounts that are made like those of the imitated
            population in every respect.
    """

    about: str = Field(min_length=1, max_length=120)
    care: float = Field(ge=0, le=1)
    supply: SupplyKit | None


@cache
def kits() -> tuple[str, ...]:
    """Names of all kits, from careless to careful."""
    names = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: kit(name).care))


@cache
def kit(name: str) -> Kit:
    """The kit of a file.

    >>> kit("antidetect").supply.device.accounts
    2.2
    >>> kit("as-people").supply is None
    True
    """
    return read_kit(FOLDER / f"{name}.yaml")


class KitHead(KitPart):
    """What is not supply in a kit's file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    about: str = Field(min_length=1, max_length=120)
    care: float = Field(ge=0, le=1)
    imitates: bool = False


def read_kit(path: Path) -> Kit:
    """Read the file of a kit.

    Raises:
        ScenarioError: with every fault and its place, if it is none.
    """
    from shamcrowd.recording.yaml_file import read, validation_faults

    written = read(path)
    try:
        head = KitHead.model_validate(written.data, strict=True)
        rest = {k: v for k, v in written.data.items() if k not in KitHead.model_fields}
        if head.imitates:
            if rest:
                what = f"`imitates` buys nothing, and {', '.join(rest)} would"
                raise ScenarioError([written.fault(what, ("imitates",), _MEND)])
            return Kit(about=head.about, care=head.care, supply=None)
        supply = SupplyKit.model_validate(rest, strict=True)
    except ValidationError as error:
        raise ScenarioError(validation_faults(written, error, "the kit", _MEND)) from None
    return Kit(about=head.about, care=head.care, supply=supply)


def default_mixture(
    ladder: tuple[str, ...], rotation: float, mimicry: float = 0.0
) -> dict[str, float]:
    """Shares of the kits of a ladder: the two whose care is next to the knob of rotation.

    The share ``mimicry`` of all is made as people are.

    >>> shares = default_mixture(("one-machine", "antidetect"), 0.25)
    >>> {name: round(share, 2) for name, share in shares.items()}
    {'one-machine': 0.75, 'antidetect': 0.25}
    >>> default_mixture(("one-machine",), 0.25, 0.4)
    {'one-machine': 0.6, 'as-people': 0.4}
    """
    steps = sorted(ladder, key=lambda name: kit(name).care)
    above = next((n for n, name in enumerate(steps) if kit(name).care >= rotation), len(steps) - 1)
    if above == 0 or kit(steps[above]).care <= rotation:
        shares = {steps[above]: 1.0}
    else:
        low, high = steps[above - 1], steps[above]
        part = (rotation - kit(low).care) / (kit(high).care - kit(low).care)
        shares = {low: 1 - part, high: part}
    bought = {name: (1 - mimicry) * share for name, share in shares.items()}
    return bought | ({AS_PEOPLE: mimicry} if mimicry else {})


def known_kits(shares: dict[str, float]) -> dict[str, float]:
    """The shares of a scenario, if they are of kits that exist and not all 0.

    Raises:
        PydanticCustomError: if they are not.
    """
    for name, share in shares.items():
        if name not in kits():
            raise unknown_name(f'kit by "{name}"', name, kits())
        if not 0 <= share <= 1e9:
            raise PydanticCustomError("share", "must be shares of 0 or more")
    if not sum(shares.values()) > 0:
        raise PydanticCustomError("share", "must not all be 0")
    return shares
