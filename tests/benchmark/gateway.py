"""A log that a gateway might have kept, imported."""

from __future__ import annotations

import json
from pathlib import Path

from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.kept_names import names_path, write_names
from shamcrowd.recording.imports.mapping import read_mapping, shipped

KEY = b"k" * 32


def import_gateway_log(folder: Path) -> tuple[Path, dict[str, int]]:
    """Six accounts that use one address, thirty that use their own; two days. Ids by name."""
    rows = []
    for day in (2, 3):
        for i in range(36):
            who = f"crowd-{i}" if i < 6 else f"user-{i}"
            where = "203.0.113.7" if i < 6 else f"198.51.{i}.1"
            rows += [
                {"startTime": f"2026-03-0{day}T{hour:02d}:{i:02d}:00Z", "user": who,
                 "api_key": who, "prompt_tokens": 9, "completion_tokens": 8, "status": "success",
                 "requester_ip_address": where, "model": "m"}
                for hour in range(8, 20)
            ]  # fmt: skip
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    mapping = read_mapping(shipped()["litellm-spend-logs"])
    _, names = import_log([str(folder / "a.jsonl")], mapping, folder / "rec", KEY)
    write_names(names, names_path(folder / "rec"))
    (folder / "rec.key").write_text(KEY.hex() + "\n")
    held = names["account"]
    return folder / "rec", dict(zip(held.name, held.id.tolist(), strict=True))
