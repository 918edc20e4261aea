"""Default sign-up choices of legitimate accounts, which a population uses or replaces.

All shares in this module are assumed unless a comment gives a source.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.plans import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import LifeParameters
from shamcrowd.simulator.platform.account_batch import OAUTH, PASSWORD, AccountBatch
from shamcrowd.simulator.populations.common.relatives import Relatives
from shamcrowd.simulator.populations.common.shared_infrastructure import (
    SHARED_LINES,
    SharedInfrastructure,
)
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.places import LOCALE_OF, places
from shamcrowd.simulator.supply.store import Owner, Supply

ROAM_SHARE = 0.35
"""Share of accounts whose second address is mobile rather than another household's."""
SECOND_HAND = 0.03
"""Share of accounts created on a device that another account used: families, shared computers."""
JOINERS = 0.55
"""Accounts that join another one's household, as a share of all accounts in households; most of
these have two members."""
VPN_USERS = 0.1
"""Share of private people who use a VPN at times (threat model L9: 5 to 30 %)."""
HOSTED_DESKTOPS = 0.03
"""Share who browse from a data centre at times: remote desktops, private relays (assumed)."""
SECOND_ACCOUNTS = 0.03
"""Share of accounts whose owner has one already: for work, for a project, for a lost password."""
SAME_DEVICE = 0.7
"""Share of these that are opened on the same device."""
COMMON = 0.4
"""Share of accounts whose browser fingerprint is shared with others."""
HALFWAY = 0.1
"""Share of sign-ups that are abandoned at the mail or phone verification: low, as a scenario counts
its users (of 62 firms' sign-ups 62.5 % never reach the product's use, fungies.io on 2024 data)."""
INVITED = 0.08
"""Share of accounts created by invitation of an existing account."""
SOUND = ((0.02, 0.35), (0.08, 0.75), (1.0, 0.955))
"""Shares of owners, cumulated, and the chance that a charge of theirs goes through: those whose
banks refuse most charges from abroad, those with little on their account, and the others (assumed;
5 to 10 % of payments online are declined at first: Baymard Institute, PayPal)."""


