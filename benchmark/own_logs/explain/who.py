"""Who is in the group, since when, and how it was put together."""

from __future__ import annotations

from shamcrowd.benchmark.own_logs.explain.growing import Grown, GrowthRule
from shamcrowd.benchmark.own_logs.explain.model import Section
from shamcrowd.benchmark.own_logs.explain.queries import Questions

SHARED = """
shared as (
  select kind, thing, any_value(family) as family, count(*) as members
  from uses semi join members using (account) group by kind, thing having count(*) > 1)
""".strip()
"""What two accounts of the group or more use, as a part of queries."""
MEMBERS = f"""
with {SHARED},
ties as (
  select u.account, s.family, s.kind, t.accounts, u.since
  from uses u semi join members using (account)
  join shared s using (kind, thing) join things t using (kind, thing) join linking using (kind)),
rarest as (
  select account, family, arg_min(kind, (accounts, kind)) as kind, min(accounts) as accounts
  from ties group by account, family),
n as (select count(*) as n from accounts),
tied as (
  select account, string_agg(kind, ', ' order by kind) as shares,
    any_value(n) * product(accounts / n order by family) as expected
  from rarest, n group by account),
sent as (
  select account, min(time) as first, count(*) as requests from requests
  semi join members using (account) group by account)
select m.account, a.created, (select min(since) from ties where ties.account = m.account) as since,
  m.round, tied.shares, tied.expected, sent.first, coalesce(sent.requests, 0) as requests
from members m join accounts a using (account) left join tied using (account)
  left join sent using (account)
order by m.round, a.created, m.account""".strip()


def who(
    questions: Questions, grown: Grown, rule: GrowthRule, grows: bool, *, has_sign_ups: bool
) -> Section:
    """The section; without sign-ups in the log, an account is known from its first row on."""
    since = "sign-up" if has_sign_ups else "row of an account"
    count = "(select count(*) from accounts semi join members using (account))"
    numbers = (
        questions.number("accounts in the group", "count", f"select {count}"),
        questions.number(
            "of all accounts in the log", "share", f"select {count} / count(*) from accounts"
        ),
        questions.number(
            f"first {since}" if has_sign_ups else f"earliest first {since}", "moment",
            "select min(created) from accounts semi join members using (account)",
        ),
        questions.number(
            f"last {since}" if has_sign_ups else f"latest first {since}", "moment",
            "select max(created) from accounts semi join members using (account)",
        ),
    )  # fmt: skip
    members = questions.listing(
        "Accounts of the group",
        (("account", "text"), ("opened" if has_sign_ups else "first row", "moment"),
         ("shares since", "moment"),
         ("joined in round", "count"), ("shares with others of the group", "text"),
         ("accounts expected to share as much by chance", "expected"),
         ("first request", "moment"), ("requests", "count")),
        MEMBERS,
        "Shares since: when it first used a thing of another account of the group. Expected by "
        "chance: n · Π (accounts that use the rarest shared thing of a family / n), over the "
        "families of things that it shares, for n accounts in the log, if families were "
        "independent. For a single family this is the number of accounts that use that thing.",
        named=((0, "account"),),
    )  # fmt: skip
    if grows:
        text = (
            "Starting from what was asked for, accounts join round by round, the rarest things "
            "first. An account joins if it uses a device, card, phone, mailbox, address or key of "
            f"the group, and at most {rule.most_users} accounts outside of the group use one of "
            "that family that is as rare or rarer; or if it shares things of two families or more "
            f"and fewer than {rule.most_expected:g} accounts would share as much by chance: "
            "n · Π (c / n), for n accounts outside of the group, of which c use a thing of the "
            "group that is as rare or rarer, in each family. It stopped " + grown.stopped + ".",
        )
    else:
        text = ("The accounts are those that the detector put into the cluster; no other joined.",)
    return Section("who", "Who is in the group", text, numbers, (members, *grown.rounds))
