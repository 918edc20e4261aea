"""The board of a run for a paper: CSV, LaTeX, and a figure in Vega-Lite."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.charts.formatting import figure
from shamcrowd.benchmark.scoring.metrics.base import Metric
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import Measurement, Scores
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.plain_text import csv_cell, tex_text

VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"
MOST_COLUMNS = 4
"""Metrics of the LaTeX table: with more it does not fit a column of 84 mm."""


def board_csv(scores: Scores) -> str:
    """A line for each detector and metric, with full numbers."""
    out = io.StringIO()
    frame = scores.to_frame()
    frame.map(csv_cell).to_csv(out, index=False, lineterminator="\n")
    return out.getvalue()


def board_latex(scores: Scores) -> str:
    r"""A table of detectors by headline metrics, for a column of a paper.

    The best detector of each metric is bold, and so are those with the same figure; controls
    compete for nothing. Intervals (95 %) stand below the figures. The document needs
    ``\usepackage{booktabs}``.
    """
    chosen = _headline(scores)
    best = {name: _best(scores, name, metric) for name, metric in chosen.items()}
    lines = [
        r"% Needs \usepackage{booktabs}.", r"\begin{table}", r"\centering", r"\footnotesize",
        r"\setlength{\tabcolsep}{3pt}",
        rf"\caption{{{_caption(scores)}}}",
        rf"\begin{{tabular}}{{@{{}}l{'c' * len(chosen)}@{{}}}}", r"\toprule",
        " & ".join(["Method", *(_head(m) for m in chosen.values())]) + r" \\", r"\midrule",
    ]  # fmt: skip
    kind = "detector"
    for scored in scores.detectors:
        if scored.kind != kind:
            lines.append(r"\midrule")
            kind = scored.kind
        if scored.status != "ok":
            span = rf"\multicolumn{{{len(chosen)}}}{{c}}{{{tex_text(scored.status)}}}"
            lines.append(rf"{tex_text(scored.name)} & {span} \\")
            continue
        cells = []
        for name, metric in chosen.items():
            measured = scored.metrics.get(name)
            text = _figure(measured, metric)
            if scored.kind == "detector" and best[name] is not None and text == best[name]:
                text = rf"\textbf{{{text}}}"
            cells.append(_with_interval(text, measured, metric))
        lines.append(" & ".join([tex_text(scored.name), *cells]) + r" \\")
    lines += [r"\bottomrule", r"\end{tabular}", r"\end{table}"]
    return "\n".join(lines) + "\n"


def board_vega_lite(scores: Scores) -> str:
    """A figure that one can restyle: detectors by headline metrics, with their intervals."""
    chosen = _headline(scores)
    values = [
        {
            "detector": scored.name, "kind": scored.kind, "metric": metric.title,
            "value": m.value, "low": m.low, "high": m.high,
        }
        for scored in scores.detectors
        for name, metric in chosen.items()
        if (m := scored.metrics.get(name)) is not None and m.value is not None
    ]  # fmt: skip
    names = [scored.name for scored in scores.detectors]
    y = {"field": "detector", "type": "nominal", "sort": names, "title": None}
    colour = {"field": "kind", "type": "nominal", "title": None}
    mark = {"type": "point", "filled": True, "size": 60}
    x: dict[str, Any] = {"field": "value", "type": "quantitative", "title": None}
    spec = {
        "$schema": VEGA_LITE,
        "description": f"{scores.scenario}: detectors by headline metrics, 95 % intervals",
        "data": {"values": values},
        "facet": {"column": {"field": "metric", "type": "nominal", "title": None,
                             "sort": [m.title for m in chosen.values()]}},
        "spec": {
            "width": 170,
            "layer": [
                {"mark": "rule", "encoding": {"y": y, "x": {**x, "field": "low"},
                                              "x2": {"field": "high"}, "color": colour}},
                {"mark": mark, "encoding": {"y": y, "x": x, "color": colour}},
            ],
        },
        "resolve": {"scale": {"x": "independent"}},
    }  # fmt: skip
    return json.dumps(spec, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


FORMATS: dict[str, Callable[[Scores], str]] = {
    ".csv": board_csv, ".tex": board_latex, ".json": board_vega_lite,
}  # fmt: skip
"""Writers by the ending of a file's name."""


def write_run_board(scores: Scores, path: Path) -> None:
    """Write the board in the format that the file's name ends in.

    Raises:
        UsageError: if it ends in none of them, or cannot be written.
    """
    if path.suffix not in FORMATS:
        raise UsageError(f"{path}: name a file that ends in {', '.join(FORMATS)}")
    write_text(path, FORMATS[path.suffix](scores))


def _headline(scores: Scores) -> dict[str, Metric]:
    there = {name for scored in scores.detectors for name in scored.metrics}
    named = [(n, m) for n, m in metrics().items() if m.display == "headline" and n in there]
    return dict(named[:MOST_COLUMNS])


def _figure(measured: Measurement | None, metric: Metric) -> str:
    if measured is None or measured.value is None:
        return "--"
    return tex_text(figure(measured.value, metric.unit))


def _best(scores: Scores, name: str, metric: Metric) -> str | None:
    """The best figure of a detector, as it is printed; None where nobody has any."""
    found = [
        m for scored in scores.detectors
        if scored.kind == "detector" and (m := scored.metrics.get(name)) and m.value is not None
    ]  # fmt: skip
    if not found:
        return None
    least = metric.better == "lower"
    best = (min if least else max)(found, key=lambda m: m.value or 0.0)
    return _figure(best, metric)


def _with_interval(text: str, measured: Measurement | None, metric: Metric) -> str:
    if measured is None or measured.low is None or measured.high is None:
        return text
    ends = ", ".join(tex_text(figure(v, metric.unit)) for v in (measured.low, measured.high))
    return rf"\shortstack{{{text}\\{{\tiny [{ends}]}}}}"


def _head(metric: Metric) -> str:
    parts = [tex_text(part) for part in metric.short.split("\n")]
    arrow = r" $\downarrow$" if metric.better == "lower" else ""
    lines = "\\\\".join(parts)
    return rf"\shortstack{{{lines}{arrow}}}" if len(parts) > 1 else parts[0] + arrow


def _caption(scores: Scores) -> str:
    seeds = counted(len(scores.seeds), "seed")
    said = f"{scores.scenario}, {seeds}. Best detector in bold; 95 % intervals in brackets."
    return tex_text(said)
