"""Sign-up bursts: unusually many sign-ups with one address block, mail domain or card BIN."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.base import MOST_THINGS, NO_CLUSTER, Findings, NamedThings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.linking.personal import PERSONAL_KINDS
from shamcrowd.detectors.rules.bursts import SURE, KeyRates
from shamcrowd.recording.units import MS_PER_DAY, Places
from shamcrowd.recording.view import LogView

BLOCK, DOMAIN, BIN = "address block", "mail domain", "card BIN"
KINDS = (BLOCK, DOMAIN, BIN)
NAMED = {BLOCK: "block", DOMAIN: "mail-domain", BIN: "bin"}
"""What findings call things of each kind."""
BEHIND_GATEWAY = 0.5
"""Share of sign-ups behind a gateway from which a burst is a class or an office (assumed)."""


class KeyTracker:
    """The keys of one kind: names, usual rates, and the sign-ups of days that are not over."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._code: dict[str, int] = {}
        self._past = KeyRates()
        # Day, account, key and whether behind a gateway, of each sign-up on a day that is not over.
        self._open = np.empty((4, 0), np.int64)

    def add(
        self,
        day: npt.NDArray[np.int64],
        place: Places,
        names: pa.ChunkedArray,
        gateway: npt.NDArray[np.bool_],
    ) -> None:
        """Add sign-ups.

        Args:
            day: shape (n,), day of the log, from 0.
            place: shape (n,), position of the account.
            names: length n, name of the key; null is left out.
            gateway: shape (n,), whether the sign-up came from behind a shared gateway.
        """
        there = names.is_valid().to_numpy()
        code, unique = pd.factorize(names.drop_null().to_numpy())
        for name in unique:
            if name not in self._code:
                self._code[name] = len(self.names)
                self.names.append(name)
        key = np.array([self._code[name] for name in unique], np.int64)[code]
        fresh = np.stack([day[there], place[there], key, gateway[there]])
        self._open = np.concatenate([self._open, fresh], axis=1)

    def judge(self, today: int) -> list[tuple[npt.NDArray[np.int64], ...]]:
        """Return place, key, count, expected and surprise of each day's sign-ups not yet final."""
        found: list[tuple[npt.NDArray[np.int64], ...]] = []
        for day in np.unique(self._open[0]).tolist():
            _, place, key, gateway = self._open[:, self._open[0] == day]
            found_day = self._past.judge(key, learn=day < today)
            at = np.searchsorted(found_day.key, key)
            explained = np.bincount(at, weights=gateway) >= BEHIND_GATEWAY * found_day.count
            surprise = np.where(explained, 0.0, found_day.surprise)
            found.append((place, key, found_day.count[at], found_day.expected[at], surprise[at]))
        self._open = self._open[:, self._open[0] >= today]
        return found


