"""What it would do to ban the group, or the things that it uses: who else would be hit."""

from __future__ import annotations

from shamcrowd.benchmark.own_logs.explain.model import Section
from shamcrowd.benchmark.own_logs.explain.queries import Questions

MOST = 50
"""Things that are listed."""
BY_THING = f"""
with theirs as (
  select kind, thing, count(*) as members from uses semi join members using (account)
  group by kind, thing),
hit as (
  select u.kind, u.thing, u.account from uses u semi join theirs using (kind, thing)
  where u.account not in (select account from members)),
sent as (select account, count(*) as requests from requests group by account),
paid as (select account, sum(amount) as dollars from activity where kind = 'charge'
  group by account)
select h.kind, h.thing, any_value(t.members) as members, count(*) as others,
  count(*) filter (where coalesce(requests, 0) > 0) as active,
  count(*) filter (where coalesce(dollars, 0) > 0) as paying
from hit h join theirs t using (kind, thing) left join sent using (account)
  left join paid using (account)
where h.kind <> 'prompt'
group by h.kind, h.thing order by others desc, h.kind, h.thing limit {MOST}""".strip()
_HIT = """select count(distinct account) from uses u semi join (
  select kind, thing from uses semi join members using (account) {kinds}) using (kind, thing)
where account not in (select account from members)"""


def bystanders(questions: Questions, *, has_payments: bool) -> Section:
    """The section; ``has_payments`` says whether the log has charges."""
    numbers = [
        questions.number(
            f"other accounts that use {what} of the group", "count",
            _HIT.format(kinds=f"where kind in ({kinds})"),
        )
        for what, kinds in (
            ("an address", "'address'"), ("a block of addresses", "'block'"),
            ("a device", "'device'"), ("a card", "'card'"), ("a mail domain", "'domain'"),
            ("a TLS fingerprint", "'tls'"),
        )
        if questions.value(f"select count(*) from things where kind = {kinds}")
    ]  # fmt: skip
    if has_payments:
        charges = "from activity semi join members using (account) where kind = 'charge'"
        numbers += [
            questions.number(
                "accounts of the group that paid", "count",
                f"select count(distinct account) {charges} and amount > 0",
            ),
            questions.number(
                "what they paid", "dollars",
                f"select round(coalesce(sum(amount), 0), 6) {charges}",
            ),
        ]  # fmt: skip
    listing = questions.listing(
        f"Things of the group that others use too, the {MOST} with most others",
        (("kind", "text"), ("thing", "text"), ("accounts of the group", "count"),
         ("other accounts", "count"), ("of them with a request", "count"),
         ("of them with a payment", "count")),
        BY_THING,
        "A ban of a thing would hit the other accounts, too.",
        named=((1, "=0"),),
    )  # fmt: skip
    text: tuple[str, ...] = (
        "To ban the accounts of the group stops what is listed above, and closes the accounts of "
        "those among them that are legitimate. A ban of a thing hits all who use it.",
    )
    if not has_payments:
        text += ("Payments are not recorded in this log.",)
    return Section("ban", "What a ban would do", text, tuple(numbers), (listing,))
