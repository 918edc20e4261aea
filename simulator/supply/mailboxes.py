"""Mailboxes: all under .example, which cannot be registered (RFC 2606)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.schema import MAILBOXES
from shamcrowd.recording.units import Handles
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.supply.identities import PersonNames, dictionary_words
from shamcrowd.simulator.supply.register import Register

FREE = (
    "openmail.example",
    "postbox.example",
    "mailhub.example",
    "inbox.example",
    "lettera.example",
    "courier.example",
    "quickpost.example",
)
"""Large free mail providers (invented)."""
_FREE_SHARES = (0.46, 0.17, 0.13, 0.10, 0.06, 0.05, 0.03)

ROLES = ("build", "robot", "api", "deploy", "service", "ops", "admin", "billing")
TEAMS = ("client", "team", "office", "desk", "brand", "studio", "user", "account")
_DIGITS = np.array([str(n) for n in range(10_000)], object)


class Mailboxes:
    """Creates mailboxes."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(MAILBOXES, ids, {})

    def personal(
        self, counter: Counter, rng: np.random.Generator, people: PersonNames, wordy: float = 0.2
    ) -> Handles:
        """Create mailboxes at free providers from people's names, in the usual patterns.

        A share ``wordy`` (0 to 1) uses a word and digits instead, like people who do not reveal
        their name (one in five: assumed); mailboxes of farms look the same.
        """
        count = len(people.first)
        luck = rng.random(count)
        way = np.interp(luck, [0, 1 - wordy, 1], [0, 0.8, 1])
        number = rng.integers(1, 10_000, size=count)
        word = np.array(dictionary_words(), object)[
            rng.integers(len(dictionary_words()), size=count)
        ]
        # zoeberg, zoeberg7, zberg7, zoe412 or harbor412: first part, optional name and digits.
        head = np.where(way < 0.80, people.first, word)
        brief = (way >= 0.62) & (way < 0.72)
        head[brief] = _initials(head[brief])
        tail = np.where(way < 0.72, _DIGITS[number % 100], _DIGITS[number])
        local = head + np.where(way < 0.72, people.last, "") + np.where(way < 0.34, "", tail)
        edges = np.cumsum(_FREE_SHARES)[:-1]
        domain = np.array(FREE, object)[np.searchsorted(edges, rng.random(count), side="right")]
        return self.register.add(counter, count, domain=domain, local=local)

    def at_domain(self, counter: Counter, people: PersonNames, domain: np.ndarray) -> Handles:
        """Create office mailboxes at given domains (one each): first initial and last name."""
        local = _initials(people.first) + people.last
        return self.register.add(counter, len(local), domain=domain, local=local)

    def role(self, counter: Counter, rng: np.random.Generator, domain: np.ndarray) -> Handles:
        """Create mailboxes of machines and departments at given domains (one each): ``build42``."""
        count = len(domain)
        word = np.array(ROLES, object)[rng.integers(len(ROLES), size=count)]
        digits = np.where(rng.random(count) < 0.5, "", _DIGITS[rng.integers(1, 100, size=count)])
        return self.register.add(counter, count, domain=domain, local=word + digits)

    def in_a_row(
        self,
        counter: Counter,
        rng: np.random.Generator,
        domain: np.ndarray,
        place: npt.NDArray[np.int64],
    ) -> Handles:
        """Create a team's numbered mailboxes at given domains: ``client3``, ``client4``.

        ``place`` (shape (n,)) is the number of each.
        """
        heads = np.array(TEAMS, object)
        each = {name: int(rng.integers(len(heads))) for name in dict.fromkeys(domain.tolist())}
        word = heads[[each[name] for name in domain.tolist()]]
        return self.register.add(
            counter, len(domain), domain=domain, local=word + _DIGITS[place + 1]
        )

    def farmed(self, counter: Counter, rng: np.random.Generator, domain: np.ndarray) -> Handles:
        """Create bulk mailboxes at given domains (one each): a word and four digits."""
        count = len(domain)
        word = np.array(dictionary_words(), object)[
            rng.integers(len(dictionary_words()), size=count)
        ]
        number = rng.integers(1000, 10_000, size=count)
        return self.register.add(counter, count, domain=domain, local=word + _DIGITS[number])


def _initials(names: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    return np.array([name[:1] for name in names.tolist()], object)


def own_domains(rng: np.random.Generator, count: int) -> list[str]:
    """Return domains of companies, schools or farms: two words each."""
    word = dictionary_words()
    pick = rng.integers(len(word), size=(count, 2))
    return [f"{word[a]}-{word[b]}.example" for a, b in pick.tolist()]
