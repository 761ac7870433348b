from __future__ import annotations

import math

import pytest

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_gradients import MOST_PATHS, Paths, backward, paths_between
from gradviz.core.chain_graph import DETAILS, ChainGraph, Detail
from gradviz.core.chain_picture import chain_picture
from gradviz.core.chain_torch import autograd_gradients, torch_chain
from gradviz.core.expression import parse
from gradviz.core.expression_latex import latex_of
from tests.core.formulas import CORPUS, OVERFLOWING, Sample
from tests.core.random_assignments import random_program

COURSE = "y1 = x*w1 + b1\ny2 = y1*w2 + b2"
AT = {"x": 1.0, "w1": 2.0, "b1": 1.0, "w2": 2.0, "b2": 1.0}


def graph_of(text: str, detail: Detail = "operations") -> ChainGraph:
    return ChainGraph(parse_assignments(text), detail)


def ways(graph: ChainGraph, inputs: dict[str, float], source: str, output: str) -> Paths:
    return paths_between(graph, graph.evaluate(inputs), graph.places[source], graph.places[output])


def test_the_courses_derivative_is_two_times_one() -> None:
    graph = graph_of(COURSE, "values")
    values = graph.evaluate(AT)
    assert values.nodes[graph.last] == 7.0
    [path] = ways(graph, AT, "w1", "y2").paths
    assert [latex_of(graph.edges[number].local) for number in path.edges] == ["x", "w_{2}"]
    assert [values.locals[number] for number in path.edges] == [1.0, 2.0]
    assert path.product == 2.0
    assert autograd_gradients(graph, AT, graph.last)[graph.places["w1"]] == 2.0


def test_in_operations_every_sign_is_a_node() -> None:
    graph = graph_of(COURSE)
    assert [node.symbol for node in graph.nodes if node.tree is not None] == ["×", "+", "×", "+"]
    assert [node.names for node in graph.nodes[5:]] == [(), ("y1",), (), ("y2",)]
    assert graph.evaluate(AT).nodes[5:] == (2.0, 3.0, 6.0, 7.0)
    assert [graph.nodes[place].name for place in graph.outputs] == ["y2"]
    assert len(graph.inputs) == 5


def test_a_step_back_is_incoming_times_local() -> None:
    graph = graph_of(COURSE, "values")
    back = backward(graph, graph.evaluate(AT), graph.last)
    assert [graph.nodes[step.node].name for step in back.steps] == ["y2", "y1", "b2", "w2", "b1", "w1", "x"]
    step = {graph.nodes[step.node].name: step for step in back.steps}
    assert step["y2"].terms == ()
    assert step["y2"].gradient == 1.0
    [term] = step["w1"].terms
    assert (term.incoming, term.local, term.product) == (2.0, 1.0, 2.0)


def test_where_paths_meet_the_terms_are_added() -> None:
    graph = graph_of("u = x*w\ny = u^2 + 3u")
    at = {"x": 2.0, "w": 1.5}
    back = backward(graph, graph.evaluate(at), graph.last)
    [step] = [step for step in back.steps if graph.nodes[step.node].name == "u"]
    assert [term.product for term in step.terms] == [6.0, 3.0]
    assert step.gradient == 9.0
    assert ways(graph, at, "x", "y").count == 2


def test_an_operand_that_stands_twice_has_two_edges() -> None:
    graph = graph_of("y = x*x")
    assert [latex_of(edge.local) for edge in graph.edges] == ["x", "x"]
    assert ways(graph, {"x": 3.0}, "x", "y").total == 6.0


def test_a_second_name_is_no_second_node() -> None:
    for detail in DETAILS:
        graph = graph_of("y = x\nz = y*x", detail)
        assert graph.nodes[0].names == ("x", "y")
        assert graph.places["y"] == 0
        back = backward(graph, graph.evaluate({"x": 3.0}), graph.places["z"])
        assert back.gradients[0] == 6.0
        assert autograd_gradients(graph, {"x": 3.0}, graph.places["z"])[0] == 6.0


def test_inner_names_avoid_those_of_the_text() -> None:
    graph = graph_of("y = (v1 + v3)*2*x")
    assert len({node.name for node in graph.nodes}) == len(graph.nodes)


