"""Conversations that later sessions take up again."""

import numpy as np

from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.traffic.conversation_memory import APART, Content, ConversationMemory


def contents(count, first):
    found = Content.none(count)
    found.conversation[:] = np.arange(first, first + count)
    found.topic[:] = np.arange(count)
    return found


def take_up(memory, wants, workload, start, convs, length, content):
    opening = np.cumsum(convs) - convs
    arrays = (np.array(wants), np.array(workload), np.array(start), opening, np.array(length))
    return memory.take_up(*arrays, content)


def keep(memory, workload, convs, turns, ended, content):
    closing = np.cumsum(convs) - 1
    memory.keep(np.array(workload), closing, np.array(turns), np.array(ended), content)


def test_a_chain_of_sessions_adds_up():
    memory = ConversationMemory()
    memory.grow(2)
    content = contents(5, 10)
    hours = np.array([0, 2, 4, 6]) * MS_PER_HOUR
    # Three sessions of one workload, the first with two conversations, and one of another.
    whose, each = [0, 0, 0, 1], [2, 1, 1, 1]
    before = take_up(memory, [True] * 4, whose, hours, each, [3, 4, 5, 6, 7], content)
    assert content.conversation.tolist() == [10, 11, 11, 11, 14]
    assert content.topic.tolist() == [0, 1, 1, 1, 4]
    assert before.tolist() == [0, 0, 4, 9, 0]


def test_from_slice_to_slice_and_on_within_it():
    memory = ConversationMemory()
    memory.grow(1)
    keep(memory, [0], [1], [8], [100], contents(1, 5))
    content = contents(2, 20)
    start = np.array([200, 200 + APART + 1])
    before = take_up(memory, [True, True], [0, 0], start, [1, 1], [2, 3], content)
    assert content.conversation.tolist() == [5, 5]
    assert before.tolist() == [8, 10]
    keep(memory, [0, 0], [1, 1], before + np.array([2, 3]), start + 10, content)
    later = contents(1, 30)
    assert take_up(memory, [True], [0], [start[1] + 11], [1], [1], later).tolist() == [13]
    assert later.conversation.tolist() == [5]


def test_not_before_it_has_ended_nor_side_by_side():
    memory = ConversationMemory()
    memory.grow(1)
    keep(memory, [0], [1], [8], [100], contents(1, 5))
    content = contents(1, 20)
    assert take_up(memory, [True], [0], [100], [1], [1], content).tolist() == [0]
    assert content.conversation.tolist() == [20]
    assert take_up(memory, [True], [0], [101], [1], [1], content).tolist() == [8]
    content = contents(2, 20)
    start = [50, 50 + APART]
    assert take_up(memory, [True, True], [0, 0], start, [1, 1], [1, 1], content).tolist() == [0, 0]


def test_only_who_wants_to_and_has_one():
    memory = ConversationMemory()
    memory.grow(2)
    keep(memory, [0], [1], [8], [100], contents(1, 5))
    memory.grow(3)
    content = contents(3, 20)
    before = take_up(memory, [False, True, True], [0, 1, 2], [200] * 3, [1] * 3, [1] * 3, content)
    assert before.tolist() == [0, 0, 0]
    assert content.conversation.tolist() == [20, 21, 22]
