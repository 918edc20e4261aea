"""Senders that are refused wait as asked, and what follows in the conversation waits too."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams, bits
from shamcrowd.simulator.platform.rate_limit import waits
from shamcrowd.simulator.shards.resending import Senders, Tried, number, resend
from shamcrowd.simulator.traffic.traffic_rows import RequestRows

LIMIT = 5


def rows(time, conversation):
    many = len(time)
    zero = {name: np.zeros(many, np.int32) for name in
            ("request", "input_tokens", "cached_tokens", "output_tokens", "first_token",
             "duration")}  # fmt: skip
    return RequestRows(
        time=np.asarray(time, np.int64), conversation=np.asarray(conversation, np.int32),
        luck=bits(Streams(1)("luck"), many), status=np.full(many, 200, np.int16), **zero,
    )  # fmt: skip


def limited(time, of):
    """One account with a limit of `LIMIT` requests a minute."""
    return waits(time, np.zeros(len(time), np.int32), np.array([LIMIT], np.int32))


def played(sent, tries):
    zero = np.zeros(len(sent), np.int32)
    most = np.full(len(sent), tries, np.int8)
    clients = Senders(zero, most, zero.astype(np.int8))
    again, _ = resend(sent, clients, limited, int(sent.time.max()) + 10**9)
    time = np.concatenate([sent.time, again.time])
    order = np.argsort(time, kind="stable")
    over = np.zeros(len(time), np.int32)
    found = limited(time[order], None)
    if found is not None:
        over[order] = found
    return again, time, over


def test_nothing_over_the_limit_is_sent_once():
    sent = rows(np.arange(20) * 13_000, np.zeros(20))
    again, _, over = played(sent, 2)
    assert len(again) == 0
    assert not over.any()


def test_a_refused_request_is_sent_again_when_there_is_room():
    # Six conversations at once: the sixth is one too many.
    sent = rows([0, 1000, 2000, 3000, 4000, 5000], range(6))
    again, _, over = played(sent, 2)
    assert (over > 0).tolist() == [False] * 5 + [True, False]
    # Sixty seconds after the second, as the refused one counts, too; at most half a second later.
    assert 61_000 <= again.time[0] <= 61_500
    assert again.conversation.tolist() == [5]


def test_who_does_not_try_again_is_refused_alone():
    sent = rows(np.arange(8) * 1000, np.arange(8))
    again, time, over = played(sent, 0)
    assert len(again) == 0
    assert (over > 0).sum() == 3
    assert np.array_equal(time, np.arange(8) * 1000)


def test_the_rest_of_the_conversation_waits_and_others_do_not():
    sent = rows([0, 1000, 2000, 3000, 4000, 5000, 6500, 90_000], [0, 1, 2, 3, 4, 5, 5, 6])
    again, _, _ = played(sent, 2)
    assert again.conversation.tolist() == [5]
    assert sent.time[6] - again.time[0] == 1500
    assert sent.time[7] == 90_000


def test_clients_give_up_after_their_last_try():
    sent = rows(np.arange(400) * 100, np.arange(400))
    again, time, _ = played(sent, 2)
    tries = np.bincount(again.conversation, minlength=400)
    assert tries.max() == 2
    assert len(time) == 400 + tries.sum()


def test_requests_that_are_sent_again_have_ids_of_their_own():
    ids = Ids(Streams(1), "request")
    again = rows(np.zeros(6), np.zeros(6))
    counters = [Counter(0, 2, from_top=True), Counter(0, 2, campaign=True, from_top=True)]
    number(again, np.array([0, 1, 0, 1, 1, 0]), counters, ids)
    first = Counter(0, 2).take(1000), Counter(0, 2, campaign=True).take(1000)
    assert len({*again.request.tolist(), *ids(np.concatenate(first)).tolist()}) == 2006
    assert [counter.count for counter in counters] == [3, 3]


def in_slices(sent, account, tries, ends):
    """What is sent in the end, and what is refused, if slices end at ``ends`` (ms)."""
    sent.request = np.arange(len(sent), dtype=np.int32)
    tried, left, past, found, ids = Tried(), sent, rows([], []), [], len(sent)
    limits = np.full(int(account.max()) + 1, LIMIT, np.int32)

    def over(time, talk):
        """Two accounts or more; what was sent before counts."""
        whose = account[np.concatenate([past.conversation, talk])]
        hit = waits(np.concatenate([past.time, time]), whose.astype(np.int32), limits)
        return None if hit is None else hit[len(past) :]

    for end in ends:
        own = left.chosen(np.argsort(left.time, kind="stable"))
        clients = Senders(account[own.conversation], np.full(len(own), tries, np.int8),
                          tried.of(own.request))  # fmt: skip
        talks = own.conversation
        again, count = resend(own, clients, lambda time, of, t=talks: over(time, t[of]), end)
        again.request = np.arange(ids, ids + len(again), dtype=np.int32)
        ids += len(again)
        tried.add(again.request, count)
        every = RequestRows.stacked([own, again])
        every = every.chosen(np.argsort(every.time, kind="stable"))
        now, left = every.chosen(every.time < end), every.chosen(every.time >= end)
        tried.keep(left.request)
        refused = over(now.time, now.conversation)
        found += zip(
            now.time.tolist(),
            now.conversation.tolist(),
            (np.zeros(len(now)) if refused is None else refused).tolist(),
            strict=True,
        )
        past = RequestRows.stacked([past, now])
    assert not len(left)
    return sorted(found)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 7)), min_size=1, max_size=80,
             unique_by=lambda one: one[0]),
    st.lists(st.integers(1, 400_000), max_size=5),
    st.integers(0, 2),
)  # fmt: skip
def test_where_slices_end_makes_no_difference(drawn, ends, tries):
    time, talk = np.array(sorted(drawn)).T
    account = np.arange(8) % 2
    last = [10**9]
    whole = in_slices(rows(time, talk), account, tries, last)
    assert in_slices(rows(time, talk), account, tries, sorted(ends) + last) == whole


def test_tries_of_earlier_slices_count():
    time = np.arange(40) * 100
    found = in_slices(rows(time, np.arange(40)), np.zeros(40, int), 2, range(30_000, 10**6, 30_000))
    assert np.bincount([talk for _, talk, _ in found]).max() == 3
