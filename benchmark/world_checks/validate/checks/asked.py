"""Do the quantities match what the scenario asked for?"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable
from shamcrowd.recording.counting import counted
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.campaigns.tactics.base import Tactic
from shamcrowd.simulator.registry import strategies

WITHIN = 0.05
"""Share by which a campaign may miss the quantity asked for."""
MANY_ACCOUNTS, MUCH = 20, 100
LONG = 4 * MS_PER_DAY
"""With fewer accounts, or where less is asked, chance decides: single accounts never finish their
sign-up, or are closed. A shorter campaign (ms) ends before its accounts are at work."""
CHANCE, EACH = 3.0, 5
"""Such a campaign may go beyond what is asked by so many standard deviations of a count, and by so
many for each of its accounts, which log in as often as they need to."""


def check(loaded: Loaded) -> list[Check]:
    """Accounts of every population, and every campaign's quantities (`Tactic.asked`).

    In a closed loop a campaign may fall short, because the platform acts against it. One whose
    strategy replaces what it loses may go beyond, except in requests. In the open loop no campaign
    follows another. Where accounts or time are too few for the quantity, less is made.
    """
    if loaded.manifest.injected:
        return not_applicable(
            "campaigns are fitted to their background, which no scenario asked for", "quantities"
        )
    if not loaded.played:
        return not_applicable("no scenario asked for anything", "quantities")
    found = []
    segments = loaded.truth["segment"].astype(object).value_counts()
    for name, population in loaded.scenario.populations.items():
        made = int(segments.get(name, 0))
        said = f"{counted(made, 'account')} of {population.accounts:,}"
        found.append(Check(f"{name}: accounts", made == population.accounts, said))
    requests = _requests(loaded)
    for name, campaign in loaded.scenario.campaigns.items():
        for quantity, wanted in campaign.asked().items():
            if campaign.follows is not None and not loaded.manifest.closed:
                wanted = 0
            made = measured(loaded, name, quantity, requests)
            most = WITHIN * wanted
            fine = abs(made - wanted) <= most
            small = wanted > 0 and not _is_ample(campaign, quantity, wanted)
            beyond = CHANCE * math.sqrt(wanted) + EACH * campaign.accounts
            beyond *= quantity != "accounts"
            fine |= small and made - wanted <= max(most, beyond)
            replaces = strategies()[campaign.strategy].adaptive and quantity != "exchanges"
            fine |= loaded.manifest.closed and (made < wanted or replaces)
            said = f"{made:,} of {wanted:,} ({made / max(wanted, 1):.1%})"
            if small and made < wanted - most:
                said += ", as its accounts and its time allow"
            found.append(Check(f"{name}: {quantity}", fine, said))
    return found


def _is_ample(campaign: Tactic, quantity: str, wanted: int) -> bool:
    """Whether a campaign has the accounts and the time to make what is asked of it."""
    opens = quantity == "accounts"
    if opens and not campaign.hijacks:
        return True
    pace = wanted / campaign.accounts / (campaign.duration / MS_PER_DAY)
    many = campaign.accounts >= MANY_ACCOUNTS and (opens or wanted >= MUCH)
    return many and campaign.duration >= LONG and pace <= campaign.busiest


def measured(loaded: Loaded, campaign: str, quantity: str, requests: pd.DataFrame) -> int:
    """How much of a quantity one campaign made; ``requests`` as of `_requests`."""
    truth, activity = loaded.truth, loaded.activity
    own = truth.index[truth["campaign"] == campaign]
    if quantity == "accounts":
        return len(own)
    if quantity == "exchanges":
        taken = truth.loc[own, "segment"].notna()
        mine = requests.reindex(own, fill_value=0)
        return int(mine["abusive"][taken].sum() + mine["all"][~taken].sum())
    if quantity == "invitations":
        return int(((activity["kind"] == "referral") & activity["account"].isin(own)).sum())
    kind, named, kinds = {
        "codes": ("phone", "phone", ("phone_verification_requested",)),
        "log_ins": ("address", "address", ("login", "login_failed")),
        "cards": ("card", "card", ("card_added",)),
    }[quantity]
    supply = loaded.supply
    things = supply.loc[(supply["campaign"] == campaign) & (supply["kind"] == kind), "thing"]
    rows = activity[activity["kind"].isin(kinds) & activity[named].isin(things)]
    return int(rows["card"].nunique()) if quantity == "cards" else len(rows)


def _requests(loaded: Loaded) -> pd.DataFrame:
    """Requests by account: ``all`` of them, and the ``abusive`` ones."""
    accounts = loaded.truth.index.to_numpy()
    every = np.zeros(len(accounts), np.int64)
    abusive = np.zeros(len(accounts), np.int64)
    for _, columns in loaded.requests("account", "abusive"):
        at = np.searchsorted(accounts, columns["account"])
        at = np.minimum(at, len(accounts) - 1)
        every += np.bincount(at, minlength=len(accounts))
        abusive += np.bincount(at[columns["abusive"]], minlength=len(accounts))
    return pd.DataFrame({"all": every, "abusive": abusive}, index=accounts)
