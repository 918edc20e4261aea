"""Of YAML, plain data is read, and all else is refused by its place."""

import pytest

from shamcrowd.recording.yaml_data import (
    DEEPEST,
    LARGEST_INTEGER,
    NotPlainError,
    plain_data,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("-7", -7), ("+7", 7), ("007", 7), ("1_000", 1000), ("0x1F", 31), ("0o17", 15),
        ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015),
        ("true", True), ("FALSE", False), ("null", None), ("~", None), ("", None),
        ("yes", "yes"), ("'7'", "7"), ('"true"', "true"), ("'~'", "~"),
        ("2026-03-02", "2026-03-02"),
        ("1:30", "1:30"), ("6h", "6h"), ("nan", "nan"), ("|\n  7\n", "7\n"), ("_1", "_1"),
        (str(LARGEST_INTEGER), LARGEST_INTEGER),
    ],
)  # fmt: skip
def test_words(text, value):
    got = plain_data(f"a: {text}").data["a"]
    assert (got, type(got)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("a: 1\nb: *a", "a YAML alias (*)", (1, 3)),
        ("a: !!binary aGk=", "a YAML tag (!!binary)", (0, 3)),
        ("a: !!timestamp 2026-01-01", "a YAML tag (!!timestamp)", (0, 3)),
        ("a: !!python/object:os.system {}", "a YAML tag (!!python/object:os.system)", (0, 3)),
        ("a: !!set {b}", "a YAML tag (!!set)", (0, 3)),
        ("!!map {a: 1}", "a YAML tag (!!map)", (0, 0)),
        ("a: ! b", "a YAML tag (!)", (0, 3)),
        ("!x a: 1", "a YAML tag (!x)", (0, 0)),
        ("a: {<<: {b: 1}}", "a YAML merge (<<)", (0, 4)),
        ("? {a: 1}\n: 2", "a list or mapping as a key", (0, 2)),
        ("? [a]\n: 2", "a list or mapping as a key", (0, 2)),
        ("a: 1\nb: {c: 1, c: 2}", 'key "c" appears twice', (1, 10)),
        ("1: 1\n'1': 2", 'key "1" appears twice', (1, 0)),
        ("a: 1\n---\nb: 1", "a second document", (1, 0)),
        ("%YAML 1.1\n---\na: yes", "a YAML directive", (1, 0)),
        ("a: .nan", '".nan" is not a number', (0, 3)),
        ("a: -.inf", '"-.inf" is not a number', (0, 3)),
        ("a: 1e999", "1e999 is too large a number", (0, 3)),
        (f"a: {LARGEST_INTEGER + 1}", f"{LARGEST_INTEGER + 1} is too large a number", (0, 3)),
        (f"a: {'9' * 10_000}", f"{'9' * 20}… is too large a number", (0, 3)),
        ("- " * (DEEPEST + 1) + "a", f"nested more than {DEEPEST} deep", (0, 2 * DEEPEST)),
    ],
)  # fmt: skip
def test_all_else_is_refused(text, said, place):
    with pytest.raises(NotPlainError) as caught:
        plain_data(text)
    assert said in caught.value.what
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.mend


def test_as_deep_as_allowed():
    assert plain_data("- " * DEEPEST + "a").data


def test_places_of_keys_and_values():
    found = plain_data("a:\n  b: [1, {c: 2}]\n")
    assert found.data == {"a": {"b": [1, {"c": 2}]}}
    assert found.keys[("a", "b")] == (2, 3)
    assert found.values[("a", "b")] == (2, 6)
    assert found.values[("a", "b", 1, "c")] == (2, 14)
    assert found.keys[("a", "b", 1)] == found.values[("a", "b", 1)] == (2, 10)


def test_empty():
    assert plain_data("# nothing").data is None


@pytest.mark.parametrize("sign", ["\\x1b[2J", "\\u202e", "\\u2066", "\\0", "\\r", "\\x9b31m"])
def test_no_text_holds_what_a_terminal_acts_on(sign):
    for text in (f'title: "a{sign}"', f'"a{sign}": 1', f'a: ["b", "{sign}"]'):
        with pytest.raises(NotPlainError, match="a control character or a mark of writing"):
            plain_data(text)


def test_a_mark_of_direction_as_it_is():
    with pytest.raises(NotPlainError, match=r"U\+202E"):
        plain_data("a: b\u202ec")
