"""A campaign in progress: what it owns, what it asks of its accounts, what it hears of losses."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import simpy

from simulator.crowd import Crowd
from simulator.lots import Lots
from simulator.supply.store import Owner
from simulator.traffic.order import Loss, Shift

if TYPE_CHECKING:
    from simulator.tactics.base import Tactic
    from simulator.world import World

MS_PER_HOUR = 3_600_000
MS_PER_DAY = 24 * MS_PER_HOUR
WORK, COVER = 0, 1
"""Order of a tactic's habits."""
LOT = (240.0, 12.0)
"""Accounts made from one lot of supply, careless and careful (assumed)."""


class Campaign:
    """The hand of one tactic in the world. Everything it draws comes from streams of its own.

    ``levels`` says for the coming slice how hard each habit is followed, as a multiple of the
    duties' rates. ``abusive`` and ``other`` count the requests served so far.
    """

    def __init__(self, world: World, name: str, tactic: Tactic, number: int, of: int) -> None:
        self.world = world
        self.name = name
        self.tactic = tactic
        self.owner = Owner(number, of, campaign=True)
        lot = round(between(*LOT, tactic.evasion.rotation))
        self.lots = Lots(min(lot, tactic.accounts))
        self.levels: dict[int, float] = {}
        self.abusive = 0
        self.other = 0
        self.recruited = 0
        self.losses: list[Loss] = []
        self._batch = 0
        self._handles = np.empty(0, np.int64)
        self._opens = np.empty(0, np.int64)
        self._lost = np.empty(0, np.bool_)
        self._rates = np.empty((0, 2))
        self._classes = np.empty((0, 2), np.int64)

    @property
    def begin(self) -> int:
        """First moment, ms since 1970."""
        return self.world.start + self.tactic.start

    @property
    def end(self) -> int:
        """Last moment, ms since 1970."""
        return self.begin + self.tactic.duration

    def live(self) -> Generator[simpy.Event, Any, None]:
        """SimPy process: wait for the start, then do as the tactic says."""
        yield self.world.env.timeout(self.tactic.start)
        self.world.env.process(self._end_on_time())
        yield from self.tactic.run(self)

    def _end_on_time(self) -> Generator[simpy.Event, Any, None]:
        """Nothing is asked for after the last moment, though the slice goes on."""
        yield self.world.env.timeout(self.tactic.duration)
        self.world.stop(self._handles, np.full(len(self._handles), self.world.now))

    def rng(self, what: str) -> np.random.Generator:
        """A stream of the campaign's own, a new one for every call."""
        self._batch += 1
        return self.world.streams(f"campaign/{self.name}/{what}", self._batch)

    def habit(self, number: int) -> int:
        """Row of one of the tactic's habits."""
        return self.world.habit_row(self.name, number)

    def recruit(self, crowd: Crowd, rng: np.random.Generator, role: str) -> None:
        """Open accounts; their first duty is the work, the second the cover."""
        tactic = self.world.scenario.campaigns[self.name]
        kind = getattr(tactic, "tactic", self.name)
        truth = {
            "persona": f"{kind} {role}",
            "segment": None,
            "campaign": self.name,
            "tactic": kind,
            "role": role,
        }
        handles = self.world.admit(crowd, self.owner, self.name, rng, truth)
        rates = np.zeros((len(crowd), 2))
        classes = np.zeros((len(crowd), 2), np.int64)
        for column, duty in enumerate(crowd.duties):
            rates[duty.who, column] = duty.rate
            classes[duty.who, column] = self.world.tables.class_of(duty.habit, crowd.zone[duty.who])
        self._handles = np.concatenate([self._handles, handles])
        self._opens = np.concatenate([self._opens, crowd.opens])
        self._lost = np.concatenate([self._lost, np.zeros(len(crowd), np.bool_)])
        self._rates = np.concatenate([self._rates, rates])
        self._classes = np.concatenate([self._classes, classes])
        self.recruited += len(crowd)

    def took(self, abusive: int, other: int) -> None:
        """Hear how many requests one shard served."""
        self.abusive += abusive
        self.other += other

    def lose(self, loss: Loss) -> None:
        """Hear of an account that stopped."""
        self.losses.append(loss)
        self._lost |= self._handles == loss.handle

    @property
    def alive(self) -> int:
        """Accounts that still work or will."""
        return int((~self._lost).sum())

    def expected(self, column: int) -> float:
        """Requests of the work (0) or the cover (1) in the coming slice, at level 1."""
        world = self.world
        begin, length = world.now, world.scenario.slice
        hours = world.tables.hours((begin - world.start) // MS_PER_HOUR, length // MS_PER_HOUR)
        mass = hours.sum(axis=1)
        # An account that opens inside the slice works for the rest of it.
        present = np.clip((begin + length - self._opens) / length, 0, 1) * ~self._lost
        sessions = self._rates[:, column] * mass[self._classes[:, column]] * present
        mean: float = world.tables.mean_requests[self.habit(column)]
        return float(sessions.sum()) * mean

    def usual(self, column: int) -> float:
        """Requests of a habit in a mean slice at level 1, with the accounts of now."""
        present = (self._opens < self.world.now + self.world.scenario.slice) & ~self._lost
        sessions = (
            float(self._rates[present, column].sum()) * self.world.scenario.slice / MS_PER_DAY
        )
        return sessions * float(self.world.tables.mean_requests[self.habit(column)])

    def slices(self) -> Generator[simpy.Event, Any, None]:
        """Wait for the next slice to begin."""
        yield self.world.slice_begins

    def phase(self, phase: str, accounts: int) -> None:
        """Note in the truth that a phase begins."""
        kind = getattr(self.tactic, "tactic", self.name)
        self.world.ledger.phase(self.name, kind, phase, self.world.now, accounts)

    def pivot(self, share: float, hours: float) -> Generator[simpy.Event, Any, None]:
        """SimPy process: at each release move a share of the work to the new model."""
        while True:
            model = yield self.world.released
            if not self.begin <= self.world.now < self.end:
                continue
            self.phase("pivot", self.alive)
            self.world.order_shift(Shift(self.name, int(model), self.world.now, share, hours))

    def retire(self) -> None:
        """Fall silent for good."""
        self.levels = {}
        self.phase("wind-down", self.alive)
        self.world.stop(self._handles, np.full(len(self._handles), self.world.now))


def between(careless: float, careful: float, knob: float) -> float:
    """A value on the way from careless (knob 0) to careful (knob 1), in equal ratios.

    >>> round(between(100.0, 1.0, 0.5))
    10
    """
    return float(careless * (careful / careless) ** knob)


def spread(rng: np.random.Generator, begin: int, end: int, count: int) -> npt.NDArray[np.int64]:
    """``count`` moments between two, at random, in order."""
    return np.sort(begin + (rng.random(count) * (end - begin)).astype(np.int64))
