"""Arbitrary input raises nothing but a ScenarioError."""

import contextlib
import json

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.scenario.load import load_scenario

FUZZ = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


PIECES = st.sampled_from(
    ["campaigns", "populations", "hydra", "casual", "releases", "platform", "models", "horizon",
     "accounts", "start", "evasion", "extends", "id", "schema", "shards", "0", "7", "-1", "²", ""]
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        [
            "null",
            "-1",
            "0",
            "1e400",
            ".nan",
            "true",
            "[]",
            "{}",
            "[1, {a: 2}]",
            "3x",
            "9d",
            "2026-03-02",
            "!!set {a}",
            "? x",
            "*a",
            "&a b",
            "'",
            "{a: {b: {c: 1}}}",
            "\n- a",
            "9" * 400 + "d",
            "9" * 400,
            "'\\0.yaml'",
        ]
    ),
    st.text(max_size=12),
)


@FUZZ
@given(st.lists(PIECES, max_size=5), VALUES, st.sampled_from([1.0, 0.5]))
def test_no_setting_crashes(path, value, scale):
    with contextlib.suppress(ScenarioError):
        load_scenario("quickstart-v2", settings=[f"{'.'.join(path)}={value}"], scale=scale)


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(["hydra", "casual", "deep-4", "quickstart-v2", "3d", "-1d", "0s", "x"]),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["accounts", "model", "at", "a", "5"]), inner, max_size=3)
    ),
    max_leaves=5,
)
ACTORS = st.dictionaries(
    st.sampled_from(["casual", "hydra", "5", "No Name"]),
    st.dictionaries(
        st.sampled_from(["accounts", "tactic", "population", "start", "evasion", "lag"]), TREES
    )
    | LEAVES,
    max_size=2,
)
DATA = st.fixed_dictionaries(
    {},
    optional={
        "populations": ACTORS,
        "campaigns": ACTORS,
        **dict.fromkeys(
            ("schema", "title", "start", "horizon", "slice", "reviews", "shards", "platform",
             "releases", "extends", "id", "5"),
            TREES,
        ),
    },
)  # fmt: skip


@FUZZ
@given(DATA, st.booleans())
def test_no_shape_of_data_crashes(tmp_path, data, extends):
    if extends:
        data["extends"] = "quickstart-v2"
    path = tmp_path / "mine.yaml"
    # JSON is YAML, but for the names of the numbers that are none.
    text = json.dumps(data).replace("NaN", ".nan").replace("Infinity", ".inf")
    path.write_text(text, "utf-8")
    with contextlib.suppress(ScenarioError):
        load_scenario(path)


@FUZZ
@given(st.integers(min_value=0, max_value=10**320), st.floats(0.001, 100))
def test_no_count_and_scale_crash(count, scale):
    with contextlib.suppress(ScenarioError):
        load_scenario(
            "quickstart-v2", settings=[f"populations.casual.accounts={count}"], scale=scale
        )
