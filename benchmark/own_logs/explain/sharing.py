"""What the accounts of a group share, and how rare that is among all accounts."""

from __future__ import annotations

from shamcrowd.benchmark.own_logs.explain.model import Number, Section
from shamcrowd.benchmark.own_logs.explain.queries import Questions
from shamcrowd.benchmark.own_logs.explain.who import SHARED

THINGS = f"""
with {SHARED},
n as (select count(*) as n, (select count(*) from members) as k from accounts),
rows as (select s.kind, s.thing, s.members as m, t.accounts as x, n, k
  from shared s join things t using (kind, thing), n)
select kind, thing, m, x, k * x / n as expected,
  (select log10(exp(max(p))) + log10(sum(exp(p - top))) from (
    select p, max(p) over () as top from (
      select lgamma(x + 1) - lgamma(j + 1) - lgamma(x - j + 1)
        + lgamma(n - x + 1) - lgamma(k - j + 1) - lgamma(n - x - k + j + 1)
        - lgamma(n + 1) + lgamma(k + 1) + lgamma(n - k + 1) as p
      from (select unnest(range(m, least(x, k) + 1)) as j)))) as chance
from rows order by chance, kind, thing""".strip()
COMMONEST = f"""
with {SHARED},
n as (select count(*) as n, (select count(*) from members) as k from accounts),
held as (
  select s.family, s.kind, s.thing, t.accounts as x, s.members as m, n, k
  from shared s join things t using (kind, thing) join linking using (kind), n
  where 2 * s.members >= k
  qualify row_number() over (partition by s.family order by m desc, x, s.kind, s.thing) = 1)
""".strip()
PAIRS = """
with ours as (select u.account, u.family, u.kind, u.thing from uses u
  semi join members using (account) join linking using (kind)),
tied as (
  select distinct a.account as one, b.account as other, a.family
  from ours a join ours b using (kind, thing) where a.account < b.account)
select count(*) from (select one, other from tied group by one, other having count(*) > 1)
""".strip()
PAIRS_BY_CHANCE = """
with n as (select count(*) as n, (select count(*) from members) as k from accounts),
families as (
  select family, least(sum(accounts * (accounts - 1.0)) / any_value(n * (n - 1.0)), 0.999999) as q
  from things join linking using (kind), n group by family)
select any_value(k * (k - 1) / 2) * greatest(0, round(1 - product(1 - q order by family)
  * (1 + sum(q / (1 - q) order by family)), 12)) from families, n
""".strip()
MOST_PROMPTS = 20
"""Halves of prompts that are listed; farms share many."""


def sharing(questions: Questions) -> Section:
    """The section."""
    numbers = [
        questions.number(
            "pairs of accounts of the group that share things of two families or more", "count",
            PAIRS,
        ),
        questions.number(
            "such pairs expected by chance", "expected", PAIRS_BY_CHANCE,
            "k · (k - 1) / 2 · P, for k accounts. P is the probability that a pair shares things "
            "of two families or more if families are independent, and it shares one of a family "
            "with probability q = Σ x · (x - 1) / (n · (n - 1)), over its things, each used by x "
            "of n accounts.",
        ),
        questions.number(
            "families of things of which half of the group uses the same one", "count",
            f"{COMMONEST}\nselect count(*) from held",
        ),
    ]  # fmt: skip
    if isinstance(numbers[-1].value, int) and numbers[-1].value > 1:
        numbers += _common(questions)
    kept = THINGS.replace(
        "from rows order by",
        "from rows\nqualify kind <> 'prompt' or row_number() over (partition by kind order by "
        f"chance, thing) <= {MOST_PROMPTS}\norder by",
    )
    listing = questions.listing(
        "Things that two accounts of the group or more use",
        (("kind", "text"), ("thing", "text"), ("accounts of the group", "count"),
         ("accounts in the log", "count"), ("expected in a group of this size", "expected"),
         ("probability of so many", "log10")),
        kept,
        "Expected: k · x / n, for a group of k accounts drawn from n, of which x use the thing. "
        "Probability of so many or more in such a group, by the hypergeometric distribution. The "
        "group was put together by these things, so this measures how surprising they are, and is "
        f"no test. Of prompts, the {MOST_PROMPTS} least probable.",
        named=((1, "=0"),),
    )  # fmt: skip
    text = (
        "The probabilities assume that accounts use things independently of each other. People of "
        "one office, class, family or carrier do not; what speaks for that stands below.",
    )
    return Section(
        "sharing", "What they share, and how rare that is", text, tuple(numbers), (listing,)
    )


def _common(questions: Questions) -> list[Number]:
    """How many accounts have what half of the group has, and how many would by chance."""
    joint = "select any_value(n) * product(x / n order by family) from held"
    held = f"""
{COMMONEST}
select count(*) from (select account from uses semi join held using (kind, thing)
  group by account having count(*) = (select count(*) from held))"""
    return [
        questions.number("accounts that have all of them", "count", held.strip()),
        questions.number(
            "accounts expected to have all of them by chance", "expected", f"{COMMONEST}\n{joint}",
            "n · Π (x / n): of n accounts in the log, x use the thing, in each family",
        ),
    ]  # fmt: skip
