"""JSON Schema of scenario files, for editors."""

from __future__ import annotations

from typing import Any

from simulator import registry
from simulator.scenario.model import Scenario


def json_schema() -> dict[str, Any]:
    """A schema (draft 2020-12) of scenario files with every population and tactic.

    Nothing is required, since a file may take values from the one that it extends.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "shamcrowd scenario"
    del schema["properties"]["id"]
    schema.pop("required", None)
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "Id or path of the scenario this one changes.",
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
            definitions[name] = own
            choices.append({"$ref": f"#/$defs/{name}"})
        schema["properties"][part] = {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9-]{0,40}$"},
            "additionalProperties": {"anyOf": [*choices, {"type": "null"}]},
        }
    for unused in ("Population", "Tactic"):
        definitions.pop(unused, None)
    return schema
