"""Teach with simulated worlds: hand-outs, exercises that check themselves, scoring, a board.

>>> from shamcrowd.benchmark.classroom import open_book
"""

from shamcrowd.benchmark.classroom.book import Book, open_book

__all__ = ["Book", "open_book"]
