"""Injects the campaigns of a scenario into a recording."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from shamcrowd.benchmark.own_logs.inject.accounts import fit_accounts
from shamcrowd.benchmark.own_logs.inject.background import LogTables
from shamcrowd.benchmark.own_logs.inject.merging import write_merged
from shamcrowd.benchmark.own_logs.inject.played import KEYS, PlayedCampaigns
from shamcrowd.benchmark.own_logs.inject.traffic import MOST, FittedTraffic, fit_traffic, rate
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.writing import RecordingWriter
from shamcrowd.simulator import simulate
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.scenario.load import load_scenario
from shamcrowd.simulator.scenario.model import Scenario

OF_BACKGROUND = ("populations", "platform", "releases")
"""Parts of a scenario that describe a background, not the campaigns."""
MOST_RAISED = 20.0
"""The most that the campaigns' exchanges are multiplied by."""
STREAMS = (*KEYS, "account", "organisation", "key", "session", "conversation", "request", "values")


def inject(
    scenario: str | Path,
    background: Path | str,
    out: Path | str,
    *,
    seed: int = 1,
    settings: Sequence[str] = (),
    scale: float = 1.0,
    keep: Path | None = None,
    progress: Callable[[float], None] | None = None,
) -> Manifest:
    """Write a recording with a background's rows and a scenario's campaigns among them.

    The scenario is played over the background's days, and the rows of its sham accounts are fitted
    to the background. Its legitimate accounts are left out. The same inputs give the same bytes.

    Args:
        scenario: an id or the path of a YAML file.
        background: a recording, imported or simulated; its truth is not opened.
        out: the folder to be written.
        seed: seed of the campaigns.
        settings: overrides of the scenario, such as ``"campaigns.hydra.accounts=20"``.
        scale: factor on the scenario's accounts and campaigns.
        keep: keep the played world in this folder.
        progress: given the share of the world that was played.

    Returns:
        The manifest of the new recording.

    Raises:
        RecordingError: if ``background`` is none.
        ScenarioError: if the scenario is not valid.
        UsageError: if nothing can be injected.
        FolderInUseError: if ``out`` holds something else than a recording.
    """
    log = LogTables.open(Path(background))
    if log.manifest.injected:
        raise UsageError(f"{background}: has injected campaigns already; name its background")
    if Path(out).resolve() == Path(background).resolve():
        raise UsageError(f"{out}: is the background itself; name another folder")
    whole = (log.manifest.end - log.manifest.start) // MS_PER_DAY
    if whole < 1 or log.manifest.start % MS_PER_DAY:
        raise UsageError(f"{background}: covers less than a day from midnight (UTC) on")
    first = dt.datetime.fromtimestamp(log.manifest.start / 1000, dt.UTC).date()
    given = [*settings, f"start={first}", f"horizon={whole}d"]
    world = load_scenario(scenario, settings=given, scale=scale)
    with RecordingWriter(Path(out)) as writer, tempfile.TemporaryDirectory() as aside:
        folder = keep or Path(aside) / "played"
        played_manifest = simulate(world, seed, folder, progress=progress)
        played = PlayedCampaigns.of(LogTables.open(folder))
        factor = min(rate(played, log), MOST_RAISED)
        raised = _exchanges(world, factor) if factor > MOST else []
        if raised:
            # Scaled numbers are in the loaded scenario already.
            world = load_scenario(scenario, settings=[*given, *raised], scale=scale)
            played_manifest = simulate(world, seed, folder, progress=progress)
            played = PlayedCampaigns.of(LogTables.open(folder))
        streams = Streams(seed, f"inject/{log.manifest.fingerprint}")
        fitted = fit_traffic(played, log, streams("traffic"))
        fitted.raised = factor if raised else 1.0
        things = fit_accounts(played, log, {name: streams(name) for name in STREAMS})
        if not len(played.accounts):
            raise UsageError("no account of a campaign is within the background's time")
        write_merged(writer, log, played, things, streams("order"))
        manifest = _manifest(writer, log, played_manifest, played, fitted)
        writer.finish(manifest)
    return manifest


def _exchanges(world: Scenario, factor: float) -> list[str]:
    """Settings by which the campaigns send more, those that have a number of exchanges."""
    found = []
    for name, campaign in world.campaigns.items():
        exchanges = getattr(campaign, "exchanges", None)
        if isinstance(exchanges, int):
            found.append(f"campaigns.{name}.exchanges={round(exchanges * factor)}")
    return found


def _manifest(
    writer: RecordingWriter,
    background: LogTables,
    world: Manifest,
    played: PlayedCampaigns,
    fitted: FittedTraffic,
) -> Manifest:
    held = background.manifest
    # Models and their prices are the background's, and so are its people.
    resolved = {k: v for k, v in world.resolved.items() if k not in OF_BACKGROUND}
    resolved |= {k: v for k, v in held.resolved.items() if k in OF_BACKGROUND}
    drawn = {k: v for k, v in world.drawn.items() if k.split(".")[0] not in OF_BACKGROUND}
    drawn |= {k: v for k, v in held.drawn.items() if k.split(".")[0] in OF_BACKGROUND}
    names = sorted(set(played.truth["campaign"].astype(str)))
    return Manifest(
        scenario=f"{world.scenario}-in-{held.scenario}",
        seed=world.seed,
        start=held.start,
        end=held.end,
        reviews=held.reviews,
        rows=writer.rows,
        fingerprints=writer.fingerprints,
        files=writer.files,
        versions={**held.versions, "shamcrowd": version("shamcrowd")},
        resolved=resolved,
        drawn=drawn,
        synthetic=held.synthetic,
        not_recorded=held.not_recorded,
        imported=held.imported,
        injected={
            "scenario": world.scenario, "seed": world.seed, "played": world.fingerprint,
            "background": held.fingerprint, "background_scenario": held.scenario,
            "background_accounts": held.rows["accounts"],
            "accounts": len(played.accounts), "requests": len(played.requests),
            "campaigns": {name: int((played.truth["campaign"].astype(str) == name).sum())
                          for name in names},
            "fitted": asdict(fitted),
        },
    )  # fmt: skip
