"""Reports to support about accounts that nothing is wrong with: disputes, mistakes, worries."""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.past import moments

_DAYS_A_YEAR = 365.25


def draw_reports(rng: np.random.Generator, life: Life, created: Millis, end: int) -> Events:
    """Draw reports about n accounts from their opening (ms, shape (n,)) to ``end`` (ms)."""
    who, time = moments(rng, created, end, life.life_parameters.reports / _DAYS_A_YEAR)
    return Events.of("user_report", who, time, in_browser=False)
