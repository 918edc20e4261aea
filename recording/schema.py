"""The tables of a recording: every column with its type, meaning, unit and what null means.

``docs/recording-format.md`` is generated from this file (``make docs``); nothing else describes
the format.
"""

from __future__ import annotations

import pyarrow as pa

from shamcrowd.recording.columns import (
    CATEGORY,
    TEXT,
    TIME,
    Column,
    Table,
    id_column,
)

FORMAT_VERSION = 7
"""Incremented whenever a table, a column or its meaning changes; not for an optional table."""


def _entity(name: str, key: str, meaning: str, *columns: Column) -> Table:
    first_seen = Column(
        "first_seen", TIME, "When it first appeared in the platform's log.", "UTC, milliseconds"
    )
    return Table(
        name, meaning, "first_seen", (id_column(key, "The entity's id."), first_seen, *columns)
    )


ACCOUNTS = Table(
    "accounts",
    "One row per account: what was given at sign-up.",
    "created",
    (
        id_column("account", "The account."),
        Column(
            "created",
            TIME,
            "When the account was opened; may lie before the recording.",
            "UTC, milliseconds",
        ),
        Column("display_name", TEXT, "Name given at sign-up (made up)."),
        Column("country", CATEGORY, "Country given at sign-up.", "ISO 3166-1 alpha-2"),
        Column("locale", CATEGORY, "Language and region of the account.", "BCP 47 with _"),
        Column(
            "utc_offset",
            pa.int16(),
            "Time zone of the browser at sign-up; with daylight saving time another one holds in "
            "the other half of the year.",
            "minutes east of UTC",
        ),
        Column("sign_in", CATEGORY, "How the owner signs in: password, oauth or sso."),
        Column(
            "plan",
            CATEGORY,
            "Plan chosen at sign-up: trial, pay-as-you-go, subscription or enterprise.",
        ),
        id_column("mailbox", "Mailbox given at sign-up."),
        id_column(
            "phone", "Phone verified at sign-up.", "no phone was asked for, or none was verified"
        ),
        id_column("device", "Browser device that signed up."),
        id_column("address", "Network address that signed up."),
        id_column("organisation", "Organisation that invited the account.", "a personal account"),
    ),
)

REQUESTS = Table(
    "requests",
    "One row per API request, the largest table. In time order within a file.",
    "time",
    (
        id_column("request", "The request. No two have the same."),
        Column("time", TIME, "When the request arrived.", "UTC, milliseconds"),
        id_column("account", "Account that is charged."),
        id_column("key", "API key or session token used."),
        id_column("session", "Connection session, as the API gateway numbers them."),
        id_column("conversation", "Conversation or job; may be taken up again days later."),
        id_column("address", "Network address it came from; may change within a session."),
        id_column("client", "Client software."),
        Column("model", CATEGORY, "Model requested."),
        Column("endpoint", CATEGORY, "chat, batch or embeddings."),
        Column("topic", CATEGORY, "Topic of the prompt, by the platform's classifier."),
        Column(
            "sketch",
            pa.uint64(),
            "Similarity hash of the prompt (SimHash): the share of differing bits estimates how "
            "different two prompts are (32 of 64: unrelated).",
            "64 bits",
        ),
        Column("input_tokens", pa.int32(), "Tokens in the prompt.", "tokens"),
        Column(
            "cached_tokens",
            pa.int32(),
            "Those of `input_tokens` that were read from the prompt cache.",
            "tokens",
        ),
        Column("output_tokens", pa.int32(), "Tokens in the answer; 0 without one.", "tokens"),
        Column(
            "reasoning_tokens",
            pa.int32(),
            "Those of `output_tokens` in which the model reasoned before it answered.",
            "tokens",
        ),
        Column("stream", pa.bool_(), "Whether the answer was to be sent as it is written."),
        Column(
            "first_token",
            pa.int32(),
            "Time until the first token of the answer, or of its reasoning, was sent.",
            "milliseconds",
            "no stream was asked for, or no answer was sent",
        ),
        Column("duration", pa.int32(), "Time to the end of its answer or error.", "milliseconds"),
        Column(
            "status",
            pa.int16(),
            "200: served; 403: refused, as what it came through is blocked; 429: over the rate "
            "limit; 500: server error; 503 or 529: overloaded.",
            "HTTP status",
        ),
        Column(
            "retry_after",
            pa.int16(),
            "After how long the platform asked to try again (`Retry-After`).",
            "seconds",
            "it asked for nothing",
        ),
    ),
)

