"""A family."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.own_logs.explain.explanations.base import (
    ADDRESS_KIND,
    DEVICES,
    GROUP,
    OWN_DEVICE,
    Explanation,
    Question,
    share_of_kind,
)


class Household(Explanation):
    """A household: few people who share an address at home, and perhaps a card or a tablet."""

    title = "A family"
    ask_next = (
        "Do the accounts have the same family name or billing address? Does one card pay for all, "
        "and does its holder confirm them?"
    )

    def questions(self) -> Sequence[Question]:
        """Size, one address at home, sign-ups apart, devices, little use."""
        address = (
            "select max(many) / (select count(*) from members) from (select count(*) as many "
            f"from uses {GROUP} where kind = 'address' group by thing)"
        )
        days = (
            "select date_diff('second', min(created), max(created)) / 86400.0 "
            f"from accounts {GROUP}"
        )
        busy = (
            "select median(many) from (select count(*) as many from requests {of} "
            "group by account, cast(time as date))"
        )
        return (
            Question(
                "accounts of the group", "select count(*) from members", 6.0, 9.0, "count",
            ),
            Question(
                "largest share of the group that used one address", address, 0.8, 0.4,
                needs=("requests.address",),
            ),
            Question(
                "share of requests from residential networks", share_of_kind("residential"),
                0.5, 0.1, everybody=share_of_kind("residential", "all"), needs=ADDRESS_KIND,
            ),
            Question(
                "days between the first and the last sign-up", days, 7.0, 1.0, "days",
                needs=("accounts.created",),
            ),
            Question(
                "requests of an account on a day with any, median", busy.format(of=GROUP),
                20.0, 200.0, "count", everybody=busy.format(of=""),
            ),
            Question(
                "share with a device that no other account of the group uses", OWN_DEVICE,
                0.5, 0.2, needs=DEVICES,
            ),
        )  # fmt: skip
