"""Softmax: probabilities, Jacobian and both losses against torch in float64, for ordinary and for extreme logits."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.gradient_check import GradientCheck
from gradviz.core.softmax import (
    COLDEST,
    HOTTEST,
    LARGEST,
    SoftmaxError,
    SoftmaxSetup,
    cell,
    enlargement,
    jacobian,
    softmax,
    softmax_setup_from_state,
)
from gradviz.core.softmax_check import MOST_ROWS, ROUNDED, ROW_SOURCE, TOO_SMALL, check_loss, check_row, row_by_autograd
from gradviz.core.softmax_facts import jacobian_facts
from gradviz.core.softmax_losses import (
    SOFTMAX_LOSSES,
    SoftmaxLoss,
    errors,
    losses_at,
    softmax_loss,
    stepped,
)
from gradviz.core.softmax_presets import SOFTMAX_PRESETS, SoftmaxPreset, random_logits, softmax_preset
from gradviz.core.softmax_stability import OVERFLOWS_FROM, stability

every_loss = pytest.mark.parametrize("loss", SOFTMAX_LOSSES, ids=lambda loss: loss.key)
every_preset = pytest.mark.parametrize("preset", SOFTMAX_PRESETS, ids=lambda preset: preset.key)
every_precision = pytest.mark.parametrize("precision", ["float32", "float64"])

sizes = st.sampled_from([0.0, 1e-300, 1e-6, 1.0, 20.0, 700.0, 1e4, LARGEST])
temperatures = st.sampled_from([COLDEST, 0.125, 0.7, 1.0, 3.0, 64.0, HOTTEST])


@st.composite
def setups(draw: st.DrawFn, largest_count: int = 32) -> SoftmaxSetup:
    """Logits of one size or of several, between nothing and the largest."""
    one_size = draw(st.none() | sizes)
    logit = st.floats(-1, 1)
    count = draw(st.integers(2, largest_count))
    logits = [draw(logit) * (draw(sizes) if one_size is None else one_size) for _ in range(count)]
    return SoftmaxSetup(tuple(logits), draw(temperatures), draw(st.integers(0, count - 1)))


def in_torch(setup: SoftmaxSetup) -> tuple[torch.Tensor, torch.Tensor]:
    """z = (a − max a)/T as a leaf, so that torch has no large numbers to round, and softmax of it; float64."""
    a = torch.tensor(setup.logits, dtype=torch.float64)
    z = ((a - a.max()) / setup.temperature).requires_grad_()
    return z, torch.softmax(z, dim=0)


def loss_in_torch(key: str, setup: SoftmaxSetup) -> tuple[float, np.ndarray]:
    """The loss and its gradient with respect to the logits, by torch alone."""
    z, p = in_torch(setup)
    y = torch.nn.functional.one_hot(torch.tensor(setup.target), setup.count).double()
    if key == "cross_entropy":
        value = torch.nn.functional.cross_entropy(z, torch.tensor(setup.target))
    else:
        value = torch.nn.functional.mse_loss(p, y)
    (gradient,) = torch.autograd.grad(value, z)
    return value.item(), gradient.numpy() / setup.temperature


# -- probabilities


@given(setups())
def test_probabilities_and_their_logarithms_are_torchs(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    z, p = in_torch(setup)
    np.testing.assert_allclose(found.p, p.detach().numpy(), rtol=1e-12, atol=0)
    logarithms = torch.log_softmax(z.detach(), dim=0).numpy()
    np.testing.assert_allclose(found.logarithms, logarithms, rtol=1e-12, atol=1e-15)
    assert found.total == pytest.approx(1, abs=1e-14)
    assert found.p[found.largest] == found.p.max()


@given(setups())
def test_the_entropy_is_torchs_and_lies_between_none_and_that_of_n_equal_ones(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    _, p = in_torch(setup)
    assert found.entropy == pytest.approx(torch.special.entr(p.detach()).sum().item(), rel=1e-11, abs=1e-13)
    assert 0 <= found.entropy <= math.log(setup.count) * (1 + 1e-12)
    assert 1 <= found.effective_count <= setup.count * (1 + 1e-11)


def test_where_one_class_has_all_there_is_no_entropy_of_minus_0() -> None:
    assert f"{softmax(SoftmaxSetup((1e4, 0.0, -1e4))).entropy:.4g}" == "0"


@given(setups(), st.floats(-1e3, 1e3))
def test_a_constant_added_to_all_logits_changes_nothing(setup: SoftmaxSetup, constant: float) -> None:
    if max(abs(logit) for logit in setup.logits) > 1e4:
        return
    moved = setup.shifted(constant)
    # the sums themselves are rounded: 1e4 has a unit in the last place of 2e-12
    np.testing.assert_allclose(softmax(moved).p, softmax(setup).p, atol=1e-11 / setup.temperature + 1e-15)


@given(setups())
def test_what_is_left_of_a_probability_keeps_its_digits(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    for i in range(setup.count):
        others = np.delete(found.p, i).sum()
        assert found.rest[i] == pytest.approx(others, rel=1e-12, abs=1e-15 if i != found.largest else 0)


def test_the_larger_is_enlarged_by_e_to_the_difference() -> None:
    setup = SoftmaxSetup((2.0, 1.0, 0.1))
    found = softmax(setup)
    ratio, exponent = enlargement(setup, 0, 1)
    assert (ratio, exponent) == (pytest.approx(math.e), 1.0)
    assert ratio == pytest.approx(found.p[0] / found.p[1], rel=1e-14)
    assert enlargement(SoftmaxSetup((1e4, -1e4)), 0, 1) == (math.inf, 2e4)
    assert enlargement(SoftmaxSetup((1e4, -1e4)), 1, 0) == (0.0, -2e4)
    assert enlargement(SoftmaxSetup((1.0, 0.0), 0.5), 0, 1)[1] == 2.0


# -- the Jacobian


@given(setups(12))
def test_every_row_of_the_jacobian_is_what_autograd_says(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    entries = jacobian(found)
    z, p = in_torch(setup)
    for i in range(setup.count):
        (row,) = torch.autograd.grad(p[i], z, retain_graph=True)
        np.testing.assert_allclose(entries[i], row.numpy() / setup.temperature, rtol=0, atol=1e-12 / setup.temperature)
        assert [cell(found, i, j) for j in range(setup.count)] == pytest.approx(entries[i].tolist(), rel=1e-15)


@given(setups())
def test_the_diagonal_is_not_negative_and_the_others_are_not_positive(setup: SoftmaxSetup) -> None:
    entries = jacobian(softmax(setup))
    assert (np.diag(entries) >= 0).all()
    assert (entries[~np.eye(setup.count, dtype=bool)] <= 0).all()


@given(setups())
def test_the_facts_hold_for_every_jacobian(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    facts = jacobian_facts(found, jacobian(found))
    assert facts.all_hold
    assert facts.rank == facts.positive - 1


@pytest.mark.parametrize("n", [2, 3, 32, 200])
def test_the_rank_is_that_of_a_singular_value_decomposition(n: int) -> None:
    setup = SoftmaxSetup(tuple(np.random.default_rng(n).normal(size=n).tolist()))
    found = softmax(setup)
    facts = jacobian_facts(found, jacobian(found))
    assert facts.rank == np.linalg.matrix_rank(jacobian(found)) == n - 1
    assert facts.positive == n


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (lambda j: j + np.eye(len(j)) * 1e-6, "rows_sum_to_zero"),
        (lambda j: j + np.triu(np.full_like(j, 1e-6), 1), "is_symmetric"),
        (lambda j: j + np.eye(len(j)), "rank_is_one_less"),
        (lambda j: j * 0 + np.outer([1, -1, 0, 0], [1, -1, 0, 0]), "rank_is_one_less"),
    ],
)
def test_a_matrix_that_is_no_such_jacobian_is_caught(change: Callable[[np.ndarray], np.ndarray], fact: str) -> None:
    found = softmax(SoftmaxSetup((2.0, 1.0, 0.1, -1.0)))
    facts = jacobian_facts(found, change(jacobian(found)))
    assert not getattr(facts, fact)
    assert not facts.all_hold


def test_a_thousand_logits_have_a_jacobian_with_its_facts() -> None:
    setup = SoftmaxSetup(tuple(np.random.default_rng(1).normal(scale=3, size=1000).tolist()), 0.8, 17)
    found = softmax(setup)
    entries = jacobian(found)
    assert entries.shape == (1000, 1000)
    assert jacobian_facts(found, entries).all_hold
    for i in (0, 17, 999):
        np.testing.assert_allclose(entries[i], row_by_autograd(setup, i), atol=1e-12)


def test_the_line_of_torch_gives_the_row() -> None:
    setup = SoftmaxSetup((2.0, 1.0, 0.1), 0.5)
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    p = torch.softmax(a / setup.temperature, dim=0)
    for i in range(3):
        (row,) = eval(ROW_SOURCE.format(i), {"torch": torch, "p": p, "a": a})
        np.testing.assert_allclose(jacobian(softmax(setup))[i], row.numpy(), rtol=1e-14)


# -- losses


@every_loss
@given(setup=setups())
def test_a_losses_value_and_gradient_are_what_autograd_says(loss: SoftmaxLoss, setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    value, gradient = loss_in_torch(loss.key, setup)
    assert loss.value(found) == pytest.approx(value, rel=1e-12, abs=1e-15)
    np.testing.assert_allclose(loss.gradient(found), gradient, rtol=0, atol=1e-12 / setup.temperature)


@given(setups(12))
def test_the_squared_errors_gradient_is_the_jacobian_times_p_minus_y(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    product = jacobian(found).T @ errors(found) * 2 / setup.count
    np.testing.assert_allclose(softmax_loss("squared_error").gradient(found), product, atol=1e-14 / setup.temperature)


def test_the_gradient_of_the_cross_entropy_is_p_minus_y() -> None:
    found = softmax(SoftmaxSetup((2.0, 1.0, 0.1), target=1))
    assert softmax_loss("cross_entropy").gradient(found) == pytest.approx(found.p - [0, 1, 0])


def test_confidently_wrong_one_gradient_vanishes_and_the_other_pulls() -> None:
    setup = softmax_preset("confidently_wrong").setup()
    found = softmax(setup)
    assert found.largest != setup.target
    cross_entropy, squared = losses_at(found)
    assert cross_entropy.norm > 1.4  # √2 when p is all on one wrong class
    assert 0 < squared.norm < 1e-4
    far = softmax(setup.with_logit(1, 300.0))  # where a formula that subtracts has no digit left
    norms = [each.norm for each in losses_at(far)]
    assert norms[0] > 1.4
    assert 0 < norms[1] < 1e-100


@given(setups(6))
def test_the_parts_of_a_gradient_add_up_to_0(setup: SoftmaxSetup) -> None:
    # in exact numbers the parts of either gradient add up to 0: what the largest p gets, the others give
    for each in losses_at(softmax(setup)):
        assert each.gradient.sum() == pytest.approx(0, abs=1e-12 * max(np.abs(each.gradient).max(), 1e-300))


@given(setups(6))
def test_the_squared_errors_gradient_keeps_its_digits_where_it_vanishes(setup: SoftmaxSetup) -> None:
    found = softmax(setup)
    e = errors(found)
    # without a difference of sums, Σⱼ pⱼ(eᵢ − eⱼ), it takes n² products and keeps its digits whatever the p are
    slow = found.p * (np.subtract.outer(e, e) @ found.p) * 2 / (setup.count * setup.temperature)
    gradient = softmax_loss("squared_error").gradient(found)
    np.testing.assert_allclose(gradient, slow, rtol=0, atol=1e-13 * np.abs(slow).max())


@every_loss
@given(setup=setups(6))
def test_a_step_is_a_step_of_torchs_sgd(loss: SoftmaxLoss, setup: SoftmaxSetup) -> None:
    if max(abs(logit) for logit in setup.logits) > 1e3 or setup.temperature < 0.1:
        return
    a = torch.tensor(setup.logits, dtype=torch.float64, requires_grad=True)
    y = torch.nn.functional.one_hot(torch.tensor(setup.target), setup.count).double()
    names = {"torch": torch, "a": a, "T": setup.temperature, "target": setup.target, "y": y}
    optimizer = torch.optim.SGD([a], lr=0.5)
    eval(loss.call, names).backward()
    optimizer.step()
    np.testing.assert_allclose(stepped(softmax(setup), loss, 0.5).logits, a.detach().numpy(), rtol=1e-12, atol=1e-10)


def test_a_step_too_far_stops_at_the_largest_logit() -> None:
    far = stepped(softmax(SoftmaxSetup((LARGEST, 0.0), target=1)), softmax_loss("cross_entropy"), -1e9)
    assert far.logits == (LARGEST, -LARGEST)


# -- the check tables


def agrees(check: GradientCheck) -> bool:
    return check.agrees and check.closed_form_holds


@every_precision
@given(setup=setups())
def test_the_judges_agree_on_every_row_and_both_losses(precision: str, setup: SoftmaxSetup) -> None:
    for check in checks_of(setup, setup.target, precision):
        assert agrees(check) or check.is_blunt


@pytest.mark.parametrize(("temperature", "precision"), [(0.05, "float32"), (1.0, "float32"), (0.05, "float64")])
def test_no_tolerance_is_as_large_as_what_it_judges(temperature: float, precision: str) -> None:
    setup = SoftmaxSetup((1e4, -1e4, 9999.97, 0.0), temperature, 2)
    for check in checks_of(setup, 0, precision):
        assert agrees(check)
        for row in check.rows:
            assert row.closed_form is not None
            # the rounding of a sum beside numbers of 1/T, or less than the entry itself
            assert check.allowed(row) < max(0.95 * abs(row.closed_form), 1e-4 / temperature)


def test_where_a_rounding_moves_every_p_nothing_is_judged_and_it_is_said_why() -> None:
    setup = SoftmaxSetup((1e4, -1e4, 9999.0, 0.0), 1e-3)
    for check in checks_of(setup, 0, "float32"):
        assert check.is_blunt
        assert not check.agrees
        assert check.reason == (ROUNDED, ())
    assert all(agrees(check) for check in checks_of(setup, 0, "float64"))


@every_precision
@pytest.mark.parametrize("target", [0, 1])
def test_where_rounding_may_make_every_number_the_judges_do_not_agree(target: int, precision: str) -> None:
    setup = SoftmaxSetup((2.0, 1.0, 0.1), 0.01, target)
    check = check_loss(setup, softmax_loss("squared_error"), precision)
    assert check.is_blunt
    assert not check.agrees
    assert check.reason == (TOO_SMALL, (pytest.approx(check.tolerance, rel=0.05),))


def test_a_check_of_large_logits_catches_a_wrong_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = SoftmaxSetup((1e4, -1e4, 9999.97, 0.0), 0.05)
    monkeypatch.setattr("gradviz.core.softmax_check.jacobian", lambda found: 0 * jacobian(found))
    assert not check_row(setup, 0, "float32").agrees


def checks_of(setup: SoftmaxSetup, row: int, precision: str) -> list[GradientCheck]:
    return [check_row(setup, row, precision), *(check_loss(setup, loss, precision) for loss in SOFTMAX_LOSSES)]


@every_preset
@every_precision
def test_the_judges_agree_at_every_preset(preset: SoftmaxPreset, precision: str) -> None:
    setup = preset.setup()
    checks = [check_row(setup, i, precision) for i in range(setup.count)]
    checks += [check_loss(setup, loss, precision) for loss in SOFTMAX_LOSSES]
    assert all(agrees(check) for check in checks)


def test_a_check_is_sharp_enough_to_catch_a_wrong_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = SoftmaxSetup((2.0, 1.0, 0.1))
    assert check_row(setup, 0, "float64").tolerance < 1e-8
    monkeypatch.setattr("gradviz.core.softmax_check.jacobian", lambda found: jacobian(found) * (1 + 1e-6))
    assert not check_row(setup, 0, "float64").agrees


def test_of_many_logits_the_table_has_the_diagonal_and_the_largest() -> None:
    logits = tuple(np.linspace(-5, 5, 200).tolist())
    check = check_row(SoftmaxSetup(logits), 3, "float64")
    assert len(check.rows) == MOST_ROWS
    names = [row.name for row in check.rows]
    assert "∂p[3]/∂a[3]" in names
    assert "∂p[3]/∂a[199]" in names
    assert agrees(check)
    assert agrees(check_loss(SoftmaxSetup(logits, target=5), SOFTMAX_LOSSES[0], "float64"))


# -- naive and stable


@every_precision
@given(setup=setups())
def test_the_stable_form_is_softmax_and_the_naive_one_where_it_has_a_number(
    precision: str, setup: SoftmaxSetup
) -> None:
    forms = stability(setup, precision)
    largest = max(abs(logit) for logit in setup.logits) / setup.temperature
    eps = np.finfo(precision).eps
    np.testing.assert_allclose(forms.stable, softmax(setup).p, atol=8 * eps * (setup.count + largest))
    if not (forms.overflowed or forms.vanished):
        assert forms.largest_difference <= 8 * eps * (setup.count + largest)


@every_precision
def test_the_naive_form_overflows_where_the_logarithm_of_the_largest_number_is_passed(precision: str) -> None:
    limit = OVERFLOWS_FROM[precision]
    assert not stability(SoftmaxSetup((limit - 1, 0.0)), precision).overflowed
    beyond = stability(SoftmaxSetup((limit + 1, 0.0)), precision)
    assert beyond.overflowed
    assert np.isnan(beyond.naive[0])
    assert beyond.stable.tolist() == [1.0, 0.0] or beyond.stable[0] == 1.0
    low = stability(SoftmaxSetup((-2 * limit, -2 * limit)), precision)
    assert low.vanished
    assert np.isnan(low.largest_difference)
    assert low.stable.tolist() == [0.5, 0.5]


def test_the_naive_form_fails_at_the_preset_that_is_made_for_it() -> None:
    forms = stability(softmax_preset("huge").setup(), "float64")
    assert forms.overflowed
    assert np.isfinite(forms.stable).all()


# -- setups and presets


@every_preset
def test_a_preset_can_be_begun_with(preset: SoftmaxPreset) -> None:
    setup = preset.setup(seed=4)
    assert softmax_preset(preset.key) is preset
    assert preset.title
    assert preset.summary.endswith(".")
    assert softmax(setup).total == pytest.approx(1)


def test_the_courses_three_are_torchs_random_numbers_of_a_seed() -> None:
    torch.manual_seed(11)
    expected = tuple(torch.rand(3).double().tolist())
    assert softmax_preset("course").setup(seed=11).logits == random_logits(3, 11) == expected
    assert random_logits(3, 12) != expected
    assert softmax_preset("course").setup(seed=1, count=8).count == 8
    with pytest.raises(KeyError):
        softmax_preset("none")
    with pytest.raises(KeyError):
        softmax_loss("none")


def test_logits_are_changed_without_changing_what_was() -> None:
    setup = SoftmaxSetup((1.0, 2.0, 3.0), target=2)
    assert setup.with_logit(0, 5).logits == (5.0, 2.0, 3.0)
    assert setup.with_count(2) == SoftmaxSetup((1.0, 2.0), target=1)
    assert setup.with_count(4).logits == (1.0, 2.0, 3.0, 0.0)
    assert setup.shifted(-1).logits == (0.0, 1.0, 2.0)
    assert setup == SoftmaxSetup((1.0, 2.0, 3.0), target=2)


@pytest.mark.parametrize(
    "bad",
    [
        {"logits": (1.0,)}, {"logits": (0.0,) * 1001}, {"logits": (1.0, math.nan)}, {"logits": (1.0, math.inf)},
        {"logits": (2 * LARGEST, 0.0)}, {"temperature": 0.0}, {"temperature": -1.0}, {"temperature": math.nan},
        {"temperature": 2 * HOTTEST}, {"target": 2}, {"target": -1},
    ],
)  # fmt: skip
def test_what_is_out_of_range_is_refused_with_a_sentence(bad: dict[str, object]) -> None:
    with pytest.raises(SoftmaxError, match="must"):
        SoftmaxSetup(**({"logits": (1.0, 2.0)} | bad))  # type: ignore[arg-type]


@given(setups())
def test_a_setup_comes_back_from_json_with_the_same_bits(setup: SoftmaxSetup) -> None:
    assert softmax_setup_from_state(json.loads(json.dumps(setup.state()))) == setup


@pytest.mark.parametrize(
    "state",
    [
        None, [], {}, {"logits": 3}, {"logits": ["1", "2"]}, {"logits": [1, 2], "target": 0.5}, {"logits": [True, 1]},
        {"logits": [1, 2], "temperature": "1"}, {"logits": [10**400, 1]}, {"logits": []},
        {"logits": [1, 2], "target": 5},
    ],
)  # fmt: skip
def test_a_state_that_is_none_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        softmax_setup_from_state(state)
