"""From a crowd, or a hold on other people's accounts, to what the shards need: duty by duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.platform.account_batch import CompromisedAccounts, Crowd
from shamcrowd.simulator.supply.store import Supply
from shamcrowd.simulator.traffic.order import Joining, Taking
from shamcrowd.simulator.traffic.roster import NEVER
from shamcrowd.simulator.traffic.tables import LOG_UNIT, log_fixed
from shamcrowd.simulator.traffic.workloads import Duties

if TYPE_CHECKING:
    from shamcrowd.simulator.world import World


def duty_rows(
    crowd: Crowd | CompromisedAccounts,
    keys: npt.NDArray[np.int32],
    local: npt.NDArray[np.int64],
    rng: np.random.Generator,
    world: World,
) -> tuple[Duties, npt.NDArray[np.int64]]:
    """All duties of a crowd, in order of account, and whose each is (place in the crowd).

    ``keys`` and ``local`` are the key's id and the local number of each account.
    """
    parts, whose = [], []
    for duty in crowd.duties:
        habit = world.tables.habits[duty.habit]
        who, count = duty.who, len(duty.who)
        if not duty.twin:
            topic, model = _favourites(world, rng, duty.habit, count)
            own_prompt = habit.own_prompt * rng.standard_normal(count)
            own_answer = habit.own_answer * rng.standard_normal(count)
        parts.append(
            Duties(
                account=local[who].astype(np.int32),
                profile=world.tables.class_of(duty.habit, duty.zone),
                rate=duty.rate.astype(np.float32),
                key=keys[who],
                client=duty.client.astype(np.int32),
                slot=crowd.slot[who].astype(np.int32),
                slots=crowd.slots[who].astype(np.int32),
                prompt=log_fixed(habit.prompt.median)
                + np.round(own_prompt * LOG_UNIT).astype(np.int16),
                answer=log_fixed(habit.answer.median)
                + np.round(own_answer * LOG_UNIT).astype(np.int16),
                topic=topic.copy(),
                model=model.copy(),
                next_model=model.copy(),
                switch=np.full(count, NEVER, np.int64),
                family=duty.family.astype(np.int64),
                templates=duty.templates.astype(np.int32),
                opens=duty.opens.astype(np.int64),
                ends=duty.ends.astype(np.int64),
            )
        )
        whose.append(who)
    rows = Duties.stacked(parts)
    every = np.concatenate(whose)
    order = np.argsort(every, kind="stable")
    return rows.chosen(order), every[order]


def _favourites(
    world: World, rng: np.random.Generator, habit: int, count: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """A favourite topic and a model for each of ``count`` duties of one habit."""
    tables = world.tables
    topic = tables.topic[(habit << 12) + rng.integers(1 << 12, size=count)]
    coming = [r for r in world.scenario.releases if world.start + r.at > world.now]
    unreleased = {world.models.index(r.model) for r in coming}
    offered = [i for i in range(len(world.models)) if i not in unreleased]
    thirds = np.array_split(np.array(offered), 3)
    weights = np.zeros(len(world.models))
    for third, weight in zip(thirds, tables.habits[habit].models, strict=True):
        weights[third] += weight / max(len(third), 1)
    share = np.cumsum(weights / weights.sum())
    model = np.searchsorted(share, rng.random(count), side="right")
    return topic, np.minimum(model, len(world.models) - 1).astype(np.int8)


def dealt(
    crowd: Crowd,
    handles: npt.NDArray[np.int64],
    account: npt.NDArray[np.int32],
    shard: npt.NDArray[np.int64],
    local: npt.NDArray[np.int64],
    rows: tuple[Duties, npt.NDArray[np.int64]],
    world: World,
    group: str,
) -> Iterator[tuple[int, Joining]]:
    """The crowd's part of each shard."""
    duties, whose = rows
    supply: Supply = world.supply
    card = np.where(crowd.card < 0, -1, supply.cards.register.ids(np.maximum(crowd.card, 0)))
    device = supply.devices.register.ids(crowd.device)
    for number in np.unique(shard).tolist():
        own = shard == number
        mine = own[whose]
        part = duties.chosen(mine)
        # Only the addresses that these accounts use go along; the slots are counted anew.
        lists, part.slot = _own_addresses(crowd, part)
        yield (
            number,
            Joining(
                group=group,
                handle=handles[own],
                local=local[own],
                account=account[own],
                opened=np.maximum(crowd.opens[own], crowd.created[own]),
                plan=crowd.plan[own],
                pays=crowd.pays[own],
                card=card[own].astype(np.int32),
                device=device[own],
                sound=crowd.sound[own],
                disputed=crowd.disputed[own],
                passes=crowd.passes[own],
                duties=part,
                addresses=lists,
            ),
        )


def taken(
    compromised: CompromisedAccounts,
    shard: npt.NDArray[np.int64],
    rows: tuple[Duties, npt.NDArray[np.int64]],
    group: str,
) -> Iterator[tuple[int, Taking]]:
    """The part of each shard in duties on accounts that it plays already."""
    duties, whose = rows
    for number in np.unique(shard).tolist():
        part = duties.chosen((shard == number)[whose])
        lists, part.slot = _own_addresses(compromised, part)
        yield number, Taking(group, part, lists)


def _own_addresses(
    crowd: Crowd | CompromisedAccounts, part: Duties
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    runs, at = np.unique(part.slot, return_inverse=True)
    length = np.zeros(len(runs), np.int64)
    length[at] = part.slots
    first = np.cumsum(length) - length
    places = np.repeat(runs.astype(np.int64) - first, length) + np.arange(length.sum())
    return crowd.address_list[places], first[at].astype(np.int32)
