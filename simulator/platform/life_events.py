"""What happens to accounts besides requests and money: their keys, reports, password resets."""

from __future__ import annotations

import numpy as np

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.lifecycle.events import Events
from shamcrowd.simulator.lifecycle.keys import KeyUse, draw_keys
from shamcrowd.simulator.lifecycle.passwords import draw_resets
from shamcrowd.simulator.lifecycle.reports import draw_reports
from shamcrowd.simulator.platform.account_batch import PASSWORD, AccountBatch


def draw_life(
    rng: np.random.Generator,
    batch: AccountBatch,
    spells: tuple[Millis, Millis],
    span: tuple[int, int],
) -> tuple[KeyUse, list[Events]]:
    """Draw the keys of n accounts, and the events of their lives.

    Args:
        rng: random stream of the batch.
        batch: the accounts; their ``first_key`` is set.
        spells: begin and end of each spell of use, both of shape (n, spells), ms.
        span: first moment of the recording and first moment after it, ms.

    Returns:
        Which keys they use, by number, and the events.
    """
    password = batch.sign_in == PASSWORD
    keys, events = draw_keys(rng, batch.life, batch.first_key, password, *span)
    events.append(draw_reports(rng, batch.life, batch.created, span[1]))
    events += draw_resets(rng, batch.life, password & batch.verified, spells, *span)
    return keys, events
