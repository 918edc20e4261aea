"""The world's own books: accounts, sign-up activity and the truth about them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recording.schema import ACCOUNTS, TRUTH_ACCOUNTS, TRUTH_CAMPAIGNS
from simulator.activity import Activity
from simulator.crowd import PASSWORD, SIGN_INS, Crowd
from simulator.platform.terms import PLANS, TRIAL
from simulator.radix import stable_order
from simulator.supply.places import COUNTRIES, LOCALES, OFFSET_OF
from simulator.supply.store import Supply
from simulator.uses import Uses

KINDS = ("address", "device", "card", "phone", "mailbox")
MS_PER_MINUTE = 60_000


class Ledger:
    """Notes every crowd that is admitted; gives the tables at the end."""

    def __init__(self, supply: Supply, activity: Activity, trial_credit: float) -> None:
        self._supply = supply
        self._activity = activity
        self._credit = trial_credit
        self._accounts: list[dict[str, Any]] = []
        self._truth: list[dict[str, Any]] = []
        self._phases: list[tuple[str, str, str, int, int]] = []
        self.uses = {kind: Uses() for kind in KINDS}

    def admit(
        self,
        crowd: Crowd,
        account: npt.NDArray[np.int32],
        rng: np.random.Generator,
        who: dict[str, Any],
    ) -> None:
        """Enter a crowd; ``who`` holds the truth's columns for it (scalars)."""
        supply, count = self._supply, len(crowd)

        def ids(kind: str, handles: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
            register = getattr(
                supply,
                "mailboxes" if kind == "mailbox" else kind + ("es" if kind == "address" else "s"),
            ).register
            found = register.ids(np.maximum(handles, 0))
            return np.where(handles < 0, -1, found).astype(np.int32)

        things = {
            "address": ids("address", crowd.first_address),
            "device": ids("device", crowd.device),
            "card": ids("card", crowd.card),
            "phone": ids("phone", crowd.phone),
            "mailbox": ids("mailbox", crowd.mailbox),
        }
        organisation = np.where(
            crowd.organisation < 0, -1, supply.organisation_ids(np.maximum(crowd.organisation, 0))
        )
        self._accounts.append(
            {
                "account": account,
                "created": crowd.created,
                "display_name": crowd.names.display,
                "country": crowd.country,
                "locale": crowd.locale,
                "utc_offset": OFFSET_OF[crowd.place],
                "sign_in": crowd.sign_in,
                "plan": crowd.plan,
                "organisation": organisation.astype(np.int32),
                **{k: things[k] for k in ("mailbox", "phone", "device", "address")},
            }
        )
        self._truth.append({"account": account, "count": count, "created": crowd.created, **who})
        for kind in ("address", "device", "mailbox", "phone"):
            self.uses[kind].note(things[kind], crowd.created)
        self._sign_up(crowd, account, things, rng)

    def _sign_up(
        self,
        crowd: Crowd,
        account: npt.NDArray[np.int32],
        things: dict[str, npt.NDArray[np.int32]],
        rng: np.random.Generator,
    ) -> None:
        add, time, count = self._activity.add, crowd.created, len(crowd)
        wait = (rng.exponential(90_000, count) + 5_000).astype(np.int64)
        at = {"address": things["address"], "device": things["device"]}

        def some(which: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.int32]]:
            return {k: v[which] for k, v in at.items()}

        mail = crowd.sign_in == PASSWORD
        add("email_verification_requested", time[mail], account[mail], **some(mail))
        add("email_verified", (time + wait)[mail], account[mail], **some(mail))
        phoned = things["phone"] >= 0
        add(
            "phone_verification_requested",
            (time + wait)[phoned] + 2_000,
            account[phoned],
            phone=things["phone"][phoned],
        )
        add(
            "phone_verified",
            (time + 2 * wait)[phoned] + 20_000,
            account[phoned],
            phone=things["phone"][phoned],
        )
        trial = crowd.plan == TRIAL
        add("trial_grant", (time + 2 * wait)[trial] + 21_000, account[trial], amount=self._credit)
        opens = np.maximum(crowd.opens - 30_000, time + 2 * wait + 25_000)
        add("key_created", opens, account, key=self._supply.key_ids(self._key(account)), **at)
        card = crowd.has_card_at_signup
        paid = opens[card] + 15_000
        # The key, and the card where there is one, come before the first request.
        crowd.opens = np.maximum(crowd.opens, opens + 20_000)
        add("card_added", paid, account[card], card=things["card"][card], **some(card))
        self.uses["card"].note(things["card"][card], paid)

    @staticmethod
    def _key(account: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """An account's key is numbered by the account's id, then scrambled once more."""
        return account.astype(np.int64)

    def phase(self, campaign: str, tactic: str, phase: str, time: int, accounts: int) -> None:
        """Note that a phase of a campaign began."""
        self._phases.append((campaign, tactic, phase, time, accounts))

    def accounts(self, before: int) -> pa.Table:
        """The accounts table, by id; accounts not opened before ``before`` are left out."""
        whole = {
            name: np.concatenate([part[name] for part in self._accounts])
            for name in self._accounts[0]
        }
        kept = whole["created"] < before
        order = np.flatnonzero(kept)[stable_order(whole["account"][kept])]
        words = {"country": COUNTRIES, "locale": LOCALES, "sign_in": SIGN_INS, "plan": PLANS}
        arrays = []
        for field in ACCOUNTS.schema:
            values = whole[field.name][order]
            if field.name in words:
                arrays.append(
                    pa.DictionaryArray.from_arrays(
                        pa.array(values.astype(np.int8)), pa.array(words[field.name], pa.string())
                    )
                )
            elif pa.types.is_timestamp(field.type):
                arrays.append(pa.array(values).view(field.type))
            elif field.nullable:
                arrays.append(pa.array(values, field.type, mask=values < 0))
            else:
                arrays.append(pa.array(values, field.type))
        return pa.table(arrays, schema=ACCOUNTS.schema)

    def truth(self, before: int) -> pa.Table:
        """The truth about the accounts, by id."""
        parts = self._truth
        count = np.array([part["count"] for part in parts])
        account = np.concatenate([part["account"] for part in parts])
        created = np.concatenate([part["created"] for part in parts])
        kept = np.flatnonzero(created < before)
        order = kept[stable_order(account[kept])]

        def named(field: pa.Field) -> pa.Array:
            said = [part[field.name] for part in parts]
            words = list(dict.fromkeys(word for word in said if word is not None))
            code = {None: -1} | {word: place for place, word in enumerate(words)}
            codes = np.repeat([code[word] for word in said], count)[order]
            index = pa.array(codes, field.type.index_type, mask=codes < 0)
            return pa.DictionaryArray.from_arrays(index, pa.array(words, pa.string()))

        sham = np.repeat([bool(part["campaign"]) for part in parts], count)[order]
        moment = TRUTH_ACCOUNTS.schema.field("sham_from").type
        special = {
            "account": pa.array(account[order]),
            "sham_from": pa.array(created[order], mask=~sham).view(moment),
            "sham_until": pa.nulls(len(order), moment),
        }
        arrays = [special[f.name] if f.name in special else named(f) for f in TRUTH_ACCOUNTS.schema]
        return pa.table(arrays, schema=TRUTH_ACCOUNTS.schema)

    def campaigns(self) -> pa.Table:
        """The phases of all campaigns."""
        names = TRUTH_CAMPAIGNS.names
        rows = sorted(self._phases, key=lambda row: (row[3], row[0], row[2]))
        table = {n: [row[i] for row in rows] for i, n in enumerate(names)}
        schema = TRUTH_CAMPAIGNS.schema
        arrays = [
            pa.array(table[n], pa.int64()).view(schema.field(n).type)
            if n == "time"
            else pa.array(table[n], schema.field(n).type)
            for n in names
        ]
        return pa.table(arrays, schema=schema)
