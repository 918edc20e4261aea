"""``check_tactic``: the conformance checks, for authors of tactics."""

from __future__ import annotations

from difflib import get_close_matches

from shamcrowd.benchmark.closed_loop.oracle_reviewer import OracleReviewer
from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
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
)
from shamcrowd.benchmark.world_checks.conformance.small_world import (
    SEED,
    TacticTrial,
    check,
)
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.registry import populations, tactics

OTHER_WORK = {"cards", "codes", "invitations", "log_ins"}
"""Quantities that say that a tactic does something other than requests."""
KNOBS = ("rotation", "camouflage", "paraphrase", "pacing", "ageing")


def looks_like_somebody(trial: TacticTrial) -> str:
    """`looks_like` names a population, unless it works on other people's accounts (`hijacks`)."""
    like = trial.kind.looks_like
    if not like:
        return "" if trial.kind.hijacks else "`looks_like` is empty"
    if like in populations():
        return ""
    close = get_close_matches(like, populations(), n=1)
    there = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(populations())}"
    return f"`looks_like` is {like!r}, which is no population; {there}"


def its_work_is_abusive(trial: TacticTrial) -> str:
    """A usage profile has `abusive=True`, unless it makes no requests (`quantities`)."""
    if "exchanges" not in trial.kind.quantities and OTHER_WORK & set(trial.kind.quantities):
        return ""
    if any(profile.abusive for profile in trial.make().usage_profiles()):
        return ""
    return "no usage profile has `abusive=True`, so the truth would call all its requests honest"


def is_in_the_truth(trial: TacticTrial) -> str:
    """The truth names its campaign's phases, which it notes with `campaign.phase`."""
    return "" if trial.first.manifest.rows["truth/campaigns"] else "it notes no phase"


def can_be_any_span(trial: TacticTrial) -> str:
    """A campaign of one hour can be played, and one from the first moment to the last."""
    # In an hour no campaign does all that its example asks for: that it can be played is enough.
    trial.play(start="1h", duration="1h")
    faults = trial.play(start="0d", duration="7d").faults
    return f"start 0d, duration 7d: {'; '.join(faults)}" if faults else ""


def its_knobs_matter(trial: TacticTrial) -> str:
    """The ends of the evasion knobs can be played, and the recordings differ."""
    ends = [trial.play(evasion=dict.fromkeys(KNOBS, end)) for end in (0.0, 1.0)]
    if faults := [*format_faults(ends[0]), *format_faults(ends[1])]:
        return "; ".join(faults)
    return "" if differ(*ends) else "nothing changes between all knobs at 0 and all at 1"


def can_imitate(trial: TacticTrial) -> str:
    """With `evasion.mimicry` 1 its accounts imitate the population that it looks like."""
    if trial.kind.hijacks or not trial.kind.looks_like:
        return ""
    played = trial.play(imitates="like", evasion={"mimicry": 1.0})
    return "; ".join(format_faults(played))


def survives_losses(trial: TacticTrial) -> str:
    """In the closed loop, where accounts are shut, each strategy can go on with it."""
    for strategy in ("naive", "whack-a-mole"):
        reviewer = OracleReviewer(truth_controls()["oracle"], SEED)
        if faults := trial.play(reviewer, strategy=strategy).faults:
            return f"strategy {strategy}: {'; '.join(faults)}"
    return ""


RULES = (
    describes_itself,
    has_a_valid_example,
    looks_like_somebody,
    has_usage_profiles,
    its_work_is_abusive,
    can_be_played,
    is_in_the_truth,
    is_valid,
    makes_traffic,
    is_deterministic,
    can_be_any_span,
    its_knobs_matter,
    can_imitate,
    survives_losses,
)
NEEDED = (looks_like_somebody, has_a_valid_example, has_usage_profiles, can_be_played)
"""Rules without which the rules after them cannot be tried."""


def check_tactic(kind: type[Tactic]) -> None:
    """Try a tactic in small worlds; quiet if all is well. Takes up to a minute.

    Args:
        kind: its class, whether in a file of ours or not.

    Raises:
        PluginError: naming every rule of `RULES` that it breaks, and how.
    """
    check(tactics(), kind, TacticTrial, RULES, NEEDED)
