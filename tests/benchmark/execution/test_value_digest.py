"""What a thing is counts: its code, and the values that the code uses, however far off."""

from __future__ import annotations

import sys
from functools import partial

import numpy as np
import pytest

from shamcrowd.benchmark.execution.value_digest import value_digest

CELL = """
import functools
import numpy as np

LIMIT = {limit}


def helper(x):
    return x {sign} LIMIT


class Rule:
    def __init__(self, level):
        self.level = level

    def __call__(self):
        return helper(self.level)


def guarded():
    try:
        return 1
    {guard}
        return 2


closed = (lambda held: lambda: held)({closed})
partial_class = functools.partial(Rule, {argument})
partial_function = functools.partial(helper, {argument})
instance = Rule({argument})
in_a_package = np.vectorize(helper)
in_lists = [(helper, {{"a": Rule}})]
"""
AS_IT_WAS = {
    "limit": "2", "sign": ">", "argument": "1", "closed": "[1]",
    "guard": "except ValueError:",
}  # fmt: skip


def made(**changes):
    cell = {"__name__": "__main__"}
    exec(CELL.format(**{**AS_IT_WAS, **changes}), cell)
    return cell


ALL = ("closed", "partial_class", "partial_function", "instance", "in_a_package", "in_lists",
       "helper", "Rule", "guarded")  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_the_same_text_is_the_same(name):
    assert value_digest(made()[name]) == value_digest(made()[name])


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"limit": "300"}, {"partial_class", "partial_function", "instance", "in_a_package",
                            "in_lists", "helper", "Rule"}),
        ({"sign": "<"}, {"partial_class", "partial_function", "instance", "in_a_package",
                         "in_lists", "helper", "Rule"}),
        ({"argument": "7"}, {"partial_class", "partial_function", "instance"}),
        ({"closed": "[2]"}, {"closed"}),
        ({"guard": "finally:"}, {"guarded"}),
    ],
    ids=lambda value: "" if isinstance(value, set) else str(value),
)  # fmt: skip
def test_a_change_is_seen_where_it_is_used_and_nowhere_else(change, changed):
    before, after = made(), made(**change)
    found = {name for name in ALL if value_digest(before[name]) != value_digest(after[name])}
    assert found == changed


@pytest.mark.parametrize("name", ["globals", "eval", "exec"])
def test_code_that_makes_names_up_is_never_the_same(name):
    cell = {"__name__": "__main__"}
    exec(f"def look():\n    return {name}", cell)
    assert value_digest(cell["look"]) != value_digest(cell["look"])


def test_what_cannot_be_described_is_never_the_same(tmp_path):
    with (tmp_path / "a").open("w") as file:
        assert value_digest([file]) != value_digest([file])


def test_modules_of_the_user_count_with_those_that_they_use(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "near_rule.py").write_text("from far_rule import LIMIT, limit\nimport numpy\n")
    found = []
    for number in (2, 300):
        (tmp_path / "far_rule.py").write_text(f"LIMIT = {number}\ndef limit():\n    return LIMIT\n")
        for name in ("near_rule", "far_rule"):
            sys.modules.pop(name, None)
        cell = {"__name__": "__main__"}
        exec("import near_rule\ndef look():\n    return near_rule.LIMIT", cell)
        found.append(value_digest(cell["look"]))
    for name in ("near_rule", "far_rule"):
        sys.modules.pop(name, None)
    assert found[0] != found[1]


def test_a_thing_that_holds_itself_ends():
    class Node:
        pass

    node = Node()
    node.own, node.kind = node, Node
    assert value_digest(node) == value_digest(node)
    assert value_digest(partial(print, np.arange(3))) == value_digest(partial(print, np.arange(3)))
