"""Text of others, made safe for a terminal, a page, Markdown, LaTeX, XML and CSV.

It may be a title, a file's name, a message or a reason of a plug-in. Each kind of output has one
function here, and what writes such an output passes every string through it.

A terminal acts on control characters: an escape sequence can clear the screen, rename the window
or hide what follows. Marks of writing direction let a text read as another one (Trojan Source,
CVE-2021-42574).
"""

from __future__ import annotations

import html
import re
from typing import TypeVar

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


def html_text(text: str) -> str:
    r"""Text for a page, between tags or in an attribute.

    >>> html_text("<b>\x1b\"")
    '&lt;b&gt;\\x1b&quot;'
    """
    return html.escape(printable(text))


def page_value(value: object) -> object:
    r"""What a template of a page shows of a value (jinja's ``finalize``); it is escaped afterwards.

    >>> page_value("\x1b<"), page_value(1)
    ('\\x1b<', 1)
    """
    is_markup = hasattr(value, "__html__")
    return printable(value) if isinstance(value, str) and not is_markup else value


def markdown_text(text: str, most: int | None = None) -> str:
    r"""Text on one line of Markdown or in a cell of its tables: no HTML, no link, no emphasis.

    Args:
        text: any text; line feeds become blanks.
        most: characters to keep; None: all.

    >>> markdown_text("a|b\n<img src=x> [c](javascript:d)")
    'a\\|b \\<img src=x\\> \\[c\\](javascript:d)'
    """
    flat = " ".join(printable(text).split())[:most]
    return _MARKDOWN.sub(r"\\\g<0>", flat)


def markdown_code(text: str) -> str:
    r"""Text as code in a line of Markdown, where nothing but a backtick has a meaning.

    >>> markdown_code("a`<b>\n")
    "`a'<b>`"
    """
    return f"`{' '.join(printable(text).split()).replace('`', chr(39))}`"


_MARKDOWN = re.compile(r"[\\`*_\[\]<>|#~&]")


def tex_text(text: str) -> str:
    r"""Text for LaTeX on one line.

    >>> tex_text("50 %\n\\input{a}")
    '50 \\% \\textbackslash{}input\\{a\\}'
    """
    return "".join(_TEX.get(c, c) for c in " ".join(printable(text).split()))


_TEX = {
    "\\": r"\textbackslash{}", "%": r"\%", "_": r"\_", "&": r"\&", "#": r"\#", "$": r"\$",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "↓": r"$\downarrow$", "³": r"$^3$", "—": "---",
}  # fmt: skip


def xml_text(text: str) -> str:
    r"""Text that XML 1.0 allows; the writer of XML escapes its marks.

    >>> xml_text("a\x00\ufffe<")
    'a\\x00?<'
    """
    return _NOT_XML.sub("?", printable(text))


def file_stem(name: str) -> str:
    """A name as the beginning of a file's name, which leads nowhere else.

    >>> file_stem("mixed-v2"), file_stem("../../etc/x y")
    ('mixed-v2', '.._.._etc_x_y')
    """
    return re.sub(r"[^\w.-]", "_", name)


_NOT_XML = re.compile("[\ufffe\uffff]")

_Cell = TypeVar("_Cell")


def csv_cell(value: _Cell) -> _Cell | str:
    r"""A cell of CSV; a text that a spreadsheet would run as a formula gets a ``'`` before it.

    Numbers stay as they are. See https://owasp.org/www-community/attacks/CSV_Injection.

    >>> csv_cell("=cmd()"), csv_cell("-1"), csv_cell(-1), csv_cell("a=b")
    ("'=cmd()", "'-1", -1, 'a=b')
    """
    if not isinstance(value, str):
        return value
    shown = printable(value)
    return f"'{shown}" if value.startswith(_FORMULA) else shown


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of a formula; a spreadsheet reads full-width signs as the others."""
