"""Types of the values that options take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from shamcrowd.benchmark.suites.share import Share
    from shamcrowd.simulator.core.secret import Secret


class Scale(click.FloatRange):
    """A number above 0."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Parse.

        >>> Scale(min=0, min_open=True).convert("small", None, None)
        Traceback (most recent call last):
        click.exceptions.BadParameter: 'small' is not a number above 0, such as 0.1
        """
        try:
            return float(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"{value!r} is not a number above 0, such as 0.1", param, ctx)


class SeedList(click.ParamType[tuple[int, ...]]):
    """Seeds such as ``1-5`` or ``1,4,7-9``."""

    name = "SEEDS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Parse.

        >>> SeedList().convert("1-3,7", None, None)
        (1, 2, 3, 7)
        """
        if isinstance(value, tuple):
            return value
        seeds: list[int] = []
        for part in str(value).split(","):
            match = re.fullmatch(r"\s*(\d{1,12})(?:-(\d{1,12}))?\s*", part)
            if not match:
                self.fail(f"{value!r} is no list of seeds; write 1-5 or 1,4,7-9", param, ctx)
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first or last - first >= 10_000:
                self.fail(f"{part!r} runs backwards or holds over 10,000 seeds", param, ctx)
            seeds += range(first, last + 1)
        return tuple(dict.fromkeys(seeds))


class ShareOf(click.ParamType["Share"]):
    """A share of the work such as ``2/8``."""

    name = "I/N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Share:
        """Parse.

        >>> ShareOf().convert("2/8", None, None)
        Share(number=2, of=8)
        >>> ShareOf().convert("0/8", None, None)
        Traceback (most recent call last):
        click.exceptions.BadParameter: '0/8' is no share; write i/n with i from 1 to n, such as 2/8
        """
        from shamcrowd.benchmark.suites.share import Share

        if isinstance(value, Share):
            return value
        match = re.fullmatch(r"\s*(\d{1,6})/(\d{1,6})\s*", str(value))
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            self.fail(
                f"{value!r} is no share; write i/n with i from 1 to n, such as 2/8", param, ctx
            )
        return Share(int(match[1]), int(match[2]))


class NameList(click.ParamType[tuple[str, ...]]):
    """Names with commas between them."""

    name = "NAMES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Parse.

        >>> NameList().convert("a, b,a", None, None)
        ('a', 'b')
        """
        if isinstance(value, tuple):
            return value
        names = [part.strip() for part in str(value).split(",")]
        if not all(names):
            self.fail(f"{value!r} holds an empty name; write a,b,c", param, ctx)
        return tuple(dict.fromkeys(names))


class SecretFile(click.ParamType["Secret"]):
    """A file with a judge's secret."""

    name = "FILE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Secret:
        """Read it; an error of ours says what is wrong with it."""
        from shamcrowd.simulator.core.secret import Secret

        return value if isinstance(value, Secret) else Secret.read(value)
