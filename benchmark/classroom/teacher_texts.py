"""What the teacher is given to read: plan by minutes, slides, model answers."""

from __future__ import annotations

from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import Pack
from shamcrowd.benchmark.classroom.records import ClassRecord
from shamcrowd.recording.counting import counted

SLIDE = "\n\n---\n\n"


def plan(pack: Pack, record: ClassRecord) -> str:
    """The plan by minutes, and what to know about the worlds."""
    lines = [
        f"# {pack.title}: plan", "", pack.about, "",
        f"{counted(pack.minutes, 'minute')}, {counted(len(record.teams), 'team')}, "
        f"{counted(pack.points, 'point')}.", "",
        "| from | minutes | what | points | you |", "|--:|--:|---|--:|---|",
    ]  # fmt: skip
    at = 0
    for step in pack.steps:
        points = step.points or ""
        lines.append(
            f"| {at // 60}:{at % 60:02d} | {step.minutes} | {step.title} | {points} | "
            f"{step.teacher} |"
        )
        at += step.minutes
    lines += ["", "## Before", "",
              "- Copy the folder `hand-out` to the laptops, or a USB stick: all of it but the "
              "other teams' folders. `install.sh` or `install.bat` installs without a network.",
              "- Keep the folder `teacher` to yourself. Its secret and truth are the key.", "",
              "## Collect and score", "",
              "Put the zip files that `book.hand_in()` makes into `submissions`, then", "",
              "    shamcrowd class score submissions --key teacher", "",
              "With a local network, `shamcrowd class watch submissions --key teacher` "
              "scores again whenever a file comes, and serves the board to everybody. At the "
              "end `class score --final` shows the private part: the other half of the "
              "accounts, and worlds made after the last hand-in.", "",
              "## How alike the worlds are", ""]  # fmt: skip
    for scenario, (easy, hard, lowest, highest) in record.spread.items():
        lines.append(
            f"- {scenario}: hardness of the logs handed out from {easy:.3f} to {hard:.3f}; of all "
            f"that were played from {lowest:.3f} to {highest:.3f}. It is what two reference "
            "detectors reach, 0 (no better than random) to 1."
        )
    return "\n".join(lines) + "\n"


def slides(pack: Pack) -> str:
    """Slides as Markdown, with a rule between them: for Marp, reveal.js, or to print."""
    pages = [
        f"---\nmarp: true\n---\n\n# {pack.title}\n\n{pack.about}",
        "## What a sham account is\n\n- An account opened for abuse, or taken over\n- Alone it "
        "looks like anybody's; together they share what costs money\n- All data here are "
        "simulated: no person, account or address is real",
        "## What you have\n\n- A practice log, with the truth\n- A log of your own, without: every "
        "team has another world, equally hard\n- An exercise book that checks itself",
        "## How points are earned\n\n"
        + "\n".join(f"- {exercises()[e].title}: {p} points" for e, p in pack.exercises.items())
        + (f"\n- Findings on your own log: {pack.findings} points" if pack.findings else "")
        + (f"\n- A detector, run unseen: {pack.detector} points" if pack.detector else "")
        + (f"\n- The arms race: {pack.race} points" if pack.race else "")
        + "\n- Wrong accusations cost, and so do hints",
    ]  # fmt: skip
    for step in pack.steps:
        body = exercises()[step.exercise].text if step.exercise else ""
        pages.append(f"## {step.title} ({step.minutes} minutes)\n\n{body}".rstrip())
    pages.append(
        "## Public and private\n\n- The board shows the public half\n- At the end: the other half "
        "of the accounts, and worlds nobody has seen\n- Who fell, and why?"
    )
    return SLIDE.join(pages) + "\n"


def model_answers(pack: Pack) -> str:
    """Model answers and what to say about them."""
    parts = [f"# {pack.title}: model answers", "", "They get good points, not all of them."]
    for name, points in pack.exercises.items():
        exercise = exercises()[name]
        parts += ["", f"## {exercise.title} ({points} points)", "", exercise.text, ""]
        parts += [f"```python\n{exercise.model}\n```", "", exercise.because, "", "Hints:", ""]
        parts += [f"- ({hint.cost:.0%}) {hint.text}" for hint in exercise.hints]
    return "\n".join(parts) + "\n"