class Enrolment:
    """Draws for one batch of one population, from that batch's own random stream.

    Attributes:
        rng: the random stream of this population and batch.
        supply: registers from which addresses, devices, cards, phones and mailboxes are taken.
        owner: handle counters of the owner of the accounts.
        name: name of the population in the scenario.
        population: the population with its parameters.
        shared_infrastructure: gateways, VPN exits and fingerprints shared by unrelated accounts.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        supply: Supply,
        owner: Owner,
        name: str,
        shared_infrastructure: SharedInfrastructure,
        usage_profiles: dict[str, int],
        life_parameters: LifeParameters,
    ) -> None:
        """``usage_profiles`` are the rows of all usage profiles; see the attributes."""
        self.rng = rng
        self.supply = supply
        self.owner = owner
        self.name = name
        self.shared_infrastructure = shared_infrastructure
        self._profile_rows = usage_profiles
        self._life_parameters = life_parameters

    def new_batch(self, created: Millis, place: npt.NDArray[np.int8] | None = None) -> AccountBatch:
        """Return a batch with names and places (drawn unless given), and nothing else.

        Args:
            created: shape (n,), sign-up times, ms.
            place: shape (n,), rows of `PLACES`; drawn by population share if None.
        """
        if place is None:
            place = places(self.rng.random(len(created)))
        batch = AccountBatch.blank(created, place, names(self.rng, LOCALE_OF[place]))
        batch.life = Life.of(self._life_parameters, len(batch))
        return batch

    def assign_home_addresses(self, batch: AccountBatch, mobile: bool = True) -> None:
        """Give each account a residential address and, if ``mobile``, two more.

        The second is the carrier gateway of a phone (`ROAM_SHARE`) or a second household, the third
        the gateway. Some have a VPN, or a machine in a data centre, in place of the second; some of
        these always use it.
        """
        rng, addresses = self.rng, self.supply.addresses
        home = addresses.take(self.owner.addresses, rng, batch.country, "residential")
        some = np.flatnonzero(rng.random(len(batch)) < SHARED_LINES)
        home[some] = self.shared_infrastructure.shared_line(rng, batch.country[some])
        lists = [home]
        if mobile:
            phone = self.shared_infrastructure.gateway(rng, batch.country)
            other = rng.random(len(batch)) >= ROAM_SHARE
            second = phone.copy()
            second[other] = addresses.take(
                self.owner.addresses, rng, batch.country[other], "residential"
            )
            self._hide_behind(second, VPN_USERS, HOSTED_DESKTOPS, batch.country)
            lists += [second, phone]
        self._hide_behind(home, VPN_USERS / 4, HOSTED_DESKTOPS / 4, batch.country)
        batch.own_addresses(lists)

    def _hide_behind(
        self, lines: npt.NDArray[np.int64], vpn: float, hosted: float, country: npt.NDArray[np.int8]
    ) -> None:
        """Replace a share of addresses by VPN exits, and another by machines in data centres."""
        luck = self.rng.random(len(lines))
        some = np.flatnonzero(luck < vpn)
        users = self.shared_infrastructure.accounts * VPN_USERS
        lines[some] = self.shared_infrastructure.vpn_exit(self.rng, len(some), users)
        some = np.flatnonzero((luck >= vpn) & (luck < vpn + hosted))
        lines[some] = self.supply.addresses.take(
            self.owner.addresses, self.rng, country[some], "hosting"
        )

    def assign_personal_resources(self, batch: AccountBatch) -> None:
        """Assign mailbox, device, phone and sign-in method of a private user; draw the checks."""
        rng, owner, count = self.rng, self.owner, len(batch)
        batch.mailbox = self.supply.mailboxes.personal(owner.mailboxes, rng, batch.names)
        batch.device = self.devices(batch, COMMON)
        lent = np.flatnonzero(rng.random(count) < SECOND_HAND)
        self._relatives.share("device", batch, lent, self._relatives.find(rng, batch, lent))
        batch.phone = self.supply.phones.take(owner.phones, rng, batch.country)
        batch.phone[rng.random(count) < 0.25] = -1
        batch.sign_in = np.where(rng.random(count) < 0.45, OAUTH, PASSWORD).astype(np.int8)
        batch.challenge_success = np.full(count, 0.97, np.float32)
        self.assign_sign_up_checks(batch)

    def devices(self, batch: AccountBatch, common: float) -> npt.NDArray[np.int64]:
        """Return a new device for each account; a share ``common`` (0 to 1) has a common
        fingerprint.
        """
        rng = self.rng
        device = self.supply.devices.take(self.owner.devices, rng, batch.locale)
        alike = np.flatnonzero(rng.random(len(batch)) < common)
        device[alike] = self.shared_infrastructure.device(rng, batch.locale[alike], COMMON)
        return device

    def assign_sign_up_checks(self, batch: AccountBatch) -> None:
        """Draw the sign-up checks: abandoned sign-ups, invitations."""
        rng, count = self.rng, len(batch)
        batch.verified = rng.random(count) >= HALFWAY
        invited = np.flatnonzero(rng.random(count) < INVITED)
        order = np.argsort(batch.created, kind="stable")
        place = np.empty(count, np.int64)
        place[order] = np.arange(count)
        by = order[(rng.random(len(invited)) * place[invited]).astype(np.int64)]
        fine = (batch.created[by] < batch.created[invited]) & batch.verified[by]
        batch.inviter[invited[fine]] = self.owner.accounts.coming(count)[by[fine]]

    def form_households(self, batch: AccountBatch, share: float) -> None:
        """Let accounts join households, so that a ``share`` (0 to 1) of all accounts is in one.

        They join that of an account that signed up before, today or earlier (see `relatives`). They
        share its home address; half of them also share its card and a third its computer (all
        assumed). Must be called after addresses, cards and devices are assigned.
        """
        rng = self.rng
        who, found = self._relatives.related(rng, batch, JOINERS * share)
        batch.address_list[batch.slot[who]] = self._relatives.things("home", batch, found)
        # Others have a device of their own behind the line.
        other = batch.slot[who[rng.random(len(who)) < 0.5]]
        batch.address_list[other] = self.supply.addresses.nearby(
            self.owner.addresses, batch.address_list[other]
        )
        for name, part in (("card", 0.5), ("device", 1 / 3)):
            some = rng.random(len(who)) < part
            self._relatives.share(name, batch, who[some], found[some])

    def _sign_up_again(self, batch: AccountBatch) -> None:
        """Let some accounts be second accounts of people who have one: their card and home."""
        who, found = self._relatives.related(self.rng, batch, SECOND_ACCOUNTS)
        self._relatives.share("card", batch, who, found)
        same = self.rng.random(len(who)) < SAME_DEVICE
        self._relatives.share("device", batch, who[same], found[same])
        if len(np.unique(batch.slot)) == len(batch):
            # Every account has addresses of its own: the first is its home.
            batch.address_list[batch.slot[who]] = self._relatives.things("home", batch, found)

    @property
    def _relatives(self) -> Relatives:
        return self.shared_infrastructure.relatives[self.name]

    def remember(self, batch: AccountBatch) -> None:
        """Let people who sign up later share things with these accounts: after the set-up."""
        self._relatives.keep(batch)

    def assign_plans(
        self,
        batch: AccountBatch,
        trial: float,
        subscription: float,
        converts: float,
        issuers: int = 60,
    ) -> None:
        """Assign plans, cards and the chance that a charge goes through.

        Args:
            batch: the accounts.
            trial: share that starts with trial credit, 0 to 1.
            subscription: share that subscribes, 0 to 1; the rest pays as it goes.
            converts: share of trial users who add a card when the credit is used up, 0 to 1.
            issuers: number of card issuers per country to draw from.
        """
        rng, count = self.rng, len(batch)
        luck = rng.random(count)
        batch.plan = np.where(
            luck < trial, TRIAL, np.where(luck < trial + subscription, SUBSCRIPTION, PAY_AS_YOU_GO)
        ).astype(np.int8)
        batch.card = self.supply.cards.take(self.owner.cards, rng, batch.country, issuers=issuers)
        self._sign_up_again(batch)
        batch.adds_card = rng.random(count) < converts
        batch.charge_success = _sound(rng, count)

    def assign_workload(
        self,
        batch: AccountBatch,
        profile: int,
        sessions: tuple[float, float],
        clients: str,
        *,
        who: npt.NDArray[np.int64] | None = None,
        families: Sequence[int] | npt.NDArray[np.int64] | int = 0,
        templates: npt.ArrayLike = 0,
        at_most: float = 200.0,
        zone: npt.ArrayLike | None = None,
        opens: npt.ArrayLike = 0,
        ends: npt.ArrayLike = NEVER,
        silent: bool = False,
    ) -> None:
        """Let accounts of the batch use the API according to one of the population's usage
        profiles.

        Args:
            batch: the accounts.
            profile: index into the population's ``usage_profiles()``.
            sessions: median sessions per day, and sigma of its logarithm between accounts.
            clients: one of `MIXES`, the client software used.
            who: indices into the batch, shape (m,); all accounts if None. May repeat.
            families: prompt-template families, scalar or shape (m,).
            templates: number of templates used, scalar or shape (m,); 0: free-form prompts.
            at_most: upper limit of sessions per day.
            zone: time-zone codes, scalar or shape (m,); None: the accounts' own.
            opens: time (ms) from which the profile applies, scalar or shape (m,).
            ends: time (ms) until which it applies, scalar or shape (m,).
            silent: clients send no telemetry.
        """
        who = np.arange(len(batch)) if who is None else who
        median, sigma = sessions
        rate = np.minimum(median * np.exp(sigma * self.rng.standard_normal(len(who))), at_most)
        device = self.supply.devices.systems(batch.device[who])
        client = self.supply.clients.pick_all(self.rng, clients, device, silent=silent)
        batch.add_workload(
            self._profile_rows[f"{self.name}/{profile}"],
            who,
            rate,
            client,
            families,
            templates,
            zone=zone,
            opens=opens,
            ends=ends,
        )

    def prompt_family(self) -> int:
        """Return a new identifier for a family of prompt templates."""
        return int(self.rng.integers(2**62))


def _sound(rng: np.random.Generator, count: int) -> npt.NDArray[np.float32]:
    """Chance that a charge goes through, for each of ``count`` owners."""
    shares, chances = zip(*SOUND, strict=True)
    found = np.searchsorted(np.array(shares), rng.random(count), side="right")
    return np.array(chances, np.float32)[found]
