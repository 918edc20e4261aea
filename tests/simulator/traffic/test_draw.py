"""The sampling kernel alone, with one usage profile."""

from dataclasses import replace

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, NEVER
from shamcrowd.simulator.core.handles import Counter, Ids
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.core.time_zones import LocalHours
from shamcrowd.simulator.traffic.answer_times import AnswerTimes
from shamcrowd.simulator.traffic.client_settings import ClientSettings
from shamcrowd.simulator.traffic.conversation_memory import ConversationMemory
from shamcrowd.simulator.traffic.draw import Draw, GroupState
from shamcrowd.simulator.traffic.failures import Failures
from shamcrowd.simulator.traffic.load import Load
from shamcrowd.simulator.traffic.outages import FailingShares
from shamcrowd.simulator.traffic.profile_tables import ProfileTables
from shamcrowd.simulator.traffic.session_starts import SessionStarts
from shamcrowd.simulator.traffic.traffic_rows import GroupTraffic
from shamcrowd.simulator.traffic.usage_profile import Lognormal, UsageProfile
from shamcrowd.simulator.traffic.workloads import Workloads

CHAT = UsageProfile(
    requests=Lognormal(8, 0.5), turns=3.0, gap=Lognormal(9, 1), pause=Lognormal(9, 1),
    prompt=Lognormal(90, 1), answer=Lognormal(200, 1),
)  # fmt: skip
MANY, SLICE = 3000, 12 * MS_PER_HOUR


LONG = 4454
"""Logarithm of 6,000 tokens, in the fixed point of `workloads`."""


def workloads(clients=1, slots=1, prompt=2300):
    """Workloads of one account each; columns that are not given here are 0."""
    given = {
        "account": np.arange(MANY), "rate": 1, "slot": np.arange(MANY) * slots, "slots": slots,
        "prompt": prompt, "answer": 2700, "switch": NEVER, "since": NEVER, "key_until": NEVER,
        "second_until": NEVER, "ends": NEVER,
    }  # fmt: skip
    columns = {
        name: np.broadcast_to(given.get(name, 0), MANY).astype(column.dtype)
        for name, column in vars(Workloads.none()).items()
    }
    client = np.tile(np.arange(clients, dtype=np.int32), (MANY, 1))
    return Workloads(**columns | {"client": client})


class Kernel:
    """Draws slice after slice of one profile."""

    def __init__(self, profile, rate=0.0, **shape):
        self.tables = ProfileTables([profile], LocalHours.through(("Etc/UTC",), 0, 50 * MS_PER_DAY))
        times = AnswerTimes(1)
        failing = FailingShares([], 0, 50 * MS_PER_DAY, 1)
        self.draw = Draw(
            self.tables, Streams(1), Ids(Streams(1), "client"), times,
            Failures(rate, failing, times), Load(Streams(1), [], 0, 50 * MS_PER_DAY, 1), (0.4,),
        )  # fmt: skip
        self.workloads = workloads(**shape)
        memory = ConversationMemory()
        memory.grow(MANY)
        counters = tuple(Counter() for _ in range(4))
        settings = ClientSettings.none()
        settings.join(np.arange(MANY, dtype=np.int32), Streams(1).key)
        self.state = GroupState(
            memory, np.ones(MANY, np.float32), np.full(MANY, 2, np.int8), settings, counters
        )
        self.addresses = np.arange(MANY * int(self.workloads.slots[0]))

    def slice(self, number=0, sessions=1.0) -> GroupTraffic | None:
        hours = self.tables.hours(12 * number, 12)
        return self.draw(
            Streams(1)("traffic", number), self.workloads, np.full(MANY, sessions),
            np.zeros(MANY, np.int64), number * SLICE, SessionStarts(hours),
            self.addresses, self.addresses.astype(np.int32), self.state,
        )  # fmt: skip


def test_no_session_no_traffic():
    assert Kernel(CHAT).slice(sessions=0.0) is None


@pytest.mark.parametrize("turns", [1.0, 0.5])
def test_a_profile_of_one_turn_never_goes_on(turns):
    """65,536 of 65,536 do not fit 16 bits, in which they are none."""
    kernel = Kernel(replace(CHAT, turns=turns, taken_up=1.0))
    drawn = [kernel.slice(number) for number in range(3)]
    for one in drawn:
        assert len(one.rows[0]) == len(one.conversations) > MANY
    ids = np.concatenate([one.conversations.conversation for one in drawn])
    assert len(np.unique(ids)) == len(ids)


