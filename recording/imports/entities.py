"""Writes the tables of addresses, clients, devices, cards, phones and mailboxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shamcrowd.recording.imports import things
from shamcrowd.recording.imports.names import OWN, Names
from shamcrowd.recording.imports.tables import filled, not_recorded
from shamcrowd.recording.writing import RecordingWriter

KINDS = {
    "addresses": "address", "clients": "client", "devices": "device", "cards": "card",
    "phones": "phone", "mailboxes": "email",
}  # fmt: skip
"""The names that each table is about."""

NamedIds = list[tuple[str | None, int]]
"""Name (None: not known) and id of each thing."""


def write_entities(
    writer: RecordingWriter, names: Mapping[str, Names], columns: set[str]
) -> dict[str, list[str]]:
    """Write all six, in the order of ids; return the columns that were not recorded, by table."""
    missing = {}
    for table, kind in KINDS.items():
        plain, ids, first = names[kind].things()
        named = [
            (None if name.startswith(OWN) else name, number)
            for name, number in zip(plain, ids.tolist(), strict=True)
        ]
        key = "mailbox" if kind == "email" else kind
        given: dict[str, Any] = {key: ids, "first_seen": first}
        if kind in columns and kind in _KNOWN:
            given |= _KNOWN[kind](named)
        writer.table(table, filled(table, given, len(ids), ids))
        missing[table] = not_recorded(table, list(given) if kind in columns else [])
    return missing


def _addresses(named: NamedIds) -> dict[str, Any]:
    plain = things.is_plain_ipv4([name or "" for name, _ in named])
    blocks = [
        (name[: name.rindex(".")] + ".0/24", "ipv4") if good and name
        else things.block(name, i) if name else (things.no_block(i), "ipv6")
        for (name, i), good in zip(named, plain, strict=True)
    ]  # fmt: skip
    return {"prefix": [b[0] for b in blocks], "family": [b[1] for b in blocks]}


def _clients(named: NamedIds) -> dict[str, Any]:
    said = [things.software(name) if name else ("unknown", "unknown", None) for name, _ in named]
    return {
        "sdk": things.few([program for program, _, _ in said]),
        "version": things.few([version for _, version, _ in said]),
        "os": [system for _, _, system in said],
    }


def _mailboxes(named: NamedIds) -> dict[str, Any]:
    boxes = [things.mailbox(name) if name else (f"unknown-{i}", "") for name, i in named]
    return {"domain": [domain for domain, _ in boxes], "local": [local for _, local in boxes]}


_KNOWN: dict[str, Callable[[NamedIds], dict[str, Any]]] = {
    "address": _addresses, "client": _clients, "email": _mailboxes,
}  # fmt: skip
