"""Convert batches and compromised accounts into the rows that shards need, workload by workload."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER
from shamcrowd.simulator.core.releases import Releases
from shamcrowd.simulator.lifecycle.keys import KeyUse
from shamcrowd.simulator.lifecycle.payers import Payers
from shamcrowd.simulator.platform.account_batch import AccountBatch, CompromisedAccounts
from shamcrowd.simulator.supply.store import Supply
from shamcrowd.simulator.traffic.profile_tables import LOG_UNIT, ProfileTables, log_fixed
from shamcrowd.simulator.traffic.slice_messages import AddedWorkloads, NewAccounts
from shamcrowd.simulator.traffic.workloads import Workloads


def build_workloads(
    batch: AccountBatch | CompromisedAccounts,
    keys: KeyUse,
    local: npt.NDArray[np.int64],
    rng: np.random.Generator,
    tables: ProfileTables,
    releases: Releases,
) -> tuple[Workloads, npt.NDArray[np.int64]]:
    """Build the rows of all workloads of a batch, in order of account.

    Args:
        batch: n accounts.
        keys: n rows, the API keys that they use, by id.
        local: shape (n,), their numbers inside the shard.
        rng: random stream of the batch.
        tables: usage profiles of the run.
        releases: model releases; accounts choose among the models that are out.

    Returns:
        The rows, and for each the index of its account in the batch.
    """
    parts, account_index = [], []
    for workload in batch.workloads:
        profile = tables.usage_profiles[workload.profile]
        who, count = workload.who, len(workload.who)
        if not workload.twin:
            topic, model = _favourites(tables, releases, rng, workload.profile, count)
            prompt_offset = profile.prompt_spread * rng.standard_normal(count)
            answer_offset = profile.answer_spread * rng.standard_normal(count)
        parts.append(
            Workloads(
                account=local[who].astype(np.int32),
                zoned_profile=tables.class_of(workload.profile, workload.zone),
                rate=workload.rate.astype(np.float32),
                **vars(keys.chosen(who)),
                client=np.atleast_2d(workload.client.astype(np.int32).T).T,
                slot=batch.slot[who].astype(np.int32),
                slots=batch.slots[who].astype(np.int32),
                prompt=log_fixed(profile.prompt.median)
                + np.round(prompt_offset * LOG_UNIT).astype(np.int16),
                answer=log_fixed(profile.answer.median)
                + np.round(answer_offset * LOG_UNIT).astype(np.int16),
                topic=topic.copy(),
                model=model.copy(),
                next_model=model.copy(),
                switch=np.full(count, NEVER, np.int64),
                family=workload.family.astype(np.int64),
                templates=workload.templates.astype(np.int32),
                opens=workload.opens.astype(np.int64),
                ends=workload.ends.astype(np.int64),
            )
        )
        account_index.append(who)
    rows = Workloads.stacked(parts)
    every = np.concatenate(account_index)
    order = np.argsort(every, kind="stable")
    return rows.chosen(order), every[order]


def _favourites(
    tables: ProfileTables, releases: Releases, rng: np.random.Generator, profile: int, count: int
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """Draw a favourite topic and a model for each of ``count`` workloads with one usage profile."""
    topic = tables.topic[(profile << 12) + rng.integers(1 << 12, size=count)]
    thirds = np.array_split(np.array(releases.available()), 3)
    weights = np.zeros(releases.models)
    for third, weight in zip(thirds, tables.usage_profiles[profile].models, strict=True):
        weights[third] += weight / max(len(third), 1)
    share = np.cumsum(weights / weights.sum())
    model = np.searchsorted(share, rng.random(count), side="right")
    return topic, np.minimum(model, releases.models - 1).astype(np.int8)


def split_by_shard(
    batch: AccountBatch,
    handles: npt.NDArray[np.int64],
    account: npt.NDArray[np.int32],
    shard: npt.NDArray[np.int64],
    local: npt.NDArray[np.int64],
    rows: tuple[Workloads, npt.NDArray[np.int64]],
    payers: Payers,
    supply: Supply,
    group: str,
) -> Iterator[tuple[int, NewAccounts]]:
    """Yield shard numbers, each with that shard's part of the batch."""
    workloads, account_index = rows
    card = np.where(batch.card < 0, -1, supply.cards.register.ids(np.maximum(batch.card, 0)))
    device = supply.devices.register.ids(batch.device)
    other = supply.devices.register.ids(np.maximum(batch.other_device, 0))
    for number in np.unique(shard).tolist():
        own = shard == number
        mine = own[account_index]
        part = workloads.chosen(mine)
        # Pass only the addresses that these accounts use, and renumber the slots.
        lists, part.slot = _own_addresses(batch, part)
        yield (
            number,
            NewAccounts(
                group=group,
                handle=handles[own],
                local=local[own],
                account=account[own],
                opened=np.maximum(batch.opens[own], batch.created[own]),
                plan=batch.plan[own],
                card=card[own].astype(np.int32),
                device=device[own],
                other=other[own],
                other_since=batch.other_since[own],
                charge_success=batch.charge_success[own],
                dispute_rate=batch.dispute_rate[own],
                challenge_success=batch.challenge_success[own],
                payers=payers.chosen(own),
                workloads=part,
                addresses=lists,
            ),
        )


def takeovers_by_shard(
    compromised: CompromisedAccounts,
    shard: npt.NDArray[np.int64],
    rows: tuple[Workloads, npt.NDArray[np.int64]],
    group: str,
) -> Iterator[tuple[int, AddedWorkloads]]:
    """Yield shard numbers, each with its part of the workloads on accounts it has already."""
    workloads, account_index = rows
    for number in np.unique(shard).tolist():
        part = workloads.chosen((shard == number)[account_index])
        lists, part.slot = _own_addresses(compromised, part)
        yield number, AddedWorkloads(group, part, lists)


def _own_addresses(
    batch: AccountBatch | CompromisedAccounts, part: Workloads
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    runs, at = np.unique(part.slot, return_inverse=True)
    length = np.zeros(len(runs), np.int64)
    length[at] = part.slots
    first = np.cumsum(length) - length
    places = np.repeat(runs.astype(np.int64) - first, length) + np.arange(length.sum())
    return batch.address_list[places], first[at].astype(np.int32)
