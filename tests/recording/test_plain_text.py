"""Nothing that a terminal acts on, or that turns the direction of writing, is printed as it is."""

import sys
import unicodedata

from shamcrowd.recording.plain_text import printable, unsafe_character


def test_every_control_character_and_mark_of_direction():
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        kind = unicodedata.category(sign)
        turns = kind == "Cf" and unicodedata.bidirectional(sign) in {
            "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI", "L", "R", "AL"
        } and code < 0x3000  # fmt: skip
        wanted = kind in {"Cc", "Cs"} and sign not in "\n\t"
        if wanted:
            assert unsafe_character(sign) == f"U+{code:04X}"
            assert printable(sign) != sign
            assert printable(sign).isascii()
        elif turns and unsafe_character(sign):
            assert printable(sign).isascii()
        else:
            assert printable(sign) == sign
    for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)):
        assert unsafe_character(chr(code))


def test_text_of_every_language_stays():
    text = "Grüße, мир, 世界, שלום, سلام\tand a line\n"
    assert (printable(text), unsafe_character(text)) == (text, "")
