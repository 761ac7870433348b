from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from gradviz.core.activation import Activation, activation_of
from gradviz.core.activations import activation_record
from gradviz.core.depth import (
    QUANTILES,
    DepthRequest,
    DepthResult,
    depth_from_state,
    depth_state,
    run_chain,
    run_depth,
)
from gradviz.core.initialisation import INITIALISATIONS, gain_of, initialisation
from gradviz.views.common.formula_label import typeset

every_initialisation = pytest.mark.parametrize("key", [entry.key for entry in INITIALISATIONS])


def chosen(key: str, **values: float) -> Activation:
    activation = activation_of(activation_record(key))
    for name, value in values.items():
        activation = activation.with_value(name, value)
    return activation


def plain_network(request: DepthRequest) -> tuple[list[torch.Tensor], list[torch.Tensor], list[torch.Tensor]]:
    """Outputs, gradients at the outputs and gradients at the weights of a plain torch.nn network, by hooks."""
    dtype = getattr(torch, request.precision)
    with torch.random.fork_rng():
        torch.manual_seed(request.seed)
        inputs = torch.randn(request.inputs, request.width, dtype=dtype)
        torch.manual_seed(request.seed + 1)
        linears = [torch.nn.Linear(request.width, request.width, dtype=dtype) for _ in range(request.layers)]
        torch.manual_seed(request.seed + 1)
        for linear in linears:
            initialisation(request.initialisation).fill(linear.weight.data, gain_of(request.activation.key))
            linear.weight.data *= request.scale
            linear.bias.data.fill_(request.bias)
    modules = [getattr(torch.nn, request.activation.record.module)() for _ in linears]
    outputs: list[torch.Tensor] = []
    for module in modules:
        module.register_forward_hook(lambda _m, _i, out: (out.retain_grad(), outputs.append(out))[0])
    network = torch.nn.Sequential(*(part for pair in zip(linears, modules, strict=True) for part in pair))
    (network(inputs).sum() / request.inputs).backward()
    return outputs, [out.grad for out in outputs], [linear.weight.grad for linear in linears]


# -- the network


@every_initialisation
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_every_layer_is_what_a_plain_network_of_torch_has(activation: str, key: str) -> None:
    request = DepthRequest(chosen(activation), 4, 12, 1.3, 0.1, key, inputs=8, seed=5, precision="float64")
    result = run_depth(request)
    outputs, gradients, weights = plain_network(request)
    for layer, (output, gradient, weight) in enumerate(zip(outputs, gradients, weights, strict=True)):
        per_input = gradient * request.inputs
        for found, tensor in ((result.activations, output), (result.gradients, per_input)):
            ordered = np.sort(tensor.detach().numpy().ravel())
            expected = [ordered[round(share * (ordered.size - 1))] for share in QUANTILES]
            np.testing.assert_allclose(found[layer], expected, rtol=1e-12, atol=1e-300)
        assert result.norms[layer] == pytest.approx(float(per_input.square().mean().sqrt()), rel=1e-12)
        assert result.weight_norms[layer] == pytest.approx(float(weight.norm()), rel=1e-12)


def test_dead_and_saturated_units_are_counted() -> None:
    request = DepthRequest(chosen("relu"), 3, 16, 1.0, -0.4, "kaiming_normal", inputs=8, seed=1, precision="float64")
    result = run_depth(request)
    outputs, _, _ = plain_network(request)
    for layer, output in enumerate(outputs):
        is_off = output.detach() == 0
        assert result.dead[layer] == pytest.approx(float(is_off.all(dim=0).double().mean()))
        assert result.saturated[layer] == pytest.approx(float(is_off.double().mean()))
    assert result.dead.max() > 0


def test_the_threshold_says_what_counts_as_saturated() -> None:
    request = DepthRequest(chosen("sigmoid"), 3, 16, precision="float64")
    shares = [run_depth(replace(request, threshold=t)).saturated.mean() for t in (1e-3, 0.2, 0.26)]
    assert shares[0] < shares[1] < shares[2] == 1.0


def test_the_same_request_gives_the_same_bits_and_another_seed_others() -> None:
    request = DepthRequest(chosen("gelu"), 5, 16)
    first, again, other = (run_depth(each) for each in (request, request, replace(request, seed=1)))
    np.testing.assert_array_equal(first.activations, again.activations)
    assert not np.array_equal(first.activations, other.activations)


def test_the_generator_of_torch_is_left_as_it_was() -> None:
    torch.manual_seed(3)
    before = torch.get_rng_state()
    run_depth(DepthRequest(chosen("relu"), 2, 8, seed=99))
    assert torch.equal(torch.get_rng_state(), before)


# -- what it shows


def test_a_deep_sigmoid_vanishes_at_least_as_fast_as_a_quarter_a_layer() -> None:
    result = run_depth(DepthRequest(chosen("sigmoid"), 20, 64, precision="float64"))
    assert 0 < result.factor <= 0.25


def test_kaiming_keeps_a_relu_alive_through_fifty_layers() -> None:
    result = run_depth(DepthRequest(chosen("relu"), 50, 128, initialisation="kaiming_normal", inputs=128))
    assert 0.85 < result.factor < 1.15
    assert result.lost is None


