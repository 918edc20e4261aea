"""Settling honest people: the usual choices, which a population takes or makes otherwise.

All shares here are assumed unless a comment says more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.platform.account_batch import OAUTH, PASSWORD, Crowd
from shamcrowd.simulator.platform.terms import PAY_AS_YOU_GO, SUBSCRIPTION, TRIAL
from shamcrowd.simulator.populations.common.shared_infrastructure import Commons
from shamcrowd.simulator.supply.identities import names
from shamcrowd.simulator.supply.places import LOCALE_OF, places
from shamcrowd.simulator.supply.store import Owner, Supply
from shamcrowd.simulator.traffic.roster import NEVER

if TYPE_CHECKING:
    from shamcrowd.simulator.populations.base import Population

ROAM_SHARE = 0.35
"""Share of people whose second address is mobile rather than another household's."""
SECOND_HAND = 0.03
"""Share of people who sign up on a device that another account used: families, shared PCs."""
COMMON = 0.4
"""Share of people whose browser has a fingerprint that others have too."""
HALFWAY = 0.04
"""Share of people who begin to sign up and leave at the mail or phone check."""
AGAIN = 0.09
"""Share of codes that are asked for once more."""
INVITED = 0.03
"""Share of people whom somebody with an account invited."""


class Enrolment:
    """Draws for one population's crowd, from the stream of that population and batch."""

    def __init__(
        self,
        rng: np.random.Generator,
        supply: Supply,
        owner: Owner,
        name: str,
        population: Population,
        commons: Commons,
        habits: dict[str, int],
    ) -> None:
        self.rng = rng
        self.supply = supply
        self.owner = owner
        self.name = name
        self.population = population
        self.commons = commons
        self._habit_rows = habits

    def crowd(
        self, created: npt.NDArray[np.int64], place: npt.NDArray[np.int8] | None = None
    ) -> Crowd:
        """People with a name, a place and nothing else."""
        if place is None:
            place = places(self.rng.random(len(created)))
        return Crowd.blank(created, place, names(self.rng, LOCALE_OF[place]))

    def at_home(self, crowd: Crowd, mobile: bool = True) -> None:
        """Addresses: a household's, and the carrier gateway of a phone or a second household."""
        rng, addresses = self.rng, self.supply.addresses
        home = addresses.take(self.owner.addresses, rng, crowd.country, "residential")
        lists = [home]
        if mobile:
            phone = self.commons.gateway(rng, crowd.country)
            other = rng.random(len(crowd)) >= ROAM_SHARE
            second = phone.copy()
            second[other] = addresses.take(
                self.owner.addresses, rng, crowd.country[other], "residential"
            )
            lists += [second, phone]
        crowd.own_addresses(lists)

    def own_things(self, crowd: Crowd) -> None:
        """Mailbox, device and phone of a private person, and how they sign in."""
        rng, owner, count = self.rng, self.owner, len(crowd)
        crowd.mailbox = self.supply.mailboxes.personal(owner.mailboxes, rng, crowd.names)
        crowd.device = self.devices(crowd, COMMON)
        if count > 1:
            lent = np.flatnonzero(rng.random(count) < SECOND_HAND)
            crowd.device[lent] = crowd.device[(lent + 1) % count]
        crowd.phone = self.supply.phones.take(owner.phones, rng, crowd.country)
        crowd.phone[rng.random(count) < 0.25] = -1
        crowd.sign_in = np.where(rng.random(count) < 0.45, OAUTH, PASSWORD).astype(np.int8)
        crowd.passes = np.full(count, 0.97, np.float32)
        self.checks(crowd)

    def devices(self, crowd: Crowd, common: float) -> npt.NDArray[np.int64]:
        """A browser for each; the share ``common`` looks like other people's."""
        rng = self.rng
        device = self.supply.devices.take(self.owner.devices, rng, crowd.locale)
        alike = np.flatnonzero(rng.random(len(crowd)) < common)
        device[alike] = self.commons.device(rng, crowd.locale[alike], COMMON)
        return device

    def checks(self, crowd: Crowd) -> None:
        """How people come through the sign-up page: codes sent again, some left halfway.

        A few come because somebody who was there before invited them.
        """
        rng, count = self.rng, len(crowd)
        crowd.codes = np.minimum(rng.geometric(1 - AGAIN, count), 6).astype(np.int64)
        crowd.verified = rng.random(count) >= HALFWAY
        crowd.opens = np.where(crowd.verified, crowd.opens, NEVER)
        invited = np.flatnonzero(rng.random(count) < INVITED)
        order = np.argsort(crowd.created, kind="stable")
        place = np.empty(count, np.int64)
        place[order] = np.arange(count)
        by = order[(rng.random(len(invited)) * place[invited]).astype(np.int64)]
        fine = (crowd.created[by] < crowd.created[invited]) & crowd.verified[by]
        crowd.inviter[invited[fine]] = self.owner.accounts.coming(count)[by[fine]]

    def households(self, crowd: Crowd, share: float) -> None:
        """Let ``share`` of the crowd live with one to three others of it.

        They have the home address in common, half of the households a card, and every third
        member the computer. All assumed. Comes after the things that are shared.
        """
        rng, count = self.rng, len(crowd)
        who = rng.permutation(count)[: round(count * share)]
        who = who[np.argsort(crowd.place[who], kind="stable")]
        edges = np.cumsum(rng.choice([2, 3, 4], len(who), p=[0.6, 0.25, 0.15]))
        head = who[
            np.concatenate([[0], edges])[np.searchsorted(edges, np.arange(len(who)), "right")]
        ]
        # Neighbours in the list live in one country but for the few at its borders.
        alike = crowd.place[who] == crowd.place[head]
        who, head = who[alike], head[alike]
        crowd.address_list[crowd.slot[who]] = crowd.address_list[crowd.slot[head]]
        one_card = rng.random(count)[head] < 0.5
        crowd.card[who[one_card]] = crowd.card[head[one_card]]
        lent = rng.random(len(who)) < 1 / 3
        crowd.device[who[lent]] = crowd.device[head[lent]]

    def purse(
        self,
        crowd: Crowd,
        trial: float,
        subscription: float,
        converts: float,
        issuers: int = 60,
    ) -> None:
        """Plans: shares of trial and subscription, the rest pays as it goes.

        ``converts`` is the share of trial users who add a card when the credit ends.
        """
        rng, count = self.rng, len(crowd)
        luck = rng.random(count)
        crowd.plan = np.where(
            luck < trial, TRIAL, np.where(luck < trial + subscription, SUBSCRIPTION, PAY_AS_YOU_GO)
        ).astype(np.int8)
        crowd.card = self.supply.cards.take(self.owner.cards, rng, crowd.country, issuers=issuers)
        crowd.pays = rng.random(count) < converts
        crowd.sound = np.where(rng.random(count) < 0.06, 0.8, 0.985).astype(np.float32)

    def duty(
        self,
        crowd: Crowd,
        habit: int,
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
        """Let ``who`` of the crowd (all by default) follow the population's habit ``habit``.

        ``sessions`` is the median number of sessions a day and the sigma of its logarithm
        between people; ``families`` and ``templates`` name prompt templates, if any. ``zone``,
        ``opens`` and ``ends`` are given where they are not the account's own; ``silent`` clients
        report nothing of their use.
        """
        who = np.arange(len(crowd)) if who is None else who
        median, sigma = sessions
        rate = np.minimum(median * np.exp(sigma * self.rng.standard_normal(len(who))), at_most)
        crowd.add_duty(
            self._habit_rows[f"{self.name}/{habit}"],
            who,
            rate,
            self.supply.clients.pick(self.rng, clients, len(who), silent=silent),
            families,
            templates,
            zone=zone,
            opens=opens,
            ends=ends,
        )

    def family(self) -> int:
        """A number for a set of prompt templates, apart from every other set."""
        return int(self.rng.integers(2**62))
