"""What each campaign paid and earned: collected slice by slice, priced at the end of the run.

An item is paid for when it first appears in the log, so that ``truth/wallets`` can be recomputed
from a recording and its truth; what was bought and never used costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array
from shamcrowd.recording.columns import NAME, TIME
from shamcrowd.recording.truth_schema import TRUTH_WALLETS
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.campaigns.economics.prices import Prices
from shamcrowd.simulator.campaigns.economics.trade import Trade
from shamcrowd.simulator.context import Context
from shamcrowd.simulator.core.categories import named
from shamcrowd.simulator.core.handles import NO_CAMPAIGN
from shamcrowd.simulator.platform.account_tables import KINDS
from shamcrowd.simulator.supply.cards import KINDS as CARD_KINDS
from shamcrowd.simulator.supply.mailboxes import PUBLIC
from shamcrowd.simulator.supply.networks import KINDS as ADDRESS_KINDS
from shamcrowd.simulator.supply.places import COUNTRIES
from shamcrowd.simulator.traffic.slice_messages import SliceSummary

Times = npt.NDArray[np.int64]
CODE = "phone_verification_requested"


class Wallets:
    """Expenses and earnings of all campaigns of a run, in US dollars.

    ``trades`` holds what each campaign that has begun trades in, in the order of their beginning.
    """

    def __init__(self, context: Context, prices: Prices, trades: Mapping[str, Trade]) -> None:
        self._context = context
        self._prices = prices
        self._trades = trades
        self._rows: list[tuple[int, int, str, float, float]] = []
        """Rows: begin of the slice (ms), number of the campaign, item, units, US dollars."""

    @property
    def _names(self) -> tuple[str, ...]:
        """Names of the campaigns that have begun; their place is their number."""
        return tuple(self._trades)

    def _slice(self, times: Times) -> Times:
        """When the slice of each moment began, ms."""
        start, length = self._context.start, self._context.slice_ms
        return start + np.maximum(times - start, 0) // length * length

    def _add(self, time: int, campaign: int, item: str, units: float, each: float) -> None:
        self._rows.append((time, campaign, item, units, units * each))

    def _count(self, times: Times, campaign: int, item: str, each: float) -> None:
        """Add one item at each moment before now, at ``each`` US dollars."""
        begin, many = np.unique(self._slice(times[times < self._context.now]), return_counts=True)
        for time, units in zip(begin.tolist(), many.tolist(), strict=True):
            self._add(time, campaign, item, units, each)

    def add_slice(self, summaries: list[SliceSummary], begin: int) -> None:
        """Add traffic, resale, charges and rests of the slice that began at ``begin`` (ms)."""
        prices = self._prices
        self._add_rests(summaries)
        for number, (name, trade) in enumerate(self._trades.items()):
            parts = [
                summary.consumption[name] for summary in summaries if name in summary.consumption
            ]
            if parts:
                gigabytes = prices.traffic(sum(part.tokens for part in parts))
                self._add(begin, number, "traffic", gigabytes, prices.gigabyte)
                abusive_value, tokens = (
                    sum(p.abusive_value for p in parts),
                    sum(p.abusive_tokens for p in parts),
                )
                if trade.sells == "tokens" and tokens:
                    each = -prices.resale * abusive_value / tokens
                    self._add(begin, number, "resale", tokens, each)
            paid = [summary.paid[name] for summary in summaries if name in summary.paid]
            if paid and not trade.stolen_cards:
                dollars = sum(part for _, part in paid)
                self._rows.append((begin, number, "charge", sum(n for n, _ in paid), dollars))

    def add_activity(self, activity: pa.Table) -> None:
        """Add codes that were sent on a day, for campaigns that earn by them."""
        if not any(trade.sells == "codes" for trade in self._trades.values()):
            return
        # Imported on use: it takes as long to load as a small world's day.
        import pyarrow.compute as pc

        codes = activity.filter(pc.equal(activity["kind"], CODE))
        for number, (name, trade) in enumerate(self._trades.items()):
            if trade.sells != "codes":
                continue
            own, _ = self._own(name)
            sent = codes.filter(pc.is_in(codes["account"], pa.array(own)))
            times = sent["time"].cast(pa.int64()).to_numpy()
            self._count(times, number, "codes", -self._prices.code)

    def _own(self, name: str) -> tuple[npt.NDArray[np.int32], Times]:
        """Ids of the accounts that a campaign opened, and when (ms)."""
        parts = [p for p in self._context.account_tables.admitted if p["campaign"] == name]
        none = np.empty(0, np.int32), np.empty(0, np.int64)
        return (
            np.concatenate([none[0], *(part["account"] for part in parts)]),
            np.concatenate([none[1], *(part["created"] for part in parts)]),
        )

    def _add_rests(self, summaries: list[SliceSummary]) -> None:
        """Add the rest of accounts between sign-up and first request, once that is made."""
        begun = [summary.begun for summary in summaries if summary.begun is not None]
        if not sum(len(account) for account, _ in begun):
            return
        account = np.concatenate([account for account, _ in begun])
        times = np.concatenate([times for _, times in begun])
        for number, name in enumerate(self._trades):
            own, created = self._own(name)
            order = np.argsort(own)
            mine = np.isin(account, own)
            since = created[order[np.searchsorted(own, account[mine], sorter=order)]]
            self._rested((times[mine] - since) // MS_PER_DAY, times[mine], number)

    def _rested(self, days: Times, times: Times, campaign: int) -> None:
        """Add whole days of rest that end at each moment (ms)."""
        begin, place = np.unique(self._slice(times), return_inverse=True)
        whole = np.bincount(place, weights=days, minlength=len(begin))
        for time, units in zip(begin.tolist(), whole.tolist(), strict=True):
            if units:
                self._add(time, campaign, "ageing", units, self._prices.ageing)

    def _supply(self) -> None:
        """Add the supply that appears in the log."""
        account_tables, prices, now = self._context.account_tables, self._prices, self._context.now
        trades = tuple(self._trades.values())
        for kind in KINDS:
            register = self._context.supply.register(kind)
            owner = register.campaigns()
            used, since = account_tables.first_seen[kind].first(now)
            own = np.flatnonzero(owner != NO_CAMPAIGN)
            ids = register.ids(register.handles()[own])
            known = np.isin(ids, used)
            own, times = own[known], since[np.searchsorted(used, ids[known])]
            for number in np.unique(owner[own]).tolist():
                mine, trade = owner[own] == number, trades[number]
                rows, when = own[mine], times[mine]
                if kind == "device":
                    self._count(when, number, "device", prices.device)
                elif kind == "mailbox":
                    self._mailboxes(register.column("domain")[rows], when, number)
                elif kind == "phone":
                    # Campaigns that earn by codes get their numbers from the carrier.
                    if trade.sells != "codes":
                        each, code = prices.per_country(), register.column("country")[rows]
                        self._by_code(when, number, "phone", COUNTRIES, code, each)
                elif kind == "card" and trade.stolen_cards:
                    self._count(when, number, "stolen card", prices.stolen_card)
                else:
                    names = ADDRESS_KINDS if kind == "address" else CARD_KINDS
                    each = prices.per_address() if kind == "address" else prices.per_card()
                    code = register.column("kind")[rows]
                    self._by_code(when, number, kind, names, code, each)

    def _by_code(
        self,
        times: Times,
        campaign: int,
        kind: str,
        names: tuple[str, ...],
        code: npt.NDArray[np.int8],
        each: npt.NDArray[np.float64],
    ) -> None:
        for one in np.unique(code).tolist():
            self._count(times[code == one], campaign, f"{kind} {names[one]}", float(each[one]))

    def _mailboxes(self, domain: npt.NDArray[np.object_], times: Times, campaign: int) -> None:
        """Add mailboxes, and domains that only the campaign uses."""
        self._count(times, campaign, "mailbox", self._prices.mailbox)
        own = [name for name in dict.fromkeys(domain.tolist()) if name not in PUBLIC]
        first = [int(times[domain == name].min()) for name in own]
        self._count(np.array(first, np.int64), campaign, "domain", self._prices.domain)

    def _accounts(self, checks: Sequence[tuple[int, Times]]) -> None:
        """Add sign-ups, passed challenges and stolen accounts."""
        account_tables, prices = self._context.account_tables, self._prices
        for part in account_tables.admitted:
            if part["campaign"]:
                number = self._names.index(part["campaign"])
                self._count(part["created"], number, "captcha", prices.captcha)
        for _, who, since, _ in account_tables.taken_over:
            number = self._names.index(who[0])
            self._count(since, number, "stolen account", prices.stolen_account)
        for number, times in checks:
            self._count(times, number, "identity check", prices.identity_check)

    def table(self, checks: Sequence[tuple[int, Times]]) -> pa.Table:
        """``truth/wallets``: what was paid and earned before now. Called once, at the end.

        ``checks`` holds a campaign's number and when (ms) its accounts passed challenges.
        """
        self._supply()
        self._accounts(checks)
        totals: dict[tuple[int, int, str], list[float]] = {}
        for time, campaign, item, units, dollars in self._rows:
            total = totals.setdefault((time, campaign, item), [0.0, 0.0])
            total[0] += units
            total[1] += dollars
        rows = sorted(totals.items())
        items = sorted({item for (_, _, item), _ in rows})
        columns = [
            array([k[0] for k, _ in rows], TIME),
            named(np.array([k[1] for k, _ in rows], np.int16), tuple(self._names), NAME),
            named(np.array([items.index(k[2]) for k, _ in rows], np.int16), tuple(items), NAME),
            array([total[0] for _, total in rows], pa.float64()),
            array([total[1] for _, total in rows], pa.float64()),
        ]
        return pa.table(columns, schema=TRUTH_WALLETS.schema)
