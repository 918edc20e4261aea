"""What the group did, day by day: sign-ups, log-ins, requests, payments, flags and reviews."""

from __future__ import annotations

from shamcrowd.benchmark.own_logs.explain.model import Section
from shamcrowd.benchmark.own_logs.explain.queries import Questions

KINDS = {
    "log-ins": ("login",),
    "failed log-ins": ("login_failed",),
    "payments": ("charge",),
    "declined or returned": ("decline", "refund", "chargeback"),
    "flags": ("policy_flag", "user_report"),
    "reviews": ("challenge", "throttle", "suspension", "appeal", "reinstatement"),
}
"""Columns of the time line, and the kinds of events that each counts."""


def _day(kinds: tuple[str, ...]) -> str:
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        "(select count(*) from activity semi join members using (account) "
        f"where kind in ({named}) and cast(time as date) = day)"
    )


def timeline(questions: Questions, *, has_activity: bool, has_sign_ups: bool) -> Section:
    """The section, of a log with or without events besides requests, and moments of sign-up."""
    counted = [(name, _day(kinds)) for name, kinds in KINDS.items()] if has_activity else []
    query = "\n".join((
        "with days as (",
        "  select distinct cast(created as date) as day from accounts "
        "semi join members using (account)",
        "  union select cast(time as date) from requests semi join members using (account)",
        "  union select cast(time as date) from activity semi join members using (account))",
        "select day,",
        "  (select count(*) from accounts semi join members using (account) "
        "where cast(created as date) = day) as sign_ups,",
        "  (select count(*) from requests semi join members using (account) "
        "where cast(time as date) = day) as requests,",
        "  (select count(distinct account) from requests semi join members using (account) "
        "where cast(time as date) = day) as active",
        *(f"  , {said} as \"{name}\"" for name, said in counted),
        "from days order by day",
    ))  # fmt: skip
    days = questions.listing(
        "Day by day, in UTC",
        (("day", "text"),
         ("sign-ups" if has_sign_ups else "first rows of accounts", "count"),
         ("requests", "count"), ("accounts with a request", "count"),
         *((name, "count") for name, _ in counted)),
        query,
    )  # fmt: skip
    listings = [days]
    if has_activity:
        listings.append(
            questions.listing(
                "Events besides requests",
                (("event", "text"), ("times", "count"), ("accounts", "count"),
                 ("first", "moment"), ("last", "moment")),
                "select kind, count(*) as times, count(distinct account) as accounts, "
                "min(time) as first, max(time) as last from activity "
                "semi join members using (account) group by kind order by times desc, kind",
            )
        )  # fmt: skip
    lacking = [*([] if has_sign_ups else ["sign-ups"]),
               *([] if has_activity else ["log-ins, payments, flags and reviews"])]  # fmt: skip
    said = f"{', '.join(lacking)} are not recorded in this log."
    text = (said[0].upper() + said[1:],) if lacking else ()
    return Section("timeline", "What happened when", text, (), tuple(listings))