ACTIVITY_KINDS = (
    "email_verification_requested",
    "email_verified",
    "phone_verification_requested",
    "phone_verified",
    "login",
    "login_failed",
    "password_reset_requested",
    "password_changed",
    "key_created",
    "key_revoked",
    "card_added",
    "charge",
    "decline",
    "refund",
    "chargeback",
    "trial_grant",
    "trial_exhausted",
    "trial_expired",
    "referral",
    "plan_change",
    "model_release_seen",
    "policy_flag",
    "challenge",
    "challenge_passed",
    "throttle",
    "suspension",
    "appeal",
    "reinstatement",
    "user_report",
)
"""Kinds of events that the platform logs besides requests."""

ACTIVITY = Table(
    "activity",
    "All other events that the platform logged, in time order within a file. Rows from before the "
    "recording's start say what older accounts did before it (log-ins: 30 days).",
    "time",
    (
        Column("time", TIME, "When the event happened.", "UTC, milliseconds"),
        id_column("account", "Account concerned."),
        Column("kind", CATEGORY, "What happened: " + ", ".join(ACTIVITY_KINDS) + "."),
        id_column("key", "API key concerned.", "not about a key"),
        id_column("address", "Network address it came from.", "an action of the platform"),
        id_column("device", "Browser device.", "not done in a browser"),
        id_column("card", "Card concerned.", "not about a card"),
        id_column("phone", "Phone concerned.", "not about a phone"),
        Column("amount", pa.float64(), "Money moved or granted.", "US dollars", "no money moved"),
        Column("model", CATEGORY, "Model concerned.", "", "not about a model"),
        Column("plan", CATEGORY, "Plan after the change.", "", "not about a plan"),
        id_column("peer", "Account that invited this one.", "not an invitation"),
    ),
)

ADDRESSES = _entity(
    "addresses",
    "address",
    "Network addresses (from reserved ranges only).",
    Column(
        "prefix",
        TEXT,
        "Block that holds it: of 256 addresses (IPv4), or of one household, office or phone "
        "(IPv6), where every device has an address of its own.",
        "CIDR /24 or /64",
    ),
    Column("family", CATEGORY, "ipv4 or ipv6."),
    Column("asn", pa.int64(), "Autonomous system that announces it (private-use numbers only)."),
    Column("country", CATEGORY, "Country the address is registered in.", "ISO 3166-1 alpha-2"),
    Column(
        "kind",
        CATEGORY,
        "Kind according to an address database: residential, mobile, corporate, campus, hosting or "
        "vpn. Residential proxies are listed as residential.",
    ),
)

CLIENTS = _entity(
    "clients",
    "client",
    "Client software that calls the API.",
    Column("sdk", CATEGORY, "Library or program named in the user agent."),
    Column("version", CATEGORY, "Its version."),
    Column("tls", TEXT, "Fingerprint of the TLS handshake."),
    Column("os", CATEGORY, "Operating system named in the user agent.", "", "not named"),
    Column(
        "telemetry",
        pa.bool_(),
        "Whether it reports its own use to the platform; libraries never do.",
    ),
)

DEVICES = _entity(
    "devices",
    "device",
    "Browser devices, identified by the fingerprint that the sign-up page takes.",
    Column("os", CATEGORY, "Operating system."),
    Column("browser", CATEGORY, "Browser and major version."),
    Column("language", CATEGORY, "Preferred language of the browser.", "BCP 47 with _"),
)

CARDS = _entity(
    "cards",
    "card",
    "Payment cards (no card number is stored; ranges that no issuer uses).",
    Column("bin", TEXT, "First six digits.", "digits"),
    Column("country", CATEGORY, "Country of the issuer.", "ISO 3166-1 alpha-2"),
    Column("kind", CATEGORY, "credit, debit, prepaid or virtual."),
)

PHONES = _entity(
    "phones",
    "phone",
    "Phones that received a verification code (fictional numbers).",
    Column("block", TEXT, "Country code and block of 1,000 adjacent numbers."),
    Column("country", CATEGORY, "Country of the number.", "ISO 3166-1 alpha-2"),
    Column("line", CATEGORY, "mobile or voip."),
)

MAILBOXES = _entity(
    "mailboxes",
    "mailbox",
    "Mailboxes given at sign-up (from reserved domains only).",
    Column("domain", TEXT, "Mail domain, always under .example."),
    Column("local", TEXT, "Part before the @, in lower case, without dots and +tags."),
)

ENTITIES = (ADDRESSES, CLIENTS, DEVICES, CARDS, PHONES, MAILBOXES)
STREAMS = (REQUESTS, ACTIVITY)
TABLES = {table.name: table for table in (ACCOUNTS, *STREAMS, *ENTITIES)}
"""Every table that all recordings have and a detector can see, by name."""
