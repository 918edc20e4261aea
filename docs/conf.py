"""How the documentation site is built: ``make site`` writes it to ``build/site``."""

from __future__ import annotations

from importlib.metadata import version as installed_version
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


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _list_decisions)
