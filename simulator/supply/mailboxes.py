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

ALIASES = ("veiled.example", "forward-me.example", "maskmail.example", "relaybox.example")
"""Services that give every site an address of its own (invented)."""
ALIAS_SHARE = 0.035
"""Share of private people who sign up through one (assumed)."""
DISPOSABLE = (
    "tenminutes.example",
    "throwbox.example",
    "tempinbox.example",
    "dropmail.example",
    "one-use.example",
    "trialmail.example",
)
"""Services whose mailboxes last for minutes (invented)."""
DISPOSABLE_SHARE = 0.012
"""Share of private people who sign up with one (assumed)."""
PUBLIC = (*FREE, *ALIASES, *DISPOSABLE)
"""Domains at which anybody can have a mailbox."""
OWN_SHARE = 0.07
"""Share of private people, freelancers among them, with a domain of their own (assumed)."""

ROLES = ("build", "robot", "api", "deploy", "service", "ops", "admin", "billing")
TEAMS = ("client", "team", "office", "desk", "brand", "studio", "user", "account")
_DIGITS = np.array([str(n) for n in range(10_000)], object)


class Mailboxes:
    """Creates mailboxes."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(MAILBOXES, ids, {})

    def personal(
        self,
        counter: Counter,
        rng: np.random.Generator,
        people: PersonNames,
        wordy: float = 0.2,
        disposable: float = DISPOSABLE_SHARE,
    ) -> Handles:
        """Create mailboxes of private people.

        Most are at free providers, some at a domain of the owner's, behind an alias service, or
        disposable.

        Args:
            counter: handle counter of the owner.
            rng: random stream.
            people: names of the owners.
            wordy: share of mailboxes at free providers, 0 to 1, with a word and digits in place of
                the owner's name, like people who do not reveal it (one in five: assumed);
                mailboxes of farms look the same.
            disposable: share of disposable mailboxes, 0 to 1.
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
        domain = _one_of(rng, FREE, _FREE_SHARES, count)
        kind = rng.random(count)
        own = np.flatnonzero(kind < OWN_SHARE)
        # Named after the owner or anything else.
        theirs = people.last[own] + "-" + word[own] + ".example"
        domain[own] = np.where(
            rng.random(len(own)) < 0.6, theirs, np.array(own_domains(rng, len(own)), object)
        )
        # zoe@, zoeberg@, or whatever a catch-all mailbox is asked for: harbor412@.
        luck = rng.random(len(own))
        named = np.where(luck < 0.5, people.first[own], people.first[own] + people.last[own])
        local[own] = np.where(luck < 0.8, named, word[own] + _DIGITS[number[own]])
        throwaway = (kind >= OWN_SHARE) & (kind < OWN_SHARE + disposable)
        aliased = (kind >= OWN_SHARE + disposable) & (kind < OWN_SHARE + disposable + ALIAS_SHARE)
        for some, services in ((throwaway, DISPOSABLE), (aliased, ALIASES)):
            at = np.flatnonzero(some)
            domain[at] = _one_of(rng, services, (1,) * len(services), len(at))
            local[at] = word[at] + _DIGITS[number[at]]
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


def _one_of(
    rng: np.random.Generator, names: tuple[str, ...], shares: tuple[float, ...], count: int
) -> npt.NDArray[np.object_]:
    edges = np.cumsum(shares)[:-1] / sum(shares)
    return np.array(names, object)[np.searchsorted(edges, rng.random(count), side="right")]


def _initials(names: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    return np.array([name[:1] for name in names.tolist()], object)


def own_domains(rng: np.random.Generator, count: int) -> list[str]:
    """Return domains of companies, schools or farms: two words each."""
    word = dictionary_words()
    pick = rng.integers(len(word), size=(count, 2))
    return [f"{word[a]}-{word[b]}.example" for a, b in pick.tolist()]
