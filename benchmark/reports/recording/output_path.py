"""Where the page of a recording may lie."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.recording.errors import FolderInUseError, RecordingError, UsageError
from shamcrowd.recording.manifest import NAME

OURS = b'<meta name="generator" content="shamcrowd">'
HEAD = 1000
"""Bytes of a page in which that stands."""


def page_path(folder: Path, out: Path | None) -> Path:
    """``out``, or a file beside the recording.

    Inside the recording it would be a stranger's file, for which ``simulate`` would refuse to
    write the recording again.

    Raises:
        RecordingError: if ``folder`` is a run, which has a report already.
        UsageError: if ``out`` is a folder or lies inside the recording.
        FolderInUseError: if ``out`` is a file that is no page of ours.
    """
    if (folder / "scores.json").is_file() and not (folder / NAME).is_file():
        raise RecordingError(
            f"{folder}: a run, not a recording; its report is {folder / 'report.html'}, and its "
            f"recordings are in {folder / 'recordings'}"
        )
    whole = folder.resolve()
    path = out or (folder if folder.name == whole.name else whole).with_name(f"{whole.name}.html")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file for the page, such as {path}.html")
    if whole in path.resolve().parents:
        raise UsageError(f"{path}: lies inside the recording, which holds its tables only")
    unless_strange(path)
    return path


def unless_strange(path: Path) -> None:
    """Refuse to write over a page that is not ours.

    Raises:
        FolderInUseError: if ``path`` is such a file.
    """
    if path.is_file() and OURS not in path.read_bytes()[:HEAD]:
        raise FolderInUseError(f"{path}: there already, and no page of ours; left as it was")
