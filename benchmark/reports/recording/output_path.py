"""The output path of a recording's page."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.recording.atomic import check_place
from shamcrowd.recording.errors import FolderInUseError, RecordingError, UsageError
from shamcrowd.recording.manifest import NAME

OURS = b'<meta name="generator" content="shamcrowd">'
HEAD = 1000
"""Number of bytes at the start of a page that contain `OURS`."""


def page_path(folder: Path, out: Path | None) -> Path:
    """``out``, or a file next to the recording.

    A page inside the recording would be a foreign file, and ``simulate`` would refuse to write the
    recording again.

    Raises:
        RecordingError: if ``folder`` is a run, which has a report already.
        UsageError: if ``out`` is a folder or lies inside the recording.
        FolderInUseError: if ``out`` is a file that is not a page of shamcrowd.
    """
    if (folder / "scores.json").is_file() and not (folder / NAME).is_file():
        raise RecordingError(
            folder,
            "a run, not a recording",
            f"its report is {folder / 'report.html'}, and its recordings are in "
            f"{folder / 'recordings'}",
        )
    whole = folder.resolve()
    path = out or (folder if folder.name == whole.name else whole).with_name(f"{whole.name}.html")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; give the path of a file, such as {path}.html")
    if whole in path.resolve().parents:
        raise UsageError(f"{path}: lies inside the recording, which may hold only its tables")
    check_overwrite(path)
    return path


def check_overwrite(path: Path) -> None:
    """Refuse to overwrite a file that is not a page of shamcrowd.

    Raises:
        FolderInUseError: if ``path`` is such a file.
        OutputError: if no file can be written there.
    """
    check_place(path)
    if path.is_file() and OURS not in path.read_bytes()[:HEAD]:
        raise FolderInUseError(
            f"{path}: exists and is not a page of shamcrowd; it was left unchanged"
        )
