"""Does the truth match the log, row for row, and is it consistent?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable
from shamcrowd.recording.counting import counted
from shamcrowd.recording.schema import ENTITIES
from shamcrowd.recording.units import EARLIEST, NEVER

NAMES = (
    "truth: accounts", "truth: intervals", "truth: campaigns' time", "truth: agrees",
    "truth: followers", "truth: supply",
)  # fmt: skip


def check(loaded: Loaded) -> list[Check]:
    """Every account has a truth; abuse occurs only on sham accounts, while they are sham."""
    if not loaded.labelled:
        return not_applicable("a log alone has no truth", *NAMES)
    truth = loaded.truth
    known = np.isin(truth.index.to_numpy(), loaded.accounts.index.to_numpy())
    # Of a labelled set of others, some accounts have no label.
    some = not loaded.played and not loaded.manifest.injected
    same = bool(known.all()) and (some or len(truth) == len(loaded.accounts))
    found = [
        Check(
            "truth: accounts", same, f"{len(truth):,} of {counted(len(loaded.accounts), 'account')}"
        )
    ]
    since = _ms(truth["sham_from"], NEVER)
    until = _ms(truth["sham_until"], NEVER)
    accounts = truth.index.to_numpy()
    wrong, abusive, outside = 0, 0, 0
    begin, end = _spans(loaded) if loaded.played else ({}, {})
    campaign = truth["campaign"].astype(object).map({n: i for i, n in enumerate(begin)})
    number = campaign.fillna(-1).astype(int).to_numpy()
    starts = np.array([*begin.values(), NEVER])
    ends = np.array([*end.values(), EARLIEST])
    # All requests of accounts that a campaign opened belong to it, camouflage included.
    brought = truth["campaign"].notna().to_numpy() & truth["segment"].isna().to_numpy()
    rows = 0
    for _, columns in loaded.requests("time", "account", "abusive"):
        at = np.minimum(np.searchsorted(accounts, columns["account"]), len(accounts) - 1)
        labelled = accounts[at] == columns["account"]
        ours = columns["abusive"] | (brought[at] & labelled)
        wrong += int((columns["abusive"] & ~labelled).sum())
        bad = columns["abusive"][ours]
        at, time = at[ours], columns["time"][ours]
        rows += len(at)
        abusive += int(bad.sum())
        wrong += int((bad & ((time < since[at]) | (time > until[at]))).sum())
        if not loaded.played:
            continue
        outside += int(((time < starts[number[at]]) | (time >= ends[number[at]])).sum())
    said = f"{wrong:,} of {counted(abusive, 'abusive request')} while the account was not sham"
    found.append(Check("truth: intervals", not wrong, said))
    said = f"{outside:,} of {counted(rows, 'request')} of a campaign outside its time"
    timed = Check("truth: campaigns' time", not outside, said)
    if loaded.manifest.injected:
        why = "spells of work may have moved to the background's hours"
        (timed,) = not_applicable(why, timed.name)
    elif some:
        return [*found, *not_applicable("no scenario was played", *NAMES[2:])]
    return [*found, timed, _agreeing(loaded), _following(loaded), _supply(loaded)]


def _agreeing(loaded: Loaded) -> Check:
    """Accounts of a campaign have the scenario's tactic for it, a role and a start."""
    truth = loaded.truth
    tactics = {n: c["tactic"] for n, c in loaded.manifest.resolved["campaigns"].items()}
    named = truth["campaign"].astype(object)
    driven = named.notna()
    wrong = driven & (named.map(tactics) != truth["tactic"].astype(object))
    for column in ("tactic", "role", "sham_from"):
        wrong |= truth[column].notna() != driven
    wrong |= ~driven & (truth["segment"].isna() | truth["sham_until"].notna())
    many = int(wrong.sum())
    return Check(
        "truth: agrees",
        not many,
        f"accounts that contradict it: {many:,} of {len(truth):,}",
    )


def _following(loaded: Loaded) -> Check:
    """A campaign that follows another starts after the other was given up."""
    phases, wrong = loaded.phases, []
    left = phases[phases["phase"] == "give-up"].groupby("campaign")["time"].min()
    begun = phases.groupby("campaign")["time"].min()
    for name, campaign in loaded.manifest.resolved["campaigns"].items():
        followed = campaign.get("follows")
        early = name in begun and begun[name] < left.get(followed, NEVER)
        if followed is not None and early:
            wrong.append(name)
    said = (
        f"{', '.join(wrong)} before the campaign that it follows"
        if wrong
        else "none before the one that it follows"
    )
    return Check("truth: followers", not wrong, said)


def _supply(loaded: Loaded) -> Check:
    """The entities that campaigns own are in the log; the campaigns are the scenario's."""
    supply = loaded.supply
    wrong = int((~supply["campaign"].isin(loaded.manifest.resolved["campaigns"])).sum())
    for entity in ENTITIES:
        key = entity.columns[0].name
        owned = supply.loc[supply["kind"] == key, "thing"]
        wrong += int((~owned.isin(loaded.table(entity.name)[key])).sum())
    said = f"{wrong:,} of {len(supply):,} entities are unknown or have no campaign"
    return Check("truth: supply", not wrong, said)


def _ms(moments: pd.Series, missing: int) -> np.ndarray:
    ms = moments.to_numpy("datetime64[ms]").astype(np.int64)
    return np.where(moments.isna().to_numpy(), missing, ms)


def _spans(loaded: Loaded) -> tuple[dict[str, int], dict[str, int]]:
    """Start and end of each campaign (ms); one that never started has no time."""
    begin, end = {}, {}
    first = loaded.phases.groupby("campaign")["time"].min()
    for name, campaign in loaded.scenario.campaigns.items():
        if campaign.start is None:
            begin[name] = int(first.get(name, NEVER))
        else:
            begin[name] = loaded.manifest.start + campaign.start
        end[name] = begin[name] + campaign.duration
    return begin, end
