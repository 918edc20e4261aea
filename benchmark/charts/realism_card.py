"""Draws the scorecard: for every statistic the range, the real traces and this traffic."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path

from shamcrowd.benchmark.charts.formatting import limits, significant
from shamcrowd.benchmark.world_checks.realism.judging import Scorecard, StatisticResult
from shamcrowd.benchmark.world_checks.realism.statistic import Range
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.errors import UsageError

WIDTH, ROW, MARGIN = 760, 30, 16
NAME, LEFT, RIGHT, VALUE, VERDICT = 44, 300, 584, 656, 666
"""Columns: where names begin, the track begins and ends, values end, verdicts begin."""
BAND = (0.25, 0.75)
"""The range takes this part of every track, so that the eye can run down the card."""
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
"""Every class begins with ``rs``, since a drawing inside a page shares its styles."""


def card_svg(card: Scorecard) -> str:
    """The card as one self-contained SVG element, to stand alone or inside a page."""
    title = f"Realism of {Path(card.source).name}: {card.summary()}"
    parts = [_text(MARGIN, 30, title, "rs-head"), _facts(card), _legend(72)]
    y = 100
    for head, rows in (("Core", card.core), ("Secondary, not counted", card.secondary)):
        parts.append(_text(MARGIN, y, head, "rs-head"))
        for row in rows:
            y += ROW
            parts.append(_row(row, y))
        y += ROW + 12
    height = y - ROW + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rs" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(title)}"><style>{STYLE}</style>'
        f'<rect class="rs-page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>'
        + "".join(parts)
        + "</svg>"
    )


def write_card(card: Scorecard, out: Path) -> None:
    """Draw the card into the file ``out``, an ``.svg`` or ``.html``.

    Raises:
        UsageError: if it is neither, or cannot be written.
    """
    text = card_svg(card)
    if out.suffix.lower() in (".html", ".htm"):
        text = (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            '<meta name="color-scheme" content="light dark">'
            f"<title>Realism of {escape(card.source)}</title></head>"
            '<body style="max-width:60rem;margin:1rem auto;padding:0 .5rem">'
            f"{text}</body></html>"
        )
    elif out.suffix.lower() != ".svg":
        raise UsageError(f"{out}: a card is drawn into an .svg or .html file; change the name")
    write_text(out, text + "\n")


def place(value: float, limits: Range) -> float:
    """Where on the track (0 to 1) a value lies; the range fills ``BAND``, and what lies too far
    out is held at the ends.

    >>> place(2.0, (0.0, 4.0)), place(10.0, (1.0, 100.0)), place(-9.0, (0.0, 4.0))
    (0.5, 0.5, 0.0)
    """
    low, high = limits
    if low > 0 and high / low >= WIDE:
        if value <= 0:
            return 0.0
        value, low, high = math.log(value), math.log(low), math.log(high)
    share = BAND[0] + (BAND[1] - BAND[0]) * (value - low) / (high - low)
    return min(max(share, 0.0), 1.0)


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def _facts(card: Scorecard) -> str:
    text = (
        f"{card.requests:,} legitimate requests of {card.clients:,} clients, {card.days:.1f} days; "
        f"A1 and A2 in windows of {card.window // 60} minutes; hours are UTC"
    )
    return _text(MARGIN, 48, text, "rs-soft")


def _legend(y: float) -> str:
    return (
        f'<rect class="rs-band" x="{MARGIN}" y="{y - 9}" width="24" height="10"/>'
        + _text(MARGIN + 30, y, "range of realism", "rs-soft")
        + _real(MARGIN + 135, y - 4)
        + _text(MARGIN + 145, y, "real traces, from which the ranges were set", "rs-soft")
        + _mark(MARGIN + 385, y - 4, 0.5, "")
        + _text(MARGIN + 397, y, "this traffic (an arrow: off the scale)", "rs-soft")
    )


def _real(x: float, y: float) -> str:
    return f'<circle class="rs-real" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def _mark(x: float, y: float, share: float, kind: str) -> str:
    """A diamond, or an arrow that points off the track's end."""
    shapes = {0.0: "m-7 0l10 -6v12z", 1.0: "m7 0l-10 -6v12z"}
    shape = shapes.get(share, "m0 -7l5 7l-5 7l-5 -7z")
    return f'<path class="rs-mark {kind}" d="M{x:.1f} {y:.1f}{shape}"/>'


def _row(row: StatisticResult, y: float) -> str:
    real = ", ".join(f"{value:g}" for value in row.real) or "no public figure"
    value = significant(row.value)
    if row.unit and row.value is not None:
        value += f" {row.unit}"
    told = (
        f"{row.id} {row.name}: {value}, {row.verdict}"
        f"{row.reason and ' (' + row.reason + ')'}; range {limits(row.range)}; real traces: {real}"
    )
    parts = [f"<g><title>{escape(told)}</title>", _text(MARGIN, y, row.id, "rs-soft")]
    parts.append(_text(NAME, y, row.name))
    if row.range is None or row.value is None:
        instead = row.reason or "no public figure"
        parts.append(_text(_x(0.5), y, instead, "rs-soft", "middle"))
    else:
        low, high = (_x(share) for share in BAND)
        middle = y - 5
        parts.append(
            f'<line class="rs-track" x1="{LEFT}" x2="{RIGHT}" y1="{middle}" y2="{middle}"/>'
            f'<rect class="rs-band" x="{low:g}" y="{middle - 6}" width="{high - low:g}" '
            'height="12" rx="2"/>'
            + _text(low - 4, y + 10, f"{row.range[0]:g}", "rs-soft", "middle")
            + _text(high + 4, y + 10, f"{row.range[1]:g}", "rs-soft", "middle")
            + "".join(_real(_x(place(value, row.range)), middle) for value in row.real)
        )
        share = place(row.value, row.range)
        outside = row.verdict in ("fail", "outside")
        parts.append(_mark(_x(share), middle, share, "rs-fail" if outside else ""))
    parts.append(_text(VALUE, y, value, "", "end"))
    word = "rs-fail-word" if row.verdict == "fail" else ""
    parts.append(_text(VERDICT, y, SIGNS[row.verdict], word))
    return "".join(parts) + "</g>"
