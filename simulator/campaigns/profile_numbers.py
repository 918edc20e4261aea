"""Usage profiles of a campaign: its tactic's own and those of the population it imitates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from shamcrowd.recording.plugins.calls import plugin_call
from shamcrowd.simulator.campaigns.identity import CampaignIdentity
from shamcrowd.simulator.campaigns.mimicry import Mimicry
from shamcrowd.simulator.campaigns.setting import CampaignSetting
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.populations.base import Population
from shamcrowd.simulator.traffic.usage_profile import UsageProfile


def mimicry_of(
    campaign: CampaignIdentity, tactic: Tactic, setting: CampaignSetting
) -> Mimicry | None:
    """The population that a campaign imitates, if its tactic names one."""
    if tactic.imitates is None or not tactic.impostors:
        return None
    population = setting.populations[tactic.imitates]
    own = len(tactic.usage_profiles())
    return Mimicry(
        campaign,
        setting.shared_infrastructure,
        tactic.imitates,
        population,
        tactic.accounts,
        tactic.impostors,
        own,
        tactic.prompt_source().common,
    )


def campaign_profiles(
    tactic: Tactic, populations: Mapping[str, Population]
) -> tuple[UsageProfile, ...]:
    """A tactic's usage profiles, followed by those it imitates, each as work and as cover.

    With mimicry, a farm's cover traffic is that of the population it imitates.
    """
    with plugin_call("tactic", tactic.tactic, type(tactic), "usage_profiles"):
        own = tactic.usage_profiles()
    if tactic.imitates is None or not tactic.impostors:
        return own
    copied = populations[tactic.imitates].usage_profiles()
    both = (profile for one in copied for profile in (replace(one, abusive=True), one))
    return (own[0], *(copied[:1] if own[1:] else ()), *both)


def pairs(tactic: Tactic, mimicry: Mimicry | None) -> list[tuple[int, int | None]]:
    """Numbers of the work profiles, each with the number of its cover profile, if it has one."""
    own = len(tactic.usage_profiles())
    copied = range(mimicry.first, mimicry.first + 2 * mimicry.usage_profiles, 2) if mimicry else ()
    return [(0, 1 if own > 1 else None), *((number, number + 1) for number in copied)]
