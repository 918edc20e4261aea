"""Writes a dossier: a folder with page, data, Markdown and findings, or one of the files."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.benchmark.own_logs.explain.model import Dossier
from shamcrowd.benchmark.own_logs.explain.queries import FINDINGS
from shamcrowd.benchmark.reports.dossier.dossier_page import as_html
from shamcrowd.benchmark.reports.dossier.formats import as_json, as_markdown
from shamcrowd.benchmark.reports.recording.output_path import check_overwrite
from shamcrowd.recording.atomic import check_place, new_folder, write_text
from shamcrowd.recording.errors import FolderInUseError, UsageError

NAME = "dossier"
WRITERS = {".html": as_html, ".json": as_json, ".md": as_markdown}
_OURS = {f"{NAME}{ending}" for ending in WRITERS} | {FINDINGS}


def check_out(out: Path, recording: Path) -> None:
    """Check that a dossier can be written, before anything is computed.

    Raises:
        UsageError: if a file's name ends in nothing that is known, or lies inside the recording.
        FolderInUseError: if something else is there.
    """
    if recording.resolve() in (out.resolve(), *out.resolve().parents):
        raise UsageError(f"{out}: lies inside the recording, which may hold only its tables")
    if out.suffix in WRITERS and not out.is_dir():
        if out.suffix == ".html":
            check_overwrite(out)
        check_place(out)
        return
    if out.is_file():
        raise UsageError(f"{out}: name a folder, or a file that ends in {', '.join(WRITERS)}")
    strange = sorted(p.name for p in out.iterdir() if p.name not in _OURS) if out.is_dir() else []
    if strange:
        raise FolderInUseError(
            f"{out}: holds {strange[0]}, not part of a dossier; nothing in it was touched. "
            "Name another folder"
        )


def write_dossier(dossier: Dossier, findings: pa.Table, out: Path) -> list[Path]:
    """Write a dossier in one step.

    With names in it, the files are readable by their owner alone.

    Args:
        dossier: the dossier.
        findings: what detectors said, which queries refer to.
        out: a folder, or a file whose ending says which format.

    Returns:
        The files written.
    """
    if out.suffix in WRITERS and not out.is_dir():
        write_text(out, WRITERS[out.suffix](dossier))
        written = [out]
    else:
        with new_folder(out) as aside:
            for ending, made in WRITERS.items():
                (aside / f"{NAME}{ending}").write_text(made(dossier), "utf-8")
            if findings.num_rows:
                pq.write_table(findings, aside / FINDINGS)
        written = sorted(out.iterdir())
    if dossier.names:
        for path in written:
            os.chmod(path, 0o600)  # noqa: PTH101
    return written
