"""Names behind the ids of an import, for those who have its key."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports.kept_names import names_path, read_all_names
from shamcrowd.recording.imports.pseudonyms import keyed_ids, read_kept_key
from shamcrowd.recording.imports.things import plain_address

_TRIED = 20
"""Names whose ids are made again with the key, to see whether it is the right one."""


def reveal(
    folder: Path, key_file: Path, names_file: Path | None = None
) -> dict[str, dict[int, str]]:
    """Read the names behind the ids of a recording, by kind and id.

    Args:
        folder: the recording.
        key_file: the key that its import used.
        names_file: the names that its import kept; None: beside the recording.

    Raises:
        UsageError: if the key is not the one that made the ids.
        UnreadableError: if there are no names.
    """
    key = read_kept_key(key_file)
    names = read_all_names(names_file or names_path(folder))
    accounts = names.get("account", {})
    tried = list(accounts.items())[:_TRIED]
    made = keyed_ids(key, "account", [name for _, name in tried]).tolist()
    # Two names in about 2**31 collide, and then one of them has another id.
    wrong = sum(a != b for (a, _), b in zip(tried, made, strict=True))
    if wrong > 1 or (tried and wrong == len(tried)):
        raise UsageError(f"{key_file}: not the key that made the ids of {folder}")
    # Of an address the recording knows the id of what remains without port and brackets.
    return {kind: {number: plain_address(name) if kind == "address" else name
                   for number, name in held.items()} for kind, held in names.items()}  # fmt: skip
