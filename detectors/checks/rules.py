"""The rules for detectors: one function per rule.

A rule returns "" or what is wrong. The function's name is the rule's name, its docstring the rule.
"""

from __future__ import annotations

import pickle
import random
import warnings
from collections.abc import Callable

import cloudpickle
import numpy as np

from shamcrowd.detectors.base import Detector
from shamcrowd.detectors.checks.gaps import at_one_moment, without_entities, without_values
from shamcrowd.detectors.checks.playing import play, same, scores
from shamcrowd.detectors.checks.trial import DAYS, Trial
from shamcrowd.detectors.checks.variants import renamed, shifted, shuffled, until
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY
from shamcrowd.recording.view import LogView

UNLIKELY_SEED = 2_718_281_828
Rule = Callable[[Trial], str]


def keeps_the_contract(trial: Trial) -> str:
    """The findings hold a finite score for every account opened so far, each once."""
    return "" if trial.first else "it returned no findings"


def is_deterministic(trial: Trial) -> str:
    """Two instances give the same scores on the same log."""
    alike = same(trial.first, trial.scores_on(sample_log()))
    return "" if alike else "two instances scored the same log differently; seed all random numbers"


def leaves_input_alone(trial: Trial) -> str:
    """The tables of the log are not changed."""
    played, before = bool(trial.first), sample_log()
    given = trial.first_log
    changed = [n for n in before.tables if played and not given.tables[n].equals(before.tables[n])]
    return f"it changed {', '.join(changed)}; work on copies" if changed else ""


def leaves_global_randomness_alone(trial: Trial) -> str:
    """The global generators of random and numpy are neither seeded nor used."""
    ours = random.getstate(), np.random.get_state()  # noqa: NPY002
    # A state that no detector would seed by chance, so that seeding is noticed too.
    random.seed(UNLIKELY_SEED)
    np.random.seed(UNLIKELY_SEED)  # noqa: NPY002
    before = random.getstate(), pickle.dumps(np.random.get_state())  # noqa: NPY002
    try:
        trial.scores_on(sample_log())
        after = random.getstate(), pickle.dumps(np.random.get_state())  # noqa: NPY002
    finally:
        random.setstate(ours[0])
        np.random.set_state(ours[1])  # noqa: NPY002
    return (
        ""
        if before == after
        else "it used a global random generator; use numpy.random.default_rng(seed)"
    )


def can_be_pickled(trial: Trial) -> str:
    """Pickling and unpickling between reviews does not change the scores."""
    saved = trial.scores_on(sample_log(), between=lambda d: cloudpickle.loads(cloudpickle.dumps(d)))
    return "" if same(trial.first, saved) else "it scores differently after a round through pickle"


def is_blind_to_row_order(trial: Trial) -> str:
    """Rows in another order give the same scores."""
    mixed = trial.scores_on(shuffled(sample_log(), 1))
    return (
        "" if same(trial.first, mixed) else "scores depend on the order of rows; sort, or use sums"
    )


def is_blind_to_ids(trial: Trial) -> str:
    """Other ids give the same scores: ids carry no meaning."""
    other, name = renamed(sample_log(), 2)
    plain = [{name[a]: s for a, s in one.items()} for one in trial.first]
    alike = same(plain, trial.scores_on(other))
    return "" if alike else "scores depend on the values of ids; ids are drawn at random"


def leaves_the_past_alone(trial: Trial) -> str:
    """Later rows change no earlier score, and nothing is kept from one instance to the next."""
    # A log that no instance has seen yet, so that a class-level memory of another does not help.
    log = sample_log(seed=1)
    half = trial.reviews[: len(trial.reviews) // 2]
    cut = trial.scores_on(until(log, half[-1]), half)
    whole = trial.scores_on(log)[: len(half)]
    again = trial.scores_on(until(log, half[-1]), half)
    if not same(cut, whole):
        return "a score changed when later rows were added"
    return "" if same(cut, again) else "it keeps what an earlier instance saw of later rows"


def says_the_same_live(trial: Trial) -> str:
    """The scores are the same on a log that is still being written as on a finished one."""
    log, found, since = sample_log(), [], EARLIEST
    detector = trial.make()
    for now in trial.reviews:
        found.append(scores(detector.review(LogView(until(log, now), now, since))))
        since = now
    alike = same(trial.first, found)
    return (
        ""
        if alike
        else "it reads the view of an earlier review; read all that is needed at each review"
    )


def is_blind_to_the_calendar(trial: Trial) -> str:
    """The same log shifted by a whole number of weeks gives the same scores."""
    by = 4 * 7 * MS_PER_DAY
    later = trial.scores_on(shifted(sample_log(), by), [m + by for m in trial.reviews])
    return "" if same(trial.first, later) else "scores depend on the date"


def has_bounded_memory(trial: Trial) -> str:
    """The detector's state grows with accounts, not with requests."""
    sizes = []
    for days in (DAYS, 4 * DAYS):
        log = sample_log(days=days)
        kept: list[Detector] = []
        reviews = [log.start + day * MS_PER_DAY for day in range(1, days + 1)]
        play(trial.make, log, reviews, lambda d, kept=kept: kept.append(d) or d)  # type: ignore[misc]
        sizes.append(len(cloudpickle.dumps(kept[-1])))
    if sizes[1] > 2 * sizes[0] + 4096:
        return f"its state grew from {sizes[0]:,} to {sizes[1]:,} bytes on the same accounts"
    return ""


def reads_what_is_missing(trial: Trial) -> str:
    """Null values, ids that lead nowhere, empty tables and equal moments are no error."""
    log = sample_log()
    gaps = (
        ("null values", without_values(log, 3)),
        ("no values where they may be null", without_values(log, 3, 1.0)),
        ("ids that lead nowhere", without_entities(log, 3)),
        ("empty tables of addresses, cards and the like", without_entities(log, 3, 1.0)),
        ("all rows at one moment", at_one_moment(log)),
    )
    for what, gap in gaps:
        try:
            with warnings.catch_warnings():
                # A null that becomes a number is a false reason later on.
                warnings.filterwarnings("error", "invalid value encountered in cast")
                trial.scores_on(gap, trial.reviews[-1:])
        except Exception as fault:
            return f"{what}: {type(fault).__name__}: {str(fault)[:200]}"
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
    says_the_same_live,
)
SHOULD: tuple[Rule, ...] = (is_blind_to_the_calendar, has_bounded_memory, reads_what_is_missing)
