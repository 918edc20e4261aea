"""Equips accounts with the supply of their kits: addresses, devices, cards, mailboxes, phones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.supply.places import COUNTRY_OF, LOCALE_OF

if TYPE_CHECKING:
    from shamcrowd.recording.units import Handles
    from shamcrowd.simulator.campaigns.campaign import Campaign
    from shamcrowd.simulator.campaigns.kit import CardSupply, MailboxSupply, SupplyKit
    from shamcrowd.simulator.campaigns.supply_batches import Numbers, Places
    from shamcrowd.simulator.platform.account_batch import AccountBatch

SLOTS = 4
"""Addresses that one account comes from: one to sign up, the others at work."""
WITHOUT_PHONE = 0.25
"""Share of accounts without a phone, as among legitimate users."""


def equip(
    campaign: Campaign,
    rng: np.random.Generator,
    batch: AccountBatch,
    places: Places,
    homes: npt.NDArray[np.int8],
    changes: Mapping[str, Mapping[str, Any]],
) -> None:
    """Give accounts the supply of their supply batches.

    Args:
        campaign: the campaign.
        rng: a stream of its own.
        batch: n accounts with times, places and names.
        places: where each stands in its supply batch.
        homes: place that each supply batch is bought for, by number.
        changes: values of kits that the farm replaces, by part.
    """
    batch.own_addresses([np.full(len(batch), -1, np.int64)] * SLOTS)
    for number, kit in enumerate(campaign.kits):
        who = np.flatnonzero(places.kit == number)
        if len(who):
            present = kit.changed(**changes).rotated(campaign.tradecraft.rotations)
            _Outfitter(campaign, rng, present, homes).equip(batch, who, places.chosen(who))


class _Outfitter:
    """Deals the supply of one kit."""

    def __init__(
        self,
        campaign: Campaign,
        rng: np.random.Generator,
        kit: SupplyKit,
        homes: npt.NDArray[np.int8],
    ) -> None:
        self._campaign = campaign
        self._rng = rng
        self._kit = kit
        self._homes = homes

    def equip(self, batch: AccountBatch, who: Numbers, places: Places) -> None:
        """Equip the accounts ``who``, which stand at ``places`` in their supply batches."""
        rng, kit, campaign = self._rng, self._kit, self._campaign
        supply, owner = campaign.context.supply, campaign.owner
        deal, network = campaign.supply_batches.deal, kit.network
        addresses = deal("address", places, network.accounts, rng, self._addresses)
        addresses += deal(
            "address at work", places, network.accounts_at_work, rng, self._addresses, SLOTS - 1
        )
        self._hide(addresses[-1], "mobile", batch.country[who], network.gateways)
        for slot, handles in enumerate(addresses):
            batch.address_list[batch.slot[who] + slot] = handles
        (device,) = deal("device", places, kit.device.accounts, rng, self._devices)
        self._hide(device, "device", batch.locale[who], kit.device.common)
        batch.device[who] = device
        (batch.card[who],) = deal("card", places, kit.card.accounts, rng, self._cards)
        phone = supply.phones.take(
            owner.phones, rng, batch.country[who], voip=kit.phone.voip, blocks=kit.phone.blocks
        )
        batch.phone[who] = np.where(rng.random(len(who)) < WITHOUT_PHONE, -1, phone)
        batch.mailbox[who] = self._mailboxes(batch, who, kit.mailbox)
        batch.charge_success[who] = kit.card.success
        batch.challenge_success[who] = kit.challenge

    def _addresses(self, batches: Numbers) -> Handles:
        rng, network = self._rng, self._kit.network
        hosted = rng.random(len(batches)) < network.hosted
        where = COUNTRY_OF[self._homes[batches]]
        bought = np.empty(len(batches), np.int64)
        campaign = self._campaign
        take, owner = campaign.context.supply.addresses.take, campaign.owner
        # A seller's lines lie together; a careful farm buys from many sellers.
        sellers = campaign.context.streams(f"campaign/{campaign.name}/sellers")
        seller = sellers.random(int(batches.max(initial=0)) + 1)[batches]
        luck = (seller + network.spread * rng.random(len(batches))) % 1
        for kind, own in ((network.kind, ~hosted), ("hosting", hosted)):
            bought[own] = take(owner.addresses, rng, where[own], kind, luck=luck[own])
        if network.kind == "residential":
            self._hide(bought, "residential", where, network.lines)
        return bought

    def _devices(self, batches: Numbers) -> Handles:
        devices, owner = self._campaign.context.supply.devices, self._campaign.owner
        return devices.take(owner.devices, self._rng, LOCALE_OF[self._homes[batches]])

    def _cards(self, batches: Numbers) -> Handles:
        card = self._kit.card
        return self._campaign.context.supply.cards.take(
            self._campaign.owner.cards,
            self._rng,
            COUNTRY_OF[self._homes[batches]],
            card_kinds(card),
            issuers=card.issuers,
        )

    def _hide(self, things: Handles, kind: str, where: npt.NDArray[np.int8], share: float) -> None:
        """Replace a share by carriers' gateways or common browsers of strangers, in place."""
        campaign, rng = self._campaign, self._rng
        if kind in campaign.tradecraft.own_only:
            return
        some = np.flatnonzero(rng.random(len(things)) < share)
        common = campaign.shared_infrastructure.existing(rng, kind, where[some])
        things[some[common >= 0]] = common[common >= 0]

    def _mailboxes(self, batch: AccountBatch, who: Numbers, mailbox: MailboxSupply) -> Handles:
        """Webmail boxes, and boxes at the campaign's own domains."""
        campaign, rng = self._campaign, self._rng
        owner, mailboxes = campaign.owner.mailboxes, campaign.context.supply.mailboxes
        turns = campaign.tradecraft.rotations["mailbox"]
        stream = campaign.context.streams(f"campaign/{campaign.name}/domains", turns)
        domains = np.array([*own_domains(stream, mailbox.domains), ""], object)
        box = mailboxes.personal(
            owner, rng, batch.names.chosen(who), wordy=mailbox.wordy, disposable=mailbox.disposable
        )
        some = np.flatnonzero(rng.random(len(who)) < mailbox.at_own_domains)
        if len(some):
            at = domains[rng.integers(mailbox.domains, size=len(some))]
            box[some] = mailboxes.farmed(owner, rng, at)
        return box


def card_kinds(card: CardSupply) -> tuple[float, float, float, float]:
    """Shares of credit, debit, prepaid and virtual cards (assumed, but for ``prepaid``)."""
    own, odd = 1 - card.prepaid, card.prepaid
    return 0.55 * own, 0.45 * own, 0.4 * odd, 0.6 * odd
