"""The realism scorecard as a chart: per statistic its range, the real traces and this traffic."""

from __future__ import annotations

import math
from pathlib import Path

from shamcrowd.benchmark.charts.canvas import circle, drawing, path, rectangle, rule, text
from shamcrowd.benchmark.charts.formatting import limits, significant
from shamcrowd.benchmark.world_checks.realism.judging import Scorecard, StatisticResult
from shamcrowd.benchmark.world_checks.realism.statistic import Range
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.plain_text import html_text

WIDTH, ROW, MARGIN = 760, 30, 16
NAME, LEFT, RIGHT, VALUE, VERDICT = 44, 300, 584, 656, 666
"""Horizontal positions: start of names, start and end of the track, end of values, start of
verdicts."""
BAND = (0.25, 0.75)
"""Part of every track that the range takes, the same in every row."""
WIDE = 8
"""Ranges whose ends differ by this factor are drawn on a logarithmic scale."""
SIGNS = {
    "pass": "✓ pass", "fail": "✗ fail", "inside": "✓ inside", "outside": "✗ outside",
    "not measured": "unmeasured", "no range": "",
}  # fmt: skip
STYLE = """
.rs{width:100%;max-width:60rem;font:13px system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
.rs text{fill:#1d2430}.rs .rs-soft{fill:#5c6675;font-size:10px}.rs .rs-head{font-weight:600}
.rs .rs-page{fill:#fff;stroke:#dfe1e3}.rs .rs-track{stroke:#dfe1e3}
.rs .rs-band{fill:#cfe3d4}.rs .rs-real{fill:none;stroke:#5c6675;stroke-width:1.3}
.rs .rs-mark{fill:#1f5f8b;stroke:#fff}.rs .rs-mark.rs-fail{fill:#b3470f}
.rs .rs-fail-word{fill:#b3470f;font-weight:600}
@media (prefers-color-scheme:dark){
.rs text{fill:#e6e9ee}.rs .rs-soft{fill:#9aa5b4}.rs .rs-page{fill:#1b2027;stroke:#323a45}
.rs .rs-track{stroke:#465160}.rs .rs-band{fill:#2c4a37}.rs .rs-real{stroke:#b4bdc9}
.rs .rs-mark{fill:#7db8e0;stroke:#1b2027}.rs .rs-mark.rs-fail{fill:#f0935a}
.rs .rs-fail-word{fill:#f0935a}}
"""
"""Every class begins with ``rs``: a drawing inside a page shares the styles of the page."""


def card_svg(card: Scorecard) -> str:
    """The scorecard as one self-contained SVG element, for a file or inside a page."""
    title = f"Realism of {Path(card.source).name}: {card.summary()}"
    drawn = [_words(MARGIN, 30, title, "rs-head"), _details(card), _legend(72)]
    y = 100
    parts = (
        ("Core", card.core),
        ("Secondary, not counted", card.secondary),
        ("Platform", card.platform),
    )
    for head, rows in parts:
        if not rows:
            continue
        drawn.append(_words(MARGIN, y, head, "rs-head"))
        for row in rows:
            y += ROW
            drawn.append(_row(row, y))
        y += ROW + 12
    height = y - ROW + 12
    page = rectangle(0.5, 0.5, WIDTH - 1, height - 1, "rs-page", rx=8)
    return drawing(WIDTH, height, title, [page, *drawn], "rs", STYLE)


def write_card(card: Scorecard, out: Path) -> None:
    """Write the scorecard to the file ``out``, an ``.svg`` or ``.html``.

    Raises:
        UsageError: if it is neither, or cannot be written.
    """
    page = card_svg(card)
    if out.suffix.lower() in (".html", ".htm"):
        page = (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            '<meta name="color-scheme" content="light dark">'
            f"<title>Realism of {html_text(card.source)}</title></head>"
            '<body style="max-width:60rem;margin:1rem auto;padding:0 .5rem">'
            f"{page}</body></html>"
        )
    elif out.suffix.lower() != ".svg":
        raise UsageError(f"{out}: the card is written to an .svg or .html file; change the name")
    write_text(out, page + "\n")


