"""A launch wave."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.own_logs.explain.explanations.base import GROUP, Explanation, Question

_DAY = f"""
with busiest as (
  select cast(created as date) as day, count(*) as many from accounts {GROUP}
  group by day order by many desc, day limit 1),
by_day as (
  select cast(created as date) as day, count(*) as many from accounts
  where created >= (select min(time) from requests) group by day)
""".strip()
_FAMILIES = """
with shared as (
  select kind, thing, any_value(family) as family from uses semi join members using (account)
  where kind in (select kind from linking) and kind <> 'tls'
  group by kind, thing having count(*) > 1),
tied as (
  select account, count(distinct s.family) as families
  from uses u semi join members using (account) join shared s using (kind, thing) group by account)
select count(*) filter (where families > 1) / (select count(*) from members) from tied""".strip()


class ReleaseDay(Explanation):
    """Strangers who all signed up because a model was released or the press wrote of it."""

    title = "A launch wave"
    ask_next = (
        "Was there a release, an offer or an article on the day of the sign-ups? Do sign-ups "
        "outside of the group rise on that day as well, and come from the same countries?"
    )

    def questions(self) -> Sequence[Question]:
        """Everybody's sign-ups on the group's busiest day, and what the group shares besides."""
        return (
            Question(
                "sign-ups of others on the group's busiest day, over their median day",
                f"{_DAY}\nselect (by_day.many - busiest.many) / (select median(many) from by_day) "
                "from busiest join by_day using (day)",
                2.0, 1.2, "ratio", needs=("accounts.created",),
            ),
            Question(
                "share of the group in all sign-ups of its busiest day",
                f"{_DAY}\nselect busiest.many / by_day.many from busiest join by_day using (day)",
                0.05, 0.3, needs=("accounts.created",),
            ),
            Question(
                "share of the group that shares things of two families or more, without clients",
                _FAMILIES, 0.1, 0.5,
            ),
        )  # fmt: skip
