"""New blocks, bank numbers and domains that look like those of a background."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

import numpy as np

_TRIES = 1000


def new_block(like: str, rng: np.random.Generator) -> str:
    """A block of addresses beside another one.

    >>> new_block("203.0.113.0/24", np.random.default_rng(0))
    '203.0.217.0/24'
    """
    network = ipaddress.ip_network(like)
    step = 1 << (network.max_prefixlen - network.prefixlen)
    span = 256 if network.version == 4 else 65536
    number = int(network.network_address) // step
    neighbour = (number - number % span + int(rng.integers(span))) * step
    return str(ipaddress.ip_network((neighbour, network.prefixlen)))


def new_digits(like: str, rng: np.random.Generator, most: int = 3) -> str:
    """The same text, its last digits drawn anew.

    >>> new_digits("+44 000 512", np.random.default_rng(1))
    '+44 000 473'
    """
    match = re.search(rf"\d{{1,{most}}}$", like)
    if match is None:
        return like
    width = len(match[0])
    return like[: match.start()] + f"{int(rng.integers(10**width)):0{width}d}"


def new_domain(like: str, wanted: str) -> str:
    """A mail domain with the ending of another one.

    >>> new_domain("mail.firm.com", "blue-river.example")
    'blue-river.com'
    """
    return f"{wanted.rpartition('.')[0] or wanted}.{like.rpartition('.')[2]}"


def unused(draw: Callable[[], str], used: set[str]) -> str:
    """What ``draw`` gives, until it is none of ``used``; it is added to them."""
    for _ in range(_TRIES):
        found = draw()
        if found not in used:
            break
    used.add(found)
    return found
