"""The world that detectors are fitted in: earlier, and without the tactics that are held out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Literal

from shamcrowd.benchmark.evaluation.labels.platform_labels import platform_labels
from shamcrowd.benchmark.evaluation.plan import TRAINING_SEED
from shamcrowd.benchmark.scoring.truth_arrays import open_truth
from shamcrowd.detectors.base import Labels
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_WEEK
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.registry import tactics
from shamcrowd.simulator.scenario.model import Scenario

LabelKind = Literal["platform", "truth"]


@dataclass(frozen=True)
class Training:
    """How detectors with a ``fit`` method are fitted.

    Attributes:
        scenario: the world they are fitted in; None: the scored one.
        hold_out: tactics that are not in it.
            ``own``: the tactics of the scored world, if others are left then.
        labels: ``platform``, what a platform would know by then
            (`shamcrowd.benchmark.evaluation.labels`), or ``truth``, everything.
        seeds: replications of that world; they are fitted on each.
    """

    scenario: Scenario | None = None
    hold_out: tuple[str, ...] | Literal["own"] = ()
    labels: LabelKind = "platform"
    seeds: tuple[int, ...] = (TRAINING_SEED,)

    def world(self, scored: Scenario) -> Scenario:
        """The world to fit in before ``scored`` is played.

        It is over when the scored one begins: it is played so many whole weeks earlier that no
        row of it is later than any that a detector is judged on.

        Raises:
            UsageError: if there is no such tactic, or no campaign is left to learn from.
        """
        held_out = self.held_out(scored)
        unknown = sorted(name for name in held_out if name not in tactics())
        if unknown:
            raise UsageError(f"hold_out: no tactic {unknown[0]!r}; see: shamcrowd list tactics")
        base = self.scenario or scored
        left = _without(base, held_out)
        if base.campaigns and not left:
            raise UsageError(
                f"{base.id}: without {_listed(held_out)} no campaign is left to learn from; "
                "name a world with others in it as the suite's `training`, such as mixed-v2"
            )
        weeks = ceil(base.horizon / MS_PER_WEEK)
        start = scored.start - dt.timedelta(weeks=weeks)
        return base.model_copy(update={"campaigns": left, "start": start})

    def held_out(self, scored: Scenario) -> tuple[str, ...]:
        """The tactics that are left out before ``scored`` is played."""
        if self.hold_out != "own":
            return self.hold_out
        own = tuple(sorted({tactics().name_of(type(c)) for c in scored.campaigns.values()}))
        return own if _without(self.scenario or scored, own) else ()

    def summary(self, scored: Scenario) -> dict[str, Any]:
        """The training as ``scores.json`` describes it."""
        world = self.world(scored)
        return {
            "scenario": world.id,
            "start": world.start.isoformat(),
            "seeds": list(self.seeds),
            "hold_out": sorted(self.held_out(scored)),
            "labels": self.labels,
        }


def _without(scenario: Scenario, held_out: Collection[str]) -> dict[str, Tactic]:
    """The campaigns of other tactics."""
    name_of = tactics().name_of
    return {n: c for n, c in scenario.campaigns.items() if name_of(type(c)) not in held_out}


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


def labels_of(recording: Path, kind: LabelKind) -> Labels:
    """Labels of a training recording at its end.

    Raises:
        RecordingError: if it is no whole recording.
    """
    if kind == "truth":
        truth = open_truth(recording)
        return Labels(truth.account, truth.sham)
    return platform_labels(recording, Manifest.read(recording).end)
