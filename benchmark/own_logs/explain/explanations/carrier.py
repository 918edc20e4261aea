"""A carrier's gateway."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.own_logs.explain.explanations.base import (
    ADDRESS_KIND,
    Explanation,
    Question,
    share_of_kind,
)

_NETWORK_ALONE = """
with shared as (
  select kind, thing, any_value(family) as family from uses semi join members using (account)
  where kind in (select kind from linking) group by kind, thing having count(*) > 1)
select avg(cast(alone as integer)) from (
  select account, bool_and(s.family = 'network') as alone
  from uses u semi join members using (account) join shared s using (kind, thing)
  group by account)""".strip()
_OTHERS = """
with shared as (
  select thing, count(*) as members from uses semi join members using (account)
  where kind = 'address' group by thing having count(*) > 1)
select median(accounts - members) from shared join things using (thing) where kind = 'address'
""".strip()


class Carrier(Explanation):
    """Strangers behind the gateway of a mobile carrier, VPN or campus, who share only addresses."""

    title = "A carrier's gateway"
    ask_next = (
        "Does the operator of the addresses put many customers behind one of them (carrier-grade "
        "NAT)? Do the accounts share anything but the network?"
    )

    def questions(self) -> Sequence[Question]:
        """Who else uses the addresses, of which kind they are, and what else is shared."""
        return (
            Question(
                "other accounts on an address that the group shares, median", _OTHERS,
                20.0, 2.0, "count", needs=("requests.address",),
            ),
            Question(
                "share of the group that shares nothing but addresses and blocks", _NETWORK_ALONE,
                0.5, 0.1,
            ),
            Question(
                "share of requests from mobile networks", share_of_kind("mobile"), 0.5, 0.1,
                everybody=share_of_kind("mobile", "all"), needs=ADDRESS_KIND,
            ),
            Question(
                "share of requests from VPNs", share_of_kind("vpn"), 0.5, 0.1,
                everybody=share_of_kind("vpn", "all"), needs=ADDRESS_KIND,
            ),
        )  # fmt: skip
