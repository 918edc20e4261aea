"""What the platform knows of addresses, client software, mailboxes and phones, from their names."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Sequence

MOST_NAMES = 120
"""Names that a column of categories keeps; it can hold 127."""
_OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_USER_AGENT = re.compile(r"^([^/\s(]{1,40})(?:/([0-9][\w.+-]{0,20}))?")
_SYSTEMS = (("windows", "windows"), ("darwin", "macos"), ("mac os", "macos"), ("macos", "macos"),
            ("android", "android"), ("iphone", "ios"), ("linux", "linux"))  # fmt: skip


def no_block(number: int) -> str:
    """A block of its own for an address that is not known, from a range for private use.

    >>> no_block(70_000)
    'fd00:0:1:1170::/64'
    """
    return f"fd00:0:{number >> 16:x}:{number & 0xFFFF:x}::/64"


def block(address: str, number: int) -> tuple[str, str]:
    """The block that holds an address, and its family; a block of its own if it is none.

    Gateways may log a hash or a host name: it can be shared, but nothing is known around it.

    >>> block("203.0.113.9", 1), block("203.0.113.9:4711", 1), block("::ffff:203.0.113.9", 1)
    (('203.0.113.0/24', 'ipv4'), ('203.0.113.0/24', 'ipv4'), ('203.0.113.0/24', 'ipv4'))
    >>> block("2001:db8:1:2::3", 1)
    ('2001:db8:1:2::/64', 'ipv6')
    """
    plain = plain_address(address)
    try:
        parsed = ipaddress.ip_address(plain)
    except ValueError:
        return no_block(number), "ipv6"
    size = 24 if parsed.version == 4 else 64
    network = ipaddress.ip_network((int(parsed), size), strict=False)
    return str(network), f"ipv{parsed.version}"


def is_plain_ipv4(addresses: Sequence[str]) -> list[bool]:
    """Which addresses are IPv4 in the usual form, all at once.

    >>> is_plain_ipv4(["203.0.113.9", "203.0.113.9:80", "203.0.113.256", "010.0.0.1", "::1"])
    [True, False, False, False, False]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    found: list[bool] = pc.match_substring_regex(
        pa.array(addresses, pa.string()), f"^({_OCTET}\\.){{3}}{_OCTET}$"
    ).to_pylist()
    return found


def plain_address(address: str) -> str:
    """An address without port, brackets and zone; IPv4 within IPv6 as IPv4."""
    text = address.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    text = text.partition("%")[0]
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(parsed)


def software(user_agent: str) -> tuple[str, str, str | None]:
    """Program, version and system that a user agent names.

    >>> software("openai-python/1.99.2 (Linux x86_64)")
    ('openai-python', '1.99.2', 'linux')
    """
    match = _USER_AGENT.match(user_agent.strip())
    lower = user_agent.lower()
    system = next((name for sign, name in _SYSTEMS if sign in lower), None)
    if match is None:
        return "unknown", "unknown", system
    return match[1].lower(), match[2] or "unknown", system


def mailbox(email: str) -> tuple[str, str]:
    """Domain and shape of the local part of an e-mail address: letters ``a``, digits ``0``.

    Dots and what follows a ``+`` are left out. The name itself is not kept.

    >>> mailbox("Ann.Lee.99+work@mail.example")
    ('mail.example', 'aaaaaa00')
    """
    local, _, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0].replace(".", "")
    shape = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", local))
    return domain or "unknown", shape


def few(values: Sequence[str | None]) -> list[str]:
    """Names for a column that can hold few: the commonest keep theirs, the rest is ``other``."""
    named = [value or "unknown" for value in values]
    kept = {name for name, _ in Counter(named).most_common(MOST_NAMES)}
    return [name if name in kept else "other" for name in named]
