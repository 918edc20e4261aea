"""Bad inputs over the readers of scenarios and suites: shipped files, changed in one place each."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shamcrowd.recording.yaml_data import plain_data
from shamcrowd.recording.yaml_file import shipped_folder

SCENARIOS = ("quickstart-v2", "arms-race-v2", "mixed-v2")
SUITES = ("smoke-v2", "core-v2")
POLICIES = ("standard", "instant")
EACH = 16
"""Places of one file that are drawn for each kind of change."""

WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e-9, -0.5, 10**9, 2**63 - 1, 2**70, 1e308, "", " ", "20", "3 weeks",
    "-1d", "999999d", "0d", "x" * 5000, "\u202egnp.exe", "\x1b[2J", "=1+1", "../../etc/passwd",
    "a\u0000b", [], {}, [[]], {"a": 1}, [None], "quickstart-v2", "2026-02-30", "1e999",
)  # fmt: skip
"""Values that belong nowhere, or hardly anywhere; written as JSON, which is YAML."""
TEXTS = (
    "{key}: !!python/object/apply:os.system [ls]", "{key}: !!binary aGVsbG8=", "{key}: !!set {{a}}",
    "{key}: !!timestamp 2026-01-01", "{key}: &a [*a]", "{key}: .nan", "{key}: -.inf",
    "{key}: 1e999",
    "{key}: {{<<: {{a: 1}}}}", "? [a]\n: 1", "{key}: 1\n{key}: 2", "{key}:\n\t- a", "{key}: 'open",
    "{key}: {deep}", "--- a", "%YAML 1.1\n---\na: 1", "{key}: \x00", "{key}: \x85\u2028\x07",
    "{key}: {digits}", "- {key}", "{key}", "{key}: |2\n a", "{key}: @a", "{key}: `a`",
)  # fmt: skip
"""Lines that are put at the top level of a file in place of a key."""


@dataclass(frozen=True)
class YamlCase:
    """One file: what was changed, the kind of file, and its bytes."""

    name: str
    kind: str
    content: bytes


def cases(seed: int = 1) -> Iterator[YamlCase]:
    """All of them, in the same order each time."""
    luck = random.Random(seed)
    for name in SCENARIOS:
        yield from _changed(name, "scenario", _text(f"{name}.yaml"), luck)
    for name in SUITES:
        yield from _changed(name, "suite", _text(f"suites/{name}.yaml"), luck)
    for name in POLICIES:
        # A policy of one's own stands in a scenario.
        text = "".join(f"  {line}\n" for line in _text(f"responses/{name}.yaml").splitlines())
        around = f"extends: quickstart-v2\nresponse:\n{text}"
        yield from _changed(f"policy {name}", "scenario", around, luck)


def _text(file: str) -> str:
    return (shipped_folder() / file).read_text("utf-8")


def _changed(name: str, kind: str, text: str, luck: random.Random) -> Iterator[YamlCase]:
    data = plain_data(text).data
    places = list(_places(data))

    def drawn() -> list[tuple[str | int, ...]]:
        return luck.sample(places, min(EACH, len(places)))

    for place in drawn():
        yield _case(f"{name}: without {place}", kind, _put(data, place))
        yield _case(f"{name}: {place} under another name", kind, _renamed(data, place))
    for wrong in WRONG:
        for place in luck.sample(places, min(2, len(places))):
            said = f"{name}: {place} is {str(wrong)[:20]!r}"
            yield _case(said, kind, _put(data, place, wrong))
    top = [key for key in data if isinstance(key, str)]
    deep = "[" * 60 + "]" * 60
    for line in TEXTS:
        key = luck.choice(top)
        rest = {k: v for k, v in data.items() if k != key}
        added = line.format(key=key, deep=deep, digits="9" * 6000)
        lines = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in rest.items()]
        yield YamlCase(f"{name}: {line}", kind, "\n".join([*lines, added, ""]).encode())
    raw = text.encode()
    for _ in range(EACH):
        at = luck.randrange(len(raw))
        yield YamlCase(f"{name}: cut at {at}", kind, raw[:at])
        bit = raw[at] ^ 1 << luck.randrange(8)
        yield YamlCase(f"{name}: byte {at} is {bit}", kind, raw[:at] + bytes([bit]) + raw[at + 1 :])
    for coding in ("utf-16", "utf-32", "utf-7"):
        yield YamlCase(f"{name}: in {coding}", kind, f"\u00e9: 1\n{text}".encode(coding))


def _case(name: str, kind: str, data: Any) -> YamlCase:
    return YamlCase(name, kind, json.dumps(data, indent=1).encode())


def _places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key and index."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in items:
        yield (*path, step)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, step))


_NOTHING = object()


def _put(data: Any, path: tuple[str | int, ...], value: Any = _NOTHING) -> Any:
    """The same data with another value at a path, or none."""
    copy = json.loads(json.dumps(data))
    node = copy
    for step in path[:-1]:
        node = node[step]
    if value is _NOTHING:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return copy


def _renamed(data: Any, path: tuple[str | int, ...]) -> Any:
    """The same data with a key misspelt, or an entry of a list twice."""
    copy = json.loads(json.dumps(data))
    node = copy
    for step in path[:-1]:
        node = node[step]
    last = path[-1]
    if isinstance(node, list):
        node.append(node[last])
    else:
        node[f"{last}x"] = node.pop(last)
    return copy
