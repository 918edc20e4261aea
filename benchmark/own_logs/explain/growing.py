"""Grows a group of accounts over what they share, the rarest things first.

Round by round, accounts join that use a thing of the group. An account joins if

- it uses a personal thing of the group (a device, card, phone, mailbox, address or key), and at
  most ``most_users`` accounts outside of the group use one of that family that is as rare or rarer;
  or
- it uses things of the group of two families or more, and fewer than ``most_expected`` accounts
  would use as much by chance.

The expected number is ``n * prod(c_f / n)`` for ``n`` accounts outside of the group, of which
``c_f`` use any thing of the group in family ``f`` that is as rare as the account's own or rarer:
families are taken to be independent, and the more things a group uses, the more accounts share one
by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

from shamcrowd.benchmark.own_logs.explain.model import FigureTable
from shamcrowd.benchmark.own_logs.explain.queries import Questions
from shamcrowd.recording.counting import counted

MOST_USERS = 5
"""Accounts outside of a group that may use a thing which links by itself (assumed)."""
MOST_EXPECTED = 0.01
"""Accounts that may be expected to share as much by chance (assumed)."""
MOST_ROUNDS = 3
MOST_ACCOUNTS = 1000


@dataclass(frozen=True)
class GrowthRule:
    """When an account joins, and when to stop."""

    most_users: int = MOST_USERS
    most_expected: float = MOST_EXPECTED
    most_rounds: int = MOST_ROUNDS
    most_accounts: int = MOST_ACCOUNTS


@dataclass(frozen=True)
class Grown:
    """A group.

    Attributes:
        members: pairs of account and the round in which it joined, 0 for those at the start.
        stopped: why it grew no further.
        rounds: accounts that joined, one table for each round.
    """

    members: list[tuple[int, int]]
    stopped: str
    rounds: tuple[FigureTable, ...]


def members_sql(members: list[tuple[int, int]]) -> str:
    """The statement that makes the table ``members``: account, round."""
    rows = ", ".join(f"({account}, {round_})" for account, round_ in members)
    return (
        "create or replace table members as select cast(account as integer) as account, "
        f"cast(round as integer) as round from (values {rows}) as m(account, round)"
    )


def round_sql(number: int, rule: GrowthRule) -> str:
    """The query of the accounts that join in a round: account, what they share, how rare it is."""
    return f"""
with inside as (select account from members where round < {number}),
outside as (select (select count(*) from accounts) - (select count(*) from inside) as n),
held as (select distinct kind, thing from uses semi join inside using (account)),
shared as (
  select u.account, u.family, u.kind, l.personal,
    count(*) over (partition by u.kind, u.thing) as others
  from uses u semi join held using (kind, thing) join linking l using (kind)
  where u.account not in (select account from inside)),
rarest as (
  select account, family, arg_min(kind, (others, kind)) as kind, min(others) as others,
    min(others) filter (where personal) as alone
  from shared group by account, family),
placed as (
  select *, count(*) over (partition by family order by others) as chance,
    case when alone is not null
      then count(alone) over (partition by family order by alone nulls last) end as users
  from rarest)
select account, string_agg(kind, ', ' order by kind) as shares, min(users) as users,
  any_value(n) * product(chance / n order by family) as expected
from placed, outside group by account
having min(users) <= {rule.most_users}
  or (count(*) > 1 and any_value(n) * product(chance / n order by family) < {rule.most_expected})
order by expected, account""".strip()


def grow(questions: Questions, start: list[int], rule: GrowthRule) -> Grown:
    """Grow a group from accounts; afterwards ``members`` holds it.

    Args:
        questions: with the tables of `shamcrowd.benchmark.own_logs.explain.things`.
        start: accounts to begin with.
        rule: when an account joins, and when to stop.
    """
    members = [(account, 0) for account in sorted(start)]
    rounds: list[FigureTable] = []
    number = 0
    while True:
        number += 1
        questions.connection.execute(members_sql(members))
        if number > rule.most_rounds:
            stopped = f"after {_rounds(rule.most_rounds)}, the most that were allowed"
            break
        found = questions.listing(
            f"Joined in round {number}",
            (("account", "text"), ("shares with the group", "text"),
             ("accounts outside that use so rare a personal thing of the group", "count"),
             ("accounts expected to share as much by chance", "expected")),
            round_sql(number, rule), named=((0, "account"),), folded=True,
        )  # fmt: skip
        if not found.rows:
            stopped = f"after {_rounds(number - 1)}, no other account shares enough"
            break
        if len(members) + len(found.rows) > rule.most_accounts:
            stopped = (
                f"in round {number}, for {counted(len(found.rows), 'account')} would have "
                "joined and the "
                f"group have more than {rule.most_accounts:,}"
            )
            break
        rounds.append(found)
        members += [(int(row[0] or 0), number) for row in found.rows]
    return Grown(members, stopped, tuple(rounds))


def _rounds(number: int) -> str:
    return "1 round" if number == 1 else f"{number} rounds"
