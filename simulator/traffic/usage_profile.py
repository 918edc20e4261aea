"""Usage profiles: how one kind of user or work uses the API, in readable numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

TOPICS = (
    "software-engineering",
    "data-analysis",
    "agentic-tools",
    "reasoning",
    "mathematics",
    "writing",
    "translation",
    "summaries",
    "customer-support",
    "marketing",
    "education",
    "research",
    "roleplay",
    "health",
    "law",
    "finance",
    "travel",
    "images",
    "classification",
    "extraction",
    "evaluation",
    "safety",
    "search",
    "small-talk",
)
"""Topics that the platform's classifier distinguishes (assumed)."""

ENDPOINTS = ("chat", "batch", "embeddings")
CHAT, BATCH, EMBEDDINGS = range(len(ENDPOINTS))

OFFICE = (1, 1, 1, 1, 1, 2, 5, 14, 34, 52, 58, 56, 45, 51, 58, 58, 53, 42, 26, 17, 12, 9, 5, 2)
"""Hourly weights of office work (assumed shape; peak to trough as of one region in `realism`).
"""

LEISURE = (14, 8, 5, 3, 2, 3, 6, 12, 20, 27, 31, 33, 34, 34, 34, 36, 39, 42, 46, 51, 55, 52, 42, 27)
"""Hourly weights of private use, mostly in the evening (assumed)."""

STEADY = (10,) * 24
"""Hourly weights of machines: constant."""


@dataclass(frozen=True)
class Lognormal:
    """A lognormal quantity: ``median`` in its unit, ``sigma`` of its logarithm, at most ``cap``."""

    median: float
    sigma: float
    cap: float = float("inf")


@dataclass(frozen=True)
class UsageProfile:
    """One way of using the API. Numbers are assumed unless the population gives a source.

    Attributes:
        requests: requests per session.
        turns: mean turns per conversation (geometric).
        gap: seconds from the end of an answer, and of reading it, to the next turn.
        reading: seconds spent on each token of an answer before the next turn; 0: nobody reads.
        pause: seconds from the last request of a conversation to the next conversation.
        prompt: input tokens of a first turn.
        answer: output tokens.
        prompt_spread: sigma of the logarithm of input tokens between accounts.
        answer_spread: sigma of the logarithm of output tokens between accounts.
        growth: growth of the logarithm of the input with log(1 + turn).
        speed_sigma: sigma of the logarithm of a session's speed.
        hours: 24 weights by local hour.
        weekend: factor on Saturday and Sunday.
        active_share: share of days on which an account is active, 0 to 1.
        active_days: mean length of a run of active days.
        activity_sigma: sigma of the logarithm of the daily level on active days.
        topics: weights by topic.
        favourite_share: share of an account's favourite topic, 0 to 1.
        models: weights of the cheap, middle and expensive third of the catalogue.
        endpoint: weights of chat, batch and embeddings.
        prompt_variation: difference between prompts of one template, 0 (none) to 6 (unrelated).
        log_ins: log-ins to the web console per session.
        handover: share of sessions that move to another of the account's addresses on the way,
            if it has several: a phone that leaves home, a proxy that is exchanged.
        taken_up: share of sessions that begin with the conversation that ended the last one, for
            endless conversations; in proportion less for short ones.
        streams: share of the accounts that ask for a stream, on the chat endpoint.
        caches: share of the accounts whose prompts may be read from the cache.
        prefix: share of a first prompt that is the same in all conversations: instructions, tools
            and examples.
        mixed: share of the sessions that call another way than is usual for their account: many
            programs behind one key.
        clock_period: seconds between ticks of a common clock at which sessions start; divides an
            hour. 0: not aligned.
        clock_jitter: mean delay after a tick, seconds.
        abusive: serves a campaign's purpose.
    """

    requests: Lognormal
    turns: float
    gap: Lognormal
    pause: Lognormal
    prompt: Lognormal
    answer: Lognormal
    prompt_spread: float = 0.8
    answer_spread: float = 0.55
    growth: float = 0.5
    speed_sigma: float = 0.6
    hours: tuple[int, ...] = LEISURE
    weekend: float = 0.8
    active_share: float = 0.6
    active_days: float = 3.0
    activity_sigma: float = 0.6
    topics: dict[str, float] = field(default_factory=lambda: dict.fromkeys(TOPICS, 1.0))
    favourite_share: float = 0.4
    models: tuple[float, float, float] = (0.5, 0.4, 0.1)
    endpoint: tuple[float, float, float] = (1.0, 0.0, 0.0)
    prompt_variation: int = 4
    log_ins: float = 0.1
    reading: float = 0.0
    handover: float = 0.08
    taken_up: float = 0.25
    streams: float = 0.6
    caches: float = 0.75
    prefix: float = 0.5
    mixed: float = 0.15
    clock_period: int = 0
    clock_jitter: float = 0.0
    abusive: bool = False
