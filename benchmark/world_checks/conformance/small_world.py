"""Plays a population or a tactic in a small world, with other settings each time."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from shamcrowd.benchmark.world_checks.validate.validate import validate
from shamcrowd.recording.errors import PluginError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.plugins.broken_rules import broken
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.registry import populations, tactics
from shamcrowd.simulator.response.reviewer import Reviewer
from shamcrowd.simulator.scenario.model import Scenario
from shamcrowd.simulator.simulation import simulate

T = TypeVar("T")
SEED = 11
DAYS = 7
HOSTS = 250
"""Honest accounts around a campaign, at least."""


class Played:
    """What one small world came to.

    Attributes:
        manifest: of the recording.
    """

    def __init__(self, scenario: Scenario, reviewer: Reviewer | None = None) -> None:
        self._folder = Path(tempfile.mkdtemp())
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self.manifest: Manifest = simulate(scenario, SEED, self._recording, reviewer=reviewer)

    @property
    def _recording(self) -> Path:
        return self._folder / "recording"

    @cached_property
    def faults(self) -> list[str]:
        """Checks of `shamcrowd validate` that fail, in words; made when first asked for."""
        checks = validate(self._recording).checks
        return [f"{c.name}: {c.said}" for c in checks if not c.holds]


def _world(
    people: Mapping[str, Population], campaigns: Mapping[str, Tactic], **more: Any
) -> Scenario:
    return Scenario.model_validate(
        {
            "id": "small-world", "schema": 1, "title": "A small world", "start": "2026-03-02",
            "horizon": f"{DAYS}d", "populations": dict(people), "campaigns": dict(campaigns),
        }
        | more
    )  # fmt: skip


class PopulationTrial:
    """A population's class on trial; its example is played once for all rules."""

    def __init__(self, kind: type[Population], name: str) -> None:
        self.kind = kind
        self.name = name

    def make(self, **settings: Any) -> Population:
        """One with the settings of its example, and others over them."""
        return self.kind.model_validate({**self.kind.example, **settings})

    def play(self, **settings: Any) -> Played:
        """A world of nobody else."""
        return Played(_world({self.name: self.make(**settings)}, {}))

    def play_mimicked(self) -> Played:
        """A world with a campaign whose accounts all imitate this population."""
        casual = populations()["casual"].model_validate({"accounts": HOSTS})
        settings = {
            "accounts": 20, "exchanges": 1000, "start": "0d", "duration": f"{DAYS}d",
            "imitates": self.name, "evasion": {"mimicry": 1.0},
        }  # fmt: skip
        campaign = tactics()["hydra"].model_validate(settings)
        return Played(_world({"others": casual, self.name: self.make()}, {"campaign": campaign}))

    @cached_property
    def first(self) -> Played:
        """The example as it is."""
        return self.play()


class TacticTrial:
    """A tactic's class on trial; its example is played once for all rules."""

    def __init__(self, kind: type[Tactic], name: str) -> None:
        self.kind = kind
        self.name = name

    def make(self, **settings: Any) -> Tactic:
        """One with the settings of its example, over six days from the second on."""
        return self.kind.model_validate(
            {"start": "1d", "duration": "6d", **self.kind.example, **settings}
        )

    def people(self) -> dict[str, Population]:
        """Honest accounts: of those it looks like, and enough others."""
        many = max(HOSTS, 12 * int(self.kind.example["accounts"]) * self.kind.hijacks)
        found = {"others": populations()["casual"].model_validate({"accounts": many})}
        if self.kind.looks_like:
            like = populations()[self.kind.looks_like]
            found["like"] = like.model_validate(dict(like.example))
        return found

    def play(self, reviewer: Reviewer | None = None, **settings: Any) -> Played:
        """A world with one campaign of it; a reviewer closes the loop."""
        return Played(_world(self.people(), {"campaign": self.make(**settings)}), reviewer)

    @cached_property
    def first(self) -> Played:
        """The example as it is."""
        return self.play()


@contextmanager
def on_trial(catalogue: Any, kind: type) -> Iterator[str]:
    """The name of a class, which scenarios can say within the block even if it is in no file."""
    try:
        yield catalogue.name_of(kind)
    except KeyError:
        with catalogue.added(kind) as name:
            yield name


def check(
    catalogue: Any,
    kind: type,
    trial: Callable[[Any, str], T],
    rules: Sequence[Callable[[T], str]],
    needed: Collection[Callable[[T], str]],
) -> None:
    """Try a class, made a ``trial`` under its name, by ``rules``; ``needed`` as for `broken`.

    Raises:
        PluginError: naming every rule that it breaks, and how.
    """
    with on_trial(catalogue, kind) as name:
        faults = broken(kind, trial(kind, name), rules, needed)
    if faults:
        raise PluginError(faults)
