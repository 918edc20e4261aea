"""Each line of docs/security.md has a test, and one that shows the attack with its defence off."""

from __future__ import annotations

import re
from pathlib import Path

from tests.benchmark.execution.confinement.attacks import ATTACKS
from tests.benchmark.execution.confinement.quick_attacks import QUICK

PAGE = Path(__file__).parents[3] / "docs/security.md"
WITH_THE_DEFENCE_OFF = {
    "test_nothing_of_the_caller_is_there": (
        "environment of the caller", "descriptors of the caller", "command line in /proc",
        "variables of Python", "test_no_byte_of_its_process_names_the_run",
    ),
    "test_the_world_cannot_be_played_again_with_our_simulator": (
        "import of the simulator", "import of the truth",
    ),
    "test_nor_with_its_files": ("files of the simulator", "the simulator under another name"),
    "test_no_truth_can_be_opened_of_this_run_or_any_other": (
        "truth of a run", "files by /proc", "a link out of its folder",
        "a hard link out of its folder", "names in a folder by watching it",
        "a path that is opened by its descriptor", "the truth as a program",
        "names in a folder of the user", "names in the folder of temporary files",
    ),
    "test_which_scenario_of_a_suite_is_played_cannot_be_seen": (
        "test_which_scenario_of_a_suite_is_played_cannot_be_seen",
    ),
    "test_a_run_among_programs_is_not_granted_with_them": (
        "test_a_run_among_programs_is_not_granted_with_them",
    ),
    "test_nothing_later_than_the_review_can_be_reached": (
        "test_rows_of_the_future_come_only_where_the_benchmark_sends_them",
    ),
    "test_categories_name_nothing_of_later_rows": ("test_categories_name_nothing_of_later_rows",),
    "test_what_tells_of_a_world_is_not_read": ("a scenario beside it", "a baseline beside it"),
    "test_what_is_no_answer_is_its_failure": ("test_a_pickle_runs_only_where_pickles_are_taken",),
    "test_contract_checks_that_were_changed_in_its_process_change_nothing": (
        "test_it_would_be_believed_without_the_check",
    ),
    "test_own_files_can_be_read_and_none_written": (
        "writing beside its file", "a hidden file beside it", "a secret beside it",
        "a key beside it", "a key under another name", "a file beside the truth",
        "rights of a file of the user", "times of a file of the user",
        "an attribute of a file of the user", "flags of a file of the user",
        "cutting a file of the user",
        "a folder beside the truth", "moving the truth",
    ),
    "test_nothing_of_other_processes_is_there": (
        "environment in /proc", "memory in /proc", "list of processes", "ptrace",
        "memory by a call",
    ),
    "test_signals_and_sockets_do_not_reach_out": (
        "a signal", "a connection", "an abstract socket", "a socket in a folder",
        "sockets of other families", "a signal by the owner of a descriptor",
        "a signal by the owner of a socket",
    ),
    "test_an_attack_is_held": (
        "io_uring", "a program in memory", "a user namespace", "a namespace by clone", "a mount",
        "taking /proc away", "another root", "keys of the kernel", "rights of root",
        "System V memory of others", "shared memory of others", "a core file",
    ),
    "test_each_is_held": (
        "a setting of the kernel", "the name of the machine", "a descriptor of another process",
        "faults of pages handled by itself", "a key ring that outlives it", "a queue of messages",
        "a mount by newer calls", "a lease on a file, for which others wait",
        "precedence over other processes", "two thousand open files",
        "precedence of another process",
        "limits of another process", "System V memory by its number",
    ),
    "test_a_child_in_a_session_of_its_own_ends_with_it": (
        "test_what_it_leaves_behind_lives_on_where_nothing_ends_it",
    ),
    "test_a_child_that_holds_the_channel_does_not_hold_the_benchmark": (
        "test_a_child_holds_the_channel_only_where_nothing_ends_it",
    ),
    "test_it_has_so_long_whatever_it_does": ("test_it_has_as_long_as_it_takes_without_a_limit",),
    "test_nothing_beside_it_is_run_by_the_benchmark": (
        "test_what_lies_beside_it_would_be_run_otherwise",
    ),
    "test_a_column_is_sent_once": ("test_a_column_would_be_sent_often_without_the_check",),
    "test_memory_of_all_its_processes_is_limited": (
        "memory of its own", "memory in tables of pages",
    ),
    "test_what_is_hidden_from_the_measuring_is_measured": (
        "test_what_is_hidden_from_the_measuring_is_measured",
    ),
    "test_it_may_write_so_much_and_start_so_many": ("a full disk", "a thousand processes"),
    "test_what_it_prints_is_escaped_and_not_on_standard_output": (
        "test_what_a_terminal_obeys_is_escaped",
    ),
    "test_a_copy_of_the_simulator_plays_another_world": (
        "test_a_copy_of_the_simulator_plays_another_world",
    ),
    "test_a_plug_in_of_a_package_is_listed_without_being_run": (
        "test_a_plug_in_runs_where_it_is_imported",
    ),
}  # fmt: skip
"""By the test that a line names: attacks that succeed, or tests of that."""


def _rows():
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    return [re.findall(r"`(test_\w+)`", row) for row in rows]


def _tests():
    tests = Path(__file__).parents[1].rglob("test_*.py")
    return set(re.findall(r"(?m)^def (test_\w+)", "".join(p.read_text("utf-8") for p in tests)))


def test_each_line_has_its_test():
    named = _rows()
    assert len(named) >= 22
    assert all(len(one) == 1 for one in named)
    assert {name for (name,) in named} <= _tests()


def test_each_line_was_seen_to_fall_with_its_defence_off():
    assert {name for (name,) in _rows()} == set(WITH_THE_DEFENCE_OFF)
    shown = {one for names in WITH_THE_DEFENCE_OFF.values() for one in names}
    assert shown - _tests() == {*ATTACKS, *QUICK}
