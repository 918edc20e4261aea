"""The page of a recording: whole in itself, complete, safe, the same for the same recording."""

from __future__ import annotations

import re
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.reports.recording.recording_page import (
    ExtraSection,
    write_recording_report,
)
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from tests.recordings import accept, change_json

MOST_BYTES = 1_500_000


@pytest.fixture(params=["quickstart", "calm", "odd"])
def folder(request):
    return request.getfixturevalue(request.param)


def test_it_is_whole_in_itself(folder, html_of, checked_text):
    html = html_of(folder)
    checked_text(html)
    assert len(html.encode()) < MOST_BYTES
    assert not re.search(
        r"nan|inf\b|None|Undefined", re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    )


def test_everybody_is_on_it(folder, html_of, checked_text):
    text = checked_text(html_of(folder))
    manifest = Truth(folder).manifest
    named = [*manifest.resolved["populations"], *manifest.resolved["campaigns"],
             manifest.resolved["title"], manifest.fingerprint]  # fmt: skip
    assert [name for name in named if name not in text] == []


def test_every_picture_says_what_it_shows(folder, html_of):
    html = html_of(folder)
    pictures = re.findall(r'<svg class="[^"]*" viewBox="[^"]*" role="img" (.*?)</svg>', html, re.S)
    assert len(pictures) >= 6
    for picture in pictures:
        assert re.match(
            r'aria-label="[^"]{20,}"><title>[^<]+</title><desc>[^<]{10,}</desc>', picture
        )
    assert html.count("<svg") == len(pictures) + html.count('aria-hidden="true"')


def test_same_recording_same_bytes(folder, html_of, tmp_path):
    again = tmp_path / "again.html"
    write_recording_report(folder, again)
    assert again.read_text("utf-8") == html_of(folder)


def test_a_newcomer_is_told_what_a_hydra_is(quickstart, html_of, checked_text):
    text = checked_text(html_of(quickstart))
    assert "What a hydra is" in text
    assert "Each account alone looks harmless" in text
    assert "distillation" in text
    assert "threat model:" not in text


def test_phases_and_releases_are_explained(quickstart, html_of, checked_text):
    html = html_of(quickstart)
    text = checked_text(html)
    assert "deep-4 on 10 March 2026" in text
    assert html.count('class="phase"') == len(Truth(quickstart).campaigns())


def test_the_calm_world_shows_no_campaign(calm, html_of, checked_text):
    html = html_of(calm)
    text = checked_text(html)
    assert "There is no abuse in this recording" in text
    assert "campaign" not in text.split("The scenario with all values")[0]
    assert 'class="sham' not in html


def test_cards_of_others_stand_at_the_end(calm, html_of, tmp_path, checked_text):
    path = tmp_path / "page.html"
    cards = [
        ExtraSection("How real <it> is", "<p>very</p>"),
        ExtraSection("The audit", "<p>passed</p>"),
    ]
    write_recording_report(calm, path, cards)
    text = checked_text(path.read_text("utf-8"))
    assert "How real <it> is very The audit passed How this was made" in text
    assert "The audit" not in checked_text(html_of(calm))


def test_hostile_names_stay_text(odd, tmp_path, checked_text):
    evil = "<script>alert(1)</script>\"'><img src=x>"
    folder = tmp_path / "evil"
    shutil.copytree(odd, folder)
    truth = Truth(folder)
    accounts, campaigns = truth.accounts(), truth.campaigns()
    for name, old in (("segment", "lonely"), ("campaign", "d"), ("tactic", "hydra")):
        accounts[name] = accounts[name].astype(object).replace(old, evil + name)
        if name in campaigns:
            campaigns[name] = campaigns[name].replace(old, evil + name)
    campaigns["phase"] = campaigns["phase"].replace("work", evil)
    for name, frame in (("accounts", accounts), ("campaigns", campaigns)):
        schema = TRUTH_TABLES[f"truth/{name}"].schema
        table = pa.Table.from_pandas(frame, schema, preserve_index=False)
        pq.write_table(table, folder / "truth" / f"{name}.parquet")
    accept(folder)

    def rename(manifest):
        manifest |= {"scenario": evil}
        manifest["resolved"] |= {"title": evil, "about": evil}
        manifest["resolved"]["releases"][0]["model"] = evil

    change_json(folder / "manifest.json", rename)
    path = tmp_path / "page.html"
    write_recording_report(folder, path)
    html = path.read_text("utf-8")
    text = checked_text(html)
    assert "<script" not in html
    assert "<img" not in html
    assert all(evil + name in text for name in ("segment", "campaign", "tactic"))


def test_a_damaged_recording_is_named(odd, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(odd, folder)
    broken = next((folder / "requests").glob("*.parquet"))
    broken.write_bytes(b"no")
    with pytest.raises(RecordingError, match=broken.name):
        write_recording_report(folder, tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def luminance(colour):
    parts = [int(c * (2 if len(colour) == 3 else 1), 16) / 255
             for c in re.findall("." if len(colour) == 3 else "..", colour)]  # fmt: skip
    line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough(quickstart, html_of, scheme):
    """WCAG AA: 4.5 for text, 3 for what a picture is made of."""
    root = re.findall(r":root \{(.*?)\}", html_of(quickstart), re.S)[scheme]
    colours = dict(re.findall(r"--(\w+): #(\w+)", root))

    def contrast(one, other):
        low, high = sorted((luminance(colours[one]), luminance(colours[other])))
        return (high + 0.05) / (low + 0.05)

    for ground in ("page", "card"):
        assert min(contrast(ink, ground) for ink in ("ink", "soft", "accent")) >= 4.5
    assert min(contrast(paint, "card") for paint in ("accent", "through")) >= 3


def test_axe(odd, axe, tmp_path):
    write_recording_report(odd, tmp_path / "page.html")
    said = axe(tmp_path / "page.html")
    assert said.returncode == 0, said.stdout + said.stderr
