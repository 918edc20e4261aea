"""Priors: values of a scenario that are drawn anew for each seed, between bounds.

So replications differ in more than luck: an interval over seeds is one over worlds. Each value is
drawn from a stream of its own, so that another prior, or another seed's world, changes none of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shamcrowd.recording.units import MS_PER_MINUTE
from shamcrowd.simulator.campaigns.tactics.base import Working
from shamcrowd.simulator.catalogues import population_catalogue
from shamcrowd.simulator.core.duration import parse, text
from shamcrowd.simulator.core.streams import Streams

PARTS = ("populations", "campaigns", "platform", "prices")
"""Parts of a scenario in which values may be drawn: time and format are as stated."""
WIDEST = 10.0
"""Largest factor, and one over the smallest, by which a value may be multiplied."""


class Prior(BaseModel):
    """A range from which values of a scenario are drawn, once for each seed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: Annotated[
        tuple[str, ...],
        WithJsonSchema(
            {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        ),
    ] = Field(
        min_length=1,
        description="Paths of the values, such as `populations.casual.accounts`; `*` stands for "
        "every name in its place. Each value is drawn on its own. Source: the scenario.",
    )
    times: tuple[float, float] | None = Field(
        default=None,
        description="Least and largest factor on the stated value; factors are uniform in their "
        "logarithm. Source: assumed, see the scenario.",
    )
    between: tuple[float, float] | None = Field(
        default=None,
        description="Least and largest value, instead of `times`; values are uniform; "
        "not for durations. Source: assumed, see the scenario.",
    )

    @field_validator("of", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("times", "between")
    @classmethod
    def _in_order(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value is not None and not value[0] <= value[1]:
            raise PydanticCustomError("range", "must be two numbers, the smaller first")
        return value

    @field_validator("times")
    @classmethod
    def _bounded(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value is not None and (value[0] < 1 / WIDEST or value[1] > WIDEST):
            raise PydanticCustomError(
                "factor", "must lie between {low} and {high}", {"low": 1 / WIDEST, "high": WIDEST}
            )
        return value

    @model_validator(mode="after")
    def _one_range(self) -> Prior:
        if (self.times is None) == (self.between is None):
            raise PydanticCustomError("ranges", "needs either `times` or `between`")
        return self

    @property
    def said(self) -> str:
        """The range in words, such as ``0.5 to 2 times``."""
        low, high = self.times or self.between or (1.0, 1.0)
        return f"{low:g} to {high:g}" + " times" * (self.times is not None)

    def value(self, stated: float | str, luck: float) -> float | str:
        """The value at a uniform number ``luck``, 0 to 1; durations are drawn in whole minutes.

        >>> prior = Prior(of="populations.casual.accounts", times=(0.5, 2.0))
        >>> [prior.value(100, luck) for luck in (0.0, 0.5, 1.0)]
        [50, 100, 200]
        >>> Prior(of="platform.server_fault_rate", between=(0.0, 0.1)).value(0.02, 0.5)
        0.05
        >>> prior.value("3d", 0.0)
        '36h'
        """
        if isinstance(stated, str):
            minutes = float(self.value(parse(stated) / MS_PER_MINUTE, luck))
            return text(max(round(minutes), min(parse(stated), 1)) * MS_PER_MINUTE)
        if self.times is not None:
            low, high = self.times
            drawn = stated * low * (high / low) ** luck
        else:
            low, high = self.between or (stated, stated)
            drawn = low + (high - low) * luck
        # A count of two or more stays one, as with --scale.
        return max(round(drawn), min(stated, 2)) if isinstance(stated, int) else float(drawn)


def paths(prior: Prior, data: Mapping[str, Any]) -> Iterator[str]:
    """Paths of the values that a prior draws, in the order of the scenario.

    Args:
        prior: the prior.
        data: the scenario as JSON data, with every value.

    Raises:
        ValueError: if a path names nothing that can be drawn; the message says why.
    """
    for path in prior.of:
        found = list(_found(data, path.split("."), path))
        if not found and not _known(path):
            raise ValueError(f"`{path}` names nothing in this scenario")
        yield from found


def _known(path: str) -> bool:
    """Whether a path names a value of populations or campaigns that this scenario lacks."""
    part, _, value = path.partition(".")
    name, _, value = value.partition(".")
    if part == "campaigns":
        return name == "*" and value in Working.model_fields
    there = population_catalogue()
    kinds = there.values() if name == "*" else [there[name]] if name in there else []
    return part == "populations" and any(value in kind.model_fields for kind in kinds)


def _found(data: Mapping[str, Any], steps: list[str], whole: str) -> Iterator[str]:
    if steps[0] not in PARTS:
        raise ValueError(f"`{whole}` must begin with one of: {', '.join(PARTS)}")
    there: list[tuple[str, Any]] = [("", data)]
    for step in steps:
        several: list[tuple[str, Any]] = []
        for path, node in there:
            names = list(node) if isinstance(node, dict) else []
            # A star leaves out the names that have no such value; a population may be removed.
            if step != "*" and step not in names:
                if "*" in whole or (path == "populations" and step in population_catalogue()):
                    continue
                close = get_close_matches(step, names, n=1)
                hint = f', did you mean "{close[0]}"?' if close else ""
                raise ValueError(f'`{whole}`: there is no "{step}"{hint}')
            several += [
                (f"{path}.{name}".lstrip("."), node[name])
                for name in (names if step == "*" else [step])
            ]
        there = several
    for path, value in there:
        if value is None and "*" in whole:
            continue
        if isinstance(value, bool) or (not isinstance(value, int | float) and not _lasts(value)):
            raise ValueError(f"`{path}` is not a number or a duration")
        yield path


def _lasts(value: Any) -> bool:
    """Whether a value of the scenario, as JSON data, is a duration."""
    try:
        return parse(value) >= 0
    except PydanticCustomError:
        return False


def draws(
    priors: Mapping[str, Prior],
    data: Mapping[str, Any],
    luck: Streams | float,
    drawn: Collection[str] = (),
) -> dict[str, float | str]:
    """Values of all priors by path.

    Args:
        priors: by name.
        data: the scenario as JSON data, with every value.
        luck: streams to draw from, or the same uniform number (0 to 1) for all.
        drawn: paths that other priors draw.

    Raises:
        ValueError: if a path names nothing that can be drawn, or two priors name the same.
    """
    found: dict[str, float | str] = {}
    for name, prior in priors.items():
        for path in paths(prior, data):
            if path in found or path in drawn:
                raise ValueError(f"`{path}` is drawn twice")
            if prior.between is not None and isinstance(_at(data, path), str):
                raise ValueError(f"`{path}` is a duration, which needs `times`")
            part = luck if isinstance(luck, float) else luck(f"prior/{name}/{path}").random()
            found[path] = prior.value(_at(data, path), float(part))
    return found


def _at(data: Mapping[str, Any], path: str) -> Any:
    node: Any = data
    for step in path.split("."):
        node = node[step]
    return node
