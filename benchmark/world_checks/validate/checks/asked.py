"""Do the quantities match what the scenario asked for?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check
from shamcrowd.simulator.registry import strategies

WITHIN = 0.05
"""Share by which a campaign may miss the quantity asked for."""


def check(loaded: Loaded) -> list[Check]:
    """Accounts of every population, and every campaign's quantities (`Tactic.asked`).

    In a closed loop a campaign may fall short, because the platform acts against it. One whose
    strategy replaces what it loses may go beyond, except in requests. In the open loop no campaign
    follows another.
    """
    found = []
    segments = loaded.truth["segment"].astype(object).value_counts()
    for name, population in loaded.scenario.populations.items():
        made = int(segments.get(name, 0))
        said = f"{made:,} accounts of {population.accounts:,}"
        found.append(Check(f"{name}: accounts", made == population.accounts, said))
    requests = _requests(loaded)
    for name, campaign in loaded.scenario.campaigns.items():
        for quantity, wanted in campaign.asked().items():
            if campaign.follows is not None and not loaded.manifest.closed:
                wanted = 0
            made = measured(loaded, name, quantity, requests)
            fine = abs(made - wanted) <= WITHIN * wanted
            replaces = strategies()[campaign.strategy].adaptive and quantity != "exchanges"
            fine |= loaded.manifest.closed and (made < wanted or replaces)
            said = f"{made:,} of {wanted:,} ({made / max(wanted, 1):.1%})"
            found.append(Check(f"{name}: {quantity}", fine, said))
    return found


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
