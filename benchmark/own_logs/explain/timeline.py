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


def timeline(questions: Questions, *, has_activity: bool) -> Section:
    """The section; ``has_activity`` says whether the log has events besides requests."""
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
        (("day", "text"), ("sign-ups", "count"), ("requests", "count"),
         ("accounts with a request", "count"),
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
    text = () if has_activity else (
        "Log-ins, payments, flags and reviews are not recorded in this log.",
    )  # fmt: skip
    return Section("timeline", "What happened when", text, (), tuple(listings))
