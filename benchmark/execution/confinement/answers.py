"""Arrays of numbers and findings as plain bytes: what cannot be misread cannot do harm."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from unicodedata import category

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.execution.confinement.messages import BadAnswerError
from shamcrowd.detectors.base import SCALES, Findings, NamedThings
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import AccountIds

KINDS = {"<i8": 8, "<f8": 8, "|u1": 1}
BYTES_BESIDE = 1 << 20
BYTES_PER_ACCOUNT = 4096
"""An answer may have so many bytes for each account, and `BYTES_BESIDE`."""
DIMENSIONS = 4
EXACT = 2.0**53
"""Floats of this size and more may stand for another whole number."""
WANTED = {
    "account": "if", "score": "f", "cluster": "i", "reason": "u", "thing": "u", "thing_score": "f",
}  # fmt: skip
"""Arrays of an answer, and the kinds of numbers that each may have."""
OBEYED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of characters that are no text: controls, marks of direction, halves, separators."""


def packed_arrays(arrays: Mapping[str, npt.NDArray[Any]]) -> tuple[list[Any], bytes]:
    """What `unpacked_arrays` needs: name, kind and shape of each, and all their bytes."""
    about, parts = [], []
    for name, array in arrays.items():
        kind = array.dtype.newbyteorder("<").str
        about.append([name, kind, list(array.shape)])
        parts.append(np.ascontiguousarray(array, kind).tobytes())
    return about, b"".join(parts)


def unpacked_arrays(about: Any, body: memoryview) -> dict[str, npt.NDArray[Any]]:
    """Arrays by name.

    Raises:
        BadAnswerError: if what is said of them and their bytes do not agree.
    """
    found: dict[str, npt.NDArray[Any]] = {}
    at = 0
    try:
        for name, kind, shape in about:
            if kind not in KINDS or len(shape) > DIMENSIONS:
                raise BadAnswerError("it sent an array of no kind that is known")
            if any(type(n) is not int or n < 0 for n in shape):
                raise BadAnswerError("it sent an array of no shape")
            many = 1
            for n in shape:
                many *= n
            end = at + many * KINDS[kind]
            if end > len(body):
                raise BadAnswerError("it sent less than it said")
            found[str(name)] = np.frombuffer(body[at:end], kind).reshape(shape)
            at = end
    except (TypeError, ValueError):
        raise BadAnswerError("what it sent describes no arrays") from None
    if at != len(body):
        raise BadAnswerError("it sent more than it said")
    return found


def packed_findings(found: Any) -> tuple[dict[str, Any], bytes]:
    """A plug-in's findings as it gave them; they are checked where they arrive.

    Raises:
        DetectorError: if it gave no findings, a column holds no numbers, or reasons are no text.
    """
    if not (hasattr(found, "account") and hasattr(found, "score")):
        raise DetectorError(
            f"findings break the contract: review returned {type(found).__name__}, not Findings"
        )
    arrays = {
        "account": _numbers("account", found.account),
        "score": np.asarray(found.score, np.float64),
    }
    if np.iscomplexobj(found.score):
        raise DetectorError("findings break the contract: score holds complex numbers")
    if found.cluster is not None:
        arrays["cluster"] = _whole("cluster", found.cluster)
    if found.reason is not None:
        reasons = ["" if one is None else one for one in found.reason]
        wrong = next((type(one).__name__ for one in reasons if not isinstance(one, str)), None)
        if wrong:
            raise DetectorError(f"findings break the contract: a reason is {wrong}, not text")
        arrays["reason"] = _as_json(reasons)
    # An object of a detector's own may know nothing of things.
    things = getattr(found, "things", None)
    if things is not None:
        arrays["thing_score"] = np.asarray(things.score, np.float64)
        arrays["thing"] = _as_json([[str(k) for k in things.kind], [str(n) for n in things.name]])
    about, body = packed_arrays(arrays)
    return {"arrays": about, "scale": getattr(found, "scale", "")}, body


def _as_json(texts: Any) -> npt.NDArray[np.uint8]:
    return np.frombuffer(json.dumps(texts).encode(), np.uint8)


def _numbers(name: str, values: Any) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.dtype.kind in "iub":
        return array.astype(np.int64)
    if array.dtype.kind == "f":
        return array.astype(np.float64)
    raise DetectorError(f"findings break the contract: {name} holds {array.dtype}, not integers")


def _whole(name: str, values: Any) -> npt.NDArray[np.int64]:
    """Whole numbers; floats that are some are taken, but no NaN, which has no whole number."""
    array = _numbers(name, values)
    if array.dtype.kind == "f":
        wrong = array[~((np.floor(array) == array) & (np.abs(array) < EXACT))]
        if wrong.size:
            raise DetectorError(
                f"findings break the contract: {name} holds {wrong[0]}, not integers"
            )
    return array.astype(np.int64)


def most_bytes(accounts: int) -> int:
    """Bytes that findings on so many accounts may have."""
    return BYTES_BESIDE + BYTES_PER_ACCOUNT * accounts


def checked_findings(head: dict[str, Any], body: memoryview, known: AccountIds) -> Findings:
    """Findings that came from a plug-in, checked against the accounts there are.

    Raises:
        BadAnswerError: if they are no findings.
        DetectorError: if they break the contract.
    """
    arrays = unpacked_arrays(head.get("arrays"), body)
    if not {"account", "score"} <= set(arrays) <= set(WANTED):
        raise BadAnswerError("it sent no findings")
    if any(array.dtype.kind not in WANTED[name] for name, array in arrays.items()):
        raise BadAnswerError("it sent findings of other kinds")
    if ("thing" in arrays) != ("thing_score" in arrays):
        raise BadAnswerError("it sent half of its things")
    reason = _texts(arrays["reason"], "reasons") if "reason" in arrays else None
    things = _things(arrays["thing"], arrays["thing_score"]) if "thing" in arrays else None
    scale = head.get("scale", "")
    if scale not in SCALES:
        raise BadAnswerError("it sent scores of no scale that is known")
    found = Findings(
        arrays["account"], arrays["score"], arrays.get("cluster"), reason, things, scale
    )
    checked = found.checked(known)
    if checked.cluster is not None and checked.cluster.ndim != 1:
        raise DetectorError("findings break the contract: cluster must have one dimension")
    # Equal to known ids by now, so that nothing is lost.
    account = checked.account.astype(known.dtype)
    return replace(checked, account=account)


def _texts(text: npt.NDArray[Any], what: str) -> Sequence[str]:
    return _plain(_json(text, what), what)


def _things(text: npt.NDArray[Any], score: npt.NDArray[Any]) -> NamedThings:
    found = _json(text, "things")
    if not isinstance(found, list) or len(found) != 2:
        raise BadAnswerError("its things are not kinds and names")
    kind, name = (_plain(one, "things") for one in found)
    return NamedThings(kind, name, np.asarray(score, np.float64))


def _json(text: npt.NDArray[Any], what: str) -> Any:
    try:
        return json.loads(text.tobytes())
    except (ValueError, RecursionError):
        raise BadAnswerError(f"its {what} are no JSON") from None


def _plain(found: Any, what: str) -> Sequence[str]:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadAnswerError(f"its {what} are no texts")
    return [plain_text(one) for one in found]


def plain_text(text: str) -> str:
    r"""Text without characters that a terminal obeys or that change the order of reading.

    >>> plain_text("red: \x1b[31m, turned: \u202e, line\n")
    'red: \\x1b[31m, turned: \\u202e, line\n'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in "\n\t" or category(c) not in OBEYED else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
