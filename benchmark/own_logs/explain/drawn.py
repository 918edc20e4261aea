"""What the group drew: requests and tokens by model, and what that is at list price."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.own_logs.explain.model import Section, Unit
from shamcrowd.benchmark.own_logs.explain.queries import Questions
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports import sql
from shamcrowd.recording.json_file import read_json
from shamcrowd.recording.manifest import Manifest

Prices = Mapping[str, tuple[float, float, float]]
"""Dollars per million input tokens, output tokens and input tokens read from a prompt cache, by
model."""


def list_prices(manifest: Manifest) -> Prices:
    """The list prices that a recording's scenario has; none if the log was imported."""
    models: Any = manifest.played.get("platform", {}).get("models", {})
    return {
        name: (
            float(m["input_price"]), float(m["output_price"]),
            float(m.get("cached_price", m["input_price"])),
        )
        for name, m in models.items()
    }  # fmt: skip


def read_prices(path: Path) -> Prices:
    """Read prices from a JSON file: ``{"MODEL": {"input": 3.0, "output": 15.0, "cached": 0.3}}``.

    They are per million tokens. ``cached`` is that of input tokens that were read from a prompt
    cache; where it is missing, it is that of other input tokens.

    Raises:
        UnreadableError: if it is no JSON object.
        UsageError: if a price is missing or no number from 0 on.
    """
    held = read_json(path, 'write {"MODEL": {"input": 3.0, "output": 15.0}}')
    found = {}
    for model, price in held.items():
        sides: dict[str, Any] = price if isinstance(price, dict) else {}
        came, went = sides.get("input"), sides.get("output")
        named: list[Any] = [came, went, sides.get("cached", came)]
        given = [float(p) for p in named if type(p) in (int, float) and p >= 0]
        if len(given) != len(named):
            raise UsageError(
                f"{path}: {model}: give dollars per million tokens as "
                '{"input": 3.0, "output": 15.0, "cached": 0.3}; cached may be left out'
            )
        found[model] = (given[0], given[1], given[2])
    return found


def drawn(questions: Questions, prices: Prices, *, has_tokens: bool) -> Section:
    """The section; ``has_tokens`` says whether the log has numbers of tokens."""
    of_group = "from requests semi join members using (account)"
    numbers = [
        questions.number("requests", "count", f"select count(*) {of_group}"),
        questions.number(
            "of all requests in the log", "share",
            f"select (select count(*) {of_group}) / count(*) from requests",
        ),
    ]  # fmt: skip
    if not has_tokens:
        lacks = ("Numbers of tokens are not recorded in this log, and so is no list price.",)
        return Section("drawn", "What was drawn", lacks, tuple(numbers))
    numbers += [
        questions.number(
            f"{side} tokens", "count",
            f"select coalesce(sum({side}_tokens), 0)::bigint {of_group} where status = 200",
        )
        for side in ("input", "output", "cached")
    ]  # fmt: skip
    price_columns: list[tuple[str, Unit]] = []
    cost, joined = "", ""
    text: tuple[str, ...] = (
        "Tokens are those of requests that were served; cached ones are part of the input.",
    )
    if prices:
        rows = ", ".join(
            f"({sql.text(m)}, {i!r}, {o!r}, {c!r})" for m, (i, o, c) in sorted(prices.items())
        )
        names_of = "model, input_price, output_price, cached_price"
        joined = f" left join (values {rows}) as p({names_of}) using (model)"
        # A log may not tell what came from a cache, or count it beside its input.
        cached = "least(coalesce(cached_tokens, 0), input_tokens)"
        bill = (
            f"((input_tokens - {cached}) * input_price + {cached} * cached_price"
            " + output_tokens * output_price) / 1e6"
        )
        paid = f"sum({bill}) filter (where status = 200)"
        numbers.append(
            questions.number(
                "at list price", "dollars",
                f"select round(sum({bill}), 6) from requests{joined} "
                "semi join members using (account) where status = 200",
            )
        )  # fmt: skip
        cost, price_columns = f", round({paid}, 6) as dollars", [("at list price", "dollars")]
        unpriced = questions.rows(
            f"select distinct model from requests{joined} semi join members using (account) "
            "where input_price is null order by model"
        )
        if unpriced:
            names = ", ".join(str(row[0]) for row in unpriced)
            text += (f"There is no list price of {names}; its requests are not in the sum.",)
    else:
        text += (
            "The recording has no list prices; give them with --prices to see what was drawn in "
            "dollars.",
        )
    by_model = questions.listing(
        "By model",
        (("model", "text"), ("requests", "count"), ("input tokens", "count"),
         ("output tokens", "count"), ("cached tokens", "count"), *price_columns),
        "select model, count(*) as requests, "
        "coalesce(sum(input_tokens) filter (where status = 200), 0)::bigint as input, "
        "coalesce(sum(output_tokens) filter (where status = 200), 0)::bigint as output, "
        f"coalesce(sum(cached_tokens) filter (where status = 200), 0)::bigint as cached{cost} "
        f"from requests{joined} semi join members using (account) "
        "group by model order by requests desc, model",
    )  # fmt: skip
    return Section("drawn", "What was drawn", text, tuple(numbers), (by_model,))
