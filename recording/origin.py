"""A digest of the source code of packages, to tell which code made a result."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path


@cache
def source_digest(*packages: str) -> str:
    """Return a digest of the Python files of ``packages``: 16 hexadecimal digits.

    Results saved by other code can then be recomputed, without a version number to maintain.

    >>> source_digest("shamcrowd.recording") != source_digest("shamcrowd.detectors")
    True
    """
    sha = hashlib.sha256()
    for package in packages:
        spec = importlib.util.find_spec(package)
        if spec is None:
            raise ModuleNotFoundError(f"no package {package!r}")
        for root in spec.submodule_search_locations or []:
            for path in sorted(Path(root).rglob("*.py")):
                sha.update(path.relative_to(root).as_posix().encode())
                sha.update(path.read_bytes())
    return sha.hexdigest()[:16]
