"""Mailboxes: all under .example, which nobody can register (RFC 2606)."""

from __future__ import annotations

import numpy as np

from recording.schema import MAILBOXES
from simulator.handles import Counter, Handles, Ids
from simulator.supply.identities import Names, words
from simulator.supply.register import Register

FREE = (
    "openmail.example",
    "postbox.example",
    "mailhub.example",
    "inbox.example",
    "lettera.example",
    "courier.example",
    "quickpost.example",
)
"""Large free providers (invented)."""
_FREE_SHARES = (0.46, 0.17, 0.13, 0.10, 0.06, 0.05, 0.03)


class Mailboxes:
    """Deals out mailboxes."""

    def __init__(self, ids: Ids) -> None:
        self.register = Register(MAILBOXES, ids, {})

    def personal(self, counter: Counter, rng: np.random.Generator, people: Names) -> Handles:
        """Mailboxes at the free providers, made of people's names in the usual ways.

        About one in five is a word and digits instead, as people choose who will not give a name
        (assumed); that is what farms' addresses look like too.
        """
        count = len(people.first)
        way = rng.random(count)
        number = rng.integers(1, 10_000, size=count)
        short = number % 100
        word = words()
        chosen = rng.integers(len(word), size=count)
        local = np.empty(count, object)
        for i, (first, last) in enumerate(zip(people.first, people.last, strict=True)):
            draw = way[i]
            if draw < 0.34:
                local[i] = first + last
            elif draw < 0.62:
                local[i] = f"{first}{last}{short[i]}"
            elif draw < 0.72:
                local[i] = f"{first[:1]}{last}{short[i]}"
            elif draw < 0.80:
                local[i] = f"{first}{number[i]}"
            else:
                local[i] = f"{word[chosen[i]]}{number[i]}"
        edges = np.cumsum(_FREE_SHARES)[:-1]
        domain = np.array(FREE, object)[np.searchsorted(edges, rng.random(count), side="right")]
        return self.register.add(counter, count, domain=domain, local=local)

    def at_domain(self, counter: Counter, people: Names, domain: np.ndarray) -> Handles:
        """Mailboxes at given domains (one each): first initial and last name, as offices do."""
        local = [f"{f[:1]}{s}" for f, s in zip(people.first, people.last, strict=True)]
        return self.register.add(counter, len(local), domain=domain, local=np.array(local, object))

    def farmed(
        self,
        counter: Counter,
        rng: np.random.Generator,
        people: Names,
        domains: tuple[str, ...],
        grammar: float,
    ) -> Handles:
        """Mailboxes made in bulk: word and digits with probability ``grammar``, else name-like."""
        count = len(people.first)
        word = words()
        chosen = rng.integers(len(word), size=count)
        number = rng.integers(1000, 10_000, size=count)
        careless = rng.random(count) < grammar
        local = np.empty(count, object)
        for i, (first, last) in enumerate(zip(people.first, people.last, strict=True)):
            local[i] = (
                f"{word[chosen[i]]}{number[i]}"
                if careless[i]
                else f"{first}{last}{number[i] % 100}"
            )
        domain = np.array(domains, object)[rng.integers(len(domains), size=count)]
        return self.register.add(counter, count, domain=domain, local=local)


def own_domains(rng: np.random.Generator, count: int) -> list[str]:
    """Domains of companies, schools or farms: two words each."""
    word = words()
    pick = rng.integers(len(word), size=(count, 2))
    return [f"{word[a]}-{word[b]}.example" for a, b in pick.tolist()]
