"""The notebooks run. The site shows their output; here they run without Jupyter."""

from __future__ import annotations

import pytest

from tests.docs.pages import ROOT, cells, named

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.md"))


def code(cell: str) -> str:
    """A cell without its tags."""
    return cell.partition("\n\n")[2] if cell.startswith(":tags:") else cell


def test_there_are_notebooks_and_the_site_runs_them():
    assert len(NOTEBOOKS) >= 4
    for notebook in NOTEBOOKS:
        text = notebook.read_text("utf-8")
        assert text.startswith("---\nfile_format: mystnb\n")
        assert f"notebooks/{notebook.stem}" in (ROOT / "docs/index.md").read_text("utf-8")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=named)
def test_every_cell_runs(notebook):
    # Classes of `__main__` travel to other processes by value, as those of a real notebook do.
    names = {"__name__": "__main__"}
    for number, cell in enumerate(cells(notebook.read_text("utf-8")), 1):
        exec(compile(code(cell), f"{notebook.name}, cell {number}", "exec"), names)


def test_a_cell_that_fails_is_noticed():
    text = "```{code-cell}\n:tags: [remove-cell]\n\n1 / 0\n```\n"
    with pytest.raises(ZeroDivisionError):
        exec(code(cells(text)[0]), {})
