"""What every detector must keep, and what it should: one function a rule.

A rule gives "" or what went wrong. Its name is the function's, its meaning the docstring's.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable

import cloudpickle
import numpy as np

from detectors.base import Detector
from detectors.checks.playing import moments, play, same, scores
from detectors.checks.variants import renamed, shifted, shuffled, until
from recording.samples import MS_PER_DAY, sample_log

DAYS = 3
UNLIKELY_SEED = 2_718_281_828
Maker = Callable[[], Detector]
Rule = Callable[[Maker], str]


def keeps_the_contract(make: Maker) -> str:
    """A finite score for every account opened so far, each once."""
    log = sample_log()
    play(make, log, moments(log, DAYS))
    return ""


def is_deterministic(make: Maker) -> str:
    """Two instances on the same log say the same."""
    log = sample_log()
    one, other = (play(make, log, moments(log, DAYS)) for _ in range(2))
    alike = same([scores(f) for f in one], [scores(f) for f in other])
    return "" if alike else "two instances scored the same log differently; seed every draw"


def leaves_input_alone(make: Maker) -> str:
    """The tables are the same afterwards."""
    log = sample_log()
    play(make, log, moments(log, DAYS))
    before = sample_log()
    changed = [name for name in log.tables if not log.tables[name].equals(before.tables[name])]
    return f"it changed {', '.join(changed)}; work on copies" if changed else ""


def leaves_global_randomness_alone(make: Maker) -> str:
    """The global generators of random and numpy are neither seeded nor drawn from."""
    log = sample_log()
    ours = random.getstate(), np.random.get_state()  # noqa: NPY002
    # A state that nobody would seed by chance: seeding again is noticed too.
    random.seed(UNLIKELY_SEED)
    np.random.seed(UNLIKELY_SEED)  # noqa: NPY002
    before = random.getstate(), pickle.dumps(np.random.get_state())  # noqa: NPY002
    try:
        play(make, log, moments(log, DAYS))
        after = random.getstate(), pickle.dumps(np.random.get_state())  # noqa: NPY002
    finally:
        random.setstate(ours[0])
        np.random.set_state(ours[1])  # noqa: NPY002
    return "" if before == after else "it touched a global generator; use default_rng(seed)"


def can_be_pickled(make: Maker) -> str:
    """Saved and loaded between reviews, it goes on as if nothing had happened."""
    log = sample_log()
    plain = play(make, log, moments(log, DAYS))
    saved = play(make, log, moments(log, DAYS), lambda d: cloudpickle.loads(cloudpickle.dumps(d)))
    alike = same([scores(f) for f in plain], [scores(f) for f in saved])
    return "" if alike else "it scores differently after a round through pickle"


def is_blind_to_row_order(make: Maker) -> str:
    """Rows in another order give the same scores."""
    log = sample_log()
    plain = play(make, log, moments(log, DAYS))
    mixed = play(make, shuffled(log, 1), moments(log, DAYS))
    alike = same([scores(f) for f in plain], [scores(f) for f in mixed])
    return "" if alike else "scores hang on the order of rows; sort, or use sums"


def is_blind_to_ids(make: Maker) -> str:
    """Other ids give the same scores: ids mean nothing."""
    log = sample_log()
    other, name = renamed(log, 2)
    plain = [scores(f) for f in play(make, log, moments(log, DAYS))]
    after = [scores(f) for f in play(make, other, moments(log, DAYS))]
    alike = same([{name[a]: s for a, s in one.items()} for one in plain], after)
    return "" if alike else "scores hang on the values of ids; ids are drawn by lot"


def leaves_the_past_alone(make: Maker) -> str:
    """What comes later changes no earlier score."""
    log = sample_log()
    reviews = moments(log, DAYS)
    half = reviews[: len(reviews) // 2]
    whole = play(make, log, reviews)[: len(half)]
    cut = play(make, until(log, half[-1]), half)
    alike = same([scores(f) for f in whole], [scores(f) for f in cut])
    return "" if alike else "a score changed when later rows were added"


def is_blind_to_the_calendar(make: Maker) -> str:
    """The same log a whole number of weeks later gives the same scores."""
    log = sample_log()
    by = 4 * 7 * MS_PER_DAY
    plain = play(make, log, moments(log, DAYS))
    later = play(make, shifted(log, by), [m + by for m in moments(log, DAYS)])
    alike = same([scores(f) for f in plain], [scores(f) for f in later])
    return "" if alike else "scores hang on the date itself"


def has_bounded_memory(make: Maker) -> str:
    """What it keeps grows with accounts, not with requests."""
    sizes = []
    for days in (3, 12):
        log = sample_log(days=days)
        kept: list[Detector] = []
        play(make, log, moments(log, days), lambda d, kept=kept: kept.append(d) or d)  # type: ignore[misc]
        sizes.append(len(cloudpickle.dumps(kept[-1])))
    if sizes[1] > 2 * sizes[0] + 4096:
        return f"its state grew from {sizes[0]:,} to {sizes[1]:,} bytes on the same accounts"
    return ""


MUST: tuple[Rule, ...] = (
    keeps_the_contract,
    is_deterministic,
    leaves_input_alone,
    leaves_global_randomness_alone,
    can_be_pickled,
    is_blind_to_row_order,
    is_blind_to_ids,
    leaves_the_past_alone,
)
SHOULD: tuple[Rule, ...] = (is_blind_to_the_calendar, has_bounded_memory)
