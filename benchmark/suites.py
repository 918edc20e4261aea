"""Suites: scenarios that are judged together, data only, beside the scenarios."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from recording.errors import Fault, ScenarioError
from simulator.scenario.compose import Draft
from simulator.scenario.load import scenario_ids
from simulator.scenario.words import plain_words
from simulator.scenario.yaml_file import read, shipped_folder

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
MOST_SEEDS = 10_000


class Suite(BaseModel):
    """A suite, checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(description="Name of the file without its ending.")
    format: Literal[1] = Field(alias="schema", description="Version of this format.")
    title: str = Field(min_length=1, max_length=120, description="One line.")
    about: str = Field(default="", max_length=4000, description="What it is for.")
    scenarios: tuple[str, ...] = Field(min_length=1, description="Ids of its scenarios.")
    seeds: tuple[int, ...] = Field(
        min_length=1, description="Seeds that are scored: 1-5, or a list such as [1, 4, 7]."
    )

    @field_validator("seeds", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """The seeds of a text such as ``1-5``."""
        if not isinstance(value, str):
            return value
        match = _SPAN.fullmatch(value)
        first, last = (int(match[1]), int(match[2])) if match else (1, 0)
        if not 0 <= last - first < MOST_SEEDS:
            raise PydanticCustomError("seeds", "must be seeds such as 1-5, or a list of them")
        return tuple(range(first, last + 1))

    def first_seeds(self, count: int) -> tuple[int, ...]:
        """The first ``count`` of its seeds.

        >>> load_suite("core-v1").first_seeds(2)
        (1, 2)
        """
        return self.seeds[:count]


def suite_ids() -> list[str]:
    """Ids of the suites that come with the package.

    >>> "core-v1" in suite_ids()
    True
    """
    return sorted(path.stem for path in (shipped_folder() / "suites").glob("*.yaml"))


def load_suite(name: str) -> Suite:
    """Load and check a suite, by id or by the path of a ``.yaml`` file.

    Raises:
        ScenarioError: holding every fault found, each with its place and how to mend it.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else None
    if path is None:
        known = suite_ids()
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f'did you mean "{close[0]}"? ' if close else ""
            mend = f"{hint}There are: {', '.join(known)}"
            raise ScenarioError([Fault(f'no suite "{name}"', name, mend=mend)])
        path = shipped_folder() / "suites" / f"{name}.yaml"
    document = read(path)
    draft = Draft(path.stem, document.data, {(): document})
    draft.documents |= dict.fromkeys(document.values, document)
    try:
        suite = Suite.model_validate({**document.data, "id": path.stem})
    except ValidationError as error:
        raise ScenarioError(plain_words(draft, error, (), Suite)) from None
    faults = []
    for number, scenario in enumerate(suite.scenarios):
        if scenario not in scenario_ids():
            close = get_close_matches(scenario, scenario_ids(), n=1)
            mend = f'did you mean "{close[0]}"?' if close else "see: shamcrowd list scenarios"
            faults.append(draft.fault(f'no scenario "{scenario}"', ("scenarios", number), mend))
    if faults:
        raise ScenarioError(faults)
    return suite
