"""Account takeover: how campaigns gain control of legitimate accounts, and how owners notice."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Handles, Millis
from shamcrowd.simulator.campaigns.campaign import WORK, Campaign
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.lifecycle.alarm import Alarm, alarms, replacement
from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, Delay
from shamcrowd.simulator.lifecycle.keys import REPLACEMENT, WHOLE, KeyUse
from shamcrowd.simulator.lifecycle.passwords import reset_events
from shamcrowd.simulator.platform.account_batch import CompromisedAccounts
from shamcrowd.simulator.platform.key_log import log_events
from shamcrowd.simulator.platform.workload import make_workload
from shamcrowd.simulator.platform.worth_taking import have_password
from shamcrowd.simulator.supply.places import COUNTRY_OF, ZONE_OF

WORRIED = 0.1
"""Share of owners who replace their key after failed log-ins of strangers (assumed)."""
_COUNTRY = np.array(
    [COUNTRY_OF[np.argmax(zone == ZONE_OF)] for zone in range(int(ZONE_OF.max()) + 1)], np.int8
)
"""A country in each time zone."""
WARNED = Delay(9 * HOUR, 1.4, 0.3, 4 * DAY, 0.9)
"""From such a log-in, or from a changed password, to the moment at which the owner minds it
(assumed)."""


def pick_victims(
    campaign: Campaign, rng: np.random.Generator, count: int, password: bool
) -> CompromisedAccounts:
    """Pick legitimate accounts at random: paid ones for use, and any others for the stock.

    What leaks is not chosen: a part of it opens accounts that nobody pays for, and is kept or sold
    on without being used.

    Args:
        campaign: the campaign that takes them over.
        rng: a stream of the campaign's own.
        count: how many are wanted, of which the tactic's share of spares is for the stock.
        password: only accounts that sign in with a password.

    Returns:
        ``count`` accounts, or all there are, with their owners' keys and without addresses.
    """
    account_tables = campaign.context.account_tables
    paid, every = (
        account_tables.worth_taking(campaign.now, password, paid=each) for each in (True, False)
    )
    unpaid = ~np.isin(every[0], paid[0])
    stock = min(int(rng.binomial(count, campaign.activity.spares)), int(unpaid.sum()), count - 1)
    parts = []
    for found, some in ((paid, count - stock), ([each[unpaid] for each in every], stock)):
        picked = rng.choice(len(found[0]), min(some, len(found[0])), replace=False)
        parts.append([each[picked] for each in found])
    order = rng.permutation(sum(len(part[0]) for part in parts))
    handles, zones, keys = (np.concatenate(each)[order] for each in zip(*parts, strict=True))
    none = np.zeros(len(handles), np.int64)
    used = order < len(parts[0][0])
    return CompromisedAccounts(handles, keys, zones, none, none, none, used)


def buy_proxies(
    campaign: Campaign,
    rng: np.random.Generator,
    country: npt.NDArray[np.int8],
    hosted: float,
) -> Handles:
    """Buy addresses, one for each country code; the share ``hosted`` is in data centres."""
    bought = np.empty(len(country), np.int64)
    flat = rng.random(len(country)) < hosted
    for kind, own in (("residential", ~flat), ("hosting", flat)):
        bought[own] = campaign.context.supply.addresses.take(
            campaign.owner.addresses, rng, country[own], kind
        )
    return bought


def assign_addresses(
    compromised: CompromisedAccounts, pool: Handles, each: int, rng: np.random.Generator
) -> None:
    """Let every compromised account be used from ``each`` addresses, drawn from a pool."""
    count = len(compromised)
    compromised.address_list = pool[rng.integers(len(pool), size=count * each)]
    compromised.slot = np.arange(count, dtype=np.int64) * each
    compromised.slots = np.full(count, each, np.int64)


def move_near(
    campaign: Campaign, compromised: CompromisedAccounts, rng: np.random.Generator, share: float
) -> None:
    """Let a ``share`` of compromised accounts be used from homes in their owners' countries.

    Sellers of residential proxies let their customers choose the country. The thief knows it as
    far as the time zone tells. Each account has as many addresses as before.
    """
    near = rng.random(len(compromised)) < share
    moved = np.repeat(near, compromised.slots)
    there = np.repeat(_COUNTRY[compromised.zone], compromised.slots)
    compromised.address_list[moved] = buy_proxies(campaign, rng, there[moved], hosted=0.0)


def add_work(
    campaign: Campaign,
    compromised: CompromisedAccounts,
    number: int,
    rate: npt.NDArray[np.float64],
    clients: str,
    rng: np.random.Generator,
    opens: Millis,
    ends: Millis,
    zone: npt.ArrayLike | None = None,
    templates: int = 0,
) -> None:
    """Add a workload to every compromised account.

    Args:
        campaign: the campaign.
        compromised: n accounts; the workload is appended to theirs.
        number: number of the tactic's usage profile.
        rate: shape (n,), sessions a day.
        clients: mix of API clients, see `Clients.pick`.
        rng: a stream of the campaign's own.
        opens: shape (n,), when the work begins, ms.
        ends: shape (n,), when it ends, ms.
        zone: time zone whose hours it keeps; None: that of the account's owner.
        templates: number of prompt templates; 0: free text.
    """
    pick = campaign.context.supply.clients.pick
    compromised.workloads.append(
        make_workload(
            compromised.zone,
            campaign.profile(number),
            np.arange(len(compromised)),
            rate,
            pick(
                rng,
                campaign.tradecraft.mix(clients) if number == WORK else clients,
                len(compromised),
            ),
            campaign.family() if templates else 0,
            templates,
            zone,
            opens,
            ends,
        )
    )


def owners_notice(
    campaign: Campaign,
    compromised: CompromisedAccounts,
    rng: np.random.Generator,
    noticed: Millis,
    *,
    own_key: bool,
) -> Millis:
    """Let owners answer what they notice as anybody does who fears for a key (see `alarms`).

    Args:
        campaign: the campaign.
        compromised: n accounts, with the keys that it uses.
        rng: a stream of the campaign's own.
        noticed: shape (n,), when they notice, ms; at the campaign's end or later: they never do.
        own_key: whether the key is the one that the owner uses, who then needs another.

    Returns:
        Shape (n,): when the campaign loses each account, ms.
    """
    answer = alarms(rng, noticed)
    lost = np.flatnonzero((noticed < campaign.end) & (answer.revoked < campaign.end))
    _replace_keys(
        campaign.context, compromised.handle[lost], compromised.key[lost], answer, lost, own_key
    )
    until = np.full(len(noticed), campaign.end, np.int64)
    until[lost] = answer.revoked[lost]
    return until


def worry(
    campaign: Campaign,
    handles: Handles,
    keys: npt.NDArray[np.int32],
    attacked: Millis,
    rng: np.random.Generator,
) -> None:
    """Let a share of owners whose accounts were attacked in vain replace their keys all the same.

    Args:
        campaign: the campaign that attacked them.
        handles: shape (n,), accounts, each once.
        keys: shape (n,), numbers of the keys that they use.
        attacked: shape (n,), when, ms.
        rng: a stream of the campaign's own.
    """
    some = np.flatnonzero(rng.random(len(handles)) < WORRIED)
    answer = alarms(rng, attacked[some] + WARNED.draw(rng, len(some)))
    # Owners who would do so after the recording go on as before, with all of their keys.
    soon = np.flatnonzero(answer.new_key < campaign.context.end)
    some = some[soon]
    _replace_keys(campaign.context, handles[some], keys[some], answer, soon, own_key=True)
    campaign.context.account_tables.replaced_keys.append(handles[some])


def locked_out(
    campaign: Campaign,
    compromised: CompromisedAccounts,
    changed: Millis,
    rng: np.random.Generator,
) -> Millis:
    """Owners whose password a thief changed do not get in, and ask for another by mail.

    Args:
        campaign: the campaign.
        compromised: n accounts.
        changed: shape (n,), when it was changed, ms; NEVER: it was not.
        rng: a stream of the campaign's own.

    Returns:
        Shape (n,): when owners have a password again, ms; NEVER for the others.
    """
    found = np.full(len(changed), NEVER, np.int64)
    who = np.flatnonzero(changed < NEVER)
    if not len(who):
        return found
    tried = changed[who] + WARNED.draw(rng, len(who))
    events, found[who] = reset_events(rng, np.arange(len(who)), tried, campaign.context.start)
    context, handles = campaign.context, compromised.handle[who]
    log_events(
        events, handles,
        context.account_tables.sign_up_things(context.supply.account_ids(handles)),
        context.supply, context.activity,
    )  # fmt: skip
    return found


def _replace_keys(
    context: Context,
    handles: Handles,
    old: npt.NDArray[np.int32],
    answer: Alarm,
    which: npt.NDArray[np.int64],
    own_key: bool,
) -> None:
    """Log what the owners ``which`` among those of ``answer`` do, and let them use other keys."""
    if not len(which):
        return
    revoked, made = answer.revoked[which], answer.new_key[which]
    entered, reported = answer.entered[which], answer.reported[which]
    everyone = np.arange(len(which))
    known = have_password(context.account_tables.admitted, handles)
    changed = np.where(known, answer.changed[which], NEVER)
    log_events(
        replacement(everyone, REPLACEMENT, old, made, revoked, entered, reported, changed),
        handles,
        context.account_tables.sign_up_things(context.supply.account_ids(handles)),
        context.supply,
        context.activity,
    )
    if own_key:
        use = KeyUse.only(old)
        use.second[:] = REPLACEMENT
        use.since, use.key_until = answer.used[which], revoked
        use.share[:] = WHOLE
        context.dispatcher.change_keys(handles, use)
