"""The tables of the truth: who controlled each account. Detectors never see them."""

from __future__ import annotations

import pyarrow as pa

from shamcrowd.recording.columns import CATEGORY, ID, NAME, TEXT, TIME, Column, Table, id_column

TRUTH_ACCOUNTS = Table(
    "truth/accounts",
    "Who controls each account. Never shown to a detector.",
    "sham_from",
    (
        id_column("account", "The account."),
        Column("persona", NAME, "Population of an honest owner, or the role in a campaign."),
        Column(
            "segment",
            NAME,
            "Population of the honest owner; harm is reported by it.",
            "",
            "never honest",
        ),
        Column("campaign", NAME, "Campaign that controls it.", "", "honest throughout"),
        Column("tactic", CATEGORY, "Tactic of that campaign.", "", "honest throughout"),
        Column("role", CATEGORY, "Role in the campaign.", "", "honest throughout"),
        Column(
            "sham_from",
            TIME,
            "Start of abuse; an account that was taken over was honest before.",
            "UTC, milliseconds",
            "honest throughout",
        ),
        Column(
            "sham_until",
            TIME,
            "End of abuse.",
            "UTC, milliseconds",
            "honest throughout, or still abused at the end",
        ),
    ),
)

TRUTH_REQUESTS = Table(
    "truth/requests",
    "Is the request abusive? Join it with requests by ``request``. One file per requests file, "
    "with the same rows in the same order. Requests that a sham account sends as camouflage are "
    "not abusive.",
    "request",
    (
        id_column("request", "The request."),
        Column("abusive", pa.bool_(), "The request serves a campaign's purpose."),
    ),
)

TRUTH_CAMPAIGNS = Table(
    "truth/campaigns",
    "What each campaign did: one row per phase.",
    "time",
    (
        Column("campaign", TEXT, "Name of the campaign in the scenario."),
        Column("tactic", TEXT, "Tactic of the campaign."),
        Column(
            "phase",
            TEXT,
            "Phase that began, such as recruit, age, work, pivot, replace or wind-down.",
        ),
        Column("time", TIME, "When it began.", "UTC, milliseconds"),
        Column("accounts", pa.int32(), "Number of accounts concerned.", "accounts"),
    ),
)

TRUTH_SUPPLY = Table(
    "truth/supply",
    "Entities in the log that a campaign owns: an account that uses one serves that campaign.",
    "thing",
    (
        Column("kind", CATEGORY, "Kind of entity: address, device, card, phone or mailbox."),
        id_column("thing", "Id of the entity."),
        Column("campaign", NAME, "The campaign that bought it."),
    ),
)

RESPONSE_ACTIONS = (
    "challenge",
    "challenge_passed",
    "throttle",
    "cleared",
    "suspension",
    "appeal",
    "rejection",
    "reinstatement",
    "departure",
    "identity_check",
    "identity_check_passed",
    "sign_up_refused",
    "credit_withheld",
)
"""Steps of a response: the platform's actions and the answers of account owners."""

RESPONSE_CAUSES = ("random check", "alert", "lever", "sign-up rule")
"""What can start a response."""

TRUTH_RESPONSES = Table(
    "truth/responses",
    "What the platform did about accounts, step by step, in time order: random checks, and in the "
    "closed loop the responses to alerts and what sign-ups were refused.",
    "time",
    (
        Column("time", TIME, "When it happened.", "UTC, milliseconds"),
        id_column("account", "Account concerned."),
        Column(
            "action",
            CATEGORY,
            "What happened: challenge, challenge_passed, throttle, suspension (after a failed "
            "challenge the account was closed from the challenge on), cleared (staff looked and "
            "took no action), appeal, rejection, reinstatement, departure (an honest owner who did "
            "not return after reinstatement, or left when asked for a card or phone), "
            "identity_check, identity_check_passed, sign_up_refused, credit_withheld (no card or "
            "phone was verified).",
        ),
        Column(
            "cause",
            CATEGORY,
            "What started the response: alert, random check, lever (on a thing that the account "
            "uses) or sign-up rule (which holds for everybody).",
        ),
        Column(
            "review",
            ID,
            "Review whose alert led to it, numbered from 0 as in the manifest.",
            "",
            "not caused by an alert",
        ),
        Column(
            "campaign",
            NAME,
            "Campaign that controlled the account at that time.",
            "",
            "honest at that time",
        ),
        Column("segment", NAME, "Population of the honest owner.", "", "never honest"),
        Column(
            "right",
            pa.bool_(),
            "Whether the step was correct. For an account under abuse at that time challenge, "
            "identity_check, throttle, suspension, rejection, sign_up_refused and credit_withheld "
            "are correct; for an honest one all other steps.",
        ),
        Column("minutes", pa.float32(), "Staff time spent.", "minutes"),
        Column("dollars", pa.float32(), "What the platform paid others for it.", "US dollars"),
    ),
)

LEVER_KINDS = ("block", "network", "bin", "mail-domain", "client")
"""Kinds of things that a platform can block or slow."""

TRUTH_LEVERS = Table(
    "truth/levers",
    "What the platform blocked or slowed in the closed loop, besides accounts, in time order.",
    "time",
    (
        Column("time", TIME, "When it took effect.", "UTC, milliseconds"),
        Column("until", TIME, "When it ended.", "UTC, milliseconds"),
        Column("kind", CATEGORY, "Kind of thing: " + ", ".join(LEVER_KINDS) + "."),
        Column("name", TEXT, "What the log calls the thing."),
        Column(
            "passes",
            pa.float32(),
            "Share of requests, sign-ups and charges that went through all the same; 0: blocked.",
            "share",
        ),
        Column("about", NAME, "What the finding was about: account, or a kind of thing."),
        Column("review", ID, "Review that led to it, numbered from 0 as in the manifest."),
    ),
)

TRUTH_WALLETS = Table(
    "truth/wallets",
    "What each campaign spent and earned in each time slice, in time order. Supply is paid for "
    "when it is first used; unused supply costs nothing.",
    "time",
    (
        Column("time", TIME, "Start of the slice.", "UTC, milliseconds"),
        Column("campaign", NAME, "The campaign."),
        Column(
            "item",
            NAME,
            "Expense: captcha, phone COUNTRY, mailbox, domain, device, address KIND, card KIND, "
            "stolen card, stolen account, ageing, identity check, traffic, charge (by the "
            "platform). Or income: resale, codes.",
        ),
        Column(
            "units",
            pa.float64(),
            "Quantity: gigabytes of traffic, tokens of resale, days of ageing, otherwise a count.",
            "",
        ),
        Column("dollars", pa.float64(), "Amount spent; negative if earned.", "US dollars"),
    ),
)

TRUTH_TABLES = {
    t.name: t
    for t in (
        TRUTH_ACCOUNTS,
        TRUTH_REQUESTS,
        TRUTH_CAMPAIGNS,
        TRUTH_SUPPLY,
        TRUTH_RESPONSES,
        TRUTH_LEVERS,
        TRUTH_WALLETS,
    )
}
