"""Draws who pays for the accounts of a batch, and logs the cards that follow their first ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.core.first_seen import FirstSeen
from shamcrowd.simulator.lifecycle.card_changes import card_changes
from shamcrowd.simulator.lifecycle.payers import SPARES, Payers
from shamcrowd.simulator.lifecycle.retention import spells
from shamcrowd.simulator.lifecycle.taxes import tax_rates
from shamcrowd.simulator.platform.account_batch import AccountBatch
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.supply.places import COUNTRIES, countries
from shamcrowd.simulator.supply.store import Owner, Supply
from shamcrowd.simulator.traffic.profile_tables import ProfileTables

SECOND_CARD = 0.45
"""Share of payers who have another card at hand when the first is declined (assumed)."""
FURTHER_CARD = 0.6
"""Share of those who have one more, after each (assumed)."""
VIRTUAL = (0.0, 0.0, 0.3, 0.7)
"""Shares of credit, debit, prepaid and virtual cards among users of such cards (assumed)."""
ISSUERS = 6
"""Issuers of virtual cards per country (assumed)."""

Prices = npt.NDArray[np.float64]
"""US dollars per token by direction (input, output) and model, shape (2, models)."""


def price_of_session(tables: ProfileTables, prices: Prices) -> npt.NDArray[np.float64]:
    """Mean list price of a session of each usage profile, US dollars, shape (profiles,)."""
    each = []
    for row, profile in enumerate(tables.usage_profiles):
        # A catalogue of fewer than three models leaves the last thirds empty.
        thirds = [third for third in np.array_split(prices, 3, axis=1) if third.size]
        weights = np.array(profile.models[: len(thirds)])
        weights = weights / weights.sum()
        dollars = weights @ np.array([third.mean(axis=1) for third in thirds])
        # Means of log-normal lengths; a prompt grows with the turns of its conversation.
        spread = profile.prompt.sigma**2 + profile.prompt_spread**2 + 0.25
        tokens_in = profile.prompt.median * np.exp(spread / 2)
        tokens_in *= ((1 + profile.turns) / 2) ** profile.growth
        spread = profile.answer.sigma**2 + profile.answer_spread**2
        tokens_out = profile.answer.median * np.exp(spread / 2)
        price = tokens_in * dollars[0] + tokens_out * dollars[1]
        each.append(tables.mean_requests[row] * price)
    return np.array(each)


def use_per_day(
    batch: AccountBatch, of_session: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Expected use of the accounts of a batch at list price, US dollars a day, shape (n,).

    Of workloads that take turns (see `Workload.twin`) one is counted.
    """
    use = np.zeros(len(batch))
    for workload in batch.workloads:
        if workload.twin:
            continue
        np.add.at(use, workload.who, workload.rate * of_session[workload.profile])
    return use


def draw_payers(
    batch: AccountBatch,
    account: npt.NDArray[np.int32],
    use: npt.NDArray[np.float64],
    rng: np.random.Generator,
    owner: Owner,
    supply: Supply,
    activity: Activity,
    first_seen: FirstSeen,
    start: int,
) -> Payers:
    """Draw who pays for the accounts of a batch.

    Args:
        batch: n accounts that have been logged.
        account: shape (n,), their ids.
        use: shape (n,), expected use at list price, US dollars a day.
        rng: random stream of the batch.
        owner: who numbers their cards.
        supply: registers of all entities.
        activity: the log.
        first_seen: when cards were first used.
        start: first moment of the recording, ms.
    """
    count = len(batch)
    begin, end = spells(batch.opens, batch.stays, batch.pauses)
    until = np.where(begin < NEVER, end, 0).max(axis=1)
    times = card_changes(rng, batch.card_since, until, batch.renews, start)

    def cards(which: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
        """Ids of new cards where wanted (shape (n,)), -1 elsewhere."""
        ids = np.full(count, -1, np.int32)
        for virtual in (False, True):
            some = np.flatnonzero(which & (batch.renews == virtual))
            if not len(some):
                continue
            if virtual:
                # Virtual cards are issued anywhere.
                country = countries(rng.random(len(some)))
                new = supply.cards.take(owner.cards, rng, country, VIRTUAL, issuers=ISSUERS)
            else:
                new = supply.cards.take(owner.cards, rng, batch.country[some])
            ids[some] = supply.cards.register.ids(new)
        return ids

    at_hand = (batch.card >= 0) & (rng.random(count) < SECOND_CARD)
    spare = np.full((count, SPARES), -1, np.int32)
    for number in range(SPARES):
        spare[:, number] = cards(at_hand)
        at_hand &= rng.random(count) < FURTHER_CARD
    followers = []
    for number in range(times.shape[1]):
        time = times[:, number]
        new = cards(time < NEVER)
        some = np.flatnonzero(new >= 0)
        activity.add("card_added", time[some], account[some], card=new[some])
        first_seen.note(new[some], time[some])
        followers.append(new)
    return Payers(
        use=use,
        tax=tax_rates(COUNTRIES, batch.country, rng.random(count)),
        converts=batch.adds_card & batch.verified,
        spare=spare,
        granted=batch.granted,
        card_since=batch.card_since,
        cards=np.stack(followers, axis=1),
        cards_from=times,
        begin=begin,
        end=end,
    )
