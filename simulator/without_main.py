"""Starting processes from any script, also one without an ``if __name__ == "__main__"`` guard."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Processes started inside do not run the caller's script again, as multiprocessing would.

    >>> with without_main():
    ...     hasattr(sys.modules["__main__"], "__file__")
    False
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
