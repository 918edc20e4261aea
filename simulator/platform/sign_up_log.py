"""Log rows of sign-ups: verifications, invitation, trial credit and card."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import MS_PER_HOUR, NEVER
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.lifecycle.alarm import CONSOLE
from shamcrowd.simulator.lifecycle.sign_up import SignUp, codes_asked, sign_up
from shamcrowd.simulator.platform.account_batch import PASSWORD, AccountBatch
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.supply.store import Supply

LATER = MS_PER_HOUR
"""A key or card that is added as long after the sign-up begins with a log-in, ms (assumed)."""
Things = dict[str, npt.NDArray[np.int32]]


def draw_sign_up(rng: np.random.Generator, batch: AccountBatch) -> SignUp:
    """Draw when the accounts of a batch take the steps of their sign-up."""
    return sign_up(
        rng,
        batch.life,
        batch.created,
        np.where(batch.codes > 0, batch.codes, codes_asked(rng, batch.verified)),
        mail=batch.sign_in == PASSWORD,
        phone=batch.phone >= 0,
        verified=batch.verified,
        invited=batch.inviter >= 0,
        trial=batch.plan == TRIAL,
        card=batch.has_card_at_signup,
    )


def log_sign_up(
    steps: SignUp,
    batch: AccountBatch,
    account: npt.NDArray[np.int32],
    things: Things,
    rng: np.random.Generator,
    supply: Supply,
    activity: Activity,
    trial_credit: float,
) -> None:
    """Log the sign-ups of a batch of n accounts, their keys aside.

    Args:
        steps: when each account takes each step.
        batch: the accounts.
        account: shape (n,), their ids.
        things: ids by kind (``address``, ``device``, ``card``, ``phone``), each of shape (n,); -1:
            none.
        rng: random stream of the batch.
        supply: maps handles to ids.
        activity: the log.
        trial_credit: US dollars granted to a trial account.
    """
    where = {"address": things["address"], "device": things["device"]}

    def log(kind: str, time: npt.NDArray[np.int64], **columns: npt.ArrayLike) -> None:
        taken = np.flatnonzero(time < NEVER)
        some = {name: np.asarray(values)[taken] for name, values in columns.items()}
        activity.add(kind, time[taken], account[taken], **some)

    log("email_verification_requested", steps.mail_asked, **where)
    log("email_verification_requested", steps.mail_again, **where)
    log("email_verified", steps.mail_read, **where)
    sent = steps.code_account
    activity.add(
        "phone_verification_requested",
        steps.code_sent,
        account[sent],
        phone=things["phone"][sent],
    )
    log("phone_verified", steps.phone_verified, phone=things["phone"])
    peer = supply.account_ids(np.maximum(batch.inviter, 0))
    log("referral", steps.invited, peer=peer)
    log("trial_grant", steps.granted, amount=np.full(len(batch), trial_credit))
    log("card_added", steps.card_added, card=things["card"], **where)
    for step in (steps.first_key, steps.card_added):
        ahead = CONSOLE.draw(rng, len(batch))
        late = (step < NEVER) & (step - batch.created > LATER + ahead)
        log("login", np.where(late, step - ahead, NEVER), **where)
