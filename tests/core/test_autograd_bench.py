"""The bench for autograd: it executes what it shows, and says what torch itself says."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import math
from dataclasses import asdict

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.autograd_bench import (
    LARGEST,
    REQUIRES,
    WAYS,
    BenchNumbers,
    BenchSwitches,
    LineResult,
    bench_lines,
    bench_numbers_from_state,
    bench_switches_from_state,
    run_lines,
)
from gradviz.core.autograd_cases import BENCH_CASES, BenchCase, bench_case
from gradviz.core.worded_error import WordedError

COURSE = BenchNumbers()
every_case = pytest.mark.parametrize("case", BENCH_CASES, ids=lambda case: case.key)
ALL_SWITCHES = [
    BenchSwitches(requires, *flags[:1], way, *flags[1:])
    for requires, way, flags in itertools.product(REQUIRES, WAYS, itertools.product((False, True), repeat=5))
]


def run_case(key: str, numbers: BenchNumbers = COURSE) -> tuple[LineResult, ...]:
    return run_lines(bench_case(key).lines(numbers))


def failures(results: tuple[LineResult, ...]) -> list[str]:
    return [result.source for result in results if result.failed]


def torchs_message(code: str) -> str:
    """What torch says where this code fails, run as a whole in this process."""
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever torch raises
        exec(code, {})
    return str(caught.value)


PREFIX = """
import torch, torch.nn.functional as F
x, target, w = torch.tensor([1.0]), torch.tensor([1.0]), torch.tensor([2.0], requires_grad={})
mse = F.mse_loss(target, x * w)
"""


def test_the_courses_sample_has_loss_1_and_gradient_2() -> None:
    results = run_case("course")
    assert failures(results) == []
    assert results[-2].shown.startswith("tensor(1., grad_fn=<Mse")
    assert results[-1] == LineResult("torch.autograd.grad(mse, [w])", "(tensor([2.]),)")


@pytest.mark.parametrize("key", ["no_gradient", "graph_before"])
def test_without_a_graph_torchs_own_message_is_shown(key: str) -> None:
    results = run_case(key)
    assert failures(results) == ["torch.autograd.grad(mse, [w])"]
    assert results[-1].error == "RuntimeError"
    assert results[-1].shown == torchs_message(PREFIX.format(False) + "torch.autograd.grad(mse, [w])")


def test_after_requires_grad_the_graph_must_be_built_again() -> None:
    results = run_case("graph_again")
    assert failures(results) == []
    assert [result.source for result in results].count("mse = F.mse_loss(target, x * w)") == 2
    assert results[-1].shown == "(tensor([2.]),)"


def test_backward_returns_nothing_and_fills_grad() -> None:
    *_, backward, gradient = run_case("backward")
    assert (backward, gradient) == (LineResult("mse.backward()", ""), LineResult("w.grad", "tensor([2.])"))


def test_backward_twice_fails_with_torchs_message_and_the_lines_behind_it_run() -> None:
    results = run_case("backward_twice")
    assert failures(results) == ["mse.backward()"]
    assert results[-2].shown == torchs_message(PREFIX.format(True) + "mse.backward(); mse.backward()")
    assert results[-1] == LineResult("w.grad", "tensor([2.])")


@pytest.mark.parametrize(("key", "gradient"), [("retain_graph", 4), ("no_zero_grad", 4), ("zero_grad", 2)])
def test_grad_adds_up_unless_it_is_emptied(key: str, gradient: int) -> None:
    results = run_case(key)
    assert failures(results) == []
    assert results[-1] == LineResult("w.grad", f"tensor([{gradient}.])")


def test_autograd_grad_twice_fails_as_well() -> None:
    results = run_case("grad_twice")
    assert failures(results) == ["torch.autograd.grad(mse, [w])"]
    assert not results[-2].failed


@pytest.mark.parametrize(
    ("key", "line", "last"),
    [
        ("in_place", "w -= 0.1 * w.grad", "tensor([1.8000], requires_grad=True)"),
        ("not_a_scalar", "squares.backward()", "tensor([44.])"),
        ("integers", "w = torch.tensor([2], requires_grad=True)", "tensor([2.], requires_grad=True)"),
        ("detach", "mse.backward()", "tensor([2.])"),
    ],
)
def test_other_demands_fail_once_and_then_are_met(key: str, line: str, last: str) -> None:
    results = run_case(key)
    assert failures(results) == [line]
    assert results[-1].shown == last


@every_case
def test_a_case_says_what_it_shows_and_its_lines_are_a_script(case: BenchCase) -> None:
    assert bench_case(case.key) is case
    assert case.title
    assert case.shows.endswith(".")
    lines = case.lines(COURSE)
    compile("\n".join(lines), "case", "exec")
    assert "{" not in "".join(lines)


@pytest.mark.parametrize("switches", ALL_SWITCHES, ids=lambda s: "-".join(str(v) for v in asdict(s).values()))
def test_what_is_shown_is_what_python_does_with_the_same_lines(switches: BenchSwitches) -> None:
    lines = bench_lines(switches, COURSE)
    namespace: dict[str, object] = {}
    for line, result in zip(lines, run_lines(lines), strict=True):
        assert result.source == line
        printed = io.StringIO()
        said = ("", "")
        try:  # "single" prints the value of an expression, as an interactive session does
            with contextlib.redirect_stdout(printed):
                exec(compile(line + "\n", "judge", "single"), namespace)
        except Exception as error:  # noqa: BLE001  # whatever torch raises
            said = (type(error).__name__, str(error))
        assert result.error == said[0]
        if said[1] or printed.getvalue():
            assert result.shown == said[1] + printed.getvalue().rstrip("\n")


@given(*[st.floats(-LARGEST, LARGEST)] * 3)
def test_the_gradient_on_the_bench_is_the_formulas_whatever_the_numbers(x: float, w: float, target: float) -> None:
    numbers = BenchNumbers(x, w, target)
    namespace: dict[str, object] = {}
    exec("\n".join(bench_lines(BenchSwitches("at_start", way="backward"), numbers)), namespace)
    leaf = namespace["w"]
    assert isinstance(leaf, torch.Tensor)
    assert leaf.grad is not None
    truth = 2 * x * (x * w - target)  # of (target − xw)²
    scale = abs(x) * (abs(x * w) + abs(target))
    assert leaf.grad.item() == pytest.approx(truth, abs=1e-6 * scale + 1e-30)  # float32 has seven digits


@pytest.mark.parametrize("bad", [math.nan, math.inf, -1.1 * LARGEST, "1", "__import__('os')", None, True])
def test_only_numbers_reach_the_lines(bad: object) -> None:
    with pytest.raises(WordedError, match=r"^w is .*; it must lie between -1e\+06 and 1e\+06$"):
        BenchNumbers(w=bad)  # type: ignore[arg-type]
    with pytest.raises(WordedError):
        bench_numbers_from_state({"target": bad})


def test_states_come_back_from_json() -> None:
    for switches in ALL_SWITCHES[::7]:
        assert bench_switches_from_state(json.loads(json.dumps(switches.state()))) == switches
    numbers = BenchNumbers(0.1, -3, 1e-7)
    assert bench_numbers_from_state(json.loads(json.dumps(asdict(numbers)))) == numbers
    assert bench_switches_from_state({"unknown": 1}) == BenchSwitches()


@pytest.mark.parametrize(
    "state", [None, [], "x", {"requires": "yes"}, {"way": 1}, {"twice": 1}, {"zero": "no"}, {"requires": []}]
)
def test_a_state_that_is_none_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match="no switches"):
        bench_switches_from_state(state)


def test_a_case_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        bench_case("none")
    with pytest.raises(ValueError, match="no numbers"):
        bench_numbers_from_state(3)
