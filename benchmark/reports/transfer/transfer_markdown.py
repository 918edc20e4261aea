"""The page of ``shamcrowd transfer`` in Markdown."""

from __future__ import annotations

from pathlib import Path

from shamcrowd.benchmark.reports.transfer.rows import headline, pair_of, rows, titles
from shamcrowd.benchmark.transfer.ranks import OVER
from shamcrowd.benchmark.transfer.transfer import SetResult, TransferResult
from shamcrowd.recording.atomic import write_text
from shamcrowd.recording.counting import counted
from shamcrowd.recording.plain_text import markdown_text


def write_transfer_markdown(result: TransferResult, path: Path) -> None:
    """Write the page to ``path``, in one step.

    Raises:
        UsageError: if it cannot be written there.
    """
    parts = [
        "# Detectors on labelled sets",
        *(f"- {markdown_text(line)}" for line in headline(result)),
    ]
    if result.board:
        parts.append(f"\nBoard: {markdown_text(f'{result.board}. {result.board_notes}')}".rstrip())
        parts.append(f"\nIntervals: {OVER}.")
    for one in result.sets:
        parts += ["", *_set(one)]
    write_text(path, "\n".join(parts) + "\n")


def _set(one: SetResult) -> list[str]:
    about = one.about
    uses = ", ".join(f"{counted(many, 'use')} of a {kind}" for kind, many in one.uses.items())
    lines = [
        f"## {markdown_text(about.title)}", "",
        f"{counted(one.accounts, 'account')}; {one.sham:,} labelled sham, {one.honest:,} honest; "
        f"prevalence {one.prevalence:.3f}, which is the chance level of average precision; "
        f"{counted(one.groups, 'group')}; {counted(one.actions, 'action')}; "
        + markdown_text(uses) + ".", "",
        *(f"- {markdown_text(note)}" for note in (
            f"Source: {about.source}", f"Licence: {about.licence}", f"Labels: {about.labels}",
            f"They are not: {about.not_labels}", *(f"Note: {note}" for note in one.notes),
            *(f"Setting: {name} with {', '.join(f'{k}={v:g}' for k, v in given.items())}"
              for name, given in about.settings.items()),
            *(f"Read: {file.name}, {counted(file.bytes, 'byte')}, SHA-256 {file.sha256}"
              for file in one.files[:20]),
        )),
    ]  # fmt: skip
    if len(one.files) > 20:
        lines.append(f"- and {counted(len(one.files) - 20, 'more file')}, see transfer.json")
    heads = ["detector", *titles(one), "place there / here"]
    lines += ["", f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    for row in rows(one):
        name = markdown_text(row.name)
        name = f"*{name}*" if row.kind == "control" else name
        name += " (fitted on the other half)" if row.learned else ""
        if row.said:
            said = markdown_text(row.said)
            lines.append(f"| {name} | {said} |{' |' * (len(heads) - 2)}")
        else:
            lines.append(f"| {name} | {' | '.join([*row.figures, row.places])} |")
    if one.agreements:
        lines.append("")
    for found in one.agreements:
        tau = ""
        if found.kendall is not None and found.kendall_bounds is not None:
            low, high = found.kendall_bounds
            tau = f" Kendall's tau {found.kendall:.2f} ({low:.2f} to {high:.2f})."
        lines.append("- " + markdown_text(f"{pair_of(found)}: {found.verdict}{tau}"))
    return lines