def test_the_mean_number_of_turns():
    drawn = Kernel(replace(CHAT, requests=Lognormal(4000, 0.1), handover=0.0)).slice(sessions=0.1)
    assert len(drawn.rows[0]) / len(drawn.conversations) == pytest.approx(3.0, rel=0.02)


@pytest.mark.parametrize("clock_period", [0, 600])
def test_turns_wait_for_answers_and_readers(clock_period):
    profile = replace(CHAT, reading=0.1, handover=0.0, clock_period=clock_period)
    rows = Kernel(profile).slice().rows[0]
    same = rows.conversation[1:] == rows.conversation[:-1]
    gap = np.diff(rows.time)[same]
    needs = (rows.duration[:-1] + 100.0 * rows.output_tokens[:-1])[same]
    # Times are whole milliseconds.
    assert (gap >= needs - 2).all()
    assert np.median(gap - needs) == pytest.approx(9000, rel=0.2)


def test_later_turns_read_what_came_before_from_the_cache():
    profile = replace(
        CHAT, growth=1.5, handover=0.0, taken_up=0.0, prefix=0.0, caches=1.0, mixed=0.0,
        gap=Lognormal(60, 2.0),
    )  # fmt: skip
    rows = Kernel(profile, prompt=LONG).slice().rows[0]
    assert (rows.cached_tokens <= rows.input_tokens).all()
    assert (rows.cached_tokens % 128 == 0).all()
    assert rows.cached_tokens[rows.cached_tokens > 0].min() >= 1024
    goes_on = rows.conversation[1:] == rows.conversation[:-1]
    longer = rows.input_tokens[1:] >= rows.input_tokens[:-1]
    # From the end of an answer to the next turn.
    rest = np.diff(rows.time) - rows.duration[:-1]
    hit = rows.cached_tokens[1:] > 0
    enough = rows.input_tokens[:-1] >= 1024
    assert hit[goes_on & longer & enough & (rest < 295_000)].all()
    assert not hit[~enough].any()
    assert not hit[goes_on & (rest > 305_000)].any()
    # Without common instructions nothing is found for another prompt.
    assert not hit[~goes_on].any()
    before = rows.input_tokens[:-1][hit]
    assert (before - rows.cached_tokens[1:][hit] < 128).all()


def test_conversations_of_one_program_share_its_instructions():
    profile = replace(CHAT, turns=1.0, handover=0.0, taken_up=0.0, mixed=0.0,
                      pause=Lognormal(5, 0.5))  # fmt: skip
    shares = [
        rows.cached_tokens.sum() / rows.input_tokens.sum()
        for rows in (
            Kernel(replace(profile, prefix=prefix, caches=caches), prompt=LONG).slice().rows[0]
            for prefix, caches in ((0.0, 1.0), (0.8, 0.0), (0.8, 0.5), (0.8, 1.0))
        )
    ]
    assert shares[:2] == [0, 0]
    assert shares[2] == pytest.approx(shares[3] / 2, rel=0.1)
    # What two prompts of different lengths have in common is four fifths of the shorter one.
    assert 0.2 < shares[3] < 0.8 * 7 / 8


def test_an_account_mostly_calls_in_one_way():
    drawn = Kernel(replace(CHAT, streams=0.3, mixed=0.0, handover=0.0)).slice(sessions=5.0)
    talks = drawn.conversations
    many = np.bincount(talks.account, minlength=MANY)
    share = np.bincount(talks.account, talks.stream, MANY) / np.maximum(many, 1)
    assert set(np.unique(share[many > 0])) == {0, 1}
    assert talks.stream.mean() == pytest.approx(0.3, abs=0.04)
    assert talks.reasons.mean() == pytest.approx(0.4, abs=0.04)
    # Those who ask for a stream are not those who ask for reasoning.
    assert talks.stream[talks.reasons].mean() == pytest.approx(0.3, abs=0.05)
    other = Kernel(replace(CHAT, streams=0.3, mixed=1.0, handover=0.0)).slice(sessions=20.0)
    talks = other.conversations
    share = np.bincount(talks.account, talks.stream, MANY) / np.maximum(
        np.bincount(talks.account, minlength=MANY), 1
    )
    assert 0.1 < np.quantile(share, 0.2) < np.quantile(share, 0.8) < 0.5


