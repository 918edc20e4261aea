"""A second device from which an owner logs in: a phone, a computer at work, a new browser."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.core.streams import mixed, unit
from shamcrowd.simulator.lifecycle.delays import DAY, Delay
from shamcrowd.simulator.lifecycle.life import Life

GAP = Delay(9 * DAY, 1.5)
"""From the first use to the first log-in from the other device (assumed)."""
USED = 0.35
"""Share of the log-ins, and of the keys made and revoked, after that (assumed)."""


def other_devices(rng: np.random.Generator, life: Life, first_use: Millis, end: int) -> Millis:
    """Draw when n accounts are used from another device first.

    Args:
        rng: random stream of the batch.
        life: their parameters.
        first_use: shape (n,), ms.
        end: first moment after the recording, ms.

    Returns:
        Shape (n,): ms; NEVER: not before ``end``.
    """
    since = first_use + GAP.draw(rng, len(life))
    has = (rng.random(len(life)) < life.other_device) & (since < end)
    return np.where(has, since, NEVER)


def device_of(
    time: Millis,
    since: Millis,
    device: npt.NDArray[np.int32],
    other: npt.NDArray[np.int32],
    words: npt.NDArray[np.uint64],
) -> npt.NDArray[np.int32]:
    """Device of each log-in, and of what is done in the console.

    Args:
        time: shape (n,), of the log-ins, ms.
        since: shape (n,), when each owner's other device was used first, ms.
        device: shape (n,), ids of the first devices.
        other: shape (n,), ids of the other devices.
        words: shape (n,), 64 random bits each.
    """
    return np.where((time >= since) & (unit(mixed(words)) < USED), other, device)
