"""Log rows of sign-ups: verifications, invitation, trial credit, key and card."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis
from shamcrowd.simulator.core.plans import TRIAL
from shamcrowd.simulator.platform.account_batch import PASSWORD, AccountBatch
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.supply.store import Supply


def log_sign_ups(
    batch: AccountBatch,
    handles: npt.NDArray[np.int64],
    things: dict[str, npt.NDArray[np.int32]],
    rng: np.random.Generator,
    supply: Supply,
    activity: Activity,
    trial_credit: float,
) -> tuple[npt.NDArray[np.int32], Millis]:
    """Log the sign-up steps of a batch of n accounts.

    Args:
        batch: the accounts; ``opens`` is moved behind the last sign-up step.
        handles: shape (n,), their handles.
        things: ids by kind (``address``, ``device``, ``card``, ``phone``), each of shape (n,); -1:
            none.
        rng: random stream of the batch.
        supply: maps handles to ids.
        activity: the log.
        trial_credit: US dollars granted to a trial account.

    Returns:
        Ids of the cards added at sign-up, and the times (ms) at which they were added.
    """
    add, time, count = activity.add, batch.created, len(batch)
    account = supply.account_ids(handles)
    wait = (rng.exponential(90_000, count) + 5_000).astype(np.int64)
    at = {"address": things["address"], "device": things["device"]}

    def some(which: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.int32]]:
        return {k: v[which] for k, v in at.items()}

    mail = batch.sign_in == PASSWORD
    add("email_verification_requested", time[mail], account[mail], **some(mail))
    # An abandoned sign-up ends at the last verification that was requested.
    read = mail & (batch.verified | (things["phone"] >= 0))
    add("email_verified", (time + wait)[read], account[read], **some(read))
    phoned = things["phone"] >= 0
    again = np.repeat(np.flatnonzero(phoned), batch.codes[phoned])
    nth = np.arange(len(again)) - np.searchsorted(again, again)
    add(
        "phone_verification_requested",
        (time + wait)[again] + 2_000 + nth * 45_000,
        account[again],
        phone=things["phone"][again],
    )
    late = (batch.codes - 1) * 45_000
    fine = phoned & batch.verified
    add(
        "phone_verified",
        (time + 2 * wait + late)[fine] + 20_000,
        account[fine],
        phone=things["phone"][fine],
    )
    invited = batch.inviter >= 0
    peer = supply.account_ids(batch.inviter[invited])
    add("referral", (time + 1_000)[invited], account[invited], peer=peer)
    done = batch.verified
    wait = wait + late // 2
    trial = (batch.plan == TRIAL) & done
    add("trial_grant", (time + 2 * wait)[trial] + 21_000, account[trial], amount=trial_credit)
    opens = np.maximum(batch.opens - 30_000, time + 2 * wait + 25_000)
    keys = supply.key_ids(handles[done])
    add("key_created", opens[done], account[done], key=keys, **some(done))
    card = batch.has_card_at_signup & done
    paid = opens[card] + 15_000
    # Key and card (if any) are added before the first request.
    batch.opens = np.maximum(batch.opens, opens + 20_000)
    add("card_added", paid, account[card], card=things["card"][card], **some(card))
    return things["card"][card], paid
