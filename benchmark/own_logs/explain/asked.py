"""What a dossier is asked for: an account, a thing, or a cluster that a detector named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shamcrowd.benchmark.own_logs.explain.findings import Said
from shamcrowd.benchmark.own_logs.explain.queries import Questions
from shamcrowd.benchmark.own_logs.explain.things import KINDS, NAMED, recorded_kinds
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports import sql
from shamcrowd.recording.imports.things import plain_address

_CLUSTER = re.compile(r"(.+)-(\d+)")
_BLOCK = re.compile(r"[0-9a-f.:]+/(24|64)")
_LISTED = 5
Names = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class Asked:
    """The accounts that a dossier begins with.

    Attributes:
        title: what was asked for, in words.
        accounts: shape (n,), the accounts at the start.
        grows: whether others join; a cluster is taken as the detector gave it.
    """

    title: str
    accounts: list[int]
    grows: bool


def resolve(
    asked: str, questions: Questions, said: Said, names: Names,
    not_recorded: Mapping[str, Sequence[str]],
) -> Asked:  # fmt: skip
    """Find the accounts behind what was asked for.

    Args:
        asked: an account's id or name, ``KIND:THING``, a block of addresses, or a cluster as
            ``DETECTOR-NUMBER``.
        questions: with the tables of `shamcrowd.benchmark.own_logs.explain.things`.
        said: what detectors said.
        names: names behind ids, by kind and id.
        not_recorded: columns that the log lacks, by table.

    Raises:
        UsageError: if there is no such account, thing or cluster.
    """
    kinds = {kind.name for kind in KINDS}
    kind, colon, value = asked.partition(":")
    if _BLOCK.fullmatch(asked.lower()):
        kind, colon, value = "block", ":", asked.lower()
    if colon and kind == "account":
        return _account(value, questions, names)
    if colon and kind in kinds:
        return _thing(kind, value, questions, names, not_recorded)
    cluster = _CLUSTER.fullmatch(asked)
    if cluster and cluster[1] in said.detectors:
        return _cluster(asked, cluster[1], int(cluster[2]), said)
    if colon and re.fullmatch(r"[a-z-]+", kind) and not _is_name(asked, names):
        near = difflib.get_close_matches(kind, [*kinds, "account"], 1)
        raise UsageError(
            f"{asked}: there is no kind of thing {kind!r}"
            + (f"; did you mean {near[0]}:{value}?" if near else f"; there are: {_known()}")
        )
    return _account(asked, questions, names)


def _known() -> str:
    return ", ".join(["account", *(kind.name for kind in KINDS)])


def _is_name(asked: str, names: Names) -> bool:
    return asked in names.get("account", {}).values()


def _account(asked: str, questions: Questions, names: Names) -> Asked:
    """The account of an id, or of a name where names are known."""
    by_name = {name: number for number, name in names.get("account", {}).items()}
    number = by_name.get(asked, int(asked) if re.fullmatch(r"\d{1,10}", asked) else None)
    if number is not None and questions.value(
        f"select count(*) from accounts where account = {number}"
    ):
        shown = f"account {number}" + (f" ({asked})" if asked in by_name else "")
        return Asked(shown, [number], True)
    known = [*by_name, *(str(row[0]) for row in questions.rows("select account from accounts"))]
    raise UsageError(f"no account {asked!r} in the log{_near(asked, known)}")


def _thing(
    kind: str, value: str, questions: Questions, names: Names,
    not_recorded: Mapping[str, Sequence[str]],
) -> Asked:  # fmt: skip
    """The accounts that use a thing."""
    if kind not in {k.name for k in recorded_kinds(not_recorded)}:
        raise UsageError(f"{kind}:{value}: the log does not have a column for it (not recorded)")
    thing = value
    if kind in NAMED:
        plain = plain_address(value) if kind == "address" else value
        held = {name: number for number, name in names.get(NAMED[kind], {}).items()}
        thing = str(held.get(value, held.get(plain, value)))
    where = f"kind = {sql.text(kind)}"
    rows = questions.rows(
        f"select account from uses where {where} and thing = {sql.text(thing)} order by account"
    )
    if not rows:
        known = [str(r[0]) for r in questions.rows(f"select thing from things where {where}")]
        raise UsageError(f"no account in the log uses {kind}:{value}{_near(thing, known)}")
    return Asked(f"{kind} {value}", [int(row[0] or 0) for row in rows], True)


def _cluster(asked: str, detector: str, number: int, said: Said) -> Asked:
    """The accounts that a detector put into a cluster."""
    accounts = said.cluster(detector, number)
    if not accounts:
        known = [f"{detector}-{n}" for n in said.clusters(detector)]
        raise UsageError(f"no cluster {asked} in what {detector} said{_near(asked, known)}")
    return Asked(f"cluster {number} of {detector}", accounts, False)


def _near(asked: str, known: Sequence[str]) -> str:
    """What was probably meant; "" if nothing is near."""
    if len(known) > 200_000:
        # Of more, those that begin alike.
        known = [k for k in known if k[:3] == asked[:3]]
    near = difflib.get_close_matches(asked, known, _LISTED, 0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""
