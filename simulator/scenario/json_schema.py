"""JSON Schema of scenario files, for editors."""

from __future__ import annotations

from typing import Any

from shamcrowd.simulator import registry
from shamcrowd.simulator.response.policy import policies
from shamcrowd.simulator.scenario.model import Scenario


def json_schema() -> dict[str, Any]:
    """Return a schema (draft 2020-12) of scenario files with every population and tactic.

    Nothing is required, since a file may inherit values from the one it extends.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "shamcrowd scenario"
    del schema["properties"]["id"]
    schema.pop("required", None)
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "Id or path of the scenario that this one is based on.",
    }
    definitions = schema.setdefault("$defs", {})
    for part, key, kinds in (
        ("populations", "population", registry.populations()),
        ("campaigns", "tactic", registry.tactics()),
    ):
        choices = []
        for name, kind in kinds.items():
            own = kind.model_json_schema()
            definitions.update(own.pop("$defs", {}))
            own.pop("required", None)
            own["properties"][key] = {"const": name, "description": (kind.__doc__ or "").strip()}
            if "strategy" in own["properties"]:
                own["properties"]["strategy"]["enum"] = list(registry.strategies())
            own["properties"]["like"] = {
                "type": "string",
                "description": "Another entry, whose values this one takes where it has none.",
            }
            definitions[name] = own
            choices.append({"$ref": f"#/$defs/{name}"})
        schema["properties"][part] = {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9-]{0,40}$"},
            "additionalProperties": {"anyOf": [*choices, {"type": "null"}]},
        }
    for unused in ("Population", "Tactic"):
        definitions.pop(unused, None)
    # An entry may change one of an inherited prior's values, or remove it.
    prior = schema["properties"]["prior"]
    definitions["Prior"].pop("required", None)
    prior["additionalProperties"] = {"anyOf": [prior["additionalProperties"], {"type": "null"}]}
    _over_named(schema, "response", policies())
    _over_named(schema, "prices")
    return schema


def _over_named(schema: dict[str, Any], part: str, names: tuple[str, ...] = ()) -> None:
    """Let a part be a name or a mapping over a named one, so nothing in it is required."""
    entry = schema["properties"][part]
    whole = {"$ref": entry.pop("$ref")}
    entry["anyOf"] = [{"enum": list(names)}, whole] if names else [whole]
    definitions, seen, waiting = schema["$defs"], set(), [whole]
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting += found
        elif isinstance(found, dict):
            name = str(found.get("$ref", "")).rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                definitions[name].pop("required", None)
                waiting.append(definitions[name])
            waiting += found.values()
