"""Kinds of things that accounts can share, and where a log names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """What the log names by an id.

    Attributes:
        name: such as ``address``.
        columns: where it is named, as ``table.column``.
        rows: SQL of (account, id, time) in place of the plain columns.
    """

    name: str
    columns: tuple[str, ...]
    rows: str = ""

    def sql(self, recorded: Sequence[str]) -> str:
        """SQL of (account, id, time) over those of its columns that are recorded."""
        if self.rows:
            return self.rows
        parts = []
        for column in recorded:
            table, _, name = column.partition(".")
            time = "created" if table == "accounts" else "time"
            parts.append(
                f"select account, {name} as id, {time} as time from {table} "
                f"where {name} is not null"
            )
        return " union all ".join(parts)


ENTITIES = (
    Entity("address", ("requests.address", "accounts.address", "activity.address")),
    Entity("device", ("accounts.device", "activity.device")),
    Entity("card", ("activity.card",)),
    Entity("phone", ("accounts.phone", "activity.phone")),
    Entity("mailbox", ("accounts.mailbox",)),
    Entity("key", ("requests.key",)),
    Entity("client", ("requests.client",)),
    Entity("organisation", ("accounts.organisation",)),
    Entity(
        "inviter", ("activity.peer",),
        "select account, peer as id, time from activity where peer is not null "
        "union all select peer, peer, time from activity where peer is not null",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class ThingKind:
    """A kind of thing.

    Attributes:
        name: as in ``address:42``.
        family: kinds of one family say the same of an account: only its rarest thing counts.
        entity: the entity that has it.
        expression: SQL of the thing, over the entity's table; "" for the entity's id itself.
        needs: the column that it is read from, beside those of the entity.
        personal: one person's own, as a rule, so that it links accounts by itself.
        links: whether accounts join a group because of it.
        about: what it is.
        ask: what to ask of accounts that share it.
    """

    name: str
    family: str
    entity: str
    expression: str = ""
    needs: str = ""
    personal: bool = False
    links: bool = True
    about: str = ""
    ask: str = ""


_SHAPE = (
    "regexp_replace(regexp_replace(local, '[a-z]', 'a', 'g'), '[0-9]', '0', 'g') || '@' || domain"
)
KINDS = (
    ThingKind("device", "device", "device", personal=True, about="browser device",
              ask="Do more attributes of the browsers agree than the fingerprint has?"),
    ThingKind("card", "card", "card", personal=True, about="payment card",
              ask="Ask the payment processor who holds the cards and which charges were disputed."),
    ThingKind("bin", "card", "card", "bin", "cards.bin", about="first six digits of cards"),
    ThingKind("phone", "phone", "phone", personal=True, about="verified phone",
              ask="Ask the owners to verify their phones again, at the same time."),
    ThingKind("phone-block", "phone", "phone", "block", "phones.block",
              about="block of 1,000 phone numbers"),
    ThingKind("mailbox", "mailbox", "mailbox", personal=True, about="mailbox",
              ask="Ask the owners to answer from their mailboxes."),
    ThingKind("mailbox-shape", "mailbox", "mailbox", _SHAPE, "mailboxes.local",
              about="domain and shape of the mailbox (letters a, digits 0)",
              ask="Were the mailboxes opened together? Ask the mail provider, where it answers."),
    ThingKind("domain", "mailbox", "mailbox", "domain", "mailboxes.domain", about="mail domain"),
    ThingKind("address", "network", "address", personal=True, about="network address",
              ask="Ask who operates the addresses, and for whom."),
    ThingKind("block", "network", "address", "prefix", "addresses.prefix",
              about="block of addresses (/24 or /64)"),
    ThingKind("key", "key", "key", personal=True, about="API key",
              ask="Who gave the keys to whom? A key that several accounts use may be leaked."),
    ThingKind("tls", "client", "client", "tls", "clients.tls", about="TLS fingerprint"),
    ThingKind("inviter", "invitation", "inviter", about="account that invited others",
              ask="What did the inviters get for their invitations?"),
    ThingKind("organisation", "organisation", "organisation", links=False, about="organisation"),
    ThingKind("prompt", "prompt", "", about="half of a prompt's similarity hash (32 of 64 bits)",
              ask="Compare the full texts of the prompts that are alike."),
)  # fmt: skip
"""Every kind; rarer ones of a family first."""
PROMPT = "prompt"
_TABLES = {"address": "addresses", "client": "clients", "device": "devices", "card": "cards",
           "phone": "phones", "mailbox": "mailboxes"}  # fmt: skip
NAMED = {"device": "device", "card": "card", "phone": "phone", "mailbox": "email",
         "address": "address", "key": "key", "inviter": "account",
         "organisation": "organisation"}  # fmt: skip
"""Kinds whose things are ids, with the kind of names that an import keeps of them."""


def is_recorded(column: str, not_recorded: Mapping[str, Sequence[str]]) -> bool:
    """Whether the log has a column, given as ``table.column``.

    >>> is_recorded("accounts.device", {"accounts": ["device"]})
    False
    """
    table, _, name = column.partition(".")
    return name not in not_recorded.get(table, ())


def recorded_kinds(not_recorded: Mapping[str, Sequence[str]]) -> list[ThingKind]:
    """The kinds that the log has.

    >>> [kind.name for kind in recorded_kinds({"accounts": ["device"], "activity": ["device"]})][:2]
    ['card', 'bin']
    """
    entities = {e.name: e for e in ENTITIES}
    found = []
    for kind in KINDS:
        needed = entities[kind.entity].columns if kind.entity else ("requests.sketch",)
        there = any(is_recorded(c, not_recorded) for c in needed)
        if there and (not kind.needs or is_recorded(kind.needs, not_recorded)):
            found.append(kind)
    return found


def uses_sql(not_recorded: Mapping[str, Sequence[str]]) -> list[str]:
    """Statements that make the tables ``named``, ``uses`` and ``things``.

    ``uses`` has one row for each account and thing: account, family, kind, thing (as text), since
    (when the account first used it). ``things`` has the number of accounts of each thing.
    """
    there = recorded_kinds(not_recorded)
    wanted = {kind.entity for kind in there}
    named = [
        f"select account, '{e.name}' as entity, id, min(time) as since from "
        f"({e.sql([c for c in e.columns if is_recorded(c, not_recorded)])}) group by account, id"
        for e in ENTITIES
        if e.name in wanted
    ]
    nothing = (
        "select cast(null as integer) as account, '' as entity, cast(null as integer) as id, "
        "cast(null as timestamp) as since where false"
    )
    parts = [_uses(kind) for kind in there]
    parts.append(
        "select cast(null as integer), '', '', '', cast(null as timestamp) where false"
        if parts
        else "select cast(null as integer) as account, '' as family, '' as kind, '' as thing, "
        "cast(null as timestamp) as since where false"
    )
    linking = ", ".join(f"('{k.name}', {str(k.personal).lower()})" for k in KINDS if k.links)
    return [
        "create table named as " + "\nunion all ".join(named or [nothing]),
        "create table uses as " + "\nunion all ".join(parts),
        "create table things as select family, kind, thing, count(*) as accounts from uses "
        "group by family, kind, thing",
        f"create table linking as select * from (values {linking}) as l(kind, personal)",
    ]


def _uses(kind: ThingKind) -> str:
    """SQL of (account, family, kind, thing, since)."""
    what = f"'{kind.family}' as family, '{kind.name}' as kind"
    if kind.name == PROMPT:
        halves = " union all ".join(
            f"select account, '{side}' || printf('%08x', {half}) as thing, min(time) as since "
            f"from requests group by account, {half}"
            for side, half in (
                ("hi-", "sketch >> 32"), ("lo-", "sketch & 4294967295::ubigint"),
            )
        )  # fmt: skip
        # Halves that one account alone has are nearly all of them, and link nobody.
        return (
            f"select account, {what}, thing, since from ({halves}) "
            "qualify count(*) over (partition by thing) > 1"
        )
    if not kind.expression:
        return (
            f"select account, {what}, cast(id as varchar) as thing, since from named "
            f"where entity = '{kind.entity}'"
        )
    return (
        f"select account, {what}, {kind.expression} as thing, min(since) as since from named "
        f"join {_TABLES[kind.entity]} on named.id = {_TABLES[kind.entity]}.{kind.entity} "
        f"where entity = '{kind.entity}' group by account, {kind.expression}"
    )
