"""Finds detectors: one class a file in a folder of ``detectors``, a plug-in, or a file of yours."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import sys
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from inspect import getdoc, isclass, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from shamcrowd.recording.errors import DetectorError, ShamcrowdError, UsageError
from shamcrowd.recording.plugins.catalogue import Catalogue, discover
from shamcrowd.recording.plugins.kind import Kind

if TYPE_CHECKING:
    from shamcrowd.detectors.base import Detector

CONTROLS = "controls"

Maker = Callable[[], "Detector"]
"""A detector's class, or anything else that makes one when called without arguments."""


DETECTORS = Kind(
    "detector",
    "detectors",
    "shamcrowd.detectors",
    method="review",
    families=True,
    mixed=True,
    support=frozenset({"adapters", "checks", "features", "linking"}),
    last=(CONTROLS,),
)


@cache
def detectors() -> Catalogue[Maker]:
    """Every detector that has a name: the shipped ones, and those of installed packages."""
    return discover(DETECTORS)


def detector_names() -> list[str]:
    """Names of all detectors: those shipped, those of installed packages, controls last.

    >>> {"velocity", "shared-resources", "volume-only"} <= set(detector_names())
    True
    """
    return list(detectors())


def is_shipped(name: str) -> bool:
    """Is it one of this package's own?

    >>> is_shipped("velocity"), is_shipped("mine.py:Velocity")
    (True, False)
    """
    entry = detectors().entries().get(name)
    return entry is not None and not entry.package


def module_of(name: str) -> str:
    """The module that a named detector is in; "" if there is none of this name.

    >>> module_of("velocity")
    'shamcrowd.detectors.rules.velocity'
    """
    entry = detectors().entries().get(name)
    return entry.source.module if entry is not None else ""


def is_control(name: str) -> bool:
    """Is it one that a detector must beat before its figures mean anything?

    >>> is_control("random"), is_control("velocity")
    (True, False)
    """
    entry = detectors().entries().get(name)
    return entry is not None and entry.family == CONTROLS


def detector_about(name: str) -> str:
    """First paragraph of what a detector says of itself."""
    if entry := detectors().entries().get(name):
        return entry.about
    text = getdoc(load_detector(name)) or ""
    return " ".join(text.split("\n\n")[0].split())


def require_detector(name: str) -> None:
    """Refuse a name that cannot be right, without running anybody's code.

    Raises:
        UsageError: if no detector is called so, or its file is not there.
        PluginError: if the source of the one of this name shows a fault.
    """
    if ":" in name:
        where = Path(name.rpartition(":")[0])
        if where.suffix == ".py" and not where.is_file():
            raise UsageError(f"{name}: there is no file {where}")
    elif name not in detectors():
        near = difflib.get_close_matches(name, detector_names(), 1, 0.5)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise UsageError(
            f"no detector {name!r}{hint} There are: {', '.join(detector_names())}; "
            "or give path.py:Class"
        )
    else:
        detectors().require(name)


def load_detector(name: str) -> Maker:
    """What makes the detector ``name``: a name, ``path.py:Class`` or ``module:Class``.

    A function from a view to a series of scores is taken too, and one of no arguments that makes
    a detector.

    Raises:
        UsageError: if there is none.
        PluginError: if the one of this name is faulty.
        DetectorError: if a file given by its path cannot be loaded.
    """
    require_detector(name)
    if ":" in name:
        where, _, what = name.rpartition(":")
        return _made(_loaded(where, name), what, name)
    found: Any = detectors().load(name)
    return _maker(found, found.__name__, name)


def _loaded(where: str, name: str) -> Any:
    """The module at a path or of a name."""
    path = Path(where)
    try:
        if path.suffix != ".py":
            return importlib.import_module(where)
        if not path.is_file():
            raise UsageError(f"{name}: there is no file {where}")
        path = path.resolve()
        # One name per file in every process, so that objects made here can be unpickled there.
        module_name = f"shamcrowd_user_{path.stem}_{sha256(str(path).encode()).hexdigest()[:16]}"
        if module_name in sys.modules:
            return sys.modules[module_name]
        spec = importlib.util.spec_from_file_location(module_name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[module_name]
            raise
    except ShamcrowdError:
        raise
    except Exception as fault:
        raise DetectorError(
            f"{name}: {where} cannot be loaded: {type(fault).__name__}: {fault}"
        ) from fault
    return module


def _made(module: Any, what: str, name: str) -> Maker:
    if not hasattr(module, what):
        offered = [n for n, v in vars(module).items() if hasattr(v, "review")]
        raise UsageError(
            f"{name}: nothing is called {what!r} there; it has: {', '.join(offered) or 'no class'}"
        )
    return _maker(getattr(module, what), what, name)


def _maker(found: Any, what: str, name: str) -> Maker:
    if hasattr(found, "review"):
        if isclass(found):
            return cast(Maker, found)
        raise UsageError(f"{name}: {what!r} is an object; give its class")
    if callable(found):
        if not signature(found, follow_wrapped=False).parameters:
            return cast(Maker, found)
        from shamcrowd.detectors.adapters.function import FunctionDetector

        return wraps(found)(lambda: FunctionDetector(found))
    raise UsageError(f"{name}: {what!r} is no class with a method `review`, and no function")
