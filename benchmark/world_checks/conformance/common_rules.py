"""Rules that populations and tactics have in common."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from shamcrowd.benchmark.world_checks.conformance.small_world import (
    Played,
    PopulationTrial,
    TacticTrial,
)
from shamcrowd.simulator.traffic.usage_profile import UsageProfile

Trial = PopulationTrial | TacticTrial
UNLIKELY_SEED = 2_718_281_828


def describes_itself(trial: Trial) -> str:
    """A docstring, a `source`, and for every parameter a description with a source or `assumed`."""
    kind = trial.kind
    if not (kind.__doc__ or "").strip():
        return "it has no docstring"
    if not getattr(kind, "source", ""):
        return "`source` is missing: a paper, a report, the threat model, or `assumed`"
    for name, field in kind.model_fields.items():
        text = field.description or ""
        if "Source:" not in text and "assumed" not in text:
            return f"the description of `{name}` names no source and does not say `assumed`"
    return ""


def has_a_valid_example(trial: Trial) -> str:
    """`example` holds settings with which it can be played."""
    example = trial.kind.example
    if not isinstance(example, Mapping) or "accounts" not in example:
        return "`example` must be a mapping with at least `accounts`"
    trial.make()
    return ""


def has_usage_profiles(trial: Trial) -> str:
    """`usage_profiles` gives a tuple of one or more UsageProfile."""
    found = trial.make().usage_profiles()
    if not isinstance(found, tuple) or not found:
        return f"`usage_profiles` gives {type(found).__name__}; a tuple, not empty, is wanted"
    wrong = [type(one).__name__ for one in found if not isinstance(one, UsageProfile)]
    return f"`usage_profiles` holds {wrong[0]}" if wrong else ""


def can_be_played(trial: Trial) -> str:
    """A small world with its example can be played."""
    _ = trial.first
    return ""


def is_valid(trial: Trial) -> str:
    """The recording of its small world passes `shamcrowd validate`."""
    return "; ".join(trial.first.faults)


def makes_traffic(trial: Trial) -> str:
    """Its accounts make requests."""
    return "" if trial.first.manifest.rows["requests"] else "no request was made"


def is_deterministic(trial: Trial) -> str:
    """The same seed gives the same recording, and no global generator is seeded or drawn from."""
    ours = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(UNLIKELY_SEED)
    np.random.seed(UNLIKELY_SEED)  # noqa: NPY002
    before = random.getstate(), pickle.dumps(np.random.get_state())  # noqa: NPY002
    try:
        again = trial.play()
        after = random.getstate(), pickle.dumps(np.random.get_state())  # noqa: NPY002
    finally:
        random.setstate(ours[0])
        np.random.set_state(ours[1])  # noqa: NPY002
    if differ(trial.first, again):
        return (
            "two plays with one seed differ; draw from `campaign.rng(...)` or `enrolment.rng` alone"
        )
    return "" if before == after else "it touches a global generator of random or numpy"


def differ(one: Played, other: Played) -> bool:
    """Do two worlds differ in any row?"""
    return one.manifest.fingerprints != other.manifest.fingerprints


def raises_nothing(play: Callable[[], Played]) -> str:
    """Faults of a world, or "" if it is valid."""
    return "; ".join(play().faults)


def format_faults(played: Played) -> list[str]:
    """Failed checks, without those of how much the campaign was asked for.

    With extreme settings it may miss that by more than validation allows.
    """
    return [fault for fault in played.faults if not fault.startswith("campaign: ")]


def other_values(field: Any, value: Any) -> list[Any]:
    """Valid values of a numeric parameter that are far from ``value``; empty if none is known."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    ends: dict[str, float] = {}
    for mark in field.metadata:
        for name in ("ge", "gt", "le", "lt"):
            if getattr(mark, name, None) is not None:
                ends[name] = getattr(mark, name)
    low, high = ends.get("ge", ends.get("gt")), ends.get("le", ends.get("lt"))
    if low is None or high is None:
        return []
    down = low if "ge" in ends else (low + value) / 2
    up = high if high <= 1 and "le" in ends else min(3 * value + 1, (value + high) / 2)
    return [type(value)(far) for far in (down, up) if type(value)(far) != value]
