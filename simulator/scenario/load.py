"""Loads a scenario: compose, scale, validate everything, and report every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from shamcrowd.recording.drawn_values import with_values
from shamcrowd.recording.errors import Fault, ScenarioError
from shamcrowd.recording.yaml_data import Path_
from shamcrowd.simulator import registry
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.scenario.coerced import coerced
from shamcrowd.simulator.scenario.compose import Draft, compose, locate, shipped
from shamcrowd.simulator.scenario.fault_messages import faults_of
from shamcrowd.simulator.scenario.followers import complete
from shamcrowd.simulator.scenario.likeness import fill_in
from shamcrowd.simulator.scenario.model import Scenario
from shamcrowd.simulator.scenario.prior import draws
from shamcrowd.simulator.scenario.scale import scaled

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def scenario_ids() -> list[str]:
    """Ids of the scenarios shipped with the package."""
    return list(shipped())


def load_scenario(
    scenario: str | Path, *, settings: Sequence[str] = (), scale: float = 1.0
) -> Scenario:
    """Load and validate a scenario.

    Args:
        scenario: an id, or the path of a ``.yaml`` file.
        settings: overrides, each ``path=value``.
        scale: factor (0 to 100) on numbers of accounts and sizes of campaigns.

    Raises:
        ScenarioError: with every fault found, each with its place and a remedy.
    """
    return load_draft(scenario, settings=settings, scale=scale)[0]


def load_draft(
    scenario: str | Path, *, settings: Sequence[str] = (), scale: float = 1.0
) -> tuple[Scenario, Draft]:
    """Return the scenario, and the draft that knows where each value was set."""
    if not 0 < scale <= 100:
        raise ScenarioError(
            [
                Fault(
                    f"scale {scale:g} is not between 0 and 100",
                    "--scale",
                    mend="0.1 gives a tenth of the accounts and campaigns",
                )
            ]
        )
    draft = compose(locate(scenario), settings)
    fill_in(draft)
    faults: list[Fault] = []
    data = dict(draft.data)
    for part, kinds, key in (
        ("populations", registry.populations(), "population"),
        ("campaigns", registry.tactics(), "tactic"),
    ):
        raw = data.get(part)
        if isinstance(raw, dict):
            data[part] = _actors(draft, part, raw, kinds, key, scale, faults)
    try:
        checked = (
            Scenario.model_validate({**data, "id": draft.id}, by_name=False, by_alias=True)
            if "id" not in data
            else None
        )
        if checked is None:
            faults.append(
                draft.fault(
                    "id is the file's name and cannot be set",
                    ("id",),
                    "remove the line",
                    key=True,
                )
            )
    except ValidationError as error:
        checked = None
        # A part with only faulty entries is not empty: its faults are reported already.
        faults += [
            fault
            for fault in faults_of(draft, error, (), Scenario)
            if not (faults and fault.what.endswith("must not be empty"))
        ]
    if checked is not None:
        for path, what in coerced(draft.data, resolved(checked)):
            faults.append(draft.fault(f'"{path[-1]}" {what}', path))
        faults += _prior_faults(checked, draft)
    if faults or checked is None:
        raise ScenarioError(sorted(set(faults), key=lambda f: (f.where, f.line, f.column, f.what)))
    return checked, draft


def _actors(
    draft: Draft,
    part: str,
    raw: dict[str, Any],
    kinds: Mapping[str, Any],
    key: str,
    scale: float,
    faults: list[Fault],
) -> dict[str, BaseModel]:
    """Return each population or campaign as an instance of its class; add faults to ``faults``."""
    found: dict[str, BaseModel] = {}
    for name, values in raw.items():
        path: Path_ = (part, name)
        if not _NAME.fullmatch(name):
            faults.append(
                draft.fault(
                    f'"{name}" cannot be a name',
                    path,
                    "lower-case letters, digits and -, beginning with a letter, 41 at most",
                    key=True,
                )
            )
        if not isinstance(values, dict):
            faults.append(
                draft.fault(
                    f'"{name}" must be a mapping', path, "for example `accounts: 100` below it"
                )
            )
            continue
        kind = values.get(key, name if key == "population" else None)
        if kind is None:
            faults.append(
                draft.fault(
                    f'"{name}" names no {key}',
                    path,
                    f"add `{key}:`; there are: {', '.join(kinds)}",
                    key=True,
                )
            )
            continue
        if not isinstance(kind, str) or kind not in kinds:
            close = get_close_matches(str(kind), kinds, n=1)
            hint = f'did you mean "{close[0]}"? ' if close else ""
            given = key in values
            faults.append(
                draft.fault(
                    f'unknown {key} "{kind}"',
                    (*path, key) if given else path,
                    f"{hint}there are: {', '.join(kinds)}",
                    key=not given,
                )
            )
            continue
        own = {k: v for k, v in values.items() if k != "population" or key != "population"}
        try:
            actor = kinds[kind].model_validate(own)
        except ValidationError as error:
            faults += faults_of(draft, error, path, kinds[kind])
            continue
        try:
            found[name] = scaled(actor, scale)
        except ValueError as fault:
            mend = "a smaller --scale" if scale > 1 else "a larger --scale"
            faults.append(draft.fault(f'"{name}" {fault}', path, mend, key=True))
    return complete(found, raw)


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Return every value of a scenario as JSON data, as kept in the manifest.

    >>> from_resolved(resolved(load_scenario("quickstart-v2"))) == load_scenario("quickstart-v2")
    True
    """
    data: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
    name_of = registry.populations().name_of
    for name, population in scenario.populations.items():
        data["populations"][name]["population"] = name_of(type(population))
    return data


