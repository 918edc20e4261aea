"""Finds detectors: one class a file in a folder of ``detectors``, a plug-in, or a file of yours."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from importlib.metadata import entry_points
from inspect import getdoc, isclass, signature
from pathlib import Path
from typing import Any, cast

import shamcrowd.detectors
from shamcrowd.detectors.adapters.function import FunctionDetector
from shamcrowd.detectors.base import Detector
from shamcrowd.recording.errors import DetectorError, ShamcrowdError, UsageError

CONTROLS = "controls"
NO_FAMILY = {"adapters", "checks", "features"}
"""Folders that hold what detectors are made with."""
GROUP = "shamcrowd.detectors"
"""Entry points of other packages: ``name = "module:Class"``."""

Maker = Callable[[], Detector]
"""A detector's class, or anything else that makes one when called without arguments."""


@cache
def _shipped() -> dict[str, str]:
    """Module of every detector in the house, by name."""
    found = {}
    for family in pkgutil.iter_modules(shamcrowd.detectors.__path__):
        if not family.ispkg or family.name in NO_FAMILY:
            continue
        home = importlib.import_module(f"{shamcrowd.detectors.__name__}.{family.name}")
        for module in pkgutil.iter_modules(home.__path__):
            path = f"{home.__name__}.{module.name}"
            # A family may hold shared code beside its detectors; a detector has `review`.
            if "def review(" in _source(path):
                found[module.name.replace("_", "-")] = path
    return found


def _source(module: str) -> str:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text("utf-8")


def detector_names() -> list[str]:
    """Names of all detectors: those shipped, controls last, and those of installed plug-ins.

    >>> {"velocity", "shared-resources", "volume-only"} <= set(detector_names())
    True
    """
    shipped = _shipped()
    controls = [name for name, path in shipped.items() if f".{CONTROLS}." in path]
    plugins = sorted(point.name for point in entry_points(group=GROUP))
    return [*sorted(set(shipped) - set(controls)), *plugins, *sorted(controls)]


def is_shipped(name: str) -> bool:
    """Is it one of the house's own?

    >>> is_shipped("velocity"), is_shipped("mine.py:Velocity")
    (True, False)
    """
    return name in _shipped()


def is_control(name: str) -> bool:
    """Is it one that a detector must beat before its figures mean anything?

    >>> is_control("random"), is_control("velocity")
    (True, False)
    """
    return f".{CONTROLS}." in _shipped().get(name, "")


def detector_about(name: str) -> str:
    """First sentence of what a detector says of itself."""
    text = getdoc(load_detector(name)) or ""
    return " ".join(text.split("\n\n")[0].split())


def require_detector(name: str) -> None:
    """Refuse a name that cannot be right, without running anybody's code.

    Raises:
        UsageError: if no detector is called so, or its file is not there.
    """
    if ":" in name:
        where = Path(name.rpartition(":")[0])
        if where.suffix == ".py" and not where.is_file():
            raise UsageError(f"{name}: there is no file {where}")
    elif name not in detector_names():
        near = difflib.get_close_matches(name, detector_names(), 1, 0.5)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise UsageError(
            f"no detector {name!r}{hint} There are: {', '.join(detector_names())}; "
            "or give path.py:Class"
        )


def load_detector(name: str) -> Maker:
    """What makes the detector ``name``: a name, ``path.py:Class`` or ``module:Class``.

    A function from a view to a series of scores is taken too, and one of no arguments that makes
    a detector.

    Raises:
        UsageError: if there is none.
        DetectorError: if its file cannot be loaded.
    """
    require_detector(name)
    if ":" in name:
        where, _, what = name.rpartition(":")
        return _made(_loaded(where, name), what, name)
    if name in _shipped():
        module = importlib.import_module(_shipped()[name])
        classes = [
            item for item in vars(module).values()
            if isclass(item) and item.__module__ == module.__name__ and hasattr(item, "review")
        ]  # fmt: skip
        if len(classes) != 1:
            raise DetectorError(f"{module.__name__} must hold one detector, not {len(classes)}")
        return cast(Maker, classes[0])
    for point in entry_points(group=GROUP):
        if point.name == name:
            plugin: Maker = point.load()
            return plugin
    raise AssertionError(f"{name!r} was listed and is gone")


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
    found = getattr(module, what)
    if hasattr(found, "review"):
        if isclass(found):
            return cast(Maker, found)
        raise UsageError(f"{name}: {what!r} is an object; give its class")
    if callable(found):
        if not signature(found, follow_wrapped=False).parameters:
            return cast(Maker, found)
        return wraps(found)(lambda: FunctionDetector(found))
    raise UsageError(f"{name}: {what!r} is no class with a method `review`, and no function")
