"""A small world with every kind of honest user, and one campaign at a time in it."""

from __future__ import annotations

import pytest

from shamcrowd.simulator.registry import populations, tactics
from shamcrowd.simulator.scenario.load import load_scenario
from tests.recordings import recorded

WORLD = {
    name: populations()[name].example["accounts"]
    for name in load_scenario("confounders-v2").populations
}
FEW = 200


def _asked(tactic):
    return ", ".join(f"{key}: {value}" for key, value in tactics()[tactic].example.items())


@pytest.fixture(scope="session")
def campaign_settings():
    """Settings of `confounders-v2` for the small world with one tactic's campaign ``c``.

    With ``alone``, among some of the casual users and those whom it looks like, in slices of twelve
    hours: in a third of the time.
    """

    def of(tactic, care=0.3, mimicry=0.0, *, alone=False):
        among = {"casual", tactics()[tactic].looks_like} if alone else WORLD
        people = [
            f"populations.{name}.accounts={many}" if name in among else f"populations.{name}=null"
            for name, many in WORLD.items()
        ]
        people.append("prior=null")
        if alone:
            people.append("slice=12h")
            # Who has a look-alike needs no victims.
            if tactics()[tactic].looks_like:
                people.append(f"populations.casual.accounts={FEW}")
        knobs = ", ".join(
            f"{k}: {care}" for k in ("rotation", "camouflage", "paraphrase", "pacing", "ageing")
        )
        if tactic is None:
            return people
        like = tactics()[tactic].looks_like
        if like and like not in WORLD:
            many = populations()[like].example["accounts"]
            people.append(f"populations.{like}={{accounts: {many}}}")
        asked = f"{_asked(tactic)}, start: 1d, duration: 8d, evasion: {{{knobs}}}"
        if mimicry:
            knobs += f", mimicry: {mimicry}"
            asked = (
                f"{_asked(tactic)}, start: 0d, duration: 9d, "
                f"imitates: {tactics()[tactic].looks_like}, evasion: {{{knobs}}}"
            )
        return [*people, f"campaigns={{c: {{tactic: {tactic}, {asked}}}}}"]

    return of


@pytest.fixture(scope="session")
def asked_accounts():
    """Accounts that the small world's campaign of each tactic is asked for."""
    return {name: kind.example["accounts"] for name, kind in tactics().items()}


@pytest.fixture(scope="session")
def with_campaign(campaign_settings, read_recording):
    """The small world with one tactic's campaign in it."""
    made = {}

    def of(tactic, care=0.3, mimicry=0.0, *, alone=False):
        key = tactic, care, mimicry, alone
        if key not in made:
            settings = campaign_settings(tactic, care, mimicry, alone=alone)
            folder = recorded("confounders-v2", 3, settings=settings)
            made[key] = read_recording(folder)
        return made[key]

    return of


@pytest.fixture(scope="session")
def small_scenario(campaign_settings):
    """The checked scenario of the small world with one tactic's campaign."""
    return lambda tactic: load_scenario("confounders-v2", settings=campaign_settings(tactic))