def position(value: float, ends: Range) -> float:
    """Position of a value on the track, 0 to 1; the range fills ``BAND``, and values too far
    outside it are drawn at the ends.

    >>> position(2.0, (0.0, 4.0)), position(10.0, (1.0, 100.0)), position(-9.0, (0.0, 4.0))
    (0.5, 0.5, 0.0)
    >>> position(0.0, (0.0, 0.0)), position(0.1, (0.0, 0.0)), position(-0.1, (0.0, 0.0))
    (0.5, 1.0, 0.0)
    """
    low, high = ends
    if low == high:
        # One value is all that passes: it lies in the middle of the band.
        return 0.5 if value == low else float(value > low)
    if low > 0 and high / low >= WIDE:
        if value <= 0:
            return 0.0
        value, low, high = math.log(value), math.log(low), math.log(high)
    share = BAND[0] + (BAND[1] - BAND[0]) * (value - low) / (high - low)
    return min(max(share, 0.0), 1.0)


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _words(x: float, y: float, words: str, kind: str = "rs-words", anchor: str = "start") -> str:
    return text(x, y, words, anchor, kind)


def _details(card: Scorecard) -> str:
    details = (
        f"{counted(card.requests, 'legitimate request')} of "
        f"{counted(card.clients, 'client')}, {card.days:.1f} days; "
        f"A1 and A2 in windows of {card.window // 60} minutes; hours are UTC"
    )
    return _words(MARGIN, 48, details, "rs-soft")


def _legend(y: float) -> str:
    return (
        rectangle(MARGIN, y - 9, 24, 10, "rs-band")
        + _words(MARGIN + 30, y, "range of realism", "rs-soft")
        + _real(MARGIN + 135, y - 4)
        + _words(MARGIN + 145, y, "real traces, from which the ranges were set", "rs-soft")
        + _mark(MARGIN + 385, y - 4, 0.5, "")
        + _words(MARGIN + 397, y, "this traffic (an arrow: off the scale)", "rs-soft")
    )


def _real(x: float, y: float) -> str:
    return circle(x, y, 3, "rs-real")


def _mark(x: float, y: float, share: float, kind: str) -> str:
    """A diamond, or an arrow that points off the track's end."""
    shapes = {0.0: "m-7 0l10 -6v12z", 1.0: "m7 0l-10 -6v12z"}
    shape = shapes.get(share, "m0 -7l5 7l-5 7l-5 -7z")
    return path(f"M{x:.1f} {y:.1f}{shape}", f"rs-mark {kind}".strip())


def _row(row: StatisticResult, y: float) -> str:
    real = ", ".join(f"{value:g}" for value in row.real) or "no public figure"
    value = significant(row.value)
    if row.unit and row.value is not None:
        value += f" {row.unit}"
    description = (
        f"{row.id} {row.name}: {value}, {row.verdict}"
        f"{row.reason and ' (' + row.reason + ')'}; range {limits(row.range)}; real traces: {real}"
    )
    drawn = [
        f"<g><title>{html_text(description)}</title>",
        _words(MARGIN, y, row.id, "rs-soft"),
        _words(NAME, y, row.name),
    ]
    if row.range is None or row.value is None:
        drawn.append(_words(_x(0.5), y, row.reason or "no public figure", "rs-soft", "middle"))
    else:
        low, high = (_x(share) for share in BAND)
        middle = y - 5
        drawn += [
            rule(LEFT, middle, RIGHT, middle, "rs-track"),
            rectangle(low, middle - 6, high - low, 12, "rs-band", rx=2),
            _words(low - 4, y + 10, f"{row.range[0]:g}", "rs-soft", "middle"),
            _words(high + 4, y + 10, f"{row.range[1]:g}", "rs-soft", "middle"),
            *(_real(_x(position(value, row.range)), middle) for value in row.real),
        ]
        share = position(row.value, row.range)
        outside = row.verdict in ("fail", "outside")
        drawn.append(_mark(_x(share), middle, share, "rs-fail" if outside else ""))
    drawn.append(_words(VALUE, y, value, anchor="end"))
    failed = row.verdict == "fail"
    drawn.append(_words(VERDICT, y, SIGNS[row.verdict], "rs-fail-word" if failed else "rs-words"))
    return "".join(drawn) + "</g>"
