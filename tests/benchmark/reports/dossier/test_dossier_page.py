"""A dossier's page, data and Markdown."""

from __future__ import annotations

import json
import re
import stat
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from shamcrowd.benchmark.own_logs.explain.dossier import explain
from shamcrowd.benchmark.own_logs.explain.findings import NOTHING
from shamcrowd.benchmark.own_logs.explain.model import Dossier, listings_of, numbers_of
from shamcrowd.benchmark.own_logs.explain.reveal import reveal
from shamcrowd.benchmark.reports.dossier.dossier_page import as_html
from shamcrowd.benchmark.reports.dossier.formats import as_json, as_markdown
from shamcrowd.benchmark.reports.dossier.writing import check_out, write_dossier
from shamcrowd.recording.errors import FolderInUseError, ShamcrowdError, UsageError


class Text(HTMLParser):
    """What a page says, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [tag] if tag in ("script", "link", "iframe") else []
        self.loads += [str(value) for name, value in attrs if name == "src"]


@pytest.fixture(scope="module")
def dossier(quickstart: Path) -> Dossier:
    truth = pd.read_parquet(quickstart / "truth/accounts.parquet")
    sham = truth.loc[truth["campaign"] == "hydra", "account"].iloc[0]
    return explain(quickstart, str(sham))


@pytest.fixture(scope="module")
def gateway_dossier(gateway_log: tuple[Path, dict[str, int]]) -> Dossier:
    folder, ids = gateway_log
    names = reveal(folder, folder.with_name("rec.key"))
    return explain(folder, str(ids["crowd-0"]), names=names)


def test_the_page_has_every_query_and_no_script(dossier: Dossier) -> None:
    page = Text(as_html(dossier))
    words = "".join(page.words)
    assert not page.loads
    for held in (*numbers_of(dossier.sections), *listings_of(dossier.sections)):
        assert held.sql in words
    assert all(statement in words for statement in dossier.setup)
    assert "All data on this page is simulated" in words


def test_the_page_of_a_real_log_does_not_say_that_it_is_simulated(
    gateway_dossier: Dossier,
) -> None:
    words = "".join(Text(as_html(gateway_dossier)).words)
    assert "simulated" not in words
    assert "Ids are pseudonyms" in words


def test_names_are_shown_where_they_are_known(gateway_dossier: Dossier) -> None:
    for text in (as_html(gateway_dossier), as_markdown(gateway_dossier), as_json(gateway_dossier)):
        assert "(crowd-3)" in text
        assert "(203.0.113.7)" in text


def test_markup_in_a_name_is_shown_as_it_is(gateway_dossier: Dossier) -> None:
    account = int(str(gateway_dossier.section("who").listings[0].rows[0][0]))
    names = {"account": {account: "<img src=x>|evil"}}
    odd = Dossier(**{**vars(gateway_dossier), "names": names})
    assert "<img" not in as_html(odd)
    assert "&lt;img src=x&gt;|evil" in as_html(odd)
    assert r"\<img src=x\>\|evil" in as_markdown(odd)


def test_markdown_has_each_section_and_whole_tables(dossier: Dossier) -> None:
    text = as_markdown(dossier)
    assert re.findall(r"(?m)^## (.*)$", text) == [s.title for s in dossier.sections]
    widths = [line.replace(r"\|", "").count("|") for line in text.splitlines() if line[:1] == "|"]
    tables = "\n".join(text.splitlines()).split("\n\n")
    assert widths
    for table in (t for t in tables if t.startswith("| ")):
        assert len({line.replace(r"\|", "").count("|") for line in table.splitlines()}) == 1


def test_a_folder_has_all_files_and_a_file_is_one(dossier: Dossier, tmp_path: Path) -> None:
    written = write_dossier(dossier, NOTHING.table, tmp_path / "out")
    assert [p.name for p in written] == ["dossier.html", "dossier.json", "dossier.md"]
    for path in written:
        write_dossier(dossier, NOTHING.table, tmp_path / f"one{path.suffix}")
        assert (tmp_path / f"one{path.suffix}").read_bytes() == path.read_bytes()
    assert json.loads((tmp_path / "one.json").read_text())["accounts"] == dossier.accounts


def test_with_names_in_it_its_owner_alone_can_read_it(
    gateway_dossier: Dossier, tmp_path: Path
) -> None:
    for path in write_dossier(gateway_dossier, NOTHING.table, tmp_path / "out"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("out", "kind", "said"),
    [
        ("rec/x.html", UsageError, "lies inside the recording"),
        ("rec", UsageError, "lies inside the recording"),
        ("taken", FolderInUseError, "holds letter.txt, not part of a dossier"),
        ("taken/letter.txt", UsageError, "a folder, or a file that ends in .html"),
        ("taken/mine.html", FolderInUseError, "not a page of shamcrowd"),
    ],
)
def test_what_is_there_is_left_alone(
    out: str, kind: type[ShamcrowdError], said: str, tmp_path: Path
) -> None:
    (tmp_path / "rec").mkdir()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/letter.txt").write_text("dear")
    (tmp_path / "taken/mine.html").write_text("<html>")
    with pytest.raises(kind, match=said):
        check_out(tmp_path / out, tmp_path / "rec")


def test_a_dossier_is_written_over(dossier: Dossier, tmp_path: Path) -> None:
    for _ in range(2):
        check_out(tmp_path / "out", tmp_path / "rec")
        write_dossier(dossier, NOTHING.table, tmp_path / "out")


def test_the_page_is_accessible_on_desktop_and_phone(
    dossier: Dossier, axe: Callable[[Path], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    write_dossier(dossier, NOTHING.table, tmp_path / "page.html")
    said = axe(tmp_path / "page.html")
    assert said.returncode == 0, said.stdout + said.stderr
