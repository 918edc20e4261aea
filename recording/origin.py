"""A digest of the code and data of packages, to tell which made a result."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path


@cache
def source_digest(*packages: str) -> str:
    """Return a digest of the files of ``packages``: 16 hexadecimal digits.

    Data files count as code does. What Python compiles does not, nor what begins with a dot.

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
            for path in sorted(p for p in Path(root).rglob("*") if p.is_file()):
                name = path.relative_to(root).as_posix()
                if path.parent.name != "__pycache__" and not f"/{name}".count("/."):
                    sha.update(name.encode())
                    sha.update(path.read_bytes())
    return sha.hexdigest()[:16]
