"""Sections of a recording's page made by the world checks: realism and audit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shamcrowd.benchmark.charts.realism_card import card_svg
from shamcrowd.benchmark.reports.recording.recording_page import ExtraSection
from shamcrowd.benchmark.world_checks.audit import Audit, audit
from shamcrowd.benchmark.world_checks.realism import scorecard
from shamcrowd.recording.errors import NothingToJudgeError
from shamcrowd.recording.plain_text import html_text

SHOWN = 10
"""Rules of the audit that the page shows."""


def world_checks_sections(folder: Path) -> list[ExtraSection]:
    """The realism scorecard, and the audit if there are sham accounts."""
    card = scorecard(folder)
    found = [
        ExtraSection(
            "Does it look like real traffic?", f"<p>{html_text(card.summary())}</p>{card_svg(card)}"
        )
    ]
    try:
        result = audit(folder)
    except NothingToJudgeError:
        return found
    title = "Does one thing about an account reveal that it is sham?"
    return [*found, ExtraSection(title, _audit(result))]


def _audit(result: Audit) -> str:
    """The worst rules of one thing."""
    head = (
        "<p>Share of sham accounts that the best detector of one thing finds while it flags 0.1 % "
        "of all honest accounts. It was fitted on half of this recording's accounts and judged on "
        "the other half, so that what holds for this one campaign counts, too: <code>shamcrowd "
        f"audit {html_text(result.scenario)}</code> judges over several seeds.</p>"
    )
    rows = "".join(_row(one) for one in result.worst(SHOWN).to_dict("records"))
    return (
        f'{head}<div class="scroll"><table><thead><tr><th scope="col">Rule</th>'
        '<th scope="col">Campaign</th><th scope="col">Recall</th><th scope="col">95 %</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: dict[Any, Any]) -> str:
    span = f"{row['recall_0.1_low']:.2f} to {row['recall_0.1_high']:.2f}"
    return (
        f"<tr><td>{html_text(row['rule'])}</td><td>{html_text(row['campaign'])}</td>"
        f"<td>{row['recall_0.1']:.2f}</td><td>{span}</td></tr>"
    )
