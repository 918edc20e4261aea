"""The cells that the values of a rule are divided into."""

import numpy as np

from shamcrowd.benchmark.world_checks.audit.cells import (
    COARSE,
    MOST_REPEATED,
    REPEATED,
    TAIL,
    divide,
)


def test_cells_are_in_order_with_the_missing_first():
    rng = np.random.default_rng(0)
    values = np.where(rng.random(5000) < 0.1, np.nan, np.round(rng.normal(size=5000), 2))
    cells = divide(values, ordered=True)
    assert (cells.code[np.isnan(values)] == 0).all()
    order = np.argsort(values[~np.isnan(values)], kind="stable")
    assert (np.diff(cells.code[~np.isnan(values)][order]) >= 0).all()
    assert cells.code.max() + 1 == cells.many == len(cells.exact) == len(cells.lowest)
    for cell in range(1, cells.many):
        held = values[cells.code == cell]
        assert (held.min(), held.max()) == (cells.lowest[cell], cells.highest[cell])


def test_a_value_is_a_cell_from_so_many_accounts_on():
    middle = np.linspace(0, 1, 2000)
    for count, alone in ((REPEATED - 1, False), (REPEATED, True)):
        cells = divide(np.append(middle, np.full(count, 0.50001)), ordered=True)
        at = cells.code[-1]
        assert cells.exact[at] == alone
        assert (np.count_nonzero(cells.code == at) == count) == alone


def test_of_very_many_repeated_values_the_most_common_are_cells():
    often = MOST_REPEATED // 2
    values = np.concatenate(
        [np.repeat(np.arange(often), 9), np.repeat(np.arange(often, 3000), 3), np.arange(0.5, 9000)]
    )
    cells = divide(values, ordered=True)
    assert cells.exact.sum() == often + 1
    assert cells.exact[cells.code[:often]].all()


def test_in_the_tails_a_threshold_can_be_anywhere():
    cells = divide(np.linspace(0, 1, 10_000), ordered=True)
    size = np.bincount(cells.code)[1:]
    many = round(TAIL * 10_000)
    assert (size[: many - 1] == 1).all()
    assert (size[-many + 1 :] == 1).all()
    assert np.median(size[many + 1 : -many - 1]) > 30
    coarse, fine = cells.starts
    assert len(coarse) == COARSE + 1
    assert set(coarse) <= set(fine)


def test_levels_are_cells_without_order():
    cells = divide(np.array([2.0, np.nan, 0.0, 2.0]), ordered=False)
    assert cells.code.tolist() == [2, 0, 1, 2]
    assert cells.exact.all()
    assert cells.starts == ()


def test_values_that_are_all_missing_are_one_cell() -> None:
    cells = divide(np.full(3, np.nan), ordered=True)
    assert (cells.code.tolist(), cells.many, cells.exact.tolist()) == ([0, 0, 0], 1, [True])
    assert np.isnan(cells.lowest).tolist() == np.isnan(cells.highest).tolist() == [True]
