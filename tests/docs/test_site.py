"""The site can be built without a network, and a broken link ends the build."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.docs.pages import ROOT

pytest.importorskip("myst_nb", reason="needs the extra docs: pip install 'shamcrowd[docs]'")


def build(pages, site):
    """The finished build, without running the notebooks: tests/docs/test_notebooks.py does that."""
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet",
         "-D", "nb_execution_mode=off", "-D", "suppress_warnings=myst-nb.lexer",
         "-b", "html", pages, site],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_the_site_is_built(tmp_path):
    done = build(ROOT / "docs", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    pages = {p.relative_to(tmp_path / "site").as_posix() for p in tmp_path.rglob("*.html")}
    assert {"index.html", "api.html", "search.html", "glossary.html"} <= pages
    reference = (tmp_path / "site/api.html").read_text("utf-8")
    assert 'id="shamcrowd.simulate"' in reference
    for page in ("index.html", "api.html"):
        text = (tmp_path / "site" / page).read_text("utf-8")
        assert 'src="http' not in text, "nothing is fetched from elsewhere"


@pytest.mark.parametrize(
    "text", ["[gone](gone.md)\n", "[gone](one.md#gone)\n", "```{toctree}\ngone\n```\n"]
)
def test_a_broken_link_or_missing_page_ends_the_build(text, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(ROOT / "docs/conf.py", pages)
    shutil.copytree(ROOT / "docs/_static", pages / "_static")
    (pages / "one.md").write_text("# One\n")
    (pages / "index.md").write_text(f"# Pages\n\n```{{toctree}}\none\n```\n\n{text}")
    done = build(pages, tmp_path / "site")
    assert done.returncode != 0
    assert "gone" in done.stderr
