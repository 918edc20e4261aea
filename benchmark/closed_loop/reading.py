"""Computes the totals and the timeline of attack and defence from a recording and its truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.closed_loop.abusive_use import AbusiveUse, Moments
from shamcrowd.benchmark.closed_loop.attack_and_defence import (
    Attack,
    AttackAndDefence,
    Defence,
    Restored,
)
from shamcrowd.benchmark.closed_loop.lags import lags
from shamcrowd.benchmark.closed_loop.lever_effects import SHAM, lever_effects
from shamcrowd.benchmark.closed_loop.timeline import Timeline, Track, hourly
from shamcrowd.benchmark.closed_loop.wallet_totals import spent_and_earned
from shamcrowd.recording.schema import ACCOUNTS, ACTIVITY, REQUESTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_HOUR

CONTACTS = ("challenge", "throttle", "suspension")
"""Responses that a campaign notices."""
CHARGED = ("charge",)
REFUSED = ("sign_up_refused", "credit_withheld")
PAID_BACK = ("refund", "chargeback")


@dataclass(frozen=True)
class UndefendedTotals:
    """Totals of the open loop on the same seed.

    ``tokens`` are those taken, by campaign. ``revenue`` comes from legitimate accounts, US dollars.
    """

    tokens: dict[str, int]
    revenue: float


class LoopRecording:
    """A recording with the columns that totals and timeline need."""

    def __init__(self, folder: Path) -> None:
        """Read the recording in ``folder`` and its truth.

        Raises:
            RecordingError: if it is not a complete recording.
        """
        self.folder = folder
        truth = Truth(folder)
        self.manifest = truth.manifest
        about = truth.accounts()
        created = read_table(folder / "accounts.parquet", ACCOUNTS.schema, ["account", "created"])
        opened = pd.Series(
            _ms(created.column("created")), index=created.column("account").to_numpy()
        )
        self.account: npt.NDArray[np.int32] = about["account"].to_numpy()
        self.campaign = about["campaign"].astype(object).to_numpy()
        self.segment = about["segment"].astype(object).to_numpy()
        self.created: Moments = opened.reindex(self.account).to_numpy()
        self.since: Moments = _moments(about["sham_from"])
        tactics = about.dropna(subset=["campaign"])
        self.tactics: dict[str, str] = dict(
            sorted(zip(tactics["campaign"].astype(str), tactics["tactic"].astype(str), strict=True))
        )
        self.campaigns = tuple(self.tactics)
        self.responses = truth.responses().astype(
            dict.fromkeys(("action", "cause", "campaign", "segment"), object)
        )
        self.responses["ms"] = _moments(self.responses["time"])
        self._order = np.argsort(self.account, kind="stable")
        self.levers = lever_effects(self, truth.levers())
        self.taken = self._taken(truth)
        self.spent, self.earned = spent_and_earned(truth.wallets())

    @property
    def end(self) -> int:
        """First moment after the recording, ms."""
        return self.manifest.end

    def _places(self, account: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
        at: npt.NDArray[np.intp] = self._order[
            np.searchsorted(self.account, account, sorter=self._order)
        ]
        return at

    def is_sham(self, account: npt.NDArray[Any], time: Moments) -> npt.NDArray[np.bool_]:
        """Whether accounts (ids, shape (n,)) were used by a campaign by then (ms, shape (n,))."""
        at = self._places(account)
        driven: npt.NDArray[np.bool_] = ~pd.isna(self.campaign[at]) & (self.since[at] <= time)
        return driven

    def segments_of(self, account: npt.NDArray[Any], time: Moments) -> dict[str, int]:
        """Number of distinct accounts by segment; "" for those of campaigns at that time."""
        segment = np.where(self.is_sham(account, time), SHAM, self.segment[self._places(account)])
        pairs = pd.DataFrame({"account": account, "segment": segment}).drop_duplicates("account")
        return {str(k): int(v) for k, v in sorted(pairs["segment"].value_counts().items())}

    def lives(self, lost: pd.DataFrame) -> tuple[float, ...]:
        """Hours from sign-up, or takeover, to the steps ``lost``, each of another account."""
        at = self._places(lost["account"].to_numpy())
        hours = (lost["ms"].to_numpy() - np.maximum(self.created[at], self.since[at])) / MS_PER_HOUR
        return tuple(hours.tolist())

    @property
    def tokens(self) -> dict[str, int]:
        """Tokens taken by each campaign."""
        sums = np.bincount(
            self.taken.campaign, weights=self.taken.tokens, minlength=len(self.campaigns)
        )
        return {name: int(sums[i]) for i, name in enumerate(self.campaigns)}

    @property
    def revenue(self) -> float:
        """Revenue from accounts that never belonged to a campaign, US dollars.

        Charges less refunds and chargebacks.
        """
        honest = self.account[pd.isna(self.campaign)]
        total = 0.0
        for path in sorted((self.folder / "activity").glob("*.parquet")):
            rows = read_table(path, ACTIVITY.schema, ["account", "kind", "amount"])
            kind = rows.column("kind").cast(pa.string())
            for kinds, sign in ((CHARGED, 1.0), (PAID_BACK, -1.0)):
                some = rows.filter(pc.is_in(kind, pa.array(kinds)))
                selected = np.isin(some.column("account").to_numpy(), honest)
                amount = some.column("amount").fill_null(0.0).to_numpy()
                total += sign * float(np.abs(amount[selected]).sum())
        return total

    def _taken(self, truth: Truth) -> AbusiveUse:
        models = self.manifest.played["platform"]["models"]
        order = np.argsort(self.account)
        ids = self.account[order]
        code = pd.Categorical(self.campaign, categories=list(self.campaigns)).codes[order]
        columns = ["time", "account", "model", "input_tokens", "output_tokens", "cached_tokens",
                   "status"]  # fmt: skip
        parts: list[tuple[npt.NDArray[Any], ...]] = []
        for path, flags in truth.request_files():
            abusive = truth.abusive(path, flags)
            if not pc.any(abusive).as_py():
                continue
            rows = read_table(path, REQUESTS.schema, columns).filter(abusive)
            rows = rows.filter(pc.equal(rows.column("status"), 200))
            whose = code[np.searchsorted(ids, rows.column("account").to_numpy())]
            into, out, cached = (
                rows.column(f"{side}_tokens").to_numpy().astype(np.int64)
                for side in ("input", "output", "cached")
            )
            model = rows.column("model").cast(pa.string()).to_numpy(zero_copy_only=False)
            dollars = np.zeros(len(model))
            for name, price in models.items():
                its = model == name
                dollars[its] = (
                    (into - cached)[its] * price["input_price"]
                    + cached[its] * price["cached_price"]
                    + out[its] * price["output_price"]
                ) / 1e6
            parts.append((_ms(rows.column("time")), whose, into + out, dollars))
        none = (np.empty(0, np.int64),) * 3 + (np.empty(0),)
        time, whose, tokens, dollars = (
            np.concatenate(column) for column in zip(none, *parts, strict=True)
        )
        by_time = np.argsort(time, kind="stable")
        return AbusiveUse(
            time[by_time], whose[by_time].astype(np.int64), tokens[by_time].astype(np.int64),
            dollars[by_time],
        )  # fmt: skip


def undefended(recorded: LoopRecording) -> UndefendedTotals:
    """Totals of a recording of the open loop, against which closed loops are compared."""
    return UndefendedTotals(recorded.tokens, recorded.revenue)


def attack_and_defence(recorded: LoopRecording, open_loop: UndefendedTotals) -> AttackAndDefence:
    """Totals of every campaign and of the platform in one recording."""
    alerts = recorded.responses[recorded.responses["cause"] == "alert"]
    attacks = tuple(_attack(recorded, n, alerts, open_loop) for n in range(len(recorded.campaigns)))
    return AttackAndDefence(attacks, _defence(recorded, alerts, open_loop))


def _attack(
    recorded: LoopRecording, code: int, alerts: pd.DataFrame, open_loop: UndefendedTotals
) -> Attack:
    name = recorded.campaigns[code]
    taken, own = recorded.taken, recorded.taken.campaign == code
    time, tokens = taken.time[own], taken.tokens[own]
    against = alerts[(alerts["campaign"] == name) & alerts["action"].isin(CONTACTS)]
    contacts = against["ms"].to_numpy()
    lost = against[against["action"] == "suspension"].drop_duplicates("account")
    mine = recorded.campaign == name
    total = int(tokens.sum())
    before = total if not len(contacts) else int(tokens[time < contacts.min()].sum())
    after = 0 if not len(contacts) else int(tokens[time > contacts.max()].sum())
    # A hijacked account joins the campaign when its abuse begins, not when it was created.
    joined = np.maximum(recorded.created[mine], recorded.since[mine])
    return Attack(
        name=name,
        tactic=recorded.tactics[name],
        accounts=int(mine.sum()),
        burned=len(lost),
        tokens=total,
        list_dollars=float(taken.dollars[own].sum()),
        spent=recorded.spent.get(name, 0.0),
        earned=recorded.earned.get(name, 0.0),
        tokens_before=before,
        tokens_after=after,
        lags=tuple(x / MS_PER_HOUR for x in lags(lost["ms"].tolist(), joined.tolist())),
        tokens_undefended=open_loop.tokens.get(name, 0),
        lives=recorded.lives(lost),
    )


def _defence(recorded: LoopRecording, alerts: pd.DataFrame, open_loop: UndefendedTotals) -> Defence:
    honest = pd.isna(recorded.campaign) & ~pd.isna(recorded.segment)
    legitimate = pd.Series(recorded.segment[honest]).value_counts()
    affected = alerts[alerts["campaign"].isna() & alerts["account"].isin(recorded.account[honest])]
    banned = affected[affected["action"] == "suspension"].drop_duplicates("account")
    reinstated = affected[affected["action"] == "reinstatement"]
    account, sham = _refused(recorded)
    lost = np.union1d(account[~sham], banned["account"].to_numpy())
    hurt = recorded.segments_of(lost, np.full(len(lost), EARLIEST))
    restored = []
    for account, since in zip(banned["account"], banned["ms"], strict=True):
        later = reinstated[(reinstated["account"] == account) & (reinstated["ms"] >= since)]["ms"]
        until = later.min() if len(later) else recorded.manifest.end
        restored.append(Restored(float(until - since) / MS_PER_HOUR, never=not len(later)))
    return Defence(
        days=(recorded.manifest.end - recorded.manifest.start) / MS_PER_DAY,
        minutes=float(alerts["minutes"].sum()),
        legitimate={str(k): int(v) for k, v in sorted(legitimate.items())},
        banned={str(k): int(v) for k, v in sorted(banned["segment"].value_counts().items())},
        restored=tuple(restored),
        hurt={str(k): int(v) for k, v in sorted(hurt.items())},
        refused=int((~sham).sum()),
        stopped=int(sham.sum()),
        moved_away=tuple(e.moved_away for e in recorded.levers.effects if e.moved_away is not None),
        revenue=recorded.revenue,
        revenue_undefended=open_loop.revenue,
    )


def _refused(recorded: LoopRecording) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """Accounts of which levers or rules refused something, and which were of campaigns then."""
    steps = recorded.responses[recorded.responses["action"].isin(REFUSED)]
    account = np.concatenate([recorded.levers.account, steps["account"].to_numpy()])
    time = np.concatenate([recorded.levers.time, steps["ms"].to_numpy()])
    order = np.argsort(time, kind="stable")
    distinct, first = np.unique(account[order], return_index=True)
    return distinct, recorded.is_sham(distinct, time[order][first])


def timeline(recorded: LoopRecording) -> Timeline:
    """Hourly counts of tokens, joining accounts, suspensions and reinstatements."""
    start, end = recorded.manifest.start, recorded.manifest.end
    alerts = recorded.responses[recorded.responses["cause"] == "alert"]
    banned = alerts[alerts["action"] == "suspension"]
    tracks = []
    for code, name in enumerate(recorded.campaigns):
        own = recorded.taken.campaign == code
        joined = np.maximum(recorded.created, recorded.since)[recorded.campaign == name]
        lost = banned[banned["campaign"] == name]["ms"].to_numpy()
        tracks.append(
            Track(
                name,
                hourly(recorded.taken.time[own], start, end, recorded.taken.tokens[own]),
                hourly(joined, start, end),
                hourly(lost, start, end),
            )
        )
    wrong = banned[banned["campaign"].isna()]["ms"].to_numpy()
    reinstated = alerts[(alerts["action"] == "reinstatement") & alerts["campaign"].isna()]
    hours = tuple((r - start) / MS_PER_HOUR for r in recorded.manifest.reviews)
    return Timeline(
        hours,
        tuple(tracks),
        hourly(wrong, start, end),
        hourly(reinstated["ms"].to_numpy(), start, end),
    )


def _ms(column: pa.ChunkedArray) -> Moments:
    times: Moments = column.cast(pa.int64()).to_numpy()
    return times


def _moments(column: pd.Series[Any]) -> Moments:
    """Times as ms since 1970; a missing time becomes the smallest integer."""
    times: Moments = column.to_numpy("datetime64[ms]").astype(np.int64)
    return times