def test_conversations_taken_up_again_are_the_same_account_s_and_longer():
    kernel = Kernel(replace(CHAT, taken_up=1.0, growth=2.0, handover=0.0))
    one, other = kernel.slice(0), kernel.slice(1)
    both = np.intersect1d(one.conversations.conversation, other.conversations.conversation)
    assert len(both) > 500
    for part in (one, other):
        assert len(np.unique(part.conversations.conversation)) <= len(part.conversations)

    def owner(part):
        order = np.argsort(part.conversations.conversation, kind="stable")
        at = np.searchsorted(part.conversations.conversation[order], both)
        return part.conversations.account[order][at]

    assert np.array_equal(owner(one), owner(other))
    again = np.isin(other.conversations.conversation, both)[other.rows[0].conversation]
    tokens = other.rows[0].input_tokens
    assert np.median(tokens[again]) > 2 * np.median(tokens[~again])


def test_sessions_that_move_keep_conversation_and_session():
    kernel = Kernel(replace(CHAT, handover=1.0, taken_up=0.0), slots=3)
    drawn = kernel.slice()
    parts = drawn.conversations
    ids, times = np.unique(parts.conversation, return_counts=True)
    assert (times > 1).sum() > 1000
    split = np.flatnonzero(np.isin(parts.conversation, ids[times > 1]))
    order = split[np.argsort(parts.conversation[split], kind="stable")]
    same = parts.conversation[order][1:] == parts.conversation[order][:-1]
    assert (parts.address[order][1:] != parts.address[order][:-1])[same].all()
    assert (parts.session[order][1:] == parts.session[order][:-1])[same].all()
    assert (parts.address // 3 == parts.account).all()
    sessions = {}
    for session, address in zip(parts.session.tolist(), parts.address.tolist(), strict=True):
        sessions.setdefault(session, set()).add(address)
    sizes = [len(found) for found in sessions.values()]
    assert max(sizes) == 2
    assert sizes.count(2) > 0.9 * len(sizes)
    assert len(drawn.places) == len(drawn.since) == len(parts)


def test_several_clients_of_one_workload():
    drawn = Kernel(CHAT, clients=3).slice()
    client, count = np.unique(drawn.conversations.client, return_counts=True)
    assert len(client) == 3
    assert count.max() / count.sum() == pytest.approx(0.78, abs=0.03)
    (one,) = {*Kernel(CHAT, clients=1).slice().conversations.client.tolist()}
    assert one == client[np.argmax(count)]


def test_workloads_with_few_and_many_clients_stand_together():
    together = Workloads.stacked([workloads(clients=1), workloads(clients=3)])
    assert together.client.shape == (2 * MANY, 3)
    assert (together.client[:MANY] == 0).all()
    assert (together.client[MANY:] == [0, 1, 2]).all()


def test_retries_are_requests_of_the_same_prompt():
    drawn = Kernel(CHAT, rate=0.1).slice()
    rows, again = drawn.rows
    assert len(again) > 500
    assert len(np.unique(np.concatenate([rows.request, again.request]))) == len(rows) + len(again)
    failed = rows.status != 200
    assert np.isin(again.luck, rows.luck[failed]).all()
    at = np.searchsorted(np.sort(rows.luck), again.luck)
    same = np.argsort(rows.luck)[at]
    assert np.array_equal(rows.input_tokens[same], again.input_tokens)
    assert (again.time > rows.time[same] + rows.duration[same]).all()


def test_most_accounts_silent_and_few_busy():
    """Rates may be as unequal as those of real crowds."""
    kernel = Kernel(CHAT)
    rate = np.exp(3 * Streams(1)("rates").standard_normal(MANY))
    drawn = kernel.draw(
        Streams(1)("traffic"), kernel.workloads, 0.05 * rate, np.zeros(MANY, np.int64), 0,
        SessionStarts(kernel.tables.hours(0, 12)), kernel.addresses,
        kernel.addresses.astype(np.int32), kernel.state,
    )  # fmt: skip
    by_account = np.bincount(drawn.conversations.account, minlength=MANY)
    assert (by_account == 0).mean() > 0.6
    assert np.sort(by_account)[-MANY // 100 :].sum() > 0.4 * by_account.sum()