class SignUpBurst:
    """Unusually many sign-ups with one address block, mail domain or card BIN in a day.

    The usual rate of a key is learned from its own history and, as far as that is short, from all
    keys of its kind. Rates are shares of the day's sign-ups, so that a launch day with three times
    as many customers is no burst, and a busy provider or gateway has a high rate. Days are counted
    from the start of the log; bursts are left out of the rates. All sign-ups with a key on a day
    are tested together, once per kind and day, so that no sign-up is counted twice. Accounts of an
    organisation are left out, as they sign up together legitimately. A card counts on the day it is
    added.

    Score: -log10 of three times the smallest p-value (Bonferroni over the three kinds), at least 0.
    On a finished day an honest account reaches a score of s with probability 10^-s at most, as far
    as the gamma-Poisson model of `shamcrowd.detectors.rules.bursts.surprise` holds. Cluster:
    accounts with a score of at least 3 whose bursts have the same key. Keys with a burst of 3 or
    more are named as things, with the score of the largest.

    Formula: gamma-Poisson prediction as in DuMouchel, Bayesian Data Mining in Large Frequency
    Tables, The American Statistician 1999 (https://doi.org/10.1080/00031305.1999.10474456).

    Complexity: a sort of the new accounts per review; one number per key.

    When it fails: campaigns that sign up slowly, use as many keys as accounts, or sit behind a
    carrier's gateway are missed. Honest keys that suddenly come into use are false positives: a
    class that signs up from home with the mail domain of its school, or a company whose cards have
    one BIN.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> len(SignUpBurst().review(LogView(log, log.start + 3 * MS_PER_DAY)).account)
    80
    """

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._kinds = {name: KeyTracker() for name in KINDS}
        self._member = np.empty(0, np.bool_)
        self._score, self._key = np.empty(0), np.empty(0, np.int64)
        self._reason: list[str] = []
        self._things: dict[tuple[str, str], float] = {}

    def review(self, log: LogView) -> Findings:
        """Score accounts by the most surprising burst they were ever part of."""
        new = self._index.update(log)
        self._score = np.concatenate([self._score, np.zeros(len(new))])
        self._key = np.concatenate([self._key, np.full(len(new), -1)])
        self._reason += [""] * len(new)
        self._sign_ups(log)
        self._cards(log)
        today = (log.now - log.start) // MS_PER_DAY
        for number, (name, kind) in enumerate(self._kinds.items()):
            for place, key, count, expected, surprise in kind.judge(today):
                score = np.maximum(surprise - np.log10(len(KINDS)), 0.0)
                self._name(name, kind.names, key, score)
                for i in np.flatnonzero(score > self._score[place]).tolist():
                    who = int(place[i])
                    self._score[who], self._key[who] = score[i], key[i] * len(KINDS) + number
                    self._reason[who] = (
                        f"{count[i]} sign-ups with {name} {kind.names[key[i]]} in a day, where "
                        f"{expected[i]:.2g} would be usual: chance 1e-{score[i]:.1f}"
                    )
        sure = self._score >= SURE
        _, cluster = np.unique(self._key, return_inverse=True)
        return Findings(
            self._index.ids,
            self._score.copy(),
            np.where(sure, cluster, NO_CLUSTER).astype(np.int64),
            list(self._reason),
            self._named(),
        )

    def _name(
        self, kind: str, names: list[str], key: npt.NDArray[np.int64],
        score: npt.NDArray[np.float64],
    ) -> None:  # fmt: skip
        for i in np.flatnonzero(score >= SURE).tolist():
            thing = NAMED[kind], names[key[i]]
            self._things[thing] = max(self._things.get(thing, 0.0), float(score[i]))

    def _named(self) -> NamedThings:
        most = sorted(self._things.items(), key=lambda thing: (-thing[1], thing[0]))[:MOST_THINGS]
        return NamedThings(
            [kind for (kind, _), _ in most], [name for (_, name), _ in most],
            np.array([score for _, score in most]),
        )  # fmt: skip

    def _sign_ups(self, log: LogView) -> None:
        rows = log.new.arrow(
            "accounts", ["account", "created", "mailbox", "address", "organisation"]
        ).sort_by("account")
        place = self._index.of(rows["account"].to_numpy())
        self._member = self._grown()
        self._member[place] = rows["organisation"].is_valid().to_numpy()
        stranger = ~self._member[place]
        rows, place = rows.filter(pa.array(stranger)), place[stranger]
        if not len(place):
            return
        day = (rows["created"].cast(pa.int64()).to_numpy() - log.start) // MS_PER_DAY
        known = log.arrow("addresses", ["address", "prefix", "kind"])
        known = known.take(pc.index_in(rows["address"], known["address"]))
        kind = known["kind"].cast(pa.string())
        personal = pc.is_in(kind, pa.array(PERSONAL_KINDS)).to_numpy()
        gateway = kind.is_valid().to_numpy() & ~personal
        boxes = log.arrow("mailboxes", ["mailbox", "domain"])
        domain = boxes["domain"].cast(pa.string())
        domain = domain.take(pc.index_in(rows["mailbox"], boxes["mailbox"]))
        self._kinds[BLOCK].add(day, place, known["prefix"].cast(pa.string()), gateway)
        self._kinds[DOMAIN].add(day, place, domain, gateway)

    def _grown(self) -> npt.NDArray[np.bool_]:
        more = np.zeros(len(self._index) - len(self._member), np.bool_)
        return np.concatenate([self._member, more])

    def _cards(self, log: LogView) -> None:
        rows = log.new.arrow("activity", ["time", "account", "kind", "card"])
        added = pc.equal(rows["kind"].cast(pa.string()), "card_added")
        rows = rows.filter(pc.and_(added, rows["card"].is_valid()))
        if not len(rows):
            return
        place = self._index.of(rows["account"].to_numpy())
        cards = log.arrow("cards", ["card", "bin"])
        bins = cards["bin"].cast(pa.string()).take(pc.index_in(rows["card"], cards["card"]))
        day = (rows["time"].cast(pa.int64()).to_numpy() - log.start) // MS_PER_DAY
        # An account that adds several cards of a BIN in a day counts once.
        events = pd.DataFrame({"day": day, "place": place, "bin": bins.to_numpy()})
        events = events.drop_duplicates()
        events = events[~self._member[events["place"]]].sort_values(["day", "place", "bin"])
        self._kinds[BIN].add(
            events["day"].to_numpy(),
            events["place"].to_numpy(),
            pa.chunked_array([pa.array(events["bin"], pa.string())]),
            np.zeros(len(events), np.bool_),
        )
