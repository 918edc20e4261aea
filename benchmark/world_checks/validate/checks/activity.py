"""Does every event have the columns that its kind requires?"""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.recording.schema import ACTIVITY_KINDS

ABOUT = {
    "key_created": "key",
    "key_revoked": "key",
    "card_added": "card",
    "phone_verification_requested": "phone",
    "phone_verified": "phone",
    "charge": "amount",
    "refund": "amount",
    "trial_grant": "amount",
    "referral": "peer",
    "plan_change": "plan",
    "model_release_seen": "model",
}
"""The column that a kind of event requires."""


def check(loaded: Loaded) -> list[Check]:
    """Kinds, required columns, and the accounts that invited others."""
    events = loaded.activity
    strange = int((~events["kind"].isin(ACTIVITY_KINDS)).sum())
    empty = 0
    for column in sorted(set(ABOUT.values())):
        kinds = [kind for kind, about in ABOUT.items() if about == column]
        values = events.loc[events["kind"].isin(kinds), column]
        empty += int((values.isna() | (values == -1)).sum())
    peers = events.loc[events["peer"] >= 0, "peer"]
    nobody = int((~peers.isin(loaded.accounts.index)).sum())
    many = f"{len(events):,} events"
    return [
        Check("activity: kinds", not strange, f"{strange:,} of {many} are of an unknown kind"),
        Check("activity: about", not empty, f"{empty:,} of {many} lack a required value"),
        Check("activity: peers", not nobody, f"{nobody:,} of {len(peers):,} refer to no account"),
    ]
