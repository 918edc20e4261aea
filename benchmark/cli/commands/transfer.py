"""``shamcrowd transfer``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shamcrowd.benchmark.cli import options
from shamcrowd.benchmark.cli.console import next_step
from shamcrowd.benchmark.cli.terminal import say
from shamcrowd.recording.counting import counted

if TYPE_CHECKING:
    from shamcrowd.benchmark.transfer.set_base import LabelledSet
    from shamcrowd.benchmark.transfer.transfer import TransferResult


@click.command("transfer")
@click.argument("sets", metavar="SET=DIR...", nargs=-1)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder for the page, transfer.md, transfer.json, and the sets as recordings.",
)  # fmt: skip
@options.detectors
@click.option(
    "--board", type=click.Path(path_type=Path), metavar="DIR|FILE",
    help="What ranks are compared with: the folder of a bench, or its board.md. Default: the "
    "published board, in a checkout.",
)  # fmt: skip
@options.detector_settings
@click.option(
    "--reviews", type=click.IntRange(min=1, max=1000), default=8, show_default=True, metavar="N",
    help="Moments at which detectors are asked, evenly spread over the days of a set.",
)  # fmt: skip
@options.time_limit
@options.memory_limit
@options.require_seal
@options.as_json
@options.quiet
def command(
    sets: tuple[str, ...], out: Path | None, detectors: tuple[str, ...], board: Path | None,
    settings: tuple[str, ...], reviews: int, time_limit: float, memory_limit: int,
    require_seal: bool, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Score detectors on labelled sets of others, and compare their order with the board's.

    SET=DIR names a labelled set and the folder in which you have saved it. No data is shipped or
    fetched. Without SET the sets are listed: where each can be got, under which terms, and what its
    labels are. A name alone shows one set.
    """
    import json

    from shamcrowd.benchmark.execution.seal import require_seal as refuse_unsealed
    from shamcrowd.benchmark.own_logs.detect import check_all_settings
    from shamcrowd.benchmark.own_logs.replaying import Limits
    from shamcrowd.benchmark.transfer.board_figures import PAGE, read_board
    from shamcrowd.benchmark.transfer.registry import labelled_sets
    from shamcrowd.benchmark.transfer.transfer import transfer
    from shamcrowd.detectors.registry import detector_names, is_control, require_detector
    from shamcrowd.detectors.settings import parsed_settings
    from shamcrowd.recording.errors import UsageError

    named = dict(_parted(one) for one in sets)
    if not named or not any(named.values()):
        for name in named or labelled_sets():
            _show_set(name, labelled_sets().load(name))
        return
    folders = {name: folder for name, folder in named.items() if folder is not None}
    if len(folders) < len(sets):
        raise UsageError("name each set once, with its folder: transfer hop=DIR bitcoin-otc=DIR")
    if out is None:
        raise UsageError("name a folder for the results with --out")
    if require_seal:
        refuse_unsealed()
    for name in detectors:
        require_detector(name)
    chosen = detectors or tuple(name for name in detector_names() if not is_control(name))
    given = parsed_settings(settings)
    check_all_settings(given, chosen)
    place = board or (PAGE if PAGE.is_file() else None)
    figures = read_board(place) if place is not None else None

    def on_start(what: str) -> None:
        if not quiet and not as_json:
            say(what, err=True)

    _claim(out)
    result = transfer(
        folders, chosen, out, board=figures, settings=given, reviews=reviews,
        limits=Limits(time_limit, memory_limit), on_start=on_start,
        done=lambda so_far: _write(so_far, out),
    )  # fmt: skip
    if as_json:
        say(json.dumps(result.plain(), indent=1))
    elif not quiet:
        _show(result, out)


def _parted(text: str) -> tuple[str, Path | None]:
    name, equals, folder = text.partition("=")
    return name.strip(), Path(folder) if equals else None


def _claim(out: Path) -> None:
    """Make the folder; refuse one that holds other things."""
    from shamcrowd.recording.atomic import make_folder
    from shamcrowd.recording.errors import FolderInUseError
    from shamcrowd.recording.output import writing

    ours = {"recordings", "transfer.json", "transfer.md", "transfer.html"}
    with writing(out):
        make_folder(out)
        strange = sorted(path.name for path in out.iterdir() if path.name not in ours)
    if strange:
        raise FolderInUseError(
            f"{out}: holds {strange[0]}, which no transfer made; nothing in it was touched. "
            "Name another folder"
        )


def _write(result: TransferResult, out: Path) -> None:
    import json

    from shamcrowd.benchmark.reports.transfer.transfer_markdown import write_transfer_markdown
    from shamcrowd.benchmark.reports.transfer.transfer_page import write_transfer_page
    from shamcrowd.recording.atomic import write_text

    write_transfer_page(result, out / "transfer.html")
    write_transfer_markdown(result, out / "transfer.md")
    write_text(out / "transfer.json", json.dumps(result.plain(), indent=1) + "\n")


def _show_set(name: str, about: LabelledSet) -> None:
    import textwrap

    from shamcrowd.benchmark.cli.tables import WIDTH

    say(f"{name}: {about.title}")
    lines = (
        ("source", about.source), ("licence", about.licence), ("save", about.save),
        ("accounts share", about.things), ("labels", about.labels), ("not", about.not_labels),
    )  # fmt: skip
    for what, text in lines:
        say(textwrap.fill(f"{what}: {text}", WIDTH, initial_indent="  ",
                                 subsequent_indent="    ", break_on_hyphens=False,
                                 break_long_words=False))  # fmt: skip
    say()


def _show(result: TransferResult, out: Path) -> None:
    from shamcrowd.benchmark.cli.tables import add_row, new_table, show_table
    from shamcrowd.benchmark.reports.transfer.rows import headline, rows

    for one in result.sets:
        say(f"{one.about.title}\n  source: {one.about.source}")
        say(f"  licence: {one.about.licence}")
        for file in one.files[:5]:
            say(f"  read: {file.name}  SHA-256 {file.sha256}")
        if len(one.files) > 5:
            say(f"  and {counted(len(one.files) - 5, 'more file')}, see transfer.json")
        say(
            f"  {counted(one.accounts, 'account')}, {one.sham:,} sham, {one.honest:,} honest; "
            "average "
            f"precision by chance: {one.prevalence:.3f}\n"
        )
        board = new_table("detector", "avg. precision", "place there / here", gap=2)
        for row in rows(one):
            value = row.said if row.said else row.figures[0]
            add_row(board, row.name, value, row.places)
        show_table(board)
        say()
    for sentence in headline(result):
        say(sentence)
    next_step(f"open {out / 'transfer.html'}")
