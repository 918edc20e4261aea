"""``like: NAME``: a population or campaign that takes the values of another one and changes some.

So a scenario has several campaigns of one kind and of different care, kits or suppliers, without
writing each one out.
"""

from __future__ import annotations

import copy
from difflib import get_close_matches
from typing import Any

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.scenario.compose import Draft

LIKE = "like"


def fill_in(draft: Draft) -> None:
    """Replace every ``like`` of a draft by the values that it stands for.

    Raises:
        ScenarioError: if it names no other entry of its part, or a circle of them.
    """
    for part in ("populations", "campaigns"):
        entries = draft.data.get(part)
        if isinstance(entries, dict):
            draft.data[part] = {name: _whole(draft, part, name, ()) for name in entries}


def _whole(draft: Draft, part: str, name: str, chain: tuple[str, ...]) -> Any:
    entries = draft.data[part]
    own = entries[name]
    if not isinstance(own, dict) or LIKE not in own:
        return own
    other, path = own[LIKE], (part, name, LIKE)
    others = [each for each in entries if each != name]
    if other in (*chain, name):
        raise ScenarioError([draft.fault(f'"{name}" is like itself', path, "name another entry")])
    if other not in others:
        close = get_close_matches(str(other), others, n=1)
        hint = f'did you mean "{close[0]}"? ' if close else ""
        there = ", ".join(others) or "none"
        raise ScenarioError(
            [draft.fault(f'"{other}" is no other entry', path, f"{hint}there are: {there}")]
        )
    base = copy.deepcopy(_whole(draft, part, other, (*chain, name)))
    if not isinstance(base, dict):
        return {key: value for key, value in own.items() if key != LIKE}
    if part == "populations":
        base.setdefault("population", other)
    for place, document in list(draft.documents.items()):
        if place[:2] == (part, other):
            here = (part, name, *place[2:])
            draft.documents.setdefault(here, document)
            if place in document.values:
                document.values.setdefault(here, document.values[place])
    return _over(base, {key: value for key, value in own.items() if key != LIKE})


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    for key, value in own.items():
        inner = base.get(key)
        base[key] = (
            _over(inner, value) if isinstance(value, dict) and isinstance(inner, dict) else value
        )
    return base
