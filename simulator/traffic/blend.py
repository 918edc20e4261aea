"""Blends of two usage profiles: how work comes to resemble somebody else's use."""

from __future__ import annotations

import math
from dataclasses import replace

from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile


def blend(work: UsageProfile, like: UsageProfile, timing: float, content: float) -> UsageProfile:
    """Move the profile ``work`` towards the profile ``like``.

    What is asked for stays as in ``work``: topics, models, endpoint and purpose.

    Args:
        work: the profile to change.
        like: the profile to imitate.
        timing: weight of ``like`` for hours, sessions and gaps, 0 (none) to 1 (equal).
        content: weight of ``like`` for lengths and templates, 0 to 1.

    >>> from shamcrowd.simulator.populations.casual import CHAT
    >>> from shamcrowd.simulator.campaigns.tactics.hydra import HARVEST
    >>> blend(HARVEST, CHAT, 1.0, 0.0).gap == CHAT.gap
    True
    >>> blend(HARVEST, CHAT, 0.0, 0.0) == HARVEST
    True
    """
    return replace(
        work,
        requests=_quantity(work.requests, like.requests, timing),
        turns=_number(work.turns, like.turns, timing),
        gap=_quantity(work.gap, like.gap, timing),
        reading=_number(work.reading, like.reading, timing),
        pause=_quantity(work.pause, like.pause, timing),
        speed_sigma=_number(work.speed_sigma, like.speed_sigma, timing),
        hours=_hours(work.hours, like.hours, timing),
        weekend=_number(work.weekend, like.weekend, timing),
        active_share=_number(work.active_share, like.active_share, timing),
        active_days=_number(work.active_days, like.active_days, timing),
        activity_sigma=_number(work.activity_sigma, like.activity_sigma, timing),
        log_ins=_number(work.log_ins, like.log_ins, timing),
        handover=_number(work.handover, like.handover, timing),
        taken_up=_number(work.taken_up, like.taken_up, timing),
        mixed=_number(work.mixed, like.mixed, timing),
        streams=_number(work.streams, like.streams, timing),
        caches=_number(work.caches, like.caches, content),
        prefix=_number(work.prefix, like.prefix, content),
        prompt=_quantity(work.prompt, like.prompt, content),
        answer=_quantity(work.answer, like.answer, content),
        prompt_spread=_number(work.prompt_spread, like.prompt_spread, content),
        answer_spread=_number(work.answer_spread, like.answer_spread, content),
        growth=_number(work.growth, like.growth, content),
        prompt_variation=round(_number(work.prompt_variation, like.prompt_variation, content)),
    )


def _number(work: float, like: float, share: float) -> float:
    return work + (like - work) * share if share < 1 else like


def _quantity(work: Lognormal, like: Lognormal, share: float) -> Lognormal:
    """Interpolate medians geometrically; the cap is that of the nearer one."""
    if share in (0.0, 1.0):
        return like if share else work
    median = math.exp(_number(math.log(work.median), math.log(like.median), share))
    cap = like.cap if share >= 0.5 else work.cap
    return Lognormal(median, _number(work.sigma, like.sigma, share), cap)


def _hours(work: tuple[int, ...], like: tuple[int, ...], share: float) -> tuple[int, ...]:
    if share in (0.0, 1.0):
        return like if share else work
    pairs = zip(work, like, strict=True)
    mixed = [a / sum(work) * (1 - share) + b / sum(like) * share for a, b in pairs]
    return tuple(round(weight * 10_000) for weight in mixed)
