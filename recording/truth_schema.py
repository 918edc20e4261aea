"""The tables of the truth: who was behind what. No detector sees them."""

from __future__ import annotations

import pyarrow as pa

from recording.schema import CATEGORY, TEXT, TIME, Column, Table, id_column

TRUTH_ACCOUNTS = Table(
    "truth/accounts",
    "Who is behind each account. Never shown to a detector.",
    "sham_from",
    (
        id_column("account", "The account."),
        Column("persona", CATEGORY, "Population of an honest owner, or the tactic's role."),
        Column("segment", CATEGORY, "Population by which harm is reported.", "", "never honest"),
        Column("campaign", CATEGORY, "Campaign that drives it.", "", "honest throughout"),
        Column("tactic", CATEGORY, "Tactic of that campaign.", "", "honest throughout"),
        Column("role", CATEGORY, "Part it plays in the campaign.", "", "honest throughout"),
        Column(
            "sham_from",
            TIME,
            "From when on it is abused; a hijacked account was honest before.",
            "UTC, milliseconds",
            "honest throughout",
        ),
        Column(
            "sham_until",
            TIME,
            "Until when.",
            "UTC, milliseconds",
            "honest throughout, or still abused at the end",
        ),
    ),
)

TRUTH_REQUESTS = Table(
    "truth/requests",
    "Row for row beside each requests file: is this request abuse? A sham account's camouflage "
    "is not.",
    "abusive",
    (Column("abusive", pa.bool_(), "The request serves a campaign's purpose."),),
)

TRUTH_CAMPAIGNS = Table(
    "truth/campaigns",
    "What each campaign did, a row a phase.",
    "time",
    (
        Column("campaign", TEXT, "Name in the scenario."),
        Column("tactic", TEXT, "Kind of abuse."),
        Column("phase", TEXT, "What began, such as recruit, age, work, pivot, replace, wind-down."),
        Column("time", TIME, "When.", "UTC, milliseconds"),
        Column("accounts", pa.int32(), "Accounts concerned.", "accounts"),
    ),
)

TRUTH_SUPPLY = Table(
    "truth/supply",
    "What campaigns own of the things named in the log: whoever uses one serves that campaign.",
    "thing",
    (
        Column("kind", CATEGORY, "Kind of thing: address, device, card, phone or mailbox."),
        id_column("thing", "Its id."),
        Column("campaign", CATEGORY, "The campaign that bought it."),
    ),
)

TRUTH_TABLES = {t.name: t for t in (TRUTH_ACCOUNTS, TRUTH_REQUESTS, TRUTH_CAMPAIGNS, TRUTH_SUPPLY)}
