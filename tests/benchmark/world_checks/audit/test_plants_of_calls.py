"""What the way in which a campaign's clients call could leak is found by name."""

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit import audit
from shamcrowd.benchmark.world_checks.audit.bounds import RULES
from tests.benchmark.world_checks.small_recording import small_recording


def _one_way_to_stream(made):
    """Every request of the campaign asks for a stream; of others, about half do."""
    requests = made.tables["requests"]
    requests["stream"] = made.is_sham("requests") | (made.rng.random(len(requests)) < 0.5)


def _quick_first_token(made):
    """Streams of the campaign begin within 50 ms, those of others after 200 at least."""
    requests = made.tables["requests"]
    sham = made.is_sham("requests")
    wait = np.where(
        sham, made.rng.integers(20, 50, len(sham)), made.rng.integers(200, 900, len(sham))
    )
    requests["first_token"] = np.where(requests["first_token"].notna(), wait, -1)
    requests["first_token"] = requests["first_token"].astype("Int32").mask(
        requests["first_token"] < 0)  # fmt: skip


def _whole_prompt_cached(made):
    """All of a campaign's prompts come from the cache, of others a part."""
    requests = made.tables["requests"]
    sham = made.is_sham("requests")
    part = np.where(sham, 1.0, made.rng.uniform(0, 0.6, len(sham)))
    requests["cached_tokens"] = np.floor(requests["input_tokens"] * part).astype("Int32")


def _no_reasoning(made):
    """The campaign never lets a model reason; others mostly do."""
    requests = made.tables["requests"]
    sham = made.is_sham("requests")
    part = np.where(sham, 0.0, made.rng.uniform(0.2, 0.8, len(sham)))
    requests["reasoning_tokens"] = np.floor(requests["output_tokens"] * part).astype("Int32")


def _one_wait(made):
    """The campaign is always asked to wait for seven seconds, others for one to sixty."""
    requests = made.tables["requests"]
    sham = made.is_sham("requests")
    refused = requests["retry_after"].notna()
    wait = np.where(sham, 7, made.rng.integers(10, 60, len(sham)))
    requests["retry_after"] = np.where(refused, wait, -1)
    requests["retry_after"] = requests["retry_after"].astype("Int32").mask(~refused)


PLANTS = {
    _one_way_to_stream: "requests.stream, mean",
    _quick_first_token: "requests.first_token, mean",
    _whole_prompt_cached: "requests.cached_tokens, mean",
    _no_reasoning: "requests.reasoning_tokens, mean",
    _one_wait: "requests.retry_after, mean",
}


@pytest.fixture(scope="module")
def found(write_small):
    made = small_recording()
    for plant in PLANTS:
        plant(made)
    return audit(write_small(made), families=("columns",))


def test_each_is_found_by_name(found):
    broken = {b.what: b for b in found.broken if b.bound == RULES}
    for plant, name in PLANTS.items():
        about = name.partition(", ")[0]
        assert name in broken, (plant.__name__, sorted(w for w in broken if w.startswith(about)))
        assert broken[name].low > broken[name].limit


def test_without_plants_they_say_nothing(clean):
    quiet = audit(clean, families=("columns",))
    assert not {b.what for b in quiet.broken}
