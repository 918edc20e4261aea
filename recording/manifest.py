"""``manifest.json``: what a recording is and how it was made. Written last, so that it stands for
completeness: a folder without one is not a recording.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.schema import FORMAT_VERSION

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """Where a recording comes from and what is in it.

    Times are milliseconds since 1970-01-01 UTC. ``reviews`` are the moments at which detectors
    are asked. ``fingerprints`` are SHA-256 over each table's content, whatever the number of
    workers or the Parquet settings. ``closed`` says that a reviewer was asked while it played, and
    the platform acted on its alerts. ``partial`` says why the run ended early, and then what is
    there ends at ``end``; null for a whole recording.
    """

    scenario: str
    seed: int
    start: int
    end: int
    reviews: tuple[int, ...]
    rows: dict[str, int]
    fingerprints: dict[str, str]
    versions: dict[str, str]
    resolved: dict[str, Any]
    closed: bool = False
    partial: str | None = None
    format: int = FORMAT_VERSION
    synthetic: bool = True

    def write(self, folder: Path) -> None:
        """Write it into ``folder`` in one step: the file is there whole or not at all."""
        write_json(folder / NAME, asdict(self), indent=2)

    @classmethod
    def read(cls, folder: Path, *, partial: bool = False) -> Manifest:
        """Read the manifest of the recording in ``folder``; ``partial``: also of one that is not
        whole.

        Raises:
            RecordingError: if there is none, it is damaged, partial or of another format version.
        """
        path = folder / NAME
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise RecordingError(
                f"{folder}: not a recording, or one that was never finished (no {NAME}); "
                "make it again with `shamcrowd simulate`"
            ) from None
        except (OSError, ValueError, RecursionError) as fault:
            raise RecordingError(f"{path}: cannot be read ({fault}); make it again") from fault
        if not isinstance(data, dict) or data.get("format") != FORMAT_VERSION:
            found = data.get("format") if isinstance(data, dict) else None
            raise RecordingError(
                f"{path}: format {found}, this version reads {FORMAT_VERSION}; make it again"
            )
        try:
            manifest = cls(**{**data, "reviews": tuple(data["reviews"])})
            manifest._check()
        except (KeyError, TypeError) as fault:
            raise RecordingError(f"{path}: damaged ({fault}); make it again") from fault
        if manifest.partial is not None and not partial:
            raise RecordingError(
                f"{folder}: partial, {manifest.partial}; make it again, or look into what is there "
                "with open_log(folder, partial=True)"
            )
        return manifest

    def _check(self) -> None:
        """Refuse values of the wrong kind (TypeError)."""
        plain: dict[str, Any] = {
            "scenario": str,
            "seed": int,
            "start": int,
            "end": int,
            "resolved": dict,
            "closed": bool,
            "partial": str | None,
        }
        inner = {"rows": int, "fingerprints": str, "versions": str}
        wrong = [name for name, kind in plain.items() if not isinstance(getattr(self, name), kind)]
        for name, kind in inner.items():
            held = getattr(self, name)
            if not isinstance(held, dict) or not all(isinstance(v, kind) for v in held.values()):
                wrong.append(name)
        if not all(isinstance(moment, int) for moment in self.reviews):
            wrong.append("reviews")
        if wrong:
            raise TypeError(f"of the wrong kind: {', '.join(wrong)}")

    @property
    def fingerprint(self) -> str:
        """One short name for the whole content (16 hexadecimal digits)."""
        import hashlib

        text = json.dumps(self.fingerprints, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
