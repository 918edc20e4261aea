"""Model releases of a run: when each model comes out, and how many users move to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.core.clock import Clock

ADOPTION_HOURS = 30.0
"""Mean hours until a legitimate user who moves to a new model does so (threat model L11: 20 to
60 % within a day)."""


@dataclass(frozen=True)
class PlannedRelease:
    """One release of the scenario.

    Attributes:
        at: ms from the start of the recording.
        model: index of the model in the catalogue.
        adoption: share of legitimate use that moves to it, 0 to 1.
    """

    at: int
    model: int
    adoption: float


class Releases:
    """The releases of a run, past and planned.

    Attributes:
        models: number of models in the catalogue.
        planned: all releases of the scenario.
        released: event that fires at the next release. Its value is the model's index.
    """

    def __init__(self, clock: Clock, models: int, planned: Sequence[PlannedRelease]) -> None:
        self._clock = clock
        self.models = models
        self.planned = tuple(planned)
        self.released = clock.env.event()

    def announce(self, model: int) -> None:
        """Fire `released` for a model and prepare the event of the next release."""
        happened, self.released = self.released, self._clock.env.event()
        happened.succeed(model)

    def adoption(self, model: int) -> tuple[float, float]:
        """Share of legitimate use that moves to a model, and the mean hours until it does."""
        return next(r.adoption for r in self.planned if r.model == model), ADOPTION_HOURS

    def available(self) -> list[int]:
        """Indices of the models that can be used now, ascending."""
        passed = self._clock.now - self._clock.start
        coming = {release.model for release in self.planned if release.at > passed}
        return [model for model in range(self.models) if model not in coming]

    def add_surge(
        self, weight: npt.NDArray[np.float64], hours: npt.NDArray[np.int64], height: float
    ) -> npt.NDArray[np.float64]:
        """Sign-up weight of each hour of the recording, with the surge after each release.

        Args:
            weight: weight without releases.
            hours: hours since the start of the recording, of the shape of ``weight``.
            height: weight added at the moment of a release; it decays with a time constant of 24 h.
        """
        for release in self.planned:
            since = hours - release.at / MS_PER_HOUR
            weight = weight + np.where(since >= 0, height * np.exp(-np.maximum(since, 0) / 24), 0.0)
        return weight
