"""Links between pages lead somewhere, in the repository and on a package index."""

from __future__ import annotations

import re
import tomllib

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from tests.docs.pages import PAGES, ROOT, WITH_ADDRESS, anchors, links, named

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def broken(page, text):
    """Relative links of a page that lead nowhere."""
    for link in links(text):
        if WITH_ADDRESS.match(link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_relative_links_lead_somewhere(page):
    assert not list(broken(page, page.read_text("utf-8")))


def test_a_broken_link_is_found():
    text = "[a](gone.md) [b](README.md#gone) [c](README.md#start) [d](https://example.org)"
    assert list(broken(ROOT / "x.md", text)) == ["gone.md", "README.md#gone"]


def test_the_readme_of_a_package_index_has_no_relative_link():
    readme = ProjectMetadata(str(ROOT), PluginManager()).core.readme
    source = PROJECT["urls"]["Source"]
    found = list(links(readme))
    ours = [link.removeprefix(f"{source}/blob/main/") for link in found if source in link]
    assert "docs/quickstart.md" in ours
    assert all((ROOT / path).exists() for path in ours)
    assert all(WITH_ADDRESS.match(link) or link.startswith("#") for link in found)


def test_the_citation_names_the_same_addresses_and_version():
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    told = dict(re.findall(r"(?m)^([\w-]+): (.+)$", citation))
    assert told["repository-code"] == PROJECT["urls"]["Source"]
    assert told["url"] == PROJECT["urls"]["Documentation"]
    assert told["version"] == PROJECT["version"]
    assert told["license"] == PROJECT["license"]


def test_pages_hold_no_counts_of_tests_or_files():
    for page in PAGES:
        assert not re.search(r"\d+ (passed|files|tests)\b", page.read_text("utf-8")), named(page)
