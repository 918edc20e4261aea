"""DuckDB's expressions for the values of a mapping: a closed set of operations, no code.

Names of fields and values of a mapping are quoted wherever they stand in SQL.
"""

from __future__ import annotations

from collections.abc import Sequence

from shamcrowd.recording.imports.mapping import Value

_BIGGEST = {"s": 1e11, "ms": 1e14, "us": 1e17}
"""Moments since 1970 below each are in this unit (until the year 5138); others are nanoseconds."""
_TO_MS = {"s": 1e3, "ms": 1.0, "us": 1e-3, "ns": 1e-6}
NUMBERS = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "first_token",
           "duration", "status")  # fmt: skip
"""Columns of whole numbers from 0 to 2**31 - 1."""
_OLDEST, _NEWEST = 631_152_000_000, 4_102_444_800_000
"""Moments from 1990 to 2099, ms; others are no moments of a log."""


def text(value: object) -> str:
    """A literal.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + str(value).replace("'", "''").replace("\0", "") + "'"


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""').replace("\0", "") + '"'


def field(path: str) -> str:
    """The value of a field as text, null if it is absent, empty or JSON's null.

    >>> print(field("metadata/user_agent"))
    nullif(try(json_extract_string("metadata", '$."user_agent"')), '')
    """
    top, *rest = path.split("/")
    if not rest:
        return f"nullif({name(top)}, '')"
    # A name in a path is quoted, so that it may hold dots.
    inner = "$" + "".join('."' + part.replace('"', "") + '"' for part in rest)
    return f"nullif(try(json_extract_string({name(top)}, {text(inner)})), '')"


def whole_id(expression: str) -> str:
    """An id that a spread sheet or R wrote as a number: ``1e+05`` and ``7.0`` are 100000 and 7.

    With a capital E (Excel, which keeps 6 digits) the id is lost: null.
    """
    number = f"cast(try_cast({expression} as decimal(38,0)) as varchar)"
    return (
        f"case when contains({expression}, 'e+') "
        f"and regexp_full_match({expression}, '[0-9](\\.[0-9]{{1,14}})?e\\+[0-9]{{2}}') "
        f"then {number} when contains({expression}, 'E+') "
        f"and regexp_full_match({expression}, '[0-9](\\.[0-9]+)?E\\+[0-9]{{1,3}}') then null "
        f"when ends_with({expression}, '.0') and regexp_full_match({expression}, '[0-9]+\\.0') "
        f"then {expression}[:-3] else {expression} end"
    )


def raw(value: Value) -> str:
    """The value as text, before it is given the type of its column."""
    if value.const is not None:
        return text(value.const)
    found = [field(path) for path in value.field or ()]
    expression = found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"
    if value.part:
        at = 1 if value.part == "first" else -1
        expression = f"trim(string_split({expression}, ',')[{at}])"
    if value.lookup is not None:
        cases = " ".join(f"when {text(k)} then {text(v)}" for k, v in value.lookup.items())
        expression = f"case {expression} {cases} end"
    if value.default is not None:
        expression = f"coalesce({expression}, {text(value.default)})"
    return expression


def moment(given: str, value: Value) -> str:
    """A moment in ms since 1970: of a number by its unit, of a text by its zone.

    A text without a zone is in the zone of the connection.
    """
    if value.pattern:
        return f"epoch_ms(cast(try_strptime({given}, {text(value.pattern)}) as timestamptz))"
    number = f"try_cast({given} as double)"
    if value.unit == "auto":
        cases = " ".join(
            f"when abs({number}) < {most} then {number} * {_TO_MS[unit]}"
            for unit, most in _BIGGEST.items()
        )
        scaled = f"case {cases} else {number} * {_TO_MS['ns']} end"
    else:
        scaled = f"{number} * {_TO_MS[value.unit]}"
    written = f"epoch_ms(try_cast({given} as timestamptz))"
    # A date has a dash after its year; to try whether it is a number costs as much as to read it.
    return (
        f"case when substr({given}, 5, 1) = '-' then {written} "
        f"else coalesce(try_cast({scaled} as bigint), {written}) end"
    )


def in_range(time: str) -> str:
    """A moment, null if no log is so old or so new."""
    return f"case when {time} between {_OLDEST} and {_NEWEST} then {time} end"


def _bounded(number: str) -> str:
    return f"case when {number} between 0 and 2147483647 then cast({number} as integer) end"


def rows_with(where: dict[str, Sequence[str]]) -> str:
    """A condition: each field has one of its values; ``*`` is any value, an empty text is none."""
    parts = [
        f"{field(path)} is not null"
        if tuple(values) == ("*",)
        else f"coalesce({field(path)} in ({', '.join(text(v) for v in values)}), {'' in values})"
        for path, values in where.items()
    ]
    return " and ".join(parts) or "true"


def prompt(given: str) -> str:
    """The text of a prompt: of a list of messages what they say, else the field itself."""
    said = (
        f"try(array_to_string(flatten(list_transform(json_extract({given}, '$[*]'), "
        "lambda m: case when json_type(m, '$.content') = 'VARCHAR' then [m->>'$.content'] "
        "else coalesce(json_extract_string(m, '$.content[*].text'), []) "
        "|| coalesce(json_extract_string(m, '$.parts[*].text'), []) end)), ' '))"
    )
    return (
        f"case when {given} in ('{{}}', '[]') then null when starts_with(ltrim({given}), '[') "
        # A piece of a long list is no list.
        f"and json_valid({given}) then nullif({said}, '') else {given} end"
    )


def typed(column: str, given: str, value: Value) -> str:
    """What a column holds, of the text ``given`` that its field says (see `raw`)."""
    if column in ("time", "created"):
        return moment(given, value)
    if column in (*NUMBERS, "utc_offset"):
        factor = 1.0
        if column in ("duration", "first_token"):
            factor = _TO_MS["ms" if value.unit == "auto" else value.unit]
        scaled = f" * {factor}" if factor != 1 else ""
        return _bounded(f"try_cast({given} as double){scaled}")
    if column == "stream":
        return (
            f"case when lower({given}) in ('true', 't', '1') then true "
            f"when lower({given}) in ('false', 'f', '0') then false end"
        )
    if column == "amount":
        return f"try_cast({given} as double)"
    if column == "prompt":
        return prompt(given)
    if column == "account":
        # An object or a list is no name.
        return f"case when {given}[1] not in ('{{', '[') then {given} end"
    if column == "number":
        # The hash of null is a number.
        return f"case when {given} is not null then hash({given}) end"
    return given


def expression(column: str, value: Value) -> str:
    """The expression of a column, of the fields themselves."""
    found = typed(column, raw(value), value)
    return in_range(found) if column in ("time", "created") else found


def may_be_wrong(column: str, value: Value) -> bool:
    """Whether a field may say something in a column of numbers that is none."""
    return column in NUMBERS and value.lookup is None and value.field is not None