def test_an_orthogonal_tanh_forgets_slowly() -> None:
    result = run_depth(DepthRequest(chosen("tanh"), 30, 64, initialisation="orthogonal", scale=0.6))
    assert 0.9 < result.factor < 1.1  # 0.6 times torch's gain of 5/3 is 1


def test_large_weights_explode() -> None:
    result = run_depth(DepthRequest(chosen("relu"), 20, 64, scale=4.0, initialisation="kaiming_normal"))
    assert result.factor > 3


def test_a_gradient_that_the_precision_cannot_hold_is_told() -> None:
    result = run_depth(DepthRequest(chosen("sigmoid"), 50, 32, scale=0.5))
    assert result.norms[0] == 0.0
    assert 0 < result.zero_up_to < 50
    assert 0 < result.factor < 0.2


def test_small_gradients_are_not_squared_away() -> None:
    result = run_depth(DepthRequest(chosen("sigmoid"), 45, 32))
    precise = run_depth(DepthRequest(chosen("sigmoid"), 45, 32, precision="float64"))
    assert 1e-35 < precise.norms[0] < 1e-22  # float32 holds it, but not its square
    assert result.norms[0] > 0
    assert result.zero_up_to == 0


def test_numbers_that_overflow_are_told_and_nothing_crashes() -> None:
    request = DepthRequest(chosen("relu"), 50, 32, scale=1e3, initialisation="kaiming_normal")
    result = run_depth(request)
    assert result.lost is not None
    assert 5 < result.lost < 30
    assert np.isfinite(result.activations[result.lost - 2]).all()
    assert math.isnan(result.factor)


def test_one_layer_alone_has_no_factor_to_tell() -> None:
    assert run_depth(DepthRequest(chosen("tanh"), 1, 4)).factor == 1.0


# -- initialisations


@every_initialisation
def test_it_is_torchs_own_or_the_number_it_says(key: str) -> None:
    entry = initialisation(key)
    weight = torch.empty(64, 64, dtype=torch.float64)
    torch.manual_seed(0)
    entry.fill(weight, 1.5)
    expected = torch.empty_like(weight)
    torch.manual_seed(0)
    by_torch = {
        "fixed": lambda: expected.fill_(1 / 64),
        "normal": lambda: expected.normal_(0, 1 / 8),
        "xavier_uniform": lambda: torch.nn.init.xavier_uniform_(expected, 1.5),
        "xavier_normal": lambda: torch.nn.init.xavier_normal_(expected, 1.5),
        "kaiming_uniform": lambda: torch.nn.init.kaiming_uniform_(expected, nonlinearity="relu"),
        "kaiming_normal": lambda: torch.nn.init.kaiming_normal_(expected, nonlinearity="relu"),
        "orthogonal": lambda: torch.nn.init.orthogonal_(expected, 1.5),
    }
    by_torch[key]()
    assert torch.equal(weight, expected)
    assert typeset(entry.latex, "#000000", 13.0) is not None


@pytest.mark.parametrize(
    ("key", "latex", "width_of_band", "variance"),
    [
        ("normal", r"\frac{1}{n}", None, 1 / 300),
        ("xavier_uniform", r"a = g \sqrt{\frac{6}{n_{in} + n_{out}}}", 1.5 * math.sqrt(6 / 700), 1.5**2 * 2 / 700),
        ("xavier_normal", r"\frac{2 g^2}{n_{in} + n_{out}}", None, 1.5**2 * 2 / 700),
        ("kaiming_uniform", r"a = \sqrt{\frac{6}{n_{in}}}", math.sqrt(6 / 300), 2 / 300),
        ("kaiming_normal", r"\frac{2}{n_{in}}", None, 2 / 300),
    ],
)
def test_the_formula_says_how_the_weights_are_spread(
    key: str, latex: str, width_of_band: float | None, variance: float
) -> None:
    entry = initialisation(key)
    assert latex in entry.latex
    weight = torch.empty(400, 300, dtype=torch.float64)  # outputs, inputs
    torch.manual_seed(7)
    entry.fill(weight, 1.5)
    assert float(weight.var()) == pytest.approx(variance, rel=0.02)  # of 120,000 numbers: a share of √(2/120,000)
    if width_of_band is not None:
        assert float(weight.abs().max()) == pytest.approx(width_of_band, rel=1e-3)


def test_an_orthogonal_matrix_is_one() -> None:
    weight = torch.empty(32, 32, dtype=torch.float64)
    initialisation("orthogonal").fill(weight, 2.0)
    torch.testing.assert_close(weight @ weight.T, 4 * torch.eye(32, dtype=torch.float64), atol=1e-12, rtol=0)


# -- the chain