def from_resolved(data: dict[str, Any]) -> Scenario:
    """Return the scenario that `resolved` described."""
    data = dict(data)
    data["populations"] = {
        name: registry.populations()[values["population"]].model_validate(
            {k: v for k, v in values.items() if k != "population"}
        )
        for name, values in data["populations"].items()
    }
    data["campaigns"] = {
        name: registry.tactics()[values["tactic"]].model_validate(values)
        for name, values in data["campaigns"].items()
    }
    return Scenario.model_validate(data)


def drawn(
    scenario: Scenario, seed: int, secret: Secret | None = None
) -> tuple[Scenario, dict[str, float | str]]:
    """The scenario with the values that its priors draw for a seed, and these values by path.

    Raises:
        ScenarioError: if the drawn values do not fit together.
    """
    data = resolved(scenario)
    values = draws(scenario.prior, data, Streams(seed, scenario.streams_of, secret))
    if not values:
        return scenario, values
    try:
        return from_resolved(with_values(data, values)), values
    except ValidationError as error:
        said = _first(error)
        what = f"the values drawn for seed {seed} do not fit together: {said}"
        raise ScenarioError([Fault(what, "prior", mend="narrower ranges")]) from None


def _prior_faults(scenario: Scenario, draft: Draft) -> list[Fault]:
    """Faults of priors whose ends the scenario does not allow; one prior at a time."""
    faults, data = [], resolved(scenario)
    for name, prior in scenario.prior.items():
        for luck in (0.0, 1.0):
            values = draws({name: prior}, data, luck)
            try:
                from_resolved(with_values(data, values))
            except ValidationError as error:
                what = f'"{name}" can draw a value that does not fit: {_first(error)}'
                faults.append(draft.fault(what, ("prior", name), "a narrower range"))
                break
    return faults


def _first(error: ValidationError) -> str:
    """The first error, in one line."""
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def explain(
    scenario: str | Path, *, settings: Sequence[str] = (), scale: float = 1.0
) -> list[tuple[str, Any, str]]:
    """Return every value with its origin: (path, value, origin).

    The origin is ``file:line``, ``--set …``, or ``default`` with the source of the default.
    """
    checked, draft = load_draft(scenario, settings=settings, scale=scale)
    rows: list[tuple[str, Any, str]] = []

    def walk(value: Any, path: Path_, owner: Any, source: str) -> None:
        if isinstance(value, dict) and value:
            for key, inner in value.items():
                below = (
                    owner.get(key)
                    if isinstance(owner, dict)
                    else getattr(owner, "format" if key == "schema" else key, None)
                )
                fields = type(owner).model_fields if isinstance(owner, BaseModel) else {}
                entry = fields.get("format" if key == "schema" else key)
                words = (entry.description or "") if entry else ""
                why = words.rpartition("Source:")[2].strip() if words else source
                walk(inner, (*path, key), below, why)
            return
        origin = draft.origin(path) or f"default: {source}"
        if scale != 1 and path[-1:] in {("accounts",), ("exchanges",)}:
            origin += f", times {scale:g}"
        rows.append((".".join(map(str, path)), value, origin))

    walk(resolved(checked), (), checked, "the scenario")
    return rows
