"""Text of others, made safe to print: a title, a file's name, a message from a plug-in.

A terminal acts on control characters: an escape sequence can clear the screen, rename the window
or hide what follows. Marks of writing direction let a text read as another one (Trojan Source,
CVE-2021-42574).
"""

from __future__ import annotations

import re

_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_MARKS}]")
"""Control characters but tab and line feed, lone surrogates, and marks of direction."""


def unsafe_character(text: str) -> str:
    r"""Return the name of the first character that is not safe to print; "" if there is none.

    >>> unsafe_character("a\x1b[2J"), unsafe_character("\u202eb"), unsafe_character("a\tb")
    ('U+001B', 'U+202E', '')
    """
    found = _UNSAFE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def printable(text: str) -> str:
    r"""Return the text with every unsafe character written as an escape.

    >>> printable("a\x1b[31mred\u202e")
    'a\\x1b[31mred\\u202e'
    """
    return _UNSAFE.sub(lambda found: _escape(ord(found[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
