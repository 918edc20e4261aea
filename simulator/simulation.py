"""``simulate``: a scenario and a seed in, a recording out."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.origin import source_digest
from shamcrowd.recording.writing import RecordingWriter
from shamcrowd.simulator.campaigns.decided_strategy import Decider
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.platform.account_tables import KINDS
from shamcrowd.simulator.response.reviewer import Reviewer
from shamcrowd.simulator.scenario.load import drawn, load_scenario, resolved
from shamcrowd.simulator.scenario.model import Scenario
from shamcrowd.simulator.traffic.slice_messages import ShardResult
from shamcrowd.simulator.world import World, review_times

MOST_SAID = 500
"""Longest text that a manifest keeps of an exception raised by a reviewer, characters."""
PACKAGES = ("shamcrowd", "numpy", "simpy", "tzdata", "pyarrow")


def simulate(
    scenario: str | Path | Scenario,
    seed: int,
    out: Path | str,
    *,
    settings: Sequence[str] = (),
    scale: float = 1.0,
    workers: int = 1,
    progress: Callable[[float], None] | None = None,
    reviewer: Reviewer | None = None,
    secret: Secret | None = None,
    deciders: Mapping[str, Decider] | None = None,
) -> Manifest:
    """Play a scenario once and write the recording to the folder ``out``.

    The same scenario, seed and version give the same content, with any number of workers.

    Args:
        scenario: an id (``quickstart-v2``), a path to a YAML file, or a loaded scenario.
        seed: any integer; each gives another replication.
        out: folder to write. A recording there is replaced; any other content is an error.
        settings: overrides such as ``"campaigns.hydra.accounts=20"``.
        scale: factor on accounts and campaigns together.
        workers: number of processes that make traffic.
        progress: called after every slice with the share done, 0 to 1.
        reviewer: closes the loop: it is called at every review of the run in progress, and the
            scenario's ``response`` acts on its alerts. None, or a response without stages: an
            open loop.
        secret: what a judge keeps to himself: ids and streams are keyed with it, so that nobody
            who knows scenario and seed can play the same. The manifest names it by its hash.
        deciders: what decides in place of the strategy of a campaign, by the campaign's name
            (`shamcrowd.simulator.campaigns.decided_strategy`).

    Returns:
        The manifest of the finished recording.

    Raises:
        ScenarioError: if the scenario is not valid; it lists every fault.
        FolderInUseError: if ``out`` holds something that is not a recording.
        Exception: any exception of the reviewer. What was played until then is kept next to
            ``out`` in ``NAME.partial``, with a manifest that says so (see `open_log`).
    """
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario, settings=settings, scale=scale)
    played, values = drawn(scenario, seed, secret)
    with RecordingWriter(Path(out)) as writer:
        world = World(played, seed, writer.aside, workers, reviewer, secret, deciders)
        try:
            world.play(progress or (lambda share: None))
            closings = world.slices.close()
        finally:
            world.shard_pool.dismiss()
        fault = world.loop.fault if world.loop is not None else None
        now = world.context.now
        _write_tables(writer, world, closings)
        manifest = Manifest(
            scenario=scenario.id,
            seed=seed,
            start=world.context.start,
            end=now,
            reviews=tuple(r for r in review_times(scenario) if r <= now),
            rows=writer.rows,
            fingerprints=writer.fingerprints,
            files=writer.files,
            versions={name: version(name) for name in PACKAGES}
            | {
                "python": platform.python_version(),
                "source": source_digest("shamcrowd.simulator", "shamcrowd.recording"),
            },
            resolved=resolved(scenario),
            drawn=values,
            closed=world.loop is not None,
            partial=None if fault is None else _said(fault),
            secret="" if secret is None else secret.hash,
        )
        writer.finish(manifest)
        if fault is not None:
            raise fault
    return manifest


def _said(fault: Exception) -> str:
    """Why a run ended early, in one line."""
    said = " ".join(str(fault).split())
    return f"the reviewer raised {type(fault).__name__}: {said}"[:MOST_SAID]


def _write_tables(writer: RecordingWriter, world: World, closings: Sequence[ShardResult]) -> None:
    context, now = world.context, world.context.now
    account_tables, supply = context.account_tables, context.supply
    writer.table("accounts", account_tables.accounts(now))
    writer.table("truth/accounts", account_tables.truth(now))
    writer.table("truth/campaigns", account_tables.campaigns())
    world.account_records.update()
    writer.table("truth/responses", world.response_log.table(world.account_records, now))
    writer.table("truth/levers", world.levers.table(now))
    for closing in closings:
        account_tables.first_seen["address"].note(
            supply.addresses.register.ids(closing.places), closing.since
        )
        account_tables.first_seen["card"].note(closing.cards, closing.cards_since)
        for name, files in closing.files.items():
            writer.note(name, files)
    writer.note("activity", world.shard_pool.own_files)
    writer.table("truth/supply", account_tables.supply(tuple(world.campaigns.begun), now))
    checks = world.response_log.passed(world.account_records, now)
    writer.table("truth/wallets", world.wallets.table(checks))
    for kind in KINDS:
        used, since = account_tables.first_seen[kind].first(now)
        table = {"address": "addresses", "mailbox": "mailboxes"}.get(kind, kind + "s")
        writer.table(table, supply.register(kind).arrow(used, since))
    clients = np.concatenate([c.clients for c in closings])
    since = np.concatenate([c.clients_since for c in closings])
    order = np.lexsort((since, clients))
    clients, since = clients[order], since[order]
    first = np.diff(clients, prepend=-1) != 0
    ids = supply.clients.register.ids(clients[first].astype(np.int64))
    known = since[first] < now
    writer.table("clients", supply.clients.register.arrow(ids[known], since[first][known]))
