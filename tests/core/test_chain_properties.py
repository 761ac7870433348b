"""Any program of the language at any inputs, ties and zeros among them: its graph has torch's gradient, or says why."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_check import check_chain
from gradviz.core.chain_formulas import paths_latex, step_latex
from gradviz.core.chain_gradients import backward, paths_between
from gradviz.core.chain_graph import DETAILS, ChainGraph, Detail
from gradviz.core.chain_partings import parting_reason
from gradviz.core.chain_picture import chain_picture
from gradviz.core.chain_torch import autograd_gradients
from gradviz.core.expression_functions import FUNCTIONS

ONE = [record.name for record in FUNCTIONS if record.arity == 1]
TWO = [record.name for record in FUNCTIONS if record.arity == 2]
INPUTS = ("a", "b", "c")

Program = tuple[str, dict[str, float]]  # the text, and values for its inputs

# zeros, ties, and what lies beside a kink; the others are any
places = st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0, 1.0 + 1e-7]) | st.floats(-3.0, 3.0).map(lambda x: round(x, 3))


@st.composite
def formulas(draw: st.DrawFn, names: tuple[str, ...], depth: int) -> str:
    """A formula of these names, with parentheses around it where it needs them."""
    if depth == 0:
        return draw(st.sampled_from(names) | st.sampled_from(["0", "1", "2", "0.5", "3"]))
    part = formulas(names, depth - 1)
    kind = draw(st.integers(0, 9))
    if kind < 5:
        return f"({draw(part)} {draw(st.sampled_from('+-*/'))} {draw(part)})"
    if kind == 5:
        return f"({draw(part)})^{draw(st.sampled_from(['2', '3', '-1', '0.5', '(-2)', draw(st.sampled_from(names))]))}"
    if kind == 6:
        return f"{draw(st.sampled_from(TWO))}({draw(part)}, {draw(part)})"
    if kind == 7:
        relation = draw(st.sampled_from(["<", ">=", "=="]))
        return f"where({draw(part)} {relation} {draw(part)}, {draw(part)}, {draw(part)})"
    return f"{draw(st.sampled_from(ONE))}({draw(part)})"


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """One to four lines, each of what stands before it; the last is no constant."""
    names, lines = INPUTS, []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        lines.append(f"y{number} = {draw(formulas(names, draw(st.integers(1, 3))))} + {names[-1]}")
        names = (*names, f"y{number}")
    return "\n".join(lines), {name: draw(places) for name in INPUTS}


def graph_of(text: str, detail: Detail) -> ChainGraph | None:
    """None where the language refuses a text: a part of it is a constant without a finite value."""
    try:
        return ChainGraph(parse_assignments(text), detail)
    except ValueError:
        return None


def size_of(numbers: tuple[float, ...]) -> float:
    return max((abs(number) for number in numbers if math.isfinite(number)), default=0.0)


@pytest.mark.parametrize("detail", DETAILS)
@settings(max_examples=200)
@given(programs())
def test_the_gradients_are_autograds_or_a_reason_is_known(detail: Detail, program: Program) -> None:
    text, chosen = program
    graph = graph_of(text, detail)
    if graph is None:
        return
    inputs = graph.assignments.values(chosen)
    values = graph.evaluate(inputs)
    back = backward(graph, values, graph.last)
    judged = autograd_gradients(graph, inputs, graph.last)
    # what is added up may be larger than its sum: both round to 2^-52 of it, a few dozen times
    slack = 1e-11 * max(1.0, size_of(back.gradients) * size_of(values.locals), size_of(values.nodes))
    same = all(
        ours == theirs or abs(ours - theirs) <= slack or (math.isnan(ours) and math.isnan(theirs))
        for ours, theirs in zip(back.gradients, judged, strict=True)
    )
    assert same or parting_reason(graph, inputs, graph.last, judged) is not None, (back.gradients, judged)


@pytest.mark.parametrize("detail", DETAILS)
@settings(max_examples=100)
@given(programs())
def test_the_sum_over_the_paths_is_the_gradient(detail: Detail, program: Program) -> None:
    text, chosen = program
    graph = graph_of(text, detail)
    if graph is None:
        return
    values = graph.evaluate(graph.assignments.values(chosen))
    back = backward(graph, values, graph.last)
    for source in graph.inputs:
        paths = paths_between(graph, values, source, graph.last)
        products = [path.product for path in paths.paths]
        if paths.all_are_listed and all(map(math.isfinite, (*products, *values.locals, *back.gradients))):
            slack = 1e-11 * max(1.0, size_of(tuple(products)), size_of(values.locals) * size_of(values.locals))
            assert math.fsum(products) == pytest.approx(back.gradients[source], rel=1e-11, abs=slack)
        assert paths_latex(graph, values, paths)


@pytest.mark.parametrize("detail", DETAILS)
@settings(max_examples=60)
@given(programs())
def test_whatever_is_typed_can_be_drawn_said_and_checked(detail: Detail, program: Program) -> None:
    text, chosen = program
    graph = graph_of(text, detail)
    if graph is None:
        return
    picture = chain_picture(graph, 8.0)
    assert len(picture.names) == len(graph.nodes)
    inputs = graph.assignments.values(chosen)
    for step in backward(graph, graph.evaluate(inputs), graph.last).steps:
        assert step_latex(graph, graph.last, step)
    check = check_chain(graph, inputs, graph.last)
    assert check.agrees or check.reason is not None, check


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize(
    ("text", "gradient"),
    [
        ("y = max(a, b)", (0.5, 0.5)),
        ("y = min(a, b)", (0.5, 0.5)),
        ("y = max(a, b, c)", (0.25, 0.25, 0.5)),
        ("y = max(a*b, b)^2", (1.0, 2.0)),
        ("y = relu(a - b)", (0.0, 0.0)),
        ("y = abs(a - b)", (0.0, 0.0)),
    ],
)
def test_at_a_tie_the_gradient_is_torchs(text: str, gradient: tuple[float, ...], detail: Detail) -> None:
    graph = ChainGraph(parse_assignments(text), detail)
    inputs = graph.assignments.values({})  # all are 1
    ours = backward(graph, graph.evaluate(inputs), graph.last).gradients
    assert tuple(ours[place] for place in graph.inputs) == gradient
    assert ours == autograd_gradients(graph, inputs, graph.last)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("y = relu(x)", 0.0, "a kink: the argument of {0} is 0 here"),
        ("y = abs(x) + x^2*sign(x)", 0.0, None),
        ("y = relu(x)", 1e-6, "the difference quotient reaches over a kink or a jump of {0}"),
        ("y = floor(x)*x", 2.0, "a jump: {0} changes its value here"),
        ("y = where(x < 1, x, 2x)", 1.0, "a condition changes over here"),
        ("y = x/x", 0.0, "{0} has no value here"),
        ("y = x^x", 0.0, "the local derivative ∂{0}/∂{1} has no value here"),
        ("y = sqrt(x)", 0.0, "the local derivative ∂{0}/∂{1} is infinite here"),
        ("y = exp(x)^9", 80.0, "{0} is infinite here"),
        ("u = x*1e-200\nv = u*1e200\ny = x*1e200 + v", 1.0, None),
        ("y = sin(1e6*x)", 1.0, "within the step of the difference quotient f bends too much for it"),
    ],
)
def test_the_check_says_why_the_judges_part(text: str, at: float, words: str | None, detail: Detail) -> None:
    graph = ChainGraph(parse_assignments(text), detail)
    check = check_chain(graph, {"x": at}, graph.last)
    assert check.agrees == (words is None)
    assert (None if check.reason is None else check.reason[0]) == words


def test_where_only_torchs_own_way_has_no_number_that_is_the_reason() -> None:
    graph = ChainGraph(parse_assignments("y = (x - x)/x^-1 + x"), "values")
    reason = check_chain(graph, {"x": 0.0}, graph.last).reason
    assert reason == ("torch meets a number that is not finite on its way, our formula does not", ())