@pytest.mark.parametrize("key", ["sigmoid", "tanh", "relu", "gelu"])
@pytest.mark.parametrize(("scale", "bias"), [(0.8, 0.0), (2.0, 0.3)])
def test_the_product_of_derivatives_is_what_autograd_says(scale: float, bias: float, key: str) -> None:
    chain = run_chain(DepthRequest(chosen(key), 30, 1, scale, bias))
    np.testing.assert_allclose(chain.products, chain.autograd, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(chain.products, np.cumprod(chain.factors), rtol=1e-15)


def test_the_chain_of_sigmoids_by_hand() -> None:
    chain = run_chain(DepthRequest(chosen("sigmoid"), 2, 1, 3.0, -1.0), x=0.5)
    a1 = 1 / (1 + math.exp(-(3 * 0.5 - 1)))
    a2 = 1 / (1 + math.exp(-(3 * a1 - 1)))
    assert chain.values == pytest.approx([a1, a2])
    assert chain.products == pytest.approx([3 * a1 * (1 - a1), 9 * a1 * (1 - a1) * a2 * (1 - a2)])


def test_a_network_of_fixed_weights_is_the_chain() -> None:
    request = DepthRequest(chosen("tanh"), 6, 5, 1.4, 0.2, "fixed", inputs=3, precision="float64")
    result = run_depth(request)
    outputs, _, _ = plain_network(request)
    first = outputs[0].detach()[:, 0]  # all units of a layer are equal
    assert float(outputs[0].detach().std(dim=1).max()) == pytest.approx(0.0, abs=1e-15)
    value, product = first, torch.ones_like(first)
    for _ in range(request.layers - 1):
        z = request.scale * value + request.bias
        value, product = torch.tanh(z), product * request.scale * (1 - torch.tanh(z) ** 2)
    # five outputs, each with a fifth of every weight: a unit of the first layer has a product of the chain
    assert result.norms[0] == pytest.approx(float(product.square().mean().sqrt()), rel=1e-12)


# -- state


def test_what_state_gives_comes_back() -> None:
    request = DepthRequest(chosen("elu", alpha=2.0), 7, 9, -0.5, 0.25, "orthogonal", 11, 13, precision="float64")
    assert depth_from_state(depth_state(request), request.activation) == request


@pytest.mark.parametrize(
    "changed",
    [{"layers": 0}, {"layers": 51}, {"width": 10_000}, {"scale": math.nan}, {"seed": -1}, {"initialisation": "luck"},
     {"precision": "float8"}, {"inputs": "many"}],
)  # fmt: skip
def test_a_foreign_state_is_refused(changed: dict) -> None:
    state = depth_state(DepthRequest(chosen("relu"))) | changed
    with pytest.raises((KeyError, TypeError, ValueError)):
        depth_from_state(state, chosen("relu"))


def test_a_result_knows_its_request() -> None:
    request = DepthRequest(chosen("relu"), 2, 4)
    result: DepthResult = run_depth(request)
    assert result.request is request
    assert result.activations.shape == result.gradients.shape == (2, len(QUANTILES))


def result_of(key: str, **changed: object) -> DepthResult:
    return run_depth(replace(DepthRequest(activation_of(activation_record(key)), width=32), **changed))


def test_what_is_truly_0_is_told_from_what_is_too_small() -> None:
    dead = result_of("relu", bias=-50.0, layers=6)
    assert dead.zero_up_to > 0
    assert dead.is_cut_off
    step = result_of("step", layers=6)
    assert step.zero_up_to == 5
    assert step.is_cut_off
    small = result_of("sigmoid", scale=0.02, layers=50)
    assert small.zero_up_to > 0
    assert not small.is_cut_off
    assert not result_of("tanh").is_cut_off
    assert result_of("tanh", scale=0.0, layers=3).is_cut_off


@pytest.mark.parametrize("key", ["sigmoid", "tanh", "elu", "silu"])
def test_a_slope_that_is_too_small_cuts_nothing_off(key: str) -> None:
    saturated = result_of(key, bias=-300.0, layers=6)
    assert saturated.dead[saturated.zero_up_to] == 1  # float32 has 0 for e^−300
    assert saturated.zero_up_to > 0
    assert not saturated.is_cut_off


def test_in_float64_too_no_small_gradient_is_squared_away() -> None:
    small = result_of("sigmoid", scale=1e-6, layers=40, precision="float64")
    assert 0 < small.norms[0] < 1e-200
    ratios = small.norms[:-2] / small.norms[1:-1]
    assert ratios.max() < 10 * ratios.min()


@pytest.mark.parametrize(
    ("key", "changed", "trend"),
    [
        ("sigmoid", {}, "vanishes"),
        ("selu", {"layers": 50, "scale": 0.65, "initialisation": "normal"}, "vanishes"),  # by little, but often
        ("relu", {"layers": 50, "initialisation": "kaiming_normal"}, "stays"),
        ("relu", {"layers": 50, "scale": 3.0}, "explodes"),
        ("tanh", {"layers": 1}, "stays"),
        ("step", {}, "vanishes"),
    ],
)
def test_a_gradient_is_judged_by_the_layer_and_by_the_whole(key: str, changed: dict, trend: str) -> None:
    result = result_of(key, **changed)
    assert result.trend == trend
    if trend == "vanishes" and changed.get("layers") == 50:
        assert result.factor > 0.7  # by a layer alone it would be said to stay
        assert result.whole == pytest.approx(result.factor**49)
