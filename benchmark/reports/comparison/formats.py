"""A comparison as Markdown, CSV, LaTeX and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict

from shamcrowd.benchmark.charts.formatting import NOTHING, figure, interval
from shamcrowd.benchmark.comparison.compare import Comparison, ComparisonRow
from shamcrowd.benchmark.comparison.ranking import Ranking
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.recording.plain_text import csv_cell, markdown_text, tex_text

GROUPS = {
    "overall": "Over all scenarios",
    "scenario": "By scenario",
    "difficulty": "By difficulty",
    "robustness": "Robustness area over difficulty",
    "tactic": "By tactic",
    "segment": "By segment",
}


def heads(comparison: Comparison) -> list[str]:
    """Heads of the columns, with the names of the two that are compared."""
    return ["detector", "figure", "where", comparison.a, comparison.b, "difference",
            "95 % interval", "verdict", "p (Holm)", "chance", "best control", "oracle"]  # fmt: skip


def title(row: ComparisonRow) -> str:
    """The title of a row's figure, with an arrow if lower is better."""
    name = metrics()[row.figure].title if row.figure in metrics() else row.figure
    return f"{name} ↓" if row.better == "lower" else name


def cells(row: ComparisonRow) -> list[str]:
    """A row as text, in the order of `heads`."""
    r, unit = row.result, row.unit
    signed = NOTHING if r.value is None else f"{'+' if r.value > 0 else ''}{figure(r.value, unit)}"
    span = interval(r.low, r.high, unit) or NOTHING
    p = "" if row.p is None else f"{row.p:.3f}"
    ends = ["" if v is None else figure(v, unit) for v in (row.chance, row.control, row.oracle)]
    return [row.detector, title(row), row.name, figure(r.a, unit), figure(r.b, unit), signed, span,
            r.verdict or r.reason, p, *ends]  # fmt: skip


def groups(comparison: Comparison) -> list[tuple[str, list[ComparisonRow]]]:
    """Rows by group, in the order of ``GROUPS``; empty groups are left out."""
    found = [(head, [r for r in comparison.rows if r.group == g]) for g, head in GROUPS.items()]
    return [(head, rows) for head, rows in found if rows]


def markdown(comparison: Comparison) -> str:
    """Tables for a page or a pull request."""
    parts = [
        f"# {markdown_text(comparison.b)} against {markdown_text(comparison.a)}\n",
        summary(comparison) + "\n",
    ]
    for head, rows in groups(comparison):
        line = "| " + " | ".join(map(markdown_text, heads(comparison))) + " |"
        rule = "|" + "|".join(["---"] * 3 + ["--:"] * 4 + ["---"] + ["--:"] * 4) + "|"
        body = ["| " + " | ".join(markdown_text(c) for c in cells(r)) + " |" for r in rows]
        parts.append("\n".join([f"## {head}\n", line, rule, *body, ""]))
    ranked = [(metrics()[n].title, r) for n, r in comparison.rankings.items()]
    parts.append(
        "## Mean ranks\n\n"
        + "\n".join(f"- {n}: {markdown_text(ranks(r))}" for n, r in ranked)
        + "\n"
    )
    if comparison.notes:
        parts.append(
            "## Left out\n\n"
            + "\n".join(f"- {markdown_text(note)}" for note in comparison.notes)
            + "\n"
        )
    return "\n".join(parts)


def summary(comparison: Comparison) -> str:
    """What was compared, in a sentence."""
    many, seeds = len(comparison.scenarios), comparison.seeds
    return (
        f"{len(comparison.pairs)} compared on {many} scenario{'s' if many != 1 else ''}, {seeds} "
        f"seed{'s' if seeds != 1 else ''} each, paired on identical traffic. ↓: lower is better."
    )


def ranks(ranking: Ranking) -> str:
    """Mean ranks in a line, or why there are none."""
    means = ", ".join(f"{name} {value:.2f}" for name, value in ranking.ranks.items())
    p = ranking.friedman
    test = "" if p is None else f"Friedman p {f'= {p:.3f}' if p >= 0.0005 else '< 0.001'}"
    return "; ".join(part for part in (means, test, ranking.reason) if part)


def as_csv(comparison: Comparison) -> str:
    """A line per difference, with full numbers."""
    out = io.StringIO()
    records = [_record(row) for row in comparison.rows]
    writer = csv.DictWriter(out, list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: csv_cell(v) for k, v in one.items()} for one in records)
    return out.getvalue()


def _record(row: ComparisonRow) -> dict[str, object]:
    flat = asdict(row)
    result = flat.pop("result")
    return {**flat, **{"difference" if k == "value" else k: v for k, v in result.items()}}


def as_json(comparison: Comparison) -> str:
    """All of it; what is not known is null."""
    rankings = {
        name: {**asdict(r), "pairs": [[*pair, p] for pair, p in (r.pairs or {}).items()]}
        for name, r in comparison.rankings.items()
    }
    data = {
        "a": comparison.a, "b": comparison.b, "scenarios": comparison.scenarios,
        "seeds": comparison.seeds, "notes": comparison.notes, "rankings": rankings,
        "rows": [_record(row) for row in comparison.rows],
    }  # fmt: skip
    return json.dumps(data, indent=1, sort_keys=True, allow_nan=False) + "\n"


def latex(comparison: Comparison) -> str:
    r"""Tables with the rules of ``booktabs``; the document needs ``\usepackage{booktabs}``."""
    parts = [f"% {tex_text(summary(comparison))} Needs \\usepackage{{booktabs}}."]
    chosen = slice(0, 9)
    for head, rows in groups(comparison):
        body = [" & ".join(map(tex_text, cells(r)[chosen])) + r" \\" for r in rows]
        parts.append(
            "\n".join(
                [
                    r"\begin{table}",
                    r"\centering",
                    rf"\caption{{{tex_text(head)}}}",
                    r"\begin{tabular}{lllrrrrlr}",
                    r"\toprule",
                    " & ".join(map(tex_text, heads(comparison)[chosen])) + r" \\",
                    r"\midrule",
                    *body,
                    r"\bottomrule",
                    r"\end{tabular}",
                    r"\end{table}",
                ]
            )
        )
    return "\n\n".join(parts) + "\n"


FORMATS: dict[str, tuple[str, Callable[[Comparison], str]]] = {
    "markdown": ("comparison.md", markdown),
    "csv": ("comparison.csv", as_csv),
    "latex": ("comparison.tex", latex),
    "json": ("comparison.json", as_json),
}
"""File name and writer of each format."""
