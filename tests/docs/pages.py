"""The Markdown files of the project, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
WITH_ADDRESS = re.compile(r"[a-z]+:")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def links(text: str) -> Iterator[str]:
    """Where each link and picture of a page points to."""
    for block in tokens(text):
        for token in block.children or ():
            if token.type in {"link_open", "image"}:
                yield str(token.attrGet("href") or token.attrGet("src"))


def anchors(text: str) -> set[str]:
    """Names of headings, as they stand after # in a link."""
    pairs = zip(tokens(text), tokens(text)[1:], strict=False)
    headings = (after.content for before, after in pairs if before.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def cells(text: str) -> list[str]:
    """The code cells of a notebook in Markdown."""
    return [
        t.content for t in tokens(text) if t.type == "fence" and t.info.startswith("{code-cell}")
    ]
