from __future__ import annotations

import contextlib
import io
import json
import math
import subprocess
import sys

import pytest
import ziamath

from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_formulas import forward_latex, local_latex, path_latex, paths_latex, step_latex
from gradviz.core.chain_gradients import backward, paths_between
from gradviz.core.chain_graph import DETAILS, ChainGraph, Detail
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset, chain_preset
from gradviz.core.chain_request import ChainRequest, chain_request_from_state, chain_request_of
from gradviz.core.chain_script import chain_script
from gradviz.core.chain_torch import autograd_gradients
from gradviz.core.filled_formula import number_in_parentheses
from tests.core.random_assignments import random_program

EACH_PRESET = pytest.mark.parametrize("preset", CHAIN_PRESETS, ids=lambda preset: preset.key)


def graph_of(preset: ChainPreset, detail: Detail = "values") -> ChainGraph:
    return ChainGraph(parse_assignments(preset.text), detail)


def derivative_of(preset: ChainPreset, by: str) -> float:
    graph = graph_of(preset)
    back = backward(graph, graph.evaluate(dict(preset.values)), graph.places[preset.output])
    return back.gradients[graph.places[by]]


def printed(script: str) -> dict[str, tuple[float, float]]:
    """What a script prints: value and gradient by name."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(script, "script", "exec"), {})
    rows = [line.partition(": ") for line in out.getvalue().splitlines()[1:]]
    return {name: (float(numbers.split(", ")[0]), float(numbers.split(", ")[1])) for name, _, numbers in rows}


# -- presets


def test_the_courses_numbers() -> None:
    course = chain_preset("course")
    assert derivative_of(course, "w1") == 2.0
    assert derivative_of(course, "y1") == 2.0
    graph = graph_of(course)
    paths = paths_between(graph, graph.evaluate(dict(course.values)), graph.places["w1"], graph.places["y2"])
    assert paths_latex(graph, graph.evaluate(dict(course.values)), paths) == (
        r"\frac{\partial y_{2}}{\partial w_{1}} = \frac{\partial y_{2}}{\partial y_{1}} \cdot"
        r" \frac{\partial y_{1}}{\partial w_{1}} = 2 \cdot 1 = 2",
    )


def test_the_numbers_of_the_other_presets() -> None:
    o = 1 / (1 + math.exp(-0.5))
    assert derivative_of(chain_preset("sigmoid"), "w") == pytest.approx((o - 1) * o * (1 - o) * 2, rel=1e-14)
    p1 = math.exp(1) / (math.exp(1) + math.exp(2))
    assert derivative_of(chain_preset("softmax"), "a1") == pytest.approx(p1 - 1, rel=1e-14)
    assert derivative_of(chain_preset("softmax"), "a2") == pytest.approx(1 - p1, rel=1e-14)
    assert derivative_of(chain_preset("product"), "a") == 0.5**4
    assert derivative_of(chain_preset("twice"), "x") == pytest.approx(2 * (2 * 3 + math.cos(3)), rel=1e-14)
    assert derivative_of(chain_preset("himmelblau"), "x") == -102.0
    assert derivative_of(chain_preset("himmelblau"), "y") == 10.0


@EACH_PRESET
@pytest.mark.parametrize("detail", DETAILS)
def test_every_preset_holds_before_autograd(preset: ChainPreset, detail: Detail) -> None:
    graph, at = graph_of(preset, detail), dict(preset.values)
    assert set(at) == set(graph.assignments.free)
    output = graph.places[preset.output]
    assert graph.places[preset.source] in graph.inputs
    back = backward(graph, graph.evaluate(at), output)
    assert back.gradients == pytest.approx(autograd_gradients(graph, at, output), rel=1e-12)


# -- formulas


def test_a_step_is_said_in_letters_in_numbers_and_as_result() -> None:
    preset = chain_preset("himmelblau")
    graph = graph_of(preset)
    back = backward(graph, graph.evaluate(dict(preset.values)), graph.places["f"])
    lines = {graph.nodes[step.node].name: step_latex(graph, back.output, step) for step in back.steps}
    assert lines["x"][1:] == (r"= 10 \cdot ({-8}) + ({-22} \cdot 1)", "= {-102}")
    assert lines["x"][0].count(r"\cdot") == 2
    assert lines["a"] == (r"\frac{\partial f}{\partial a} = 1 \cdot 10 = 10",)
    assert lines["f"] == (r"\frac{\partial f}{\partial f} = 1",)


def test_of_a_second_name_the_derivative_is_that_of_the_name() -> None:
    graph = ChainGraph(parse_assignments("y = x"), "values")
    values = graph.evaluate({"x": 3.0})
    paths = paths_between(graph, values, 0, graph.last)
    assert paths_latex(graph, values, paths) == (r"\frac{\partial y}{\partial x} = 1",)


def test_an_infinite_number_behind_a_sign_has_parentheses() -> None:
    assert number_in_parentheses(-math.inf) == r"(-\infty)"
    assert number_in_parentheses(math.inf) == r"\infty"


def test_a_value_is_said_with_its_operands() -> None:
    preset = chain_preset("course")
    graph = graph_of(preset)
    values = graph.evaluate(dict(preset.values))
    assert forward_latex(graph, values, graph.places["y2"]).endswith(r"= 3 \cdot 2 + 1 = 7")
    assert forward_latex(graph, values, 0) == "x = 1"


def test_a_local_derivative_is_formula_and_number() -> None:
    preset = chain_preset("sigmoid")
    graph = graph_of(preset)
    values = graph.evaluate(dict(preset.values))
    texts = [local_latex(graph, values, number) for number in range(len(graph.edges))]
    assert r"\frac{\partial z}{\partial w} = x = 2" in texts
    assert any(text.endswith(r"\sigma(0.5)(1 - \sigma(0.5)) \approx 0.235") for text in texts)


def test_a_number_is_not_said_twice() -> None:
    graph = ChainGraph(parse_assignments("y = x - w/3"))
    values = graph.evaluate({"x": 1.0, "w": 2.0})
    ends = [local_latex(graph, values, number).partition("} = ")[2] for number in range(3)]
    assert ends == [r"\frac{1}{3} \approx 0.3333", "1", "-1"]


def test_two_edges_between_the_same_nodes_are_told_apart() -> None:
    graph = ChainGraph(parse_assignments("y = x*x"))
    values = graph.evaluate({"x": 3.0})
    back = backward(graph, values, graph.last)
    assert step_latex(graph, back.output, back.steps[1])[1:] == (r"= 1 \cdot 3 + 1 \cdot 3", "= 6")
    paths = paths_between(graph, values, 0, graph.last)
    assert path_latex(graph, values, paths.paths[0]) == r"\left(x\right) = 3"


@pytest.mark.parametrize("seed", range(3))
def test_every_formula_can_be_typeset(seed: int) -> None:
    text, at = random_program(seed)
    for detail in DETAILS:
        graph = ChainGraph(parse_assignments(text), detail)
        values = graph.evaluate(at)
        back = backward(graph, values, graph.last)
        texts = [forward_latex(graph, values, place) for place in range(len(graph.nodes))]
        texts += [local_latex(graph, values, number) for number in range(len(graph.edges))]
        texts += [line for step in back.steps for line in step_latex(graph, graph.last, step)]
        texts += [
            line
            for place in graph.inputs
            for line in paths_latex(graph, values, paths_between(graph, values, place, graph.last))
        ]
        flat = [latex for latex in texts if latex.count(r"\left") <= 4 and len(latex) <= 500]  # deep ones take minutes
        for latex in {*flat[:6], *flat[-6:], max(flat, key=len)}:
            assert "<svg" in ziamath.Latex(latex).svg()


def test_numbers_that_are_none_are_said_as_well() -> None:
    graph = ChainGraph(parse_assignments("y = exp(x)\nz = y - y"))
    values = graph.evaluate({"x": 1e4})
    assert forward_latex(graph, values, graph.places["z"]).endswith(r"= \mathrm{NaN}")
    assert local_latex(graph, values, 0).endswith(r"= \infty")


# -- script


@pytest.mark.parametrize("seed", range(25))
def test_the_script_prints_the_numbers_of_the_graph(seed: int) -> None:
    text, at = random_program(seed)
    graph = ChainGraph(parse_assignments(text))
    values = graph.evaluate(at)
    back = backward(graph, values, graph.last)
    scale = max(1.0, *(abs(number) for number in back.gradients))
    found = printed(chain_script(graph, at, graph.last))
    assert list(found) == [*graph.assignments.names]
    for name, (value, gradient) in found.items():
        place = graph.places[name]
        assert value == pytest.approx(values.nodes[place], rel=1e-8)
        assert gradient == pytest.approx(back.gradients[place], rel=1e-8, abs=1e-10 * scale)


def test_the_courses_script_runs_by_itself() -> None:
    graph = graph_of(chain_preset("course"))
    script = chain_script(graph, dict(chain_preset("course").values), graph.last)
    assert "y1 = x * w1 + b1\ny2 = y1 * w2 + b2\n" in script
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, encoding="utf-8")
    assert "w1: 2, 2\n" in ran.stdout


def test_names_of_python_and_of_the_script_are_no_trouble() -> None:
    text = "lambda = x*print\ntorch = lambda*name + lambda_\nvalue = torch\ngradient = value*2"
    graph = ChainGraph(parse_assignments(text))
    at = {"x": 2.0, "print": 3.0, "name": 4.0, "lambda_": 5.0}
    found = printed(chain_script(graph, at, graph.last))
    back = backward(graph, graph.evaluate(at), graph.last)
    assert {name: gradient for name, (_, gradient) in found.items()} == {
        name: back.gradients[graph.places[name]] for name in graph.assignments.names
    }


def test_a_name_of_pythons_own_is_a_name_like_any_other() -> None:
    graph = ChainGraph(parse_assignments("__class__ = x*True\nNone = __class__*__builtins__*_"))
    at = dict.fromkeys(graph.assignments.inputs, 2.0)
    assert printed(chain_script(graph, at, graph.last))["x"] == (2.0, 8.0)


def test_an_inner_output_and_values_in_the_text_are_in_the_script() -> None:
    graph = ChainGraph(parse_assignments("x = 3\ny = where(x > 1, sqrt(x - 1), 0)*w\nz = y^2"))
    found = printed(chain_script(graph, {"x": 3.0, "w": 2.0}, graph.places["y"]))
    assert found["w"] == pytest.approx((2.0, math.sqrt(2)))
    assert found["z"][1] == 0.0


# -- state


@EACH_PRESET
def test_a_state_comes_back_through_json(preset: ChainPreset) -> None:
    for detail in DETAILS:
        request = chain_request_of(preset, detail)
        assert chain_request_from_state(json.loads(json.dumps(request.state()))) == request


def test_a_text_that_is_no_good_is_kept() -> None:
    request = ChainRequest("y = (", (("x", 1.0),))
    assert chain_request_from_state(request.state()) == request


@pytest.mark.parametrize(
    "change",
    [
        {"text": 3},
        {"detail": "all"},
        {"values": {"x": math.nan}},
        {"values": [1]},
        {"values": {"x": "q"}},
    ],
)
def test_a_state_that_is_none_is_refused(change: dict[str, object]) -> None:
    state = chain_request_of(CHAIN_PRESETS[0]).state() | change
    with pytest.raises((KeyError, TypeError, ValueError)):
        chain_request_from_state(state)
