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

Prices = Mapping[str, tuple[float, float]]
"""Dollars per million input and output tokens, by model."""


def list_prices(manifest: Manifest) -> Prices:
    """The list prices that a recording's scenario has; none if the log was imported."""
    models: Any = manifest.played.get("platform", {}).get("models", {})
    return {name: (float(m["input_price"]), float(m["output_price"])) for name, m in models.items()}


def read_prices(path: Path) -> Prices:
    """Read prices from a JSON file: ``{"MODEL": {"input": 3.0, "output": 15.0}}``, per million.

    Raises:
        UnreadableError: if it is no JSON object.
        UsageError: if a price is missing or no number from 0 on.
    """
    held = read_json(path, 'write {"MODEL": {"input": 3.0, "output": 15.0}}')
    found = {}
    for model, price in held.items():
        both = [price.get(side) for side in ("input", "output")] if isinstance(price, dict) else []
        given = [float(p) for p in both if isinstance(p, int | float) and p >= 0]
        if len(given) != 2:
            raise UsageError(
                f"{path}: {model}: give dollars per million tokens as "
                '{"input": 3.0, "output": 15.0}'
            )
        found[model] = (given[0], given[1])
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
        for side in ("input", "output")
    ]  # fmt: skip
    price_columns: list[tuple[str, Unit]] = []
    cost, joined = "", ""
    text: tuple[str, ...] = ("Tokens are those of requests that were served.",)
    if prices:
        rows = ", ".join(f"({sql.text(m)}, {i!r}, {o!r})" for m, (i, o) in sorted(prices.items()))
        joined = f" left join (values {rows}) as p(model, input_price, output_price) using (model)"
        bill = "(input_tokens * input_price + output_tokens * output_price) / 1e6"
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
         ("output tokens", "count"), *price_columns),
        "select model, count(*) as requests, "
        "coalesce(sum(input_tokens) filter (where status = 200), 0)::bigint as input, "
        f"coalesce(sum(output_tokens) filter (where status = 200), 0)::bigint as output{cost} "
        f"from requests{joined} semi join members using (account) "
        "group by model order by requests desc, model",
    )  # fmt: skip
    return Section("drawn", "What was drawn", text, tuple(numbers), (by_model,))
