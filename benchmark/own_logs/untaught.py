"""The detectors that a log without labels can be given to."""

from __future__ import annotations

from shamcrowd.detectors.registry import detector_names, is_control, is_shipped, load_detector


def untaught() -> tuple[str, ...]:
    """All shipped detectors that do not learn from labels, without the controls."""
    fit = [n for n in detector_names() if is_shipped(n) and not is_control(n)]
    return tuple(name for name in fit if not hasattr(load_detector(name), "fit"))
