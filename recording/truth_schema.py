"""The tables of the truth: who was behind what. No detector sees them."""

from __future__ import annotations

import pyarrow as pa

from shamcrowd.recording.schema import CATEGORY, ID, TEXT, TIME, Column, Table, id_column

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
)
"""Steps of the platform's responses, and of those whom they hit."""

RESPONSE_CAUSES = ("random check", "alert")
"""What set a response going."""

TRUTH_RESPONSES = Table(
    "truth/responses",
    "What the platform did about accounts, step by step, in time order: random checks, and in the "
    "closed loop what alerts led to.",
    "time",
    (
        Column("time", TIME, "When.", "UTC, milliseconds"),
        id_column("account", "Account concerned."),
        Column(
            "action",
            CATEGORY,
            "What happened: challenge, challenge_passed, throttle, suspension (after a failed "
            "challenge the account was shut from the challenge on), cleared (people looked and did "
            "nothing), appeal, rejection, reinstatement, departure (an honest owner who did not "
            "come back when let in).",
        ),
        Column("cause", CATEGORY, "What set it going: alert or random check."),
        Column(
            "review",
            ID,
            "The review whose alert led to it, counted from 0 as in the manifest.",
            "",
            "no alert did",
        ),
        Column("campaign", CATEGORY, "Campaign that drove the account then.", "", "honest then"),
        Column("segment", CATEGORY, "Population of its owner.", "", "never honest"),
        Column(
            "right",
            pa.bool_(),
            "Did the account deserve it? Whoever was abused then deserves a challenge, a throttle, "
            "a suspension, a rejection; whoever was honest all else.",
        ),
        Column("minutes", pa.float32(), "Staff time that it took.", "minutes"),
    ),
)

TRUTH_PURSE = Table(
    "truth/purse",
    "What each campaign paid and earned, slice by slice, in time order. A thing is paid for when "
    "it is first used; things never used cost nothing.",
    "time",
    (
        Column("time", TIME, "Beginning of the slice.", "UTC, milliseconds"),
        Column("campaign", CATEGORY, "The campaign."),
        Column(
            "item",
            CATEGORY,
            "What was paid for: captcha, phone COUNTRY, mailbox, domain, device, address KIND, "
            "card KIND, stolen card, stolen account, ageing, identity check, traffic, charge (by "
            "the platform); or what was earned by: resale, codes.",
        ),
        Column(
            "units",
            pa.float64(),
            "How many; of traffic, gigabytes; of resale, tokens; of ageing, days.",
            "",
        ),
        Column("dollars", pa.float64(), "Paid; negative: earned.", "US dollars"),
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
        TRUTH_PURSE,
    )
}
