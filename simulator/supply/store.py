"""All entity registers of a world."""

from __future__ import annotations

from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.addresses import Addresses
from shamcrowd.simulator.supply.cards import Cards
from shamcrowd.simulator.supply.clients import Clients
from shamcrowd.simulator.supply.devices import Devices
from shamcrowd.simulator.supply.leases import Leases
from shamcrowd.simulator.supply.mailboxes import Mailboxes
from shamcrowd.simulator.supply.networks import Networks
from shamcrowd.simulator.supply.phones import Phones
from shamcrowd.simulator.supply.register import Register


class Supply:
    """Registers of the six kinds of entity, and the mappings from handles to ids.

    Args:
        streams: random streams of the world.
        accounts: legitimate accounts of the world, for which networks are laid out.
    """

    def __init__(self, streams: Streams, accounts: int = 20_000) -> None:
        self._streams = streams

        def ids(kind: str) -> Ids:
            return Ids(streams, kind)

        networks = Networks(streams("networks"), accounts)
        key = streams.key("leases")
        self.addresses = Addresses(ids("address"), networks, key)
        self.leases = Leases(self.addresses, key)
        self.clients = Clients(ids("client"))
        self.devices = Devices(ids("device"))
        self.cards = Cards(ids("card"), streams("issuers"))
        self.phones = Phones(ids("phone"))
        self.mailboxes = Mailboxes(ids("mailbox"))
        self.organisation_ids = ids("organisation")
        self.key_ids = ids("key")
        self.account_ids = ids("account")

    def prompt_family(self, name: str) -> int:
        """Return the identifier of a family of prompt templates by name; equal for equal names."""
        return self._streams.key(f"prompts/{name}") >> 2

    def register(self, kind: str) -> Register:
        """Return the register of a kind by its name in the log, such as ``mailbox``."""
        register: Register = getattr(self, kind + ("es" if kind[-1] in "sx" else "s")).register
        return register


class Owner:
    """Handle counters, one per kind of entity.

    All legitimate accounts share one owner; the operator of one campaign, or of several consecutive
    ones, is another.
    """

    def __init__(self, number: int = 0, of: int = 1, *, campaign: bool = False) -> None:
        def counter() -> Counter:
            return Counter(number, of, campaign=campaign)

        self.accounts = counter()
        self.addresses = counter()
        self.devices = counter()
        self.cards = counter()
        self.phones = counter()
        self.mailboxes = counter()
        self.organisations = counter()

    def turn_to(self, campaign: int) -> None:
        """Assign everything acquired from now on to another campaign, given by its number."""
        for counter in vars(self).values():
            counter.campaign = campaign
