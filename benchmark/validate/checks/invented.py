"""Is everything invented: addresses, mailboxes, cards and phones that nobody can have?"""

from __future__ import annotations

import ipaddress

from benchmark.validate.loaded import Loaded
from benchmark.validate.outcome import Check

RESERVED = ipaddress.ip_network("240.0.0.0/4")


def check(loaded: Loaded) -> list[Check]:
    """By the ranges that are set apart for nobody."""
    prefixes = loaded.table("addresses")["prefix"].unique()
    real = [p for p in prefixes if not ipaddress.ip_network(p).subnet_of(RESERVED)]
    mail = loaded.table("mailboxes")["domain"]
    cards = loaded.table("cards")["bin"]
    phones = loaded.table("phones")["block"]
    return [
        Check("addresses: invented", not real, f"{len(real):,} of {len(prefixes):,} blocks real"),
        _all("mailboxes: invented", mail.str.endswith(".example")),
        _all("cards: invented", cards.str.startswith("9")),
        _all("phones: invented", phones.str.contains(" 000 ")),
    ]


def _all(name: str, fine: object) -> Check:
    import pandas as pd

    marks = pd.Series(fine)
    return Check(
        name, bool(marks.all()), f"{int((~marks).sum()):,} of {len(marks):,} could be real"
    )
