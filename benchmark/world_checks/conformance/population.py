"""``check_population``: the conformance checks, for authors of populations."""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.conformance.common_rules import (
    can_be_played,
    describes_itself,
    differ,
    format_faults,
    has_a_valid_example,
    has_usage_profiles,
    is_deterministic,
    is_valid,
    makes_traffic,
    other_values,
    raises_nothing,
)
from shamcrowd.benchmark.world_checks.conformance.small_world import PopulationTrial, check
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.registry import populations


def is_honest(trial: PopulationTrial) -> str:
    """None of its usage profiles is marked `abusive`."""
    wrong = [n for n, one in enumerate(trial.make().usage_profiles()) if one.abusive]
    return f"usage profile {wrong[0]} is abusive" if wrong else ""


def can_be_one_account(trial: PopulationTrial) -> str:
    """A world of a single account can be played, be it there at the start or a newcomer."""
    for newcomers in (0.0, 1.0):
        if said := raises_nothing(lambda n=newcomers: trial.play(accounts=1, newcomers=n)):  # type: ignore[misc]
            return f"with newcomers {newcomers:g}: {said}"
    return ""


def can_be_imitated(trial: PopulationTrial) -> str:
    """A campaign whose accounts imitate it (`evasion.mimicry` 1) can be played."""
    return "; ".join(format_faults(trial.play_mimicked()))


def its_parameters_matter(trial: PopulationTrial) -> str:
    """Each parameter of its own changes the recording."""
    idle = []
    for name in trial.kind.model_fields.keys() - Population.model_fields.keys():
        others = other_values(trial.kind.model_fields[name], getattr(trial.make(), name))
        if others and not any(differ(trial.first, trial.play(**{name: one})) for one in others):
            idle.append(name)
    return f"nothing changes with {', '.join(sorted(idle))}" if idle else ""


RULES = (
    describes_itself,
    has_a_valid_example,
    has_usage_profiles,
    is_honest,
    can_be_played,
    is_valid,
    makes_traffic,
    is_deterministic,
    can_be_one_account,
    can_be_imitated,
    its_parameters_matter,
)
NEEDED = (has_a_valid_example, has_usage_profiles, can_be_played)
"""Rules without which the rules after them cannot be tried."""


def check_population(kind: type[Population]) -> None:
    """Try a population in small worlds; quiet if all is well. Takes some seconds.

    Args:
        kind: its class, whether in a file of ours or not.

    Raises:
        PluginError: naming every rule of `RULES` that it breaks, and how.
    """
    check(populations(), kind, PopulationTrial, RULES, NEEDED)
