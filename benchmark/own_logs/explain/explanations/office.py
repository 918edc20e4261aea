"""An office."""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.benchmark.own_logs.explain.explanations.base import (
    ADDRESS_KIND,
    DEVICES,
    GROUP,
    OFFICE_HOURS,
    OWN_DEVICE,
    Explanation,
    Question,
    share_of_accounts,
    share_of_kind,
    share_of_requests,
)


class Office(Explanation):
    """Colleagues of one company, who share its network, its mail domain and perhaps its card."""

    title = "An office"
    ask_next = (
        "Who invited the accounts to their organisation, and does its administrator confirm them? "
        "Does the mail domain belong to a company, and its network to the addresses?"
    )

    def questions(self) -> Sequence[Question]:
        """Organisation, sign-in, corporate network, working hours, a device each."""
        largest = (
            "select max(many) / (select count(*) from members) from (select count(*) as many "
            f"from accounts {GROUP} where organisation is not null group by organisation)"
        )
        joined = " join accounts using (account)"
        return (
            Question(
                "share of the group in one organisation", f"select coalesce(({largest}), 0)",
                0.5, 0.0, needs=("accounts.organisation",),
            ),
            Question(
                "share that signs in by SSO", share_of_accounts("sign_in = 'sso'"), 0.5, 0.0,
                everybody=share_of_accounts("sign_in = 'sso'", "all"), needs=("accounts.sign_in",),
            ),
            Question(
                "share of requests from corporate networks", share_of_kind("corporate"), 0.5, 0.1,
                everybody=share_of_kind("corporate", "all"), needs=ADDRESS_KIND,
            ),
            Question(
                "share of requests in office hours (Monday to Friday, 8 to 18 o'clock)",
                share_of_requests(OFFICE_HOURS, "group", joined), 0.7, 0.4,
                everybody=share_of_requests(OFFICE_HOURS, "all", joined),
                needs=("accounts.utc_offset",),
            ),
            Question(
                "share with a device that no other account of the group uses", OWN_DEVICE,
                0.8, 0.5, needs=DEVICES,
            ),
        )  # fmt: skip
