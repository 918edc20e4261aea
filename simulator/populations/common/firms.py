"""How a firm opens its accounts: its mail domain, its card or its invoices, its few machines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.plans import ENTERPRISE, PAY_AS_YOU_GO
from shamcrowd.simulator.platform.account_batch import PASSWORD, SSO, AccountBatch
from shamcrowd.simulator.supply.mailboxes import own_domains
from shamcrowd.simulator.supply.places import LOCALE_OF
from shamcrowd.simulator.supply.store import Owner, Supply

BY_NAME = 0.5
"""Share of mailboxes at a firm's domain that are named after a person; others after a role
(assumed)."""
COLLEAGUE = 0.35
"""Share of accounts that are opened on a colleague's machine (assumed)."""
WITHOUT_PHONE = 0.4
"""Share of accounts of firms with a card that give no phone (assumed)."""
TOGETHER_DAYS = 0.35
"""Mean days within which a firm, or a customer of a cloud, opens its accounts (assumed)."""
PAID = 0.985
"""Share of charges of a firm's card that go through (assumed, more than of private people's)."""
PASSES = 0.98
"""Share of checks that a registered firm passes (assumed, as for employees)."""


def sign_up_together(
    rng: np.random.Generator,
    batch: AccountBatch,
    who: npt.NDArray[np.int64],
    group: npt.NDArray[np.int64],
) -> None:
    """Let the accounts of a group sign up within hours or days of its first, in place.

    Args:
        rng: random stream.
        batch: the accounts, in order of creation.
        who: shape (m,), indices of those in groups.
        group: shape (m,), number of the group of each, from 0, ascending.
    """
    head = np.searchsorted(group, group)
    haste = rng.exponential(TOGETHER_DAYS * MS_PER_DAY, int(group[-1]) + 1)[group]
    first = batch.created[who[head]]
    room = np.minimum(haste, batch.created.max() - first)
    after = (rng.random(len(who)) * room).astype(np.int64)
    batch.created[who] = first + np.where(head == np.arange(len(who)), 0, after)


def open_as_firms(
    rng: np.random.Generator,
    supply: Supply,
    owner: Owner,
    batch: AccountBatch,
    who: npt.NDArray[np.int64],
    firm: npt.NDArray[np.int64],
    invoiced: float,
) -> None:
    """Let accounts be opened by firms, in place: all but their addresses and their work.

    Args:
        rng: random stream.
        supply: registers that things are taken from.
        owner: numbers them.
        batch: the accounts.
        who: shape (m,), indices of those that firms open.
        firm: shape (m,), number of the firm of each, from 0, ascending.
        invoiced: share of firms with a contract, an invoice and single sign-on, 0 to 1; the others
            pay by a card of the firm's.
    """
    if not len(who):
        return
    firms = int(firm[-1]) + 1
    head = who[np.searchsorted(firm, np.arange(firms))]
    batch.place[who] = batch.place[head[firm]]
    sign_up_together(rng, batch, who, firm)
    domains = np.array(own_domains(rng, firms), object)[firm]
    by_name = rng.random(len(who)) < BY_NAME
    box = supply.mailboxes.role(owner.mailboxes, rng, domains)
    box[by_name] = supply.mailboxes.at_domain(
        owner.mailboxes, batch.names.chosen(who[by_name]), domains[by_name]
    )
    batch.mailbox[who] = box
    first = supply.devices.take(owner.devices, rng, LOCALE_OF[batch.place[head]])
    device = first[firm]
    other = np.flatnonzero(rng.random(len(who)) < COLLEAGUE)
    device[other] = supply.devices.take(owner.devices, rng, batch.locale[who[other]])
    batch.device[who] = device
    large = (rng.random(firms) < invoiced)[firm]
    batch.organisation[who] = np.where(large, owner.organisations.take(firms)[firm], -1)
    batch.sign_in[who] = np.where(large, SSO, PASSWORD)
    batch.plan[who] = np.where(large, ENTERPRISE, PAY_AS_YOU_GO)
    card = supply.cards.take(owner.cards, rng, batch.country[head])[firm]
    batch.card[who] = np.where(large, -1, card)
    phone = supply.phones.take(owner.phones, rng, batch.country[who])
    without = large | (rng.random(len(who)) < WITHOUT_PHONE)
    batch.phone[who] = np.where(without, -1, phone)
    batch.inviter[who], batch.verified[who] = -1, True
    batch.charge_success[who] = PAID
    batch.challenge_success[who] = PASSES
