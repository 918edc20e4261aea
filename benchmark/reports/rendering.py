"""Fills templates and writes pages: nothing fetched, no script, one look for every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.charts import formatting

TEMPLATES = Path(__file__).parent / "templates"


def render(
    template: str, *folders: Path, filters: Sequence[Callable[..., str]] = (), **values: Any
) -> str:
    """Fill ``template`` with ``values``; looks in ``folders``, then among the shared ones.

    The shared stylesheet comes first, then the ``*.css`` of each folder. ``filters`` come beside
    the shared ones, by their names.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shared = (
        formatting.figure, formatting.percent, formatting.count, formatting.counted,
        formatting.number, formatting.moment,
    )  # fmt: skip
    for filter_ in (*shared, *filters):
        environment.filters[filter_.__name__] = filter_
    sheets = [TEMPLATES / "style.css", *(s for f in folders for s in sorted(f.glob("*.css")))]
    return environment.get_template(template).render(
        style=Markup("\n".join(sheet.read_text("utf-8").rstrip("\n") for sheet in sheets)),
        markup=Markup,
        **values,
    )
