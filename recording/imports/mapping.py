"""A mapping: which fields of a foreign log become which columns of a recording."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from shamcrowd.recording.errors import Fault, ScenarioError, ShamcrowdError
from shamcrowd.recording.schema import ACTIVITY_KINDS
from shamcrowd.recording.yaml_file import read, validation_faults

FOLDER = Path(__file__).parent / "formats"
LARGEST = 200_000
"""Most bytes of a mapping; the largest shipped one has about two thousand."""

Reader = Literal["jsonl", "json", "csv", "parquet", "lines"]
Unit = Literal["s", "ms", "us", "ns", "auto"]

REQUEST_COLUMNS = (
    "time", "account", "key", "session", "conversation", "address", "client", "model", "endpoint",
    "topic", "prompt", "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens",
    "stream", "first_token", "duration", "status", "number",
)  # fmt: skip
"""What a mapping can say of a request. ``prompt`` becomes the sketch and is not stored; ``number``
is what the log itself calls a request, by which a row that stands in two files is known."""
ACCOUNT_COLUMNS = (
    "account", "created", "country", "locale", "utc_offset", "sign_in", "plan", "email", "phone",
    "device", "address", "organisation",
)  # fmt: skip
"""What a mapping can say of an account. ``email`` becomes the mailbox."""
ACTIVITY_COLUMNS = (
    "time", "account", "kind", "key", "address", "device", "card", "phone", "amount", "model",
    "plan",
)  # fmt: skip
"""What a mapping can say of another event."""


class MappingError(ShamcrowdError):
    """A mapping is not valid; ``faults`` holds all errors found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Fields = Annotated[tuple[str, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=10)]


class Value(_Strict):
    """Where the value of one column comes from.

    Attributes:
        field: paths of fields, the first that has a value is taken. Names in a path are separated
            by ``/`` (``metadata/user_agent``), as names may hold dots.
        const: a value for all rows, in place of a field.
        unit: unit of a moment or a duration that is a number; ``auto`` tells the unit of a moment
            by its size.
        lookup: the value for each value of the field; others are left empty, or `default`.
        default: the value where the field is empty.
        pattern: how the field writes moments, in the directives of C's ``strptime``.
        part: of several values with commas between them, the ``first`` or ``last`` one.
    """

    field: Fields | None = None
    const: str | int | None = None
    unit: Unit = "auto"
    lookup: dict[str, str | int] | None = None
    default: str | int | None = None
    pattern: str | None = Field(None, max_length=60)
    part: Literal["first", "last"] | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Value:
        if (self.field is None) == (self.const is None):
            raise ValueError("give either a field or a const")
        return self


def _as_value(value: Any) -> Any:
    return {"field": value} if isinstance(value, str | list) else value


Columns = dict[str, Annotated[Value, BeforeValidator(_as_value)]]


class EventMapping(_Strict):
    """Rows of the log that are events of one kind.

    Attributes:
        kind: the kind, one of `shamcrowd.recording.schema.ACTIVITY_KINDS`.
        where: fields and the values that a row must have, one of the list.
        columns: the columns.
    """

    kind: Literal[ACTIVITY_KINDS]  # type: ignore[valid-type]
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    columns: Columns


JOINED, PARENT = "joined", "parent"
"""First names of the paths of fields that are of another table, or of the object around a row."""


class JoinedTable(_Strict):
    """A second table of the same requests; its fields are ``joined/…``.

    Attributes:
        title: what it is, for people.
        reads: kinds of files that it comes in.
        recognise: paths of fields that it has, all of them.
        records: as that of the mapping.
        on: the field that names the request.
        to: the field of the log that has the same value.
        needed: whether nothing can be said without it.
    """

    title: str = Field(max_length=200)
    reads: tuple[Literal["jsonl", "json", "csv", "parquet"], ...] = Field(min_length=1)
    recognise: tuple[str, ...] = Field(min_length=1)
    records: str | None = None
    on: str = Field(max_length=200)
    to: str = Field(max_length=200)
    needed: bool = False


class Pieces(_Strict):
    """Rows that are pieces of one request: of each field, the first piece that has it counts.

    Attributes:
        of: the field that is the same in all pieces of a request.
        order: the field that numbers them.
    """

    of: str = Field(max_length=200)
    order: str = Field(max_length=200)


