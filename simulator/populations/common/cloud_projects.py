"""How accounts come through a cloud's marketplace: the platform sees a project and a key.

The cloud signs its customers in, bills them, and forwards their requests. The platform sees neither
their addresses nor their browsers, cards, phones or client software (world-2026 B2: "provider sees
project and key, no client address"). As in an imported log, what is not recorded is an id of the
account's own, so that nobody shares it: the address is one of the cloud's, in a block of a region.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.plans import ENTERPRISE
from shamcrowd.simulator.platform.account_batch import SSO, AccountBatch
from shamcrowd.simulator.populations.common.firms import sign_up_together
from shamcrowd.simulator.populations.common.shared_infrastructure import REGION_OF
from shamcrowd.simulator.supply.store import Owner, Supply

CLOUDS = ("nimbus-cloud.example", "stratus-market.example", "cumulus-hub.example")
"""Clouds with a marketplace (invented); a project's mailbox is the cloud's."""
SHARES = (0.5, 0.3, 0.2)
"""How their customers are distributed (assumed)."""
MOST_PROJECTS = 10
"""Projects of one customer at most (assumed; clouds limit the projects that one bill is for)."""
GATEWAY = "gateway"
"""The clients through which all of them send requests, see `supply.clients`."""


def customers_of(rng: np.random.Generator, count: int, mean: float) -> npt.NDArray[np.int64]:
    """Number of the customer that each of ``count`` projects belongs to, from 0, ascending.

    ``mean``: projects of a customer, if there were no limit.

    >>> from shamcrowd.simulator.core.streams import Streams
    >>> customers_of(Streams(1)("example"), 1000, 9.0).shape
    (1000,)
    """
    sizes = np.minimum(rng.geometric(1 / mean, count), MOST_PROJECTS)
    return np.searchsorted(np.cumsum(sizes), np.arange(count), side="right").astype(np.int64)


def open_as_projects(
    rng: np.random.Generator,
    supply: Supply,
    owner: Owner,
    batch: AccountBatch,
    who: npt.NDArray[np.int64],
    customer: npt.NDArray[np.int64],
) -> None:
    """Let accounts be projects of customers of a cloud, in place: all but their work.

    Args:
        rng: random stream.
        supply: registers that things are taken from.
        owner: numbers them.
        batch: the accounts.
        who: shape (m,), indices of those that come through a marketplace.
        customer: shape (m,), number of the customer of each, from 0, ascending.
    """
    if not len(who):
        return
    customers = int(customer[-1]) + 1
    head = who[np.searchsorted(customer, np.arange(customers))]
    batch.place[who] = batch.place[head[customer]]
    sign_up_together(rng, batch, who, customer)
    cloud = np.searchsorted(np.cumsum(SHARES)[:-1], rng.random(customers), side="right")[customer]
    batch.mailbox[who] = supply.mailboxes.farmed(
        owner.mailboxes, rng, np.array(CLOUDS, object)[cloud]
    )
    region = REGION_OF[batch.country[who]]
    block = cloud.astype(np.int64) * len(REGION_OF) + region
    address = supply.addresses.take(
        owner.addresses, rng, region, "hosting", block, ipv6=False, fixed=True
    )
    for slot in range(int(batch.slots[who].max())):
        here = batch.slots[who] > slot
        batch.address_list[batch.slot[who[here]] + slot] = address[here]
    batch.device[who] = supply.devices.take(owner.devices, rng, batch.locale[who])
    batch.life.other_device[who] = 0
    batch.organisation[who] = owner.organisations.take(customers)[customer]
    batch.sign_in[who], batch.plan[who] = SSO, ENTERPRISE
    batch.card[who] = batch.phone[who] = batch.inviter[who] = -1
    batch.verified[who] = True
