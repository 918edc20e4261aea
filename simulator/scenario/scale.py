"""``--scale``: changes the number of accounts and the size of campaigns together.

Rates per account stay the same.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

Actor = TypeVar("Actor", bound=BaseModel)


def scaled(actor: Actor, factor: float) -> Actor:
    """Return a population or campaign with every field marked ``scales`` multiplied by ``factor``.

    Counts stay integers and never fall below what the field allows (1, or 2 sham accounts).

    Raises:
        ValueError: if a count exceeds what the field allows.
    """
    if factor == 1:
        return actor
    changes: dict[str, int] = {}
    for name, field in type(actor).model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("scales"):
            least = max((int(getattr(m, "ge", 0)) for m in field.metadata), default=1)
            most = min((int(m.le) for m in field.metadata if hasattr(m, "le")), default=None)
            count = max(round(getattr(actor, name) * factor), least, 1)
            if most is not None and count > most:
                raise ValueError(f"would have {count:,} {name}, at most {most:,}")
            changes[name] = count
    return actor.model_copy(update=changes)
