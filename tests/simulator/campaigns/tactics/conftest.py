"""A small world with every kind of honest user, and one campaign at a time in it."""

from __future__ import annotations

import pytest

from shamcrowd.simulator.scenario.load import load_scenario
from tests.recordings import recorded

WORLD = {
    "casual": 600, "mobile": 160, "corporate": 200, "travellers": 80, "launch-wave": 80,
    "classroom": 90, "small-teams": 60, "agentic": 8, "ci-bots": 16, "batch": 4, "evaluators": 10,
    "aggregator": 4,
}  # fmt: skip
CAMPAIGNS = {
    "hydra": "accounts: 60, exchanges: 9000",
    "narrow-deep": "accounts: 20, exchanges: 20000",
    "elicitation": "accounts: 30, exchanges: 9000",
    "relay": "accounts: 10, exchanges: 12000, customers: 20",
    "credit-farm": "accounts: 60",
    "farmer": "accounts: 60, exchanges: 6000, waves: 3",
    "sleeper": "accounts: 60, exchanges: 6000, dwell: 4d",
    "hijacked-keys": "accounts: 20, exchanges: 6000",
    "takeover": "accounts: 20, log_ins: 3000, exchanges: 4000",
    "card-testing": "accounts: 50, cards: 400, exchanges: 2500",
    "sms-pumping": "accounts: 80, codes: 400",
    "mesh": "accounts: 80, exchanges: 7000",
    "referral-ring": "accounts: 60, exchanges: 2500",
    "content-farm": "accounts: 60, exchanges: 9000",
}
GUISES = {
    "hydra": "launch-wave", "narrow-deep": "batch", "elicitation": "evaluators",
    "relay": "aggregator", "credit-farm": "classroom", "farmer": "small-teams",
    "sleeper": "casual", "card-testing": "travellers", "sms-pumping": "mobile", "mesh": "ci-bots",
    "referral-ring": "small-teams", "content-farm": "corporate",
}  # fmt: skip
"""In whose guise each tactic goes that opens accounts of its own."""


@pytest.fixture(scope="session")
def campaign_settings():
    """Settings of `confounders-v1` for the small world with one tactic's campaign ``c``."""

    def of(tactic, care=0.3, mimicry=0.0):
        people = [f"populations.{name}.accounts={many}" for name, many in WORLD.items()]
        knobs = ", ".join(
            f"{k}: {care}" for k in ("rotation", "camouflage", "paraphrase", "pacing", "ageing")
        )
        if tactic is None:
            return people
        asked = f"{CAMPAIGNS[tactic]}, start: 1d, duration: 8d, evasion: {{{knobs}}}"
        if mimicry:
            knobs += f", mimicry: {mimicry}"
            asked = (
                f"{CAMPAIGNS[tactic]}, start: 0d, duration: 9d, guise: {GUISES[tactic]}, "
                f"evasion: {{{knobs}}}"
            )
        return [*people, f"campaigns={{c: {{tactic: {tactic}, {asked}}}}}"]

    return of


@pytest.fixture(scope="session")
def asked_accounts():
    """Accounts that the small world's campaign of each tactic is asked for."""
    return {
        name: int(asked.split("accounts: ")[1].split(",")[0]) for name, asked in CAMPAIGNS.items()
    }


@pytest.fixture(scope="session")
def with_campaign(campaign_settings, read_recording):
    """The small world with one tactic's campaign in it."""
    made = {}

    def of(tactic, care=0.3, mimicry=0.0):
        key = tactic, care, mimicry
        if key not in made:
            folder = recorded("confounders-v1", 3, settings=campaign_settings(*key))
            made[key] = read_recording(folder)
        return made[key]

    return of


@pytest.fixture(scope="session")
def small_scenario(campaign_settings):
    """The checked scenario of the small world with one tactic's campaign."""
    return lambda tactic: load_scenario("confounders-v1", settings=campaign_settings(tactic))
