"""Writes a comparison to a folder: tables, charts and, on request, PDF and PNG."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.benchmark.charts.critical_difference import ranks_chart
from shamcrowd.benchmark.charts.detection import detection_chart
from shamcrowd.benchmark.comparison.compare import Comparison
from shamcrowd.benchmark.reports.comparison.formats import FORMATS
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.recording.atomic import write_bytes
from shamcrowd.recording.errors import MissingExtraError
from shamcrowd.recording.plain_text import file_stem

ENOUGH = 2.0
"""Times the size on screen at which a PNG is drawn: sharp in print."""


def drawings(comparison: Comparison) -> dict[str, str]:
    """SVG by file name: ranks by headline metric, detection over time by scenario."""
    found = {
        f"ranks-{name}.svg": ranks_chart(ranking, metrics()[name].title)
        for name, ranking in comparison.rankings.items()
        if metrics()[name].display == "headline"
    }
    for scenario in comparison.scenarios:
        inside = [
            (label, pair)
            for label, of in comparison.pairs.items()
            for pair in of
            if pair.scenario.scenario == scenario
        ]
        found[f"detection-{file_stem(scenario)}.svg"] = detection_chart(
            scenario, inside, (comparison.a, comparison.b)
        )
    return found


def write_comparison(comparison: Comparison, folder: Path, paper: bool = False) -> list[Path]:
    """Write all formats and drawings; with ``paper`` every drawing as PDF and PNG too.

    Raises:
        MissingExtraError: if ``paper`` is asked for and the extra is not installed.
        UsageError: if the folder can't be written.
    """
    files = {name: write(comparison).encode() for name, write in FORMATS.values()}
    for name, svg in drawings(comparison).items():
        files[name] = svg.encode()
        if paper:
            files |= _for_paper(name.removesuffix(".svg"), svg)
    for name, content in files.items():
        write_bytes(folder / name, content)
    return [folder / name for name in files]


def _for_paper(name: str, svg: str) -> dict[str, bytes]:
    try:
        import vl_convert
    except ImportError:
        raise MissingExtraError(
            "PDF and PNG need vl-convert: pip install 'shamcrowd[paper]'"
        ) from None
    return {
        f"{name}.pdf": vl_convert.svg_to_pdf(svg),
        f"{name}.png": vl_convert.svg_to_png(svg, scale=ENOUGH),
    }
