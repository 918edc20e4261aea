"""Life parameters: how the people of a population sign up, keep keys and ask for help.

Everything here is assumed unless a comment names a source; docs/worlds.md lists them. Of published
figures: 70 % of those who sign up have read the mail within a day and 90 % within a week (Stytch
and Postmark, as reported by signupdrop.com, April 2026); of 62 firms' sign-ups 37.5 % ever reach
the product's use (fungies.io on 2024 data), so that late starts and abandonment are the rule; 60 %
of the holders of cloud keys have one older than a year (Datadog, State of Cloud Security 2024),
which is a rotation rate of about 0.5 a year; one commit author in nine leaked a secret in 2023, and
nine in ten of them were still valid after five days (GitGuardian, State of Secrets Sprawl 2024).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from shamcrowd.simulator.lifecycle.delays import DAY, HOUR, Delay

START = ("at once", "same day", "days", "weeks", "months", "never")
"""When the first use follows the sign-up."""
AT_ONCE, SAME_DAY, DAYS, WEEKS, MONTHS, NEVER_STARTS = range(len(START))
START_DELAYS = (
    Delay(1.0, 0.0),
    Delay(3.2 * HOUR, 1.0),
    Delay(2.5 * DAY, 0.75),
    Delay(12 * DAY, 0.65),
    Delay(45 * DAY, 0.9),
)
"""Waits of each kind but ``never``; ``at once`` only has the delays of the steps themselves."""


@dataclass(frozen=True)
class LifeParameters:
    """Parameters of a population; shares are between 0 and 1.

    Attributes:
        start: shares of the kinds of `START`.
        key_first: share that makes its key at sign-up, whenever it is used.
        card_first: share of payers that add their card at sign-up rather than before first use.
        mail_stops: share of abandoned sign-ups that end at the mail; the others at the phone.
        mail_again: share that has the mail sent again.
        other_device: share that logs in from another device in time.
        further_keys: mean number of keys besides the first.
        rotations: changes of the key in use, a year, out of routine.
        scares: changes of the key because it may have leaked, a year.
        reports: reports to support about the account, a year, without a scare.
        forgets: resets of a forgotten password, a year of use.
    """

    start: tuple[float, ...]
    key_first: float = 0.6
    card_first: float = 0.55
    mail_stops: float = 0.5
    mail_again: float = 0.06
    other_device: float = 0.4
    further_keys: float = 0.14
    rotations: float = 0.2
    scares: float = 0.08
    reports: float = 0.12
    forgets: float = 0.25


PERSON = LifeParameters(start=(0.52, 0.18, 0.13, 0.08, 0.05, 0.04))
"""Private users."""
NEWCOMER = replace(PERSON, start=(0.64, 0.17, 0.1, 0.04, 0.02, 0.03))
"""People who come for a new model, or with a class: most begin at once."""
EMPLOYEE = replace(PERSON, start=(0.42, 0.2, 0.2, 0.1, 0.05, 0.03), further_keys=0.2)
"""Employees, whose accounts are often opened before they need them."""
TEAM = replace(EMPLOYEE, further_keys=0.3, rotations=0.35, scares=0.1)
"""Start-ups, agencies and laboratories."""
DEVELOPER = replace(
    PERSON,
    start=(0.56, 0.17, 0.13, 0.07, 0.04, 0.03),
    key_first=0.7,
    further_keys=0.5,
    rotations=0.5,
    scares=0.12,
)
"""Developers: several keys, by project or machine; rotations and leaks as the sources say."""
SERVICE = replace(
    DEVELOPER, start=(0.42, 0.2, 0.2, 0.11, 0.05, 0.02), further_keys=0.8, rotations=0.8
)
"""Services and scheduled jobs: keys for test and production, rotated by rule."""
