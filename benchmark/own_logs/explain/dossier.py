"""Makes the dossier of a group of accounts from a recording; its truth is not opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from shamcrowd.benchmark.own_logs.explain.asked import resolve
from shamcrowd.benchmark.own_logs.explain.bystanders import bystanders
from shamcrowd.benchmark.own_logs.explain.drawn import Prices, drawn, list_prices
from shamcrowd.benchmark.own_logs.explain.explanations.base import looked_for
from shamcrowd.benchmark.own_logs.explain.explanations.registry import explanations
from shamcrowd.benchmark.own_logs.explain.findings import NOTHING, Said
from shamcrowd.benchmark.own_logs.explain.growing import Grown, GrowthRule, grow, members_sql
from shamcrowd.benchmark.own_logs.explain.model import Dossier, Section
from shamcrowd.benchmark.own_logs.explain.queries import FINDINGS, Questions, view_sql
from shamcrowd.benchmark.own_logs.explain.said import said_by
from shamcrowd.benchmark.own_logs.explain.sharing import sharing
from shamcrowd.benchmark.own_logs.explain.things import KINDS, is_recorded, recorded_kinds, uses_sql
from shamcrowd.benchmark.own_logs.explain.timeline import timeline
from shamcrowd.benchmark.own_logs.explain.who import who
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import open_log

_FINDINGS = f"create view findings as select * from read_parquet('{FINDINGS}')"


def explain(
    recording: Path | str,
    asked: str,
    *,
    said: Said = NOTHING,
    as_of: int | None = None,
    rule: GrowthRule | None = None,
    prices: Prices | None = None,
    names: Mapping[str, Mapping[int, str]] | None = None,
) -> Dossier:
    """Make the dossier of a group.

    Args:
        recording: the folder; its truth, if there is one, is not opened.
        asked: an account, ``KIND:THING``, a block of addresses, or ``DETECTOR-NUMBER``.
        said: what detectors said.
        as_of: the moment up to which rows are read, ms since 1970; None: the recording's end.
        rule: when accounts join the group.
        prices: list prices; None: those of the recording.
        names: names behind ids, by kind and id, to be shown.

    Raises:
        RecordingError: if ``recording`` is none, or is damaged.
        UsageError: if there is no such account, thing or cluster.
        MissingExtraError: if DuckDB is not installed.
    """
    folder, rule = Path(recording), rule or GrowthRule()
    manifest = Manifest.read(folder)
    source = open_log(folder)
    now = manifest.end if as_of is None else min(as_of, manifest.end)
    everybody = source.rows("accounts", EARLIEST, now, ["account"]).num_rows
    if not everybody:
        raise UsageError("no account was opened by then; name a later moment with --as-of")
    lacks = manifest.not_recorded
    dated = _has(lacks, "accounts.created")
    with Questions(folder) as questions:
        questions.prepare([*view_sql(manifest, now), *uses_sql(lacks)])
        questions.connection.register("findings", said.table)
        begun = resolve(asked, questions, said, names or {}, lacks)
        if begun.grows:
            grown = grow(questions, begun.accounts, rule)
        else:
            grown = Grown([(account, 0) for account in begun.accounts], "", ())
        questions.prepare([members_sql(grown.members)])
        sections = (
            who(questions, grown, rule, begun.grows, has_sign_ups=dated),
            sharing(questions),
            timeline(questions, has_activity=_has(lacks, "activity.kind"), has_sign_ups=dated),
            drawn(
                questions,
                list_prices(manifest) if prices is None else prices,
                has_tokens=_has(lacks, "requests.input_tokens", "requests.output_tokens"),
            ),
            said_by(questions, said),
            *_innocent(questions, lacks),
            bystanders(questions, has_payments=_has(lacks, "activity.kind", "activity.amount")),
            _not_recorded(lacks),
        )
        setup = tuple(questions.setup)
    return Dossier(
        asked, begun.title, manifest.scenario, manifest.fingerprint, manifest.synthetic, now,
        len(grown.members), everybody,
        (*setup, _FINDINGS) if said.table.num_rows else setup, sections,
        {kind: dict(held) for kind, held in (names or {}).items()},
    )  # fmt: skip


def _has(not_recorded: Mapping[str, Sequence[str]], *columns: str) -> bool:
    return all(is_recorded(column, not_recorded) for column in columns)


def _innocent(
    questions: Questions, not_recorded: Mapping[str, Sequence[str]]
) -> tuple[Section, Section]:
    """What was looked for, and what to ask for next."""
    found = explanations().load_all()
    parts = tuple(looked_for(name, one, questions, not_recorded) for name, one in found.items())
    looked = Section(
        "innocent", "Innocent explanations",
        ("Each was looked for in the log. The thresholds are assumed; they say which way a figure "
         "points, not how likely an explanation is.",),
        parts=parts,
    )  # fmt: skip
    asks = [
        f"{one.title}: {one.ask_next}"
        for part, one in zip(parts, found.values(), strict=True)
        if _is_open(part)
    ]
    lacking = sorted({
        point.number.note.removeprefix("not recorded: ")
        for part in parts for point in part.points if point.side == "not recorded"
    })  # fmt: skip
    shared = questions.rows(
        "select distinct kind from uses semi join members using (account) "
        "group by kind, thing having count(*) > 1"
    )
    asks += [f"{k.about.capitalize()}: {k.ask}" for k in KINDS if k.ask and (k.name,) in shared]
    if lacking:
        asks.append(f"Not recorded, and wanted for the points above: {', '.join(lacking)}.")
    return looked, Section("next", "What to ask for next", tuple(asks))


def _is_open(part: Section) -> bool:
    """Whether an explanation is still possible: not more speaks against it than for it."""
    sides = [point.side for point in part.points]
    return sides.count("against") <= sides.count("for") + sides.count("not recorded")


def _not_recorded(lacks: Mapping[str, Sequence[str]]) -> Section:
    """The columns and kinds of things that the log lacks."""
    there = {kind.name for kind in recorded_kinds(lacks)}
    blind = [kind.name for kind in KINDS if kind.name not in there]
    text = tuple(
        f"{table}: {', '.join(lacks[table])}" for table in TABLES if lacks.get(table)
    ) or ("Every column is recorded.",)  # fmt: skip
    if blind:
        text += (f"So nothing can be said of: {', '.join(blind)}.",)
    return Section("not-recorded", "What is not recorded", text)
