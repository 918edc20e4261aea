"""How the documentation site is built: ``make site`` writes it to ``build/site``."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

project = "shamcrowd"
author = "The shamcrowd developers"
project_copyright = "the shamcrowd developers, Apache-2.0"
version = release = installed_version("shamcrowd")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "myst-nb"}
exclude_patterns = ["examples"]

html_theme = "furo"
html_title = "shamcrowd"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False

# Links between pages may name a heading: those of the first three levels.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]

# Notebooks run when they have changed; an error in one ends the build.
nb_execution_mode = "cache"
nb_execution_cache_path = "../build/notebooks"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autoclass_content = "class"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False


def _list_decisions(app: Any, page: str, source: list[str]) -> None:
    """Put every decision record into the menu; on its own the index is a plain list of links."""
    if page == "adr/README":
        source[0] += "\n```{toctree}\n:hidden:\n:glob:\n0*\n```\n"


# What the theme leaves out for people who use a keyboard or a screen reader.
ACCESSIBLE = (
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="Pages">'),
    ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="On this page">'),
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="output text_html">', '<div class="output text_html" tabindex="0">'),
    ("<th></th>", "<td></td>"),
)


def _make_accessible(app: Any, fault: Exception | None) -> None:
    """Mend the finished pages."""
    for path in Path(app.outdir).rglob("*.html") if fault is None else ():
        text = path.read_text("utf-8")
        for written, better in ACCESSIBLE:
            text = text.replace(written, better)
        path.write_text(text, "utf-8")


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _list_decisions)
    app.connect("build-finished", _make_accessible)