class Mapping(_Strict):
    """A log format.

    Attributes:
        format: its name; the name of its file without ``.yaml``.
        title: one line for people.
        source: where the names of its fields are from.
        reads: kinds of files that it comes in.
        recognise: paths of fields that a log of this format has, all of them.
        records: for ``json``: the path of the list of rows in each document, such as
            ``resourceSpans[*]/scopeSpans[*]/spans[*]``.
        parent: the beginning of `records` that leads to the object around a row, such as
            ``data[*]`` of ``data[*]/results[*]``; its fields are ``parent/…``.
        joined: a second table of the same requests.
        pieces: how rows that are pieces of one request are recognised.
        rows: what a row is: one of the ``requests``, or one of the ``buckets`` in which requests of
            some time are added up.
        sampled: whether a log may hold a part of the requests, so that the share must be given.
        attributes: a field that is a list of keys and values, as OTLP writes them, to be read as
            an object.
        lines: for ``lines``: a regular expression (RE2) with named groups, which are the fields.
        where: fields and the values that a row must have to be a request; other rows are skipped.
            ``*`` is any value, and an empty text among others is none.
        requests: the columns of requests.
        activity: other events that the log holds.
        accounts: the columns of accounts, read from a second file (``--accounts``).
        lost: what a user of this format should know to be missing.
    """

    format: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    title: str = Field(max_length=200)
    source: str = Field("", max_length=500)
    reads: tuple[Reader, ...] = Field(min_length=1)
    recognise: tuple[str, ...] = ()
    records: str | None = None
    parent: str | None = None
    joined: JoinedTable | None = None
    pieces: Pieces | None = None
    rows: Literal["requests", "buckets"] = "requests"
    sampled: bool = False
    attributes: str | None = None
    lines: str | None = Field(None, max_length=2000)
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    requests: Columns
    activity: tuple[EventMapping, ...] = ()
    accounts: Columns = Field(default_factory=dict)
    lost: str = Field("", max_length=1000)

    @model_validator(mode="after")
    def _whole(self) -> Mapping:
        parts: list[tuple[str, Columns, tuple[str, ...], tuple[str, ...]]] = [
            ("requests", self.requests, REQUEST_COLUMNS, ("time", "account")),
            *((f"activity {i}", e.columns, ACTIVITY_COLUMNS, ("time", "account"))
              for i, e in enumerate(self.activity)),
        ]  # fmt: skip
        if self.accounts:
            parts.append(("accounts", self.accounts, ACCOUNT_COLUMNS, ("account",)))
        for where, columns, known, needed in parts:
            strange = sorted(set(columns) - set(known))
            if strange:
                raise ValueError(f"{where}: no column {', '.join(strange)}; there are {known}")
            missing = [name for name in needed if name not in columns]
            if missing:
                raise ValueError(f"{where}: {' and '.join(missing)} must be given")
        if ("lines" in self.reads) != (self.lines is not None):
            raise ValueError("reads: lines and the key lines belong together")
        if self.lines is not None:
            try:
                pattern = re.compile(self.lines)
            except re.error as fault:
                raise ValueError(f"lines: no regular expression ({fault})") from None
            if pattern.groups != len(pattern.groupindex):
                raise ValueError("lines: every group needs a name; write (?:...) for others")
            strange = sorted(set(self.fields) - set(pattern.groupindex))
            if strange:
                raise ValueError(f"lines: has no group {', '.join(strange)}")
        if self.parent is not None and not (self.records or "").startswith(f"{self.parent}/"):
            raise ValueError("parent: must be the beginning of records, up to a /")
        for first, declared in ((JOINED, self.joined), (PARENT, self.parent)):
            used = [path for path in self.fields if path.startswith(f"{first}/")]
            if used and declared is None:
                raise ValueError(f"field {used[0]}: the mapping has no {first}")
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        """Paths of all fields that requests and events are made of, each once, sorted."""
        found = set(self.recognise) | set(self.where)
        parts = [self.requests, *(e.columns for e in self.activity)]
        for columns in parts:
            for value in columns.values():
                found.update(value.field or ())
        for event in self.activity:
            found.update(event.where)
        if self.joined is not None:
            found.add(self.joined.to)
        if self.pieces is not None:
            found |= {self.pieces.of, self.pieces.order}
        return tuple(sorted(found))

    def first_names(self, of: str | None = None) -> list[str]:
        """The first names of all paths of the log itself, sorted.

        Args:
            of: `JOINED` or `PARENT`: those of the other table, or of the object around a row.
        """
        paths = [path.split("/") for path in self.fields]
        if of is not None:
            return sorted({path[1] for path in paths if path[0] == of})
        other = ({JOINED} if self.joined else set()) | ({PARENT} if self.parent else set())
        return sorted({path[0] for path in paths} - other)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping.

    Raises:
        MappingError: if it cannot be read, or is no mapping.
    """
    mend = "docs/own-logs.md shows a whole mapping"
    try:
        written = read(path, LARGEST)
    except ScenarioError as error:
        raise MappingError([replace(fault, mend=mend) for fault in error.faults]) from None
    try:
        return Mapping.model_validate(written.data)
    except ValidationError as error:
        raise MappingError(validation_faults(written, error, "the mapping", mend)) from None


def shipped() -> dict[str, Path]:
    """The mappings that come with shamcrowd: file by format."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """All of them, read once in a process."""
    return tuple(read_mapping(path) for path in shipped().values())
