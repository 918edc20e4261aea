"""Does every event have the columns that its kind requires?"""

from __future__ import annotations

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable
from shamcrowd.recording.counting import counted
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
    many = f"{counted(len(events), 'event')}"
    lacking = f"{empty:,} of {many} lack a required value"
    about = Check("activity: about", not empty, lacking)
    if loaded.manifest.imported:
        # Other platforms do not log, for one, what a top-up was worth.
        (about,) = not_applicable(f"another platform's log may lack values ({lacking})", about.name)
    return [
        Check("activity: kinds", not strange, f"{strange:,} of {many} are of an unknown kind"),
        about,
        Check("activity: peers", not nobody, f"{nobody:,} of {len(peers):,} refer to no account"),
    ]
