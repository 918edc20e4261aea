"""``manifest.json``: what a recording is and how it was made.

It is written last: a folder without one is not a complete recording.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.drawn_values import with_values
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.schema import FORMAT_VERSION

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """Where a recording comes from and what is in it.

    Times are milliseconds since 1970-01-01 UTC. ``reviews`` are the moments at which detectors
    are asked. ``rows`` holds the number of rows of each table. ``fingerprints`` holds the SHA-256
    of each table's content, which does not depend on the number of workers or the Parquet
    settings. ``versions`` names the packages that made it, ``resolved`` is the scenario with all
    defaults filled in; ``drawn`` holds the values that its priors drew for this seed, by path.
    ``closed`` is true for the closed loop, where the platform acted on a
    detector's alerts during the simulation. ``partial`` says why a simulation ended early, at
    ``end``; it is null for a complete recording. ``secret`` is the SHA-256 of the judge's secret
    that ids and streams were keyed with; the file names it only where there is one.
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
    drawn: dict[str, float | str] = field(default_factory=dict)
    closed: bool = False
    partial: str | None = None
    secret: str = ""
    format: int = FORMAT_VERSION
    synthetic: bool = True

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into ``folder`` in one step."""
        told = asdict(self)
        if not self.secret:
            del told["secret"]
        write_json(folder / NAME, told, indent=2)

    @classmethod
    def read(cls, folder: Path, *, partial: bool = False) -> Manifest:
        """Read the manifest of the recording in ``folder``.

        Args:
            folder: the recording.
            partial: accept a recording whose simulation ended early.

        Raises:
            RecordingError: if there is no manifest, or it is damaged, of another format version,
                or of a partial recording that was not asked for.
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
                f"{folder}: partial, {manifest.partial}; make it again, or read what is there with "
                "open_log(folder, partial=True)"
            )
        return manifest

    def _check(self) -> None:
        """Raise TypeError for values of the wrong type."""
        plain: dict[str, Any] = {
            "scenario": str,
            "seed": int,
            "start": int,
            "end": int,
            "resolved": dict,
            "closed": bool,
            "partial": str | None,
            "secret": str,
        }
        inner: dict[str, Any] = {"rows": int, "fingerprints": str, "versions": str}
        inner["drawn"] = int | float | str
        wrong = [name for name, kind in plain.items() if not isinstance(getattr(self, name), kind)]
        for name, kind in inner.items():
            held = getattr(self, name)
            if not isinstance(held, dict) or not all(isinstance(v, kind) for v in held.values()):
                wrong.append(name)
        if not all(isinstance(moment, int) for moment in self.reviews):
            wrong.append("reviews")
        if wrong:
            raise TypeError(f"values of the wrong type: {', '.join(wrong)}")

    @property
    def played(self) -> dict[str, Any]:
        """The scenario as it was played: every value, those drawn for this seed included."""
        return with_values(self.resolved, self.drawn)

    @property
    def fingerprint(self) -> str:
        """A digest of all fingerprints: 16 hexadecimal digits."""
        import hashlib

        text = json.dumps(self.fingerprints, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
