"""Levers on a mail domain, a client and an IPv6 prefix; each stops its own things alone."""

import numpy as np
import pytest

from shamcrowd.recording.truth import Truth
from shamcrowd.simulator.response.things import block_name
from tests.recordings import recorded
from tests.simulator.response.reviewers import WEEK, Names, Run

RULE = "{{about: {}, on: {}, delay: [0h, 0h], span: 60d{}}}"
RULES = ", ".join(
    RULE.format(kind, kind, more)
    for kind, more in (("mail-domain", ""), ("client", ""), ("block", ", ipv6: 48"))
)
LEVERS = f"response={{like: standard, stages: [], levers: [{RULES}]}}"
OPTIONS = {"scale": 0.2}


@pytest.fixture(scope="module")
def before():
    return Run.read(recorded("quickstart-v2", 3, settings=["shards=2", *WEEK], **OPTIONS))


def site_of(prefixes):
    return np.array([block_name(str(name), 48) for name in prefixes])


@pytest.fixture(scope="module")
def named(before):
    """The busiest mail domain, client and IPv6 site of the open loop."""
    boxes = before.rows("accounts", ["account", "mailbox"]).merge(
        before.rows("mailboxes", ["mailbox", "domain"]), on="mailbox")  # fmt: skip
    requests = before.rows("requests", ["client", "address"])
    blocks = before.rows("addresses", ["address", "prefix"]).set_index("address")["prefix"]
    prefix = requests["address"].map(blocks).astype(str)
    six = site_of(prefix[prefix.str.contains(":")])
    assert len(six)
    return {
        "mail-domain": str(boxes["domain"].astype(str).value_counts().index[0]),
        "client": str(int(requests["client"].value_counts().index[0])),
        "block": str(max(np.unique(six, return_counts=True)[0], key=list(six).count)),
    }


@pytest.fixture(scope="module")
def after(named):
    reviewer = Names(list(named.items()))
    settings = ["shards=2", *WEEK, LEVERS]
    return Run.read(recorded("quickstart-v2", 3, reviewer=reviewer, settings=settings, **OPTIONS))


@pytest.fixture(scope="module")
def since(after):
    levers = Truth(after.folder).levers()
    assert set(levers["kind"].astype(str)) == {"mail-domain", "client", "block"}
    return levers["time"].min()


def test_requests_by_a_client_or_from_a_site_are_refused_and_no_others(named, after, since):
    rows = after.rows("requests", ["time", "client", "address", "status"])
    rows = rows[rows["time"] >= since]
    blocks = after.rows("addresses", ["address", "prefix"]).set_index("address")["prefix"]
    inside = site_of(rows["address"].map(blocks)) == named["block"]
    by_client = (rows["client"] == int(named["client"])).to_numpy()
    assert by_client.sum() > 20
    assert inside.sum() > 0
    refused = (rows["status"] == 403).to_numpy()
    assert refused[by_client | inside].all()
    assert not refused[~(by_client | inside)].any()


def test_sign_ups_with_a_mail_domain_are_refused_and_who_is_there_stays(named, after, since):
    boxes = after.rows("mailboxes", ["mailbox", "domain"]).set_index("mailbox")["domain"]
    people = after.rows("accounts", ["account", "created", "mailbox"])
    people = people[people["mailbox"].map(boxes).astype(str) == named["mail-domain"]]
    steps = after.responses
    stopped = set(steps.loc[steps["action"] == "sign_up_refused", "account"])
    late = people["created"] >= since
    assert late.sum() > 3
    assert set(people.loc[late, "account"]) <= stopped
    assert not stopped & set(people.loc[~late, "account"])
