"""Converts validation errors of a scenario into readable messages with place and remedy."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from shamcrowd.recording.errors import Fault
from shamcrowd.recording.yaml_data import Path_
from shamcrowd.simulator.core import duration
from shamcrowd.simulator.scenario.compose import Draft

_KINDS = {
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "date_type": "must be a date such as 2026-03-02",
    "date_parsing": "must be a date such as 2026-03-02",
    "date_from_datetime_parsing": "must be a date such as 2026-03-02",
    "date_from_datetime_inexact": "must be a date without a time of day",
    "finite_number": "must be a finite number",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
}

_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_LONGEST_SHOWN = 60
"""Most characters of a wrong value that a message has."""


def faults_of(
    draft: Draft, error: ValidationError, prefix: Path_, model: type[BaseModel]
) -> list[Fault]:
    """Return every error of a validation as a fault; ``prefix`` is the path of ``model``."""
    faults = []
    for entry in error.errors(include_url=False):
        steps = tuple(s for s in entry["loc"] if not isinstance(s, str) or s != "[key]")
        path: Path_ = (*prefix, *steps)
        name = str(path[-1]) if path else draft.id
        kind, about = entry["type"], entry.get("ctx", {})
        if kind == "default_factory_not_called":
            continue  # a consequence of another fault, which is reported
        if kind == "extra_forbidden":
            allowed = sorted(_allowed(model, steps[:-1]))
            close = get_close_matches(name, allowed, n=1)
            hint = f'did you mean "{close[0]}"? ' if close else ""
            faults.append(
                draft.fault(
                    f'unknown key "{name}"', path, f"{hint}allowed: {', '.join(allowed)}", key=True
                )
            )
        elif kind == "missing":
            faults.append(
                draft.fault(f'"{name}" is missing', path[:-1], f"add `{name}:`", key=True)
            )
        else:
            given = entry.get("input")
            if kind in _LIMITS and _is_duration(model, steps):
                # Durations are held in milliseconds.
                about = {key: duration.text(value) for key, value in about.items()}
                given = duration.text(given) if isinstance(given, int) else given
                shown = f", not {given}"
            else:
                shown = f", not {_brief(given)}" if isinstance(given, str | int | float) else ""
            what, mend = _describe(kind, about, entry["msg"])
            faults.append(draft.fault(f'"{name}" {what}{shown}', path, mend))
    return faults


def _brief(given: Any) -> str:
    """Return a value as it is written, cut if it is long."""
    text = str(given).lower() if isinstance(given, bool) else repr(given)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _is_duration(model: type[BaseModel], steps: tuple[Any, ...]) -> bool:
    """Return whether a value below ``model`` is a duration."""
    model = _model_of(model, steps[:-1])
    names = [step for step in steps if isinstance(step, str)]
    for name, field in model.model_fields.items():
        if names and names[-1] == (field.alias or name):
            kind = field.annotation
            own = any(getattr(m, "func", None) is duration.parse for m in field.metadata)
            return own or duration.holds_durations(kind)
    return False


def _describe(kind: str, about: dict[str, Any], message: str) -> tuple[str, str]:
    if kind in _KINDS:
        return _KINDS[kind], ""
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return f"must be {words} {about[key]}", ""
    if kind in ("literal_error", "enum"):
        return f"must be {about['expected']}", ""
    if kind in ("string_too_long", "too_long"):
        return f"is longer than {about['max_length']}", ""
    if kind == "duration":
        what, _, mend = message.partition(": ")
        return what, mend
    # Messages of our own validators continue after the name; pydantic's begin with a capital.
    return message[:1].lower() + message[1:], ""


def _allowed(model: type[BaseModel], steps: tuple[Any, ...]) -> set[str]:
    """Return the keys that a mapping below ``model`` may have."""
    model = _model_of(model, steps)
    names = {field.alias or name for name, field in model.model_fields.items()}
    return (names - {"id"}) | ({"extends"} if "horizon" in names else set())


def _model_of(model: type[BaseModel], steps: tuple[Any, ...]) -> type[BaseModel]:
    """Return the model of a mapping below ``model``."""
    for step in steps:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(str(step))
        if field is None:
            continue
        inner = [field.annotation, *get_args(field.annotation)]
        nested = [t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)]
        if nested:
            model = nested[0]
    return model
