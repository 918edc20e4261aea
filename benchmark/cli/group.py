"""The commands, each loaded from a file of its own when it is asked for."""

from __future__ import annotations

import importlib
import pkgutil

import click

import shamcrowd.benchmark.cli.commands

ORDER = (
    "demo", "simulate", "explore", "report", "realism", "audit", "validate", "run", "duel", "sweep",
    "bench", "compare", "check", "score", "import", "detect", "explain", "inject", "fit-world",
    "transfer", "export", "class", "learn", "secret", "list", "show", "new", "schema", "doctor",
    "completion",
)  # fmt: skip


class LazyCommands(click.Group):
    """Finds commands in ``shamcrowd.benchmark.cli.commands``: file ``new.py``, command
    ``new``.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All, in the order in which a newcomer needs them."""
        found = {
            m.name.removesuffix("_").replace("_", "-")
            for m in pkgutil.iter_modules(shamcrowd.benchmark.cli.commands.__path__)
        }
        return [*(n for n in ORDER if n in found), *sorted(found - set(ORDER))]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command called ``name``."""
        if name not in self.list_commands(ctx):
            return None
        # `list` can't be a module's function name, so its file may end in an underscore.
        stem = name.replace("-", "_")
        home = shamcrowd.benchmark.cli.commands.__name__
        files = {m.name for m in pkgutil.iter_modules(shamcrowd.benchmark.cli.commands.__path__)}
        module = importlib.import_module(f"{home}.{stem if stem in files else stem + '_'}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say what was probably meant where there is no such command."""
        import difflib

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as fault:
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), 1, 0.5)
            if not near:
                raise
            raise click.UsageError(f"{fault.message} Did you mean {near[0]!r}?", ctx) from None


@click.group(
    "shamcrowd", cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="shamcrowd", message="%(package)s %(version)s")
def cli() -> None:
    """Simulate coordinated account abuse, and measure how well detectors find it.

    SCENARIO is an id (shamcrowd list scenarios) or the path of a YAML file.
    """
