"""Tables of accounts, sign-up activity and the ground truth about both."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array, empty_table
from shamcrowd.recording.columns import ID, NAME, TIME
from shamcrowd.recording.schema import ACCOUNTS
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS, TRUTH_CAMPAIGNS, TRUTH_SUPPLY
from shamcrowd.recording.units import EARLIEST, NEVER, Millis
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.core.first_seen import FirstSeen
from shamcrowd.simulator.core.handles import NO_CAMPAIGN
from shamcrowd.simulator.core.plans import PLANS, TRIAL
from shamcrowd.simulator.core.radix import stable_order
from shamcrowd.simulator.lifecycle.keys import KeyUse
from shamcrowd.simulator.lifecycle.other_device import other_devices
from shamcrowd.simulator.lifecycle.retention import spells
from shamcrowd.simulator.platform.account_batch import PASSWORD, SIGN_INS, AccountBatch
from shamcrowd.simulator.platform.activity import Activity
from shamcrowd.simulator.platform.key_log import log_events, with_ids
from shamcrowd.simulator.platform.life_events import draw_life
from shamcrowd.simulator.platform.sign_up_log import draw_sign_up, log_sign_up
from shamcrowd.simulator.platform.worth_taking import Found, worth_taking
from shamcrowd.simulator.supply.places import COUNTRIES, LOCALES, offsets
from shamcrowd.simulator.supply.store import Owner, Supply

KINDS = ("address", "device", "card", "phone", "mailbox")
KEPT = ("created", "opens", "plan", "challenge_success", "charge_success")


class AccountTables:
    """Collects every admitted batch and builds the recording's tables from them.

    Args:
        supply: registers of all entities.
        activity: log that sign-up rows are added to.
        trial_credit: US dollars granted to a trial account.
        span: first moment of the recording and first moment after it, ms.
    """

    def __init__(
        self, supply: Supply, activity: Activity, trial_credit: float, span: tuple[int, int]
    ) -> None:
        self._supply = supply
        self._activity = activity
        self._credit = trial_credit
        self._span = span
        self._accounts: list[dict[str, Any]] = []
        self._last: list[int] = []
        self.admitted: list[dict[str, Any]] = []
        """One entry per batch: its columns and the truth about it."""
        self.taken_over: list[tuple[npt.NDArray[np.int64], tuple[str, str, str], Any, Any]] = []
        self.replaced_keys: list[npt.NDArray[np.int64]] = []
        """Handles of accounts whose owners replaced their key because a campaign alarmed them."""
        self._phases: list[tuple[str, str, str, int, int]] = []
        self.first_seen = {kind: FirstSeen() for kind in KINDS}

    def admit(
        self,
        batch: AccountBatch,
        handles: npt.NDArray[np.int64],
        owner: Owner,
        rng: np.random.Generator,
        who: dict[str, Any],
    ) -> tuple[KeyUse, dict[str, npt.NDArray[np.int32]]]:
        """Add a batch: account rows, first-seen times, sign-ups, keys, reports, other devices.

        Args:
            batch: n accounts; their other devices, ``first_key`` and ``opens`` are set.
            handles: shape (n,), their handles.
            owner: who numbers their things.
            rng: random stream of the batch.
            who: columns of the truth about the batch, as scalars.

        Returns:
            The keys that they use, and the ids of their things by kind.
        """
        account = self._supply.account_ids(handles)
        supply, count = self._supply, len(batch)

        def ids(kind: str, handles: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
            found = supply.register(kind).ids(np.maximum(handles, 0))
            return np.where(handles < 0, -1, found).astype(np.int32)

        things = {
            "address": ids("address", batch.first_address),
            "device": ids("device", batch.device),
            "card": ids("card", batch.card),
            "phone": ids("phone", batch.phone),
            "mailbox": ids("mailbox", batch.mailbox),
        }
        steps = draw_sign_up(rng, batch)
        batch.first_code[steps.code_account[::-1]] = steps.code_sent[::-1]
        batch.first_key, batch.opens = steps.first_key, steps.first_use
        batch.granted, batch.card_since = steps.granted, steps.card_added
        batch.other_since = other_devices(rng, batch.life, batch.opens, self._span[1])
        others = np.flatnonzero(batch.other_since < NEVER)
        batch.other_device[others] = supply.devices.take(owner.devices, rng, batch.locale[others])
        things["other"] = ids("device", batch.other_device)
        in_use = spells(batch.opens, batch.stays, batch.pauses)
        keys, events = draw_life(rng, batch, in_use, self._span)
        phone_ids = things["phone"].copy()
        organisation = np.where(
            batch.organisation < 0, -1, supply.organisation_ids(np.maximum(batch.organisation, 0))
        )
        things["phone"][steps.phone_verified >= self._span[1]] = -1
        self._last.append(int(batch.created.max(initial=EARLIEST)))
        self._accounts.append(
            {
                "account": account,
                "created": batch.created,
                "display_name": batch.names.display,
                "country": batch.country,
                "locale": batch.locale,
                "utc_offset": offsets(batch.place, batch.created),
                "sign_in": batch.sign_in,
                "plan": batch.plan,
                "organisation": organisation.astype(np.int32),
                **{k: things[k] for k in ("mailbox", "phone", "device", "address", "card")},
            }
        )
        seen = {**things, "phone": phone_ids}
        self.admitted.append(
            {
                "account": account,
                "count": count,
                "handle": handles,
                "keys": keys,
                "zone": batch.zone,
                # Paid accounts are worth taking over.
                "paid": (batch.plan != TRIAL) & batch.verified,
                "spells": in_use,
                "password": batch.sign_in == PASSWORD,
                **{name: getattr(batch, name) for name in KEPT},
                "things": seen,
                **who,
            }
        )
        for kind in ("address", "device", "mailbox", "phone"):
            self.first_seen[kind].note(seen[kind], batch.created)
        log_sign_up(steps, batch, account, seen, rng, supply, self._activity, self._credit)
        log_events(events, handles, seen, supply, self._activity, batch.other_since)
        first_used, other = batch.other_since[others], things["other"][others]
        home = things["address"][others]
        self._activity.add("login", first_used, account[others], address=home, device=other)
        self.first_seen["device"].note(other, first_used)
        paid = steps.card_added < NEVER
        self.first_seen["card"].note(things["card"][paid], steps.card_added[paid])
        return with_ids(keys, handles, supply), seen

    def worth_taking(
        self, before: int, password: bool, paid: bool = True, single: bool = True
    ) -> Found:
        """Return legitimate accounts that a campaign could take over.

        Args:
            before: only accounts in use before this time, ms, with a key that is not about to be
                replaced.
            password: leave out accounts that sign in through another provider.
            paid: leave out trial accounts and those whose owners have left.
            single: leave out those with two keys.

        Returns:
            Handles, time-zone codes and numbers of the keys in use, all of shape (m,), of accounts
            not taken over yet.
        """
        taken = [np.empty(0, np.int64), *(row[0] for row in self.taken_over), *self.replaced_keys]
        return worth_taking(self.admitted, np.concatenate(taken), before, password, paid, single)

    def sign_up_things(self, account: npt.NDArray[np.int32]) -> dict[str, npt.NDArray[np.int32]]:
        """Return ids of the things with which accounts (ids, shape (m,)) signed up.

        The ids are by kind (``address``, ``device``, ``card``), of shape (m,); -1: no card.
        """
        every = np.concatenate([part["account"] for part in self._accounts])
        order = np.argsort(every)
        at = order[np.searchsorted(every, account, sorter=order)]
        return {
            kind: np.concatenate([part[kind] for part in self._accounts])[at]
            for kind in ("address", "device", "card")
        }

    def take_over(
        self,
        handles: npt.NDArray[np.int64],
        who: tuple[str, str, str],
        since: Millis,
        until: Millis,
    ) -> None:
        """Record that legitimate accounts are abused from ``since`` to ``until`` (ms).

        ``who`` is the campaign, its tactic and the accounts' role in it.
        """
        self.taken_over.append((handles, who, since, until))

    def phase(self, campaign: str, tactic: str, phase: str, time: int, accounts: int) -> None:
        """Record the beginning of a campaign phase at ``time`` (ms) with its number of accounts."""
        self._phases.append((campaign, tactic, phase, time, accounts))

    def accounts(self, before: int, since: int = EARLIEST) -> pa.Table:
        """Return the accounts table by id: accounts opened in [since, before), ms."""
        parts = [p for p, last in zip(self._accounts, self._last, strict=True) if last >= since]
        if not parts:
            return empty_table(ACCOUNTS.schema)
        whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        kept = (whole["created"] < before) & (whole["created"] >= since)
        order = np.flatnonzero(kept)[stable_order(whole["account"][kept])]
        words = {"country": COUNTRIES, "locale": LOCALES, "sign_in": SIGN_INS, "plan": PLANS}
        arrays = []
        for field in ACCOUNTS.schema:
            values = whole[field.name][order]
            if field.name in words:
                arrays.append(named(values, words[field.name]))
            else:
                arrays.append(array(values, field.type, values < 0 if field.nullable else None))
        return pa.table(arrays, schema=ACCOUNTS.schema)

    def truth(self, before: int) -> pa.Table:
        """Return the truth about all accounts opened before a time (ms), by id."""
        parts = self.admitted
        count = np.array([part["count"] for part in parts])
        account = np.concatenate([part["account"] for part in parts])
        created = np.concatenate([part["created"] for part in parts])
        kept = np.flatnonzero(created < before)
        order = kept[stable_order(account[kept])]
        account, created = account[order], created[order]
        sham = np.repeat([bool(part["campaign"]) for part in parts], count)[order]
        since = np.where(sham, created, NEVER)
        until = np.full(len(order), NEVER)
        taken_over = []
        for handles, who, begins, ends in self.taken_over:
            # A campaign that starts late may plan to use accounts beyond the end of the recording.
            known = begins < before
            at = np.searchsorted(account, self._supply.account_ids(handles[known]))
            since[at], until[at] = begins[known], np.where(ends > before, NEVER, ends)[known]
            taken_over.append((at, dict(zip(("campaign", "tactic", "role"), who, strict=True))))

        def truth_column(field: pa.Field) -> pa.Array:
            said = [part[field.name] for part in parts]
            later = [who[field.name] for _, who in taken_over if field.name in who]
            words = list(dict.fromkeys(word for word in (*said, *later) if word is not None))
            code = {None: -1} | {word: place for place, word in enumerate(words)}
            codes = np.repeat([code[word] for word in said], count)[order]
            for at, who in taken_over:
                if field.name in who:
                    codes[at] = code[who[field.name]]
            return named(codes, tuple(words), field.type)

        special = {
            "account": array(account, ID),
            "sham_from": array(since, TIME, since == NEVER),
            "sham_until": array(until, TIME, until == NEVER),
        }
        arrays = [
            special[f.name] if f.name in special else truth_column(f) for f in TRUTH_ACCOUNTS.schema
        ]
        return pa.table(arrays, schema=TRUTH_ACCOUNTS.schema)

    def supply(self, names: tuple[str, ...], before: int) -> pa.Table:
        """Return the campaigns' entities seen before a time (ms), owners by number in ``names``."""
        kinds, things, owners = [], [], []
        for code, kind in enumerate(KINDS):
            register = self._supply.register(kind)
            owner = register.campaigns()
            own = owner != NO_CAMPAIGN
            ids, owner = register.ids(register.handles()[own]), owner[own]
            seen = np.isin(ids, self.first_seen[kind].first(before)[0])
            order = stable_order(ids[seen])
            things.append(ids[seen][order])
            owners.append(owner[seen][order])
            kinds.append(np.full(int(seen.sum()), code, np.int8))

        columns = [
            named(np.concatenate(kinds), KINDS),
            array(np.concatenate(things), ID),
            named(np.concatenate(owners), names, NAME),
        ]
        return pa.table(columns, schema=TRUTH_SUPPLY.schema)

    def campaigns(self) -> pa.Table:
        """Return the phases of all campaigns, in order of time."""
        names = TRUTH_CAMPAIGNS.names
        rows = sorted(self._phases, key=lambda row: (row[3], row[0], row[2]))
        schema = TRUTH_CAMPAIGNS.schema
        arrays = [
            array([row[at] for row in rows], schema.field(n).type) for at, n in enumerate(names)
        ]
        return pa.table(arrays, schema=schema)
