"""Our backward pass before autograd's, over whatever network hypothesis thinks of: in float64, every single weight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradviz.core.network import LAYER_ACTIVATIONS, Layer, Network, Shape, layer_activation, tensors_of
from gradviz.core.network_check import check_network
from gradviz.core.network_losses import NETWORK_LOSSES, network_loss
from gradviz.core.network_trace import Sample, Trace, trace

MOST_LAYERS, MOST_UNITS = 6, 12
KEYS = [record.key for record in LAYER_ACTIVATIONS]

layers = st.builds(Layer, st.integers(1, MOST_UNITS), st.sampled_from(KEYS).map(layer_activation), st.booleans())
shapes = st.builds(
    Shape,
    st.integers(1, MOST_UNITS),
    st.lists(layers, min_size=1, max_size=MOST_LAYERS).map(tuple),
    st.sampled_from([loss.key for loss in NETWORK_LOSSES]),
)
# what people type, what breaks formulas: nothing at all, tiny, one, large
numbers = st.sampled_from([0.0, -0.0, 1e-300, 1e-8, 0.5, 1.0, -1.0, 3.0, -40.0, 1000.0]) | st.floats(-4.0, 4.0)


@st.composite
def passes(draw: st.DrawFn, of_shapes: st.SearchStrategy[Shape] = shapes) -> Trace:
    """Normal numbers by a seed, some of them replaced by drawn ones; inputs and targets are drawn, every one."""
    shape = draw(of_shapes)
    normal, size = np.random.default_rng(draw(st.integers(0, 2**32 - 1))), draw(st.sampled_from([0.0, 0.3, 1.5]))
    weights, biases = [], []
    for width, layer in zip(shape.widths, shape.layers, strict=False):
        weight = normal.normal(0.0, size / np.sqrt(width), (layer.units, width))
        bias = normal.normal(0.0, size, layer.units) if layer.bias else np.zeros(layer.units)
        for row, column, value in draw(
            st.lists(st.tuples(st.integers(0, layer.units - 1), st.integers(0, width), numbers), max_size=3)
        ):
            if column < width:
                weight[row, column] = value
            elif layer.bias:
                bias[row] = value
        weights.append(weight)
        biases.append(bias)
    inputs = tuple(draw(numbers) for _ in range(shape.inputs))
    targets = tuple(draw(numbers) for _ in range(shape.outputs))  # no probabilities, for the cross-entropy neither
    return trace(Network(shape, tuple(weights), tuple(biases)), Sample(inputs, targets))


def sums_of_torch(found: Trace) -> list[np.ndarray]:
    """z of every layer as torch adds them up."""
    network = found.network
    value, sums = torch.tensor([found.sample.inputs], dtype=torch.float64), []
    for layer, weight, bias in zip(network.shape.layers, *tensors_of(network), strict=True):
        z = (value @ weight.T + bias if layer.bias else value @ weight.T).detach()
        sums.append(z[0].numpy())
        value = layer.activation.f(z)
    return sums


def lies_on_one_side(found: Trace) -> bool:
    """Whether every kink has our sum and torch's on the same side.

    Two sums of the same numbers in another order differ in their last bit: beside a kink one f′ is as right as the
    other, and they differ by a whole step.
    """
    for layer, of_layer, by_torch in zip(found.network.shape.layers, found.layers, sums_of_torch(found), strict=True):
        activation = layer.activation
        places = [
            *activation.record.kinks(**dict(activation.values)),
            *activation.record.bends(**dict(activation.values)),
        ]
        if any((np.sign(of_layer.sums - place) != np.sign(by_torch - place)).any() for place in places):
            return False
    return True


@settings(max_examples=200)
@given(passes())
def test_every_gradient_of_every_network_is_autograds(found: Trace) -> None:
    assume(lies_on_one_side(found))
    check = check_network(found)
    judged = np.array([row.autograd for row in check.rows])
    assume(np.isfinite(judged).all())
    ours = np.array([row.ours for row in check.rows])
    # 1e-10, of the largest gradient where that is over 1: a float64 has 16 digits, and sums of large terms cancel.
    # Where torch itself holds a constant of the derivative in float32, its gradient is right to that only.
    slack = max(layer.activation.record.torch_slack for layer in found.network.shape.layers)
    allowed = (1e-10 + 100 * slack) * max(1.0, np.abs(judged).max())
    np.testing.assert_allclose(ours, judged, rtol=0, atol=allowed)
    largest = max(1.0, *map(abs, (check.loss, *found.sample.targets, *found.layers[-1].outputs)))
    assert abs(check.loss - check.loss_of_torch) <= 1e-12 * largest**2  # a sum of squares, or of targets · logarithms


@settings(max_examples=50)
@given(passes(shapes.map(lambda shape: replace(shape, loss="cross_entropy"))))
def test_a_cross_entropy_takes_targets_that_are_no_probabilities(found: Trace) -> None:
    outputs = torch.tensor(found.layers[-1].outputs[None], requires_grad=True)
    network_loss("cross_entropy").torch(outputs, torch.tensor([found.sample.targets], dtype=torch.float64)).backward()
    assert outputs.grad is not None
    largest = max(1.0, *(abs(target) for target in found.sample.targets))  # p · Σt − t: as exact as its largest term
    np.testing.assert_allclose(found.layers[-1].arriving, outputs.grad[0].numpy(), rtol=0, atol=1e-10 * largest)
