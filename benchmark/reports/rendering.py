"""Renders pages from templates: no script, nothing loaded, one style for all pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.charts import formatting
from shamcrowd.benchmark.charts.fitted_on import fitted_on
from shamcrowd.recording.counting import counted
from shamcrowd.recording.plain_text import page_value

TEMPLATES = Path(__file__).parent / "templates"


def render(
    template: str, *folders: Path, filters: Sequence[Callable[..., str]] = (), **values: Any
) -> str:
    """Render ``template``, looked up in ``folders`` and then among the shared templates.

    The shared style sheet comes first, then the ``*.css`` files of each folder. ``filters`` are
    added to the shared ones under their own names.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=page_value,
    )  # fmt: skip
    shared = (
        formatting.figure, formatting.percent, formatting.count, formatting.number,
        formatting.moment, counted, fitted_on,
    )  # fmt: skip
    for filter_ in (*shared, *filters):
        environment.filters[filter_.__name__] = filter_
    sheets = [TEMPLATES / "style.css", *(s for f in folders for s in sorted(f.glob("*.css")))]
    return environment.get_template(template).render(
        style=Markup("\n".join(sheet.read_text("utf-8").rstrip("\n") for sheet in sheets)),
        markup=Markup,
        **values,
    )
