"""The steps of a sign-up, from the opened account to its first use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import NEVER, Millis
from shamcrowd.simulator.lifecycle.delays import HOUR, MINUTE, SECOND, Delay
from shamcrowd.simulator.lifecycle.life import Life
from shamcrowd.simulator.lifecycle.life_parameters import START_DELAYS

Mask = npt.NDArray[np.bool_]

MAIL_SENT = Delay(2.5 * SECOND, 0.8, 0.02, 40 * SECOND, 1.0)
"""From the opened account to the mail with the link (assumed)."""
MAIL_READ = Delay(50 * SECOND, 1.0, 0.2, 14 * HOUR, 1.7)
"""From the mail to the opened link (assumed; reported: 70 % within a day and 90 % within a week,
where the link is less pressing, see `life_parameters`)."""
PHONE_ASKED = Delay(28 * SECOND, 0.8, 0.03, 20 * HOUR, 1.4)
"""From there to the first code (assumed)."""
CODE_GAP = Delay(70 * SECOND, 0.7, 0.05, 5 * HOUR, 1.5)
"""From a mail or code to the next one (assumed)."""
CODE_TYPED = Delay(24 * SECOND, 0.6, 0.03, 8 * MINUTE, 1.2)
"""From the last code to its entry (assumed)."""
INVITED = Delay(4 * SECOND, 0.9, 0.1, 2 * HOUR, 1.6)
"""From the opened account to the credited invitation (assumed)."""
AGREED = Delay(20 * SECOND, 0.9, 0.04, 7 * HOUR, 1.6)
"""From the opened account to the end of a sign-up without a mail (assumed)."""
GRANTED = Delay(4 * SECOND, 1.0, 0.04, 5 * HOUR, 1.3)
"""From the last check to the trial credit; some are looked at first (assumed)."""
KEY_MADE = Delay(80 * SECOND, 1.2, 0.08, 50 * MINUTE, 1.2)
"""From the moment at which it is wanted to the first key (assumed)."""
CARD_ADDED = Delay(120 * SECOND, 1.1, 0.08, 6 * HOUR, 1.5)
"""The same for the card (assumed)."""
FIRST_USED = Delay(160 * SECOND, 1.4, 0.05, 5 * HOUR, 1.2)
"""From the last of these to the first use (assumed)."""
AGAIN, TROUBLED, AGAIN_IN_TROUBLE = 0.09, 0.06, 0.65
"""Share of codes that are asked for again; share of phones that codes reach badly, and that share
among them (assumed)."""
AGAIN_IN_VAIN, TROUBLED_IN_VAIN = 0.28, 0.25
"""The first two among those who give up there: many do because no code comes. 37 % of those who
miss a code ask for another (truecheck.co/blog/the-true-cost-of-failed-otp-delivery, January 2026);
how many of them do so over and over is assumed."""
PACE = 0.4
"""Standard deviation of the logarithm of a person's pace at forms. Assumed, as that of typing: 52
words a minute on average with a standard deviation of 20 (Dhakal, Feit, Kristensson and Oulasvirta
2018, 136 million keystrokes of 168,000 people)."""
MOST_CODES = 20
"""Codes that the sign-up page sends to a phone at most (assumed)."""


@dataclass
class SignUp:
    """When n accounts take each step, ms; NEVER where they do not. Shape (n,) unless noted.

    Attributes:
        mail_asked: the mail with the link is sent.
        mail_again: it is sent again.
        mail_read: the link is opened.
        code_account: shape (m,), the account of each code that is sent.
        code_sent: shape (m,), when.
        phone_verified: the code is typed.
        invited: the invitation is credited.
        granted: trial credit is granted.
        first_key: the first key is made.
        card_added: the card is added.
        first_use: from when on requests are sent.
    """

    mail_asked: Millis
    mail_again: Millis
    mail_read: Millis
    code_account: npt.NDArray[np.int64]
    code_sent: Millis
    phone_verified: Millis
    invited: Millis
    granted: Millis
    first_key: Millis
    card_added: Millis
    first_use: Millis


def sign_up(
    rng: np.random.Generator,
    life: Life,
    created: Millis,
    codes: npt.NDArray[np.int64],
    *,
    mail: Mask,
    phone: Mask,
    verified: Mask,
    invited: Mask,
    trial: Mask,
    card: Mask,
) -> SignUp:
    """Draw the sign-up of n accounts.

    Args:
        rng: random stream of the batch.
        life: their parameters.
        created: shape (n,), when the accounts are opened, ms.
        codes: shape (n,), codes sent to each phone.
        mail: must open a link in a mail.
        phone: must type a code sent to a phone.
        verified: finish all checks; the others stop at one of them.
        invited: were invited.
        trial: get trial credit.
        card: add a card before they use the account.
    """
    count, people = len(life), life.life_parameters
    # Who is quick at one step is quick at the next.
    own = np.exp(PACE * (1 - life.evenness) * rng.standard_normal(count))
    haste = life.haste.astype(np.float64) * own

    def after(base: Millis, delay: Delay, which: Mask) -> Millis:
        wait = delay.draw(rng, count, haste, life.evenness)
        return np.where(which & (base < NEVER), base + wait, NEVER)

    everyone = np.ones(count, np.bool_)
    # Who abandons the sign-up stops at the mail, or at the phone if one is asked for.
    at_phone = phone & (~mail | (rng.random(count) >= life.mail_stops))
    reads = mail & (verified | at_phone)
    asked = after(created, MAIL_SENT, mail)
    again = after(asked, CODE_GAP, mail & (rng.random(count) < people.mail_again))
    sent = np.where(again < NEVER, again, asked)
    read = after(sent, MAIL_READ, reads)
    checked = np.where(mail, read, after(created, AGREED, verified | at_phone))
    first_code = after(checked, PHONE_ASKED, phone)
    account, code_sent = _codes(rng, haste, life.evenness, first_code, codes)
    last = np.full(count, NEVER)
    last[account] = code_sent
    phoned = after(last, CODE_TYPED, phone & verified)
    done = np.where(verified, np.where(phone, phoned, checked), NEVER)

    wait, starts = _wait(rng, life)
    later = np.where(starts & (done < NEVER), done + wait, NEVER)
    key_base = np.where(rng.random(count) < people.key_first, done, later)
    first_key = after(key_base, KEY_MADE, verified & starts)
    card_base = np.where(rng.random(count) < people.card_first, done, later)
    added = after(card_base, CARD_ADDED, card & verified)
    ready = np.maximum(np.maximum(first_key, later), np.where(card, added, 0))
    return SignUp(
        mail_asked=asked,
        mail_again=again,
        mail_read=read,
        code_account=account,
        code_sent=code_sent,
        phone_verified=phoned,
        invited=after(created, INVITED, invited),
        granted=after(done, GRANTED, trial & verified),
        first_key=first_key,
        card_added=added,
        first_use=after(ready, FIRST_USED, everyone),
    )


def codes_asked(rng: np.random.Generator, verified: Mask) -> npt.NDArray[np.int64]:
    """Numbers of codes that n people ask for until they can type one, or give up.

    Args:
        rng: random stream.
        verified: shape (n,), who types one in the end.
    """
    count = len(verified)
    troubled = np.where(verified, TROUBLED, TROUBLED_IN_VAIN)
    usual = np.where(verified, AGAIN, AGAIN_IN_VAIN)
    again = np.where(rng.random(count) < troubled, AGAIN_IN_TROUBLE, usual)
    return np.minimum(rng.geometric(1 - again), MOST_CODES).astype(np.int64)


def _codes(
    rng: np.random.Generator,
    haste: npt.NDArray[np.float64],
    evenness: npt.NDArray[np.float32],
    first: Millis,
    codes: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], Millis]:
    """Accounts and times of all codes; in order of account, then of time."""
    sends = np.flatnonzero(first < NEVER)
    account = np.repeat(sends, codes[sends])
    gap = CODE_GAP.draw(rng, len(account), haste[account], evenness[account])
    begins = np.cumsum(codes[sends]) - codes[sends]
    begins = begins[codes[sends] > 0]
    gap[begins] = 0
    passed = np.cumsum(gap)
    head = np.repeat(passed[begins], codes[sends][codes[sends] > 0])
    return account, first[account] + passed - head


def _wait(rng: np.random.Generator, life: Life) -> tuple[Millis, Mask]:
    """Wait between the checks and the first use, ms, and whether it ever comes."""
    count = len(life)
    kind = (rng.random(count)[:, None] >= np.cumsum(life.start, axis=1)[:, :-1]).sum(axis=1)
    starts = kind < len(START_DELAYS)
    at = np.minimum(kind, len(START_DELAYS) - 1)
    median = np.array([delay.median for delay in START_DELAYS])[at]
    sigma = np.array([delay.sigma for delay in START_DELAYS])[at]
    wait = median * np.exp(sigma * rng.standard_normal(count))
    limit = life.limit.astype(np.float64)
    wait = np.where(wait > limit, limit * rng.random(count), wait)
    return wait.astype(np.int64), starts
