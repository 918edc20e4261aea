"""Suites: scenarios that are evaluated together, as data files in ``scenarios/suites``."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from shamcrowd.benchmark.evaluation.ceilings import Ceiling
from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS, TRAINING_SEED, named_detector
from shamcrowd.benchmark.evaluation.training import LabelKind
from shamcrowd.benchmark.scoring.operating_point import ALERT_RATE, OperatingRule
from shamcrowd.recording.errors import Fault, ScenarioError, UsageError
from shamcrowd.recording.yaml_data import Path_
from shamcrowd.recording.yaml_file import read, shipped_folder
from shamcrowd.simulator.registry import tactics
from shamcrowd.simulator.scenario.coerced import coerced
from shamcrowd.simulator.scenario.compose import Draft
from shamcrowd.simulator.scenario.fault_messages import faults_of
from shamcrowd.simulator.scenario.load import scenario_ids

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
MOST_SEEDS = 10_000
OF_SCENARIOS = ("extends", "populations", "campaigns")
"""Keys by which a scenario is known that was given in place of a suite."""


class Suite(BaseModel):
    """A suite, checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(description="Name of the file without its ending.")
    format: Literal[1] = Field(alias="schema", description="Version of this format.")
    title: str = Field(min_length=1, max_length=120, description="One line.")
    about: str = Field(default="", max_length=4000, description="What it is for.")
    scenarios: tuple[str, ...] = Field(
        min_length=1, description="Ids of its scenarios, or paths of .yaml files from here."
    )
    seeds: tuple[int, ...] = Field(
        min_length=1, description="Seeds that are scored: 1-5, or a list such as [1, 4, 7]."
    )
    calibration_seeds: tuple[int, ...] = Field(
        default=CALIBRATION_SEEDS,
        min_length=1,
        description="Seeds on which operating points are set; none of them is scored.",
    )
    scale: float = Field(
        default=1.0, gt=0, le=100, description="Times as many accounts and campaigns."
    )
    settings: tuple[str, ...] = Field(
        default=(), description="Overrides in every scenario, each PATH=VALUE, as for --set."
    )
    alert_rate: float = Field(
        default=ALERT_RATE,
        ge=0,
        lt=1,
        description="Share of legitimate accounts that the operating point may flag.",
    )
    operating_point: str = Field(
        default="",
        description="How it is set instead: alerts-a-day=N, cost-ratio=N or precision=P.",
    )
    detectors: tuple[str, ...] | None = Field(
        default=None,
        min_length=1,
        description="Names, path.py:Class or name=path.py:Class from here; all that are found if "
        "left out.",
    )
    training: str | None = Field(
        default=None,
        description="World in which detectors learn, where it is not the scored scenario itself.",
    )
    training_seeds: tuple[int, ...] = Field(
        default=(TRAINING_SEED,),
        min_length=1,
        description="Seeds on which detectors are fitted; each is scored on every seed.",
    )
    hold_out: tuple[str, ...] | Literal["own"] = Field(
        default=(),
        description="Tactics that are left out of training; detectors are scored on them. own: "
        "those of the scored scenario, if others are left then.",
    )
    ceilings: tuple[Ceiling, ...] = Field(
        default=(),
        description="Rows of the same detectors with more to learn from: same-tactics (no tactic "
        "left out), true-labels.",
    )
    labels: LabelKind = Field(
        default="platform",
        description="Labels they are fitted with: platform (what one would know by then) or truth.",
    )

    @field_validator("operating_point")
    @classmethod
    def _rule(cls, value: str) -> str:
        try:
            OperatingRule.of(ALERT_RATE, value)
        except UsageError as fault:
            raise PydanticCustomError("operating_point", str(fault).replace("{", "{{")) from None
        return value

    @field_validator("seeds", "calibration_seeds", "training_seeds", mode="before")
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

        >>> load_suite("core-v2").first_seeds(2)
        (1, 2)
        """
        return self.seeds[:count]

    @property
    def terms(self) -> dict[str, Any]:
        """What its figures depend on besides scenarios, seeds and detectors, as JSON data."""
        names = ("scale", "alert_rate", "calibration_seeds", "hold_out", "labels")
        training = None if self.training is None else Path(self.training).stem
        terms = {**self.model_dump(mode="json", include=set(names)), "training": training}
        # Named only where there are any, so that baselines without them stay comparable.
        if self.operating_point:
            terms["operating_point"] = self.operating_point
        if self.training_seeds != (TRAINING_SEED,):
            terms["training_seeds"] = list(self.training_seeds)
        return {**terms, "settings": list(self.settings)} if self.settings else terms


def suite_ids() -> list[str]:
    """Ids of the suites that come with the package.

    >>> "core-v2" in suite_ids()
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
            if name in scenario_ids():
                raise ScenarioError([Fault(f'"{name}" is no suite', name, mend=_played(name))])
            close = get_close_matches(name, known, n=1)
            hint = f'did you mean "{close[0]}"? ' if close else ""
            mend = f"{hint}There are: {', '.join(known)}"
            raise ScenarioError([Fault(f'no suite "{name}"', name, mend=mend)])
        path = shipped_folder() / "suites" / f"{name}.yaml"
    document = read(path)
    draft = Draft(path.stem, document.data, {(): document})
    draft.documents |= dict.fromkeys(document.values, document)
    others = [key for key in OF_SCENARIOS if key in document.data]
    if others and "scenarios" not in document.data:
        what = f'"{path.stem}" is no suite'
        raise ScenarioError([draft.fault(what, (others[0],), _played(name), key=True)])
    try:
        suite = Suite.model_validate({**document.data, "id": path.stem})
    except ValidationError as error:
        raise ScenarioError(faults_of(draft, error, (), Suite)) from None
    checked = suite.model_dump(mode="json", by_alias=True)
    faults = [
        draft.fault(f'"{place[-1]}" {what}', place) for place, what in coerced(draft.data, checked)
    ]
    suite = suite.model_copy(update=_from(path.parent, suite))
    for number, scenario in enumerate(suite.scenarios):
        if not _is_scenario(scenario):
            faults.append(draft.fault(*_no_scenario(scenario, ("scenarios", number))))
    if suite.training is not None and not _is_scenario(suite.training):
        faults.append(draft.fault(*_no_scenario(suite.training, ("training",))))
    for number, tactic in enumerate(() if suite.hold_out == "own" else suite.hold_out):
        if tactic not in tactics():
            close = get_close_matches(tactic, tactics(), n=1)
            mend = f'did you mean "{close[0]}"?' if close else "see: shamcrowd list tactics"
            faults.append(draft.fault(f'no tactic "{tactic}"', ("hold_out", number), mend))
    used = (*suite.calibration_seeds, *suite.training_seeds)
    both = sorted(set(suite.seeds) & set(used))
    if both:
        what = f"seed {both[0]} is used to calibrate or train and can't be scored too"
        taken = ", ".join(map(str, used))
        faults.append(draft.fault(what, ("seeds",), f"take others than {taken}"))
    twice = sorted(set(suite.training_seeds) & set(suite.calibration_seeds))
    if twice:
        what = f"seed {twice[0]} trains and can't calibrate too"
        faults.append(draft.fault(what, ("calibration_seeds",), "take another"))
    if faults:
        raise ScenarioError(faults)
    return suite


