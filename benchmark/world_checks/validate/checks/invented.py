"""Is everything fictitious: addresses, mailboxes, cards and phones that nobody can have?"""

from __future__ import annotations

import ipaddress

import pandas as pd

from shamcrowd.benchmark.world_checks.validate.loaded import Loaded
from shamcrowd.benchmark.world_checks.validate.outcome import Check, not_applicable

RESERVED = (ipaddress.ip_network("240.0.0.0/4"), ipaddress.ip_network("3fff::/20"))


def check(loaded: Loaded) -> list[Check]:
    """By the ranges that are reserved or unassigned."""
    if not loaded.manifest.synthetic:
        return not_applicable(
            "the log is not synthetic",
            *(f"{name}: invented" for name in ("addresses", "mailboxes", "cards", "phones")),
        )
    prefixes = loaded.table("addresses")["prefix"].unique()
    real = [prefix for prefix in prefixes if not _reserved(prefix)]
    mail = loaded.table("mailboxes")["domain"]
    cards = loaded.table("cards")["bin"]
    phones = loaded.table("phones")["block"]
    return [
        Check("addresses: invented", not real, f"{len(real):,} of {len(prefixes):,} blocks real"),
        _all("mailboxes: invented", mail.str.endswith(".example")),
        _all("cards: invented", cards.str.startswith("9")),
        _all("phones: invented", phones.str.contains(" 000 ")),
    ]


def _reserved(prefix: str) -> bool:
    try:
        block = ipaddress.ip_network(prefix)
        return any(
            block.subnet_of(each)  # type: ignore[arg-type]
            for each in RESERVED
            if each.version == block.version
        )
    except ValueError:
        return False


def _all(name: str, fine: pd.Series) -> Check:
    real = int((~fine).sum())
    return Check(name, not real, f"{real:,} of {len(fine):,} could be real")
