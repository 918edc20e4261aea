"""Sections of a recording's page made by the world checks: realism and audit."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.charts.realism_card import card_svg
from shamcrowd.benchmark.reports.recording.recording_page import ExtraSection
from shamcrowd.benchmark.world_checks.audit import Audit, audit
from shamcrowd.benchmark.world_checks.realism import scorecard
from shamcrowd.recording.errors import NothingToJudgeError

SHOWN = 10
"""Columns of the audit that the page shows."""


def world_checks_sections(folder: Path) -> list[ExtraSection]:
    """The realism scorecard, and the audit if there are sham accounts."""
    card = scorecard(folder)
    found = [
        ExtraSection("Does it look like real traffic?", f"<p>{card.summary()}</p>{card_svg(card)}")
    ]
    try:
        result = audit(folder)
    except NothingToJudgeError:
        return found
    title = "Does any single column reveal the sham accounts?"
    return [*found, ExtraSection(title, _audit(result))]


def _audit(result: Audit) -> str:
    """The strongest aggregate of each of the strongest columns."""
    head = (
        f"<p>{escape(result.verdict)}.</p><p>AUC of the best aggregate of each column for "
        "separating sham from legitimate accounts: 0.5 is chance level, 1 separates them "
        "perfectly.</p>"
    )
    strongest = result.strongest().head(SHOWN).to_dict("records")
    rows = "".join(_row(one) for one in strongest)
    return (
        f'{head}<div class="scroll"><table><thead><tr><th scope="col">Column, aggregate</th>'
        '<th scope="col">Campaign</th><th scope="col">AUC</th><th scope="col">95 %</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: dict[Any, Any]) -> str:
    span = f"{row['low']:.2f} to {row['high']:.2f}"
    return (
        f"<tr><td>{escape(row['probe'])}</td><td>{escape(row['campaign'])}</td>"
        f"<td>{row['auc']:.2f}</td><td>{span}</td></tr>"
    )
