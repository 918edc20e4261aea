"""The glossary defines each term once and names modules that exist."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_MODULE = "–"


def terms() -> list[tuple[str, str, str]]:
    rows = []
    for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| term |"):
            term, meaning, module = (cell.strip() for cell in line.strip("|").split(" | "))
            rows.append((term, meaning, module.strip("`")))
    return rows


def test_each_term_is_defined_once():
    names = [term for term, _, _ in terms()]
    assert len(names) > 50
    assert len(set(names)) == len(names)


def test_every_definition_is_a_sentence_and_names_a_module_that_exists():
    for term, meaning, module in terms():
        assert meaning[0].isupper(), term
        assert meaning.endswith("."), term
        if module != NO_MODULE:
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or path.is_dir(), (term, module)
