"""A class."""

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


class Course(Explanation):
    """A course or workshop: students sign up within an hour on one network, for one exercise."""

    title = "A class"
    ask_next = (
        "Is there a course at the time of the sign-ups, on the campus or at the event that the "
        "addresses belong to? Does the teacher know the accounts?"
    )

    def questions(self) -> Sequence[Question]:
        """Sign-ups together, campus network, one topic, few requests, a device each."""
        together = (
            "select max(many) / (select count(*) from members) from (select count(*) over ("
            "order by created range between current row and interval 1 hour following) as many "
            f"from accounts {GROUP})"
        )
        topic = (
            "select max(many) / sum(many) from (select count(*) as many from requests {of} "
            "group by topic)"
        )
        requests = (
            "select median(many) from (select count(*) as many from requests {of} group by account)"
        )
        return (
            Question(
                "largest share of the group that signed up within one hour", together, 0.5, 0.2,
                needs=("accounts.created",),
            ),
            Question(
                "share of requests from campus networks", share_of_kind("campus"), 0.5, 0.1,
                everybody=share_of_kind("campus", "all"), needs=ADDRESS_KIND,
            ),
            Question(
                "share of requests on the commonest topic", topic.format(of=GROUP), 0.5, 0.25,
                everybody=topic.format(of=""), needs=("requests.topic",),
            ),
            Question(
                "requests of an account, median", requests.format(of=GROUP), 50.0, 500.0, "count",
                everybody=requests.format(of=""),
            ),
            Question(
                "share with a device that no other account of the group uses", OWN_DEVICE,
                0.8, 0.5, needs=DEVICES,
            ),
        )  # fmt: skip