def _played(scenario: str) -> str:
    return (
        f"it is a scenario: play it with `shamcrowd run {scenario} --out DIR`, or name it under "
        "`scenarios:` of a suite"
    )


def _from(folder: Path, suite: Suite) -> dict[str, Any]:
    """Paths in a suite are meant from where it lies."""

    def placed(name: str) -> str:
        return str(folder / name) if name.endswith((".yaml", ".yml")) else name

    def placed_detector(detector: str) -> str:
        given, name = named_detector(detector)
        where, colon, what = name.rpartition(":")
        if not where.endswith(".py"):
            return detector
        return f"{given}{'=' if given else ''}{folder / where}{colon}{what}"

    moved: dict[str, Any] = {"scenarios": tuple(map(placed, suite.scenarios))}
    if suite.detectors is not None:
        moved["detectors"] = tuple(map(placed_detector, suite.detectors))
    if suite.training is not None:
        moved["training"] = placed(suite.training)
    return moved


def _is_scenario(name: str) -> bool:
    return Path(name).is_file() if name.endswith((".yaml", ".yml")) else name in scenario_ids()


def _no_scenario(name: str, where: Path_) -> tuple[str, Path_, str]:
    close = get_close_matches(name, scenario_ids(), n=1)
    mend = f'did you mean "{close[0]}"?' if close else "see: shamcrowd list scenarios"
    return f'no scenario "{name}"', where, mend