@pytest.mark.parametrize("x", [-2.0, 2.0])
def test_nothing_passes_a_branch_that_is_not_taken(x: float) -> None:
    graph = graph_of("y = where(x > 0, sqrt(x), 3x)")
    values = graph.evaluate({"x": x})
    expected = 0.5 / math.sqrt(x) if x > 0 else 3.0
    assert backward(graph, values, graph.last).gradients[0] == pytest.approx(expected)
    paths = ways(graph, {"x": x}, "x", "y")
    assert paths.count == 2  # the condition is no way
    assert sorted(path.product for path in paths.paths) == pytest.approx([0.0, expected])
    assert autograd_gradients(graph, {"x": x}, graph.last)[0] == pytest.approx(expected)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("sample", [s for s in CORPUS if {"x", "y"} & set(s.text)], ids=lambda sample: sample.text)
def test_every_formula_of_the_language_is_derived_as_autograd_does(sample: Sample, detail: Detail) -> None:
    graph = graph_of(f"z = {sample.text}", detail)
    share = {"x": 0.71, "y": 0.37} if sample.low > 0 else {"x": 0.65, "y": 0.21}
    at = {name: sample.low + share[name] * (sample.high - sample.low) for name in graph.assignments.inputs}
    values = graph.evaluate(at)
    assert values.nodes[graph.last] == pytest.approx(sample.meaning(at.get("x", 0.0), at.get("y", 0.0)), rel=1e-12)
    judged = autograd_gradients(graph, at, graph.last)
    assert backward(graph, values, graph.last).gradients == pytest.approx(judged, rel=1e-11, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("text", OVERFLOWING)
def test_what_no_float_holds_is_drawn_and_derived_all_the_same(text: str, detail: Detail) -> None:
    graph = graph_of(f"z = {text}", detail)
    assert not any("inf" in label for label in chain_picture(graph, 8.0).locals if label)
    for x in (1.0, 0.0, -2.0):
        ours = backward(graph, graph.evaluate({"x": x}), graph.last).gradients[0]
        judged = autograd_gradients(graph, {"x": x}, graph.last)[0]
        assert ours == pytest.approx(judged, rel=1e-12, nan_ok=True) or not math.isfinite(ours * judged)


def test_a_node_without_a_way_to_the_output_has_no_gradient() -> None:
    graph = graph_of("y = 2x\nz = 3w")
    back = backward(graph, graph.evaluate({"x": 1.0, "w": 1.0}), graph.places["y"])
    assert back.gradients[graph.places["w"]] == 0.0
    assert all(graph.nodes[step.node].name in ("x", "y") for step in back.steps)
    assert ways(graph, {"x": 1.0, "w": 1.0}, "w", "y") == Paths(graph.places["w"], graph.places["y"], (), 0, 0.0)


def test_of_very_many_paths_the_first_are_listed_and_all_are_summed() -> None:
    text = "y1 = x*x\n" + "\n".join(f"y{n} = y{n - 1}*y{n - 1}" for n in range(2, 11))
    paths = ways(graph_of(text), {"x": 1.01}, "x", "y10")
    assert paths.count == 2**10
    assert len(paths.paths) == MOST_PATHS
    assert not paths.all_are_listed
    assert paths.total == pytest.approx(1024 * 1.01**1023)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("seed", range(60))
def test_the_gradients_of_random_programs_are_autograds(seed: int, detail: Detail) -> None:
    text, at = random_program(seed)
    graph = graph_of(text, detail)
    back = backward(graph, graph.evaluate(at), graph.last)
    judged = autograd_gradients(graph, at, graph.last)
    scale = max(1.0, *(abs(number) for number in judged))
    assert all(math.isfinite(number) for number in judged)
    # both round: 1e-12 of the largest is some thousand units in the last place
    assert back.gradients == pytest.approx(judged, rel=1e-10, abs=1e-12 * scale)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("seed", range(60))
def test_the_sum_over_paths_is_the_gradient(seed: int, detail: Detail) -> None:
    text, at = random_program(seed)
    graph = graph_of(text, detail)
    values = graph.evaluate(at)
    back = backward(graph, values, graph.last)
    for place in graph.inputs:
        paths = paths_between(graph, values, place, graph.last)
        assert paths.total == back.gradients[place]
        if paths.all_are_listed:
            size = math.fsum(abs(path.product) for path in paths.paths)
            assert math.fsum(path.product for path in paths.paths) == pytest.approx(paths.total, abs=1e-12 * size)
            assert len({path.edges for path in paths.paths}) == paths.count


@pytest.mark.parametrize("seed", range(60))
def test_values_are_those_of_the_text(seed: int) -> None:
    text, at = random_program(seed)
    fine, whole = graph_of(text), graph_of(text, "values")
    fine_values, whole_values = fine.evaluate(at), whole.evaluate(at)
    for line in fine.assignments.lines:
        assert fine_values.nodes[fine.places[line.name]] == pytest.approx(whole_values.nodes[whole.places[line.name]])


def test_the_chain_of_torch_belongs_to_our_nodes() -> None:
    graph = graph_of(COURSE)
    chain = torch_chain(graph, AT, graph.last)
    assert [entry.name for entry in chain[:3]] == ["AddBackward0", "MulBackward0", "torch::autograd::AccumulateGrad"]
    assert {entry.node for entry in chain} == set(range(len(graph.nodes)))
    assert all(entry.is_last for entry in chain)
    for entry in chain:
        if entry.node is not None and graph.nodes[entry.node].tree is not None:
            operands = {graph.edges[number].source for number in graph.edges_into(entry.node)}
            assert {chain[number].node for number in entry.onward} == operands


def test_two_entries_of_torch_may_be_one_operation_of_ours() -> None:
    graph = graph_of("y = 1/x")
    chain = torch_chain(graph, {"x": 2.0}, graph.last)
    assert [(entry.name, entry.node, entry.is_last) for entry in chain] == [
        ("MulBackward0", 1, True),
        ("ReciprocalBackward0", 1, False),
        ("torch::autograd::AccumulateGrad", 0, True),
    ]


@pytest.mark.parametrize("seed", range(30))
def test_every_entry_of_torchs_chain_has_a_node(seed: int) -> None:
    text, at = random_program(seed)
    graph = graph_of(text)
    chain = torch_chain(graph, at, graph.last)
    assert all(entry.node is not None for entry in chain)
    assert all(number < len(chain) for entry in chain for number in entry.onward)


def test_an_input_has_no_chain() -> None:
    graph = graph_of(COURSE)
    assert torch_chain(graph, AT, graph.places["x"]) == ()


def test_a_line_whose_derivative_can_not_be_read_is_taken_apart() -> None:
    product = "*".join(f"sin(x^{n} + cos(x*{n}))*(x + {n}^x)^x" for n in range(1, 9))
    graph = graph_of(f"y = {product}", "values")
    assert len(graph.nodes) > 2
    at = {"x": 0.7}
    back = backward(graph, graph.evaluate(at), graph.last)
    assert back.gradients == pytest.approx(autograd_gradients(graph, at, graph.last), rel=1e-9)


def test_numbers_that_overflow_are_values_and_no_errors() -> None:
    graph = graph_of("y = exp(x)\nz = 1/(y - y)")
    values = graph.evaluate({"x": 1e4})
    assert math.isinf(values.nodes[graph.places["y"]])
    assert math.isnan(values.nodes[graph.places["z"]])
    assert math.isnan(backward(graph, values, graph.last).gradients[0])


def test_a_slope_of_one_stays_one_where_the_operand_is_infinite() -> None:
    graph = graph_of("y = relu(exp(x))\nz = max(y, x) + where(y > 0, y, 0)")
    at = {"x": 1e4}
    values = graph.evaluate(at)
    assert all(math.isfinite(values.locals[number]) for number in graph.edges_into(graph.places["y"]))
    assert values.locals[graph.edges_into(graph.places["z"])[0]] == 1.0
    back = backward(graph, values, graph.last).gradients
    assert back == autograd_gradients(graph, at, graph.last)


def test_local_derivatives_are_formulas_of_the_operands() -> None:
    graph = graph_of("y = x^2*w", "values")
    assert [edge.local for edge in graph.edges] == [parse("2*x*w", ("x", "w")), parse("x^2", ("x",))]
