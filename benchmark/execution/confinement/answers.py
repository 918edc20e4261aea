"""Arrays of numbers and findings as plain bytes: what cannot be misread cannot do harm."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import category

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.execution.confinement.messages import BadAnswerError
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import AccountIds

KINDS = {"<i8": 8, "<f8": 8, "|u1": 1}
BYTES_BESIDE = 1 << 20
BYTES_PER_ACCOUNT = 4096
"""An answer may have so many bytes for each account, and `BYTES_BESIDE`."""
DIMENSIONS = 4
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
        DetectorError: if a column holds no numbers, or reasons are no text.
    """
    arrays = {
        "account": _numbers("account", found.account),
        "score": np.asarray(found.score, np.float64),
    }
    if found.cluster is not None:
        arrays["cluster"] = _numbers("cluster", found.cluster).astype(np.int64)
    if found.reason is not None:
        reasons = ["" if one is None else one for one in found.reason]
        wrong = next((type(one).__name__ for one in reasons if not isinstance(one, str)), None)
        if wrong:
            raise DetectorError(f"findings break the contract: a reason is {wrong}, not text")
        text = json.dumps(reasons).encode()
        arrays["reason"] = np.frombuffer(text, np.uint8)
    about, body = packed_arrays(arrays)
    return {"arrays": about}, body


def _numbers(name: str, values: Any) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.dtype.kind in "iub":
        return array.astype(np.int64)
    if array.dtype.kind == "f":
        return array.astype(np.float64)
    raise DetectorError(f"findings break the contract: {name} holds {array.dtype}, not integers")


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
    if not {"account", "score"} <= set(arrays) <= {"account", "score", "cluster", "reason"}:
        raise BadAnswerError("it sent no findings")
    kinds = {name: array.dtype.kind for name, array in arrays.items()}
    wanted = {"account": "if", "score": "f", "cluster": "i", "reason": "u"}
    if any(kinds[name] not in wanted[name] for name in kinds):
        raise BadAnswerError("it sent findings of other kinds")
    reason = _reasons(arrays["reason"]) if "reason" in arrays else None
    found = Findings(arrays["account"], arrays["score"], arrays.get("cluster"), reason)
    checked = found.checked(known)
    if checked.cluster is not None and checked.cluster.ndim != 1:
        raise DetectorError("findings break the contract: cluster must have one dimension")
    # Equal to known ids by now, so that nothing is lost.
    account = checked.account.astype(known.dtype)
    return Findings(account, checked.score, checked.cluster, checked.reason)


def _reasons(text: npt.NDArray[Any]) -> Sequence[str]:
    try:
        found = json.loads(text.tobytes())
    except (ValueError, RecursionError):
        raise BadAnswerError("its reasons are no JSON") from None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadAnswerError("its reasons are no texts")
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
