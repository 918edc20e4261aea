"""Every population and every tactic in one world, against the floor; the most expensive is named.

Each row's price alone: a world of one population, or the core world with one campaign more.
"""

from __future__ import annotations

import re

import pytest

from shamcrowd.simulator import simulate
from shamcrowd.simulator.registry import populations, tactics
from tests.speed.test_floor import LEAST, SLICES_A_DAY, write_floor

PEOPLE = {name: 80 * kind.example["accounts"] for name, kind in populations().items()}
LARGER = 8.0
"""Rows are the price: there must be enough of them beside what a world costs at all."""


DAYS = 10
"""The horizon of `confounders-v2`."""
HOSTS = 2_000
"""Honest accounts around one campaign alone."""


def _campaign(name: str, scale: float, days: int) -> str:
    kind = tactics()[name]
    asked = []
    for key, value in kind.example.items():
        grows = (kind.model_fields[key].json_schema_extra or {}).get("scales")
        many = max(round(LARGER * value * scale), 4) if grows else value
        asked.append(f"{key}: {many}")
    return f"{{tactic: {name}, {', '.join(asked)}, start: 1d, duration: {days - 2}d}}"


def _settings(people: dict[str, int], campaigns: dict[str, str], days: int) -> list[str]:
    inner = ", ".join(f"{name}: {{accounts: {many}}}" for name, many in people.items())
    crowds = ", ".join(f"{name}: {campaign}" for name, campaign in campaigns.items())
    shorter = [] if days == DAYS else [f"horizon={days}d", "releases=[]"]
    return ["slice=12h", *shorter, f"populations={{{inner}}}", f"campaigns={{{crowds}}}"]


def test_all_together(compare, full, tmp_path):
    scale = 1.0 if full else 0.01
    people = {name: max(round(PEOPLE[name] * scale), 3) for name in populations()}
    people["casual"] = max(people["casual"], 600)
    campaigns = {name: _campaign(name, scale, DAYS) for name in tactics()}
    settings = _settings(people, campaigns, DAYS)

    def ours() -> int:
        made = simulate("confounders-v2", 1, tmp_path / "r", settings=settings)
        return made.rows["requests"]

    rows = ours()
    files = len(list((tmp_path / "r" / "requests").iterdir()))
    batch = max(rows // (files * SLICES_A_DAY), 1)

    def theirs() -> int:
        return write_floor(tmp_path / "floor", files, SLICES_A_DAY, batch)

    found = compare(ours, theirs)
    if full:
        assert found.ratio >= LEAST


@pytest.mark.parametrize("name", list(populations()))
def test_one_population(compare, full, tmp_path, name):
    """Rows a CPU second of one kind of people alone, against the floor's."""
    many, days = (PEOPLE[name] // 2, DAYS) if full else (6, 4)
    settings = _settings({name: many}, {}, days)

    def ours() -> int:
        made = simulate("confounders-v2", 1, tmp_path / "r", settings=settings)
        return max(made.rows["requests"], 1)

    rows = ours()
    # No bar is held against it: one round shows which is the most expensive.
    batch = max(rows // 20, 1)
    compare(ours, lambda: write_floor(tmp_path / "floor", 10, SLICES_A_DAY, batch), rounds=1)


@pytest.mark.parametrize("name", list(tactics()))
def test_one_tactic(compare, full, tmp_path, name):
    """Rows a CPU second of a small world in which one campaign makes most of the traffic."""
    scale = 5.0 if full else 0.01
    # Sleepers need days to fall asleep in.
    days = DAYS if full or name == "sleeper" else 4
    hosts = HOSTS if full else 400
    campaign = _campaign(name, scale, days)
    if tactics()[name].hijacks:
        campaign = re.sub(r"accounts: \d+", f"accounts: {hosts // 20}", campaign)
    settings = _settings({"casual": hosts}, {name: campaign}, days)

    def ours() -> int:
        made = simulate("confounders-v2", 1, tmp_path / "r", settings=settings)
        return max(made.rows["requests"] + made.rows["activity"], 1)

    rows = ours()
    # No bar is held against it: one round shows which is the most expensive.
    batch = max(rows // 20, 1)
    compare(ours, lambda: write_floor(tmp_path / "floor", 10, SLICES_A_DAY, batch), rounds=1)
