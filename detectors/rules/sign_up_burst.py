"""Sign-up bursts: more accounts of one address block, mail domain or card BIN than is usual."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.base import NO_CLUSTER, Findings
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.linking.personal import PERSONAL_KINDS
from shamcrowd.detectors.rules.bursts import SURE, KeyRates
from shamcrowd.recording.units import MS_PER_DAY, Places
from shamcrowd.recording.view import LogView

BLOCK, DOMAIN, BIN = "address block", "mail domain", "card BIN"
KINDS = (BLOCK, DOMAIN, BIN)
BY_RIGHT = 0.5
"""From this share of sign-ups behind a gateway a crowd is a class or an office (assumed)."""


class KeyTracker:
    """The keys of one kind: their words, their past, and the days that are not over."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._code: dict[str, int] = {}
        self._past = KeyRates()
        # Day, place, key and right of each sign-up on a day that is not over.
        self._open = np.empty((4, 0), np.int64)

    def add(
        self,
        day: npt.NDArray[np.int64],
        place: Places,
        words: pa.ChunkedArray,
        right: npt.NDArray[np.bool_],
    ) -> None:
        """Take in sign-ups; those without a word are left out, ``right`` explains a crowd."""
        there = words.is_valid().to_numpy()
        code, unique = pd.factorize(words.drop_null().to_numpy())
        for word in unique:
            if word not in self._code:
                self._code[word] = len(self.names)
                self.names.append(word)
        key = np.array([self._code[word] for word in unique], np.int64)[code]
        fresh = np.stack([day[there], place[there], key, right[there]])
        self._open = np.concatenate([self._open, fresh], axis=1)

    def judge(self, today: int) -> list[tuple[npt.NDArray[np.int64], ...]]:
        """For each day that may have changed: places, keys, count, expected and surprise."""
        found: list[tuple[npt.NDArray[np.int64], ...]] = []
        for day in np.unique(self._open[0]).tolist():
            _, place, key, right = self._open[:, self._open[0] == day]
            told = self._past.judge(key, learn=day < today)
            at = np.searchsorted(told.key, key)
            explained = np.bincount(at, weights=right) >= BY_RIGHT * told.count
            surprise = np.where(explained, 0.0, told.surprise)
            found.append((place, key, told.count[at], told.expected[at], surprise[at]))
        self._open = self._open[:, self._open[0] >= today]
        return found


class SignUpBurst:
    """More sign-ups with one address block, mail domain or card BIN in a day than is usual.

    What is usual for a key is learned from its own past and, where it has little, from all keys of
    its kind; both as a share of the day's sign-ups, so that a launch day with thrice the customers
    is none. A busy provider or gateway explains its own crowd. Days are those of the log, from its
    start; a burst teaches nothing. An account is tested once a kind and day, and all sign-ups of a
    key on a day together: nothing is counted twice. Members of an organisation are left out: they
    come together by right. A card counts on the day it is added.

    Score: -log10 of three times the smallest p-value (Bonferroni over the three kinds), from 0;
    on a day that is over, an honest account reaches s with probability 10^-s at most, as far as
    keys keep to a gamma-Poisson law (`shamcrowd.detectors.rules.bursts.surprise`). Cluster: from a
    score of
    3 the accounts whose bursts were of one key.

    Formula: gamma-Poisson prediction as in DuMouchel, Bayesian Data Mining in Large Frequency
    Tables, The American Statistician 1999 (https://doi.org/10.1080/00031305.1999.10474456).

    Complexity: a sort of the new accounts a review; a number per key.

    When it fails: crowds that sign up drop by drop, or with supply of as many keys as accounts;
    crowds behind a carrier's gateway; and honest keys that are suddenly in use: a class that signs
    up from home with the mail domain of its school, a company whose cards are of one BIN.

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

    def review(self, log: LogView) -> Findings:
        """Judge by the most surprising burst that an account was ever part of."""
        new = self._index.update(log)
        self._score = np.concatenate([self._score, np.zeros(len(new))])
        self._key = np.concatenate([self._key, np.full(len(new), -1)])
        self._reason += [""] * len(new)
        self._sign_ups(log)
        self._cards(log)
        today = (log.now - log.start) // MS_PER_DAY
        for number, (name, kind) in enumerate(self._kinds.items()):
            for place, key, count, expected, told in kind.judge(today):
                score = np.maximum(told - np.log10(len(KINDS)), 0.0)
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
        )

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
        word = cards["bin"].cast(pa.string()).take(pc.index_in(rows["card"], cards["card"]))
        day = (rows["time"].cast(pa.int64()).to_numpy() - log.start) // MS_PER_DAY
        # An account that adds three cards of a BIN in a day came once.
        events = pd.DataFrame({"day": day, "place": place, "word": word.to_numpy()})
        events = events.drop_duplicates()
        events = events[~self._member[events["place"]]].sort_values(["day", "place", "word"])
        self._kinds[BIN].add(
            events["day"].to_numpy(),
            events["place"].to_numpy(),
            pa.chunked_array([pa.array(events["word"], pa.string())]),
            np.zeros(len(events), np.bool_),
        )
