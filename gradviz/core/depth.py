"""What depth does to signal and gradient: a real torch network of equal layers, once forward and once back.

Every layer is z = W·a + b, a = f(z), from `width` to `width` units. The gradient is that of the mean over inputs of the
sum of the last layer's outputs: every output's own derivative is then 1, and what a layer receives was made by the
layers behind it alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.activation import Activation
from gradviz.core.deferred_torch import torch
from gradviz.core.devices import PRECISIONS, dtype_of
from gradviz.core.initialisation import gain_of, initialisation
from gradviz.core.one_thread import one_thread

Column = NDArray[np.float64]

MOST_LAYERS, MOST_WIDTH, MOST_INPUTS = 50, 512, 256
QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
SATURATED_BELOW = 0.01  # |f′|, unless somebody moves the threshold
VANISHED, EXPLODED = 0.7, 1.4  # a layer's factor under and over which the gradient is said to vanish and to explode
ALL_VANISHED, ALL_EXPLODED = 0.05, 20.0  # the same of all layers together


@dataclass(frozen=True, slots=True)
class DepthRequest:
    """A network to look into. The weights are the initialisation's times `scale`; inputs are N(0, 1), seeded."""

    activation: Activation
    layers: int = 20
    width: int = 64
    scale: float = 1.0
    bias: float = 0.0
    initialisation: str = "xavier_normal"
    inputs: int = 48
    seed: int = 0
    threshold: float = SATURATED_BELOW
    precision: str = "float32"


@dataclass(frozen=True, slots=True)
class DepthResult:
    """What was found; rows are the layers, first to last.

    `activations` and `gradients` (∂/∂a) hold QUANTILES, (layers, 7); `norms` the root mean square of the gradient at
    each layer's output; `weight_norms` ‖∂/∂W‖; `dead` the share of units whose f′ is 0 for every input; `saturated` the
    share of all values of f′ under the threshold; `lost` is the first layer, counted from 1, at which a number is not
    finite in either direction, None if all are.
    """

    request: DepthRequest
    activations: Column
    gradients: Column
    norms: Column
    weight_norms: Column
    dead: Column
    saturated: Column
    lost: int | None

    @property
    def factor(self) -> float:
        """By how much the gradient grows from one layer to the one before it, in the geometric mean.

        Layers whose gradient is exactly 0 are left out: there the precision has ended. 0 if only the last has any; NaN
        if a number is lost.
        """
        if self.lost is not None:
            return float("nan")
        first = int(np.flatnonzero(self.norms)[0])  # the last one is never 0
        steps = len(self.norms) - 1 - first
        if steps == 0:
            return 1.0 if first == 0 else 0.0
        return float((self.norms[first] / self.norms[-1]) ** (1 / steps))

    @property
    def whole(self) -> float:
        """By how much the gradient grows from the last layer to the first; NaN if a number is lost."""
        return float("nan") if self.lost is not None else float(self.norms[0] / self.norms[-1])

    @property
    def trend(self) -> str:
        """What becomes of the gradient: "lost", "vanishes", "explodes" or "stays", by a layer's factor or by all."""
        if self.lost is not None:
            return "lost"
        if self.factor < VANISHED or self.whole < ALL_VANISHED:
            return "vanishes"
        return "explodes" if self.factor > EXPLODED or self.whole > ALL_EXPLODED else "stays"

    @property
    def is_cut_off(self) -> bool:
        """True if a layer truly lets no gradient through: all of its units are dead, or its weights are 0.

        Units of a function without a flat part are never dead: what they let through is too small for the precision.
        """
        if self.zero_up_to == 0:
            return False
        is_dead = bool(self.dead[self.zero_up_to] == 1) and self.request.activation.has_flat_part
        return is_dead or self.request.scale == 0

    @property
    def zero_up_to(self) -> int:
        """Up to which layer, counted from 1, the gradient is exactly 0; 0 if it is so nowhere."""
        return int(np.flatnonzero(self.norms)[0]) if np.any(self.norms) else len(self.norms)


@dataclass(frozen=True, slots=True)
class ChainResult:
    """The scalar chain a₀ = x, aₗ = f(w·aₗ₋₁ + b): per layer a, the factor w·f′(z), and their product up to there.

    `autograd` is ∂aₗ/∂x as torch has it: the judge of `products`.
    """

    values: Column
    factors: Column
    products: Column
    autograd: Column


def run_depth(request: DepthRequest) -> DepthResult:
    """Builds the network, runs it forward and back once. Imports torch; leaves torch's global generator as it was.

    Raises:
        KeyError: there is no such initialisation.
        RuntimeError, ValueError: torch refuses the activation's parameters.
    """
    with one_thread():
        return _run(request)


def _run(request: DepthRequest) -> DepthResult:
    dtype = dtype_of(request.precision)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(request.seed)
        inputs = torch.randn(request.inputs, request.width, dtype=dtype)
    layers = [_layer(request, weight) for weight in _weights_of(request)]
    outputs, slopes = [], []
    value = inputs
    for layer in layers:
        z = layer(value)
        value = request.activation.f(z)
        outputs.append(value)
        slopes.append(request.activation.derivative(z.detach()).abs())
    weights = [layer.weight for layer in layers]
    gradients = torch.autograd.grad(value.sum() / request.inputs, [*outputs, *weights])
    by_output, by_weight = gradients[: request.layers], gradients[request.layers :]
    activations, spread = _quantiles(outputs), _quantiles([each * request.inputs for each in by_output])
    norms = _column(torch.stack([_root_mean_square(each * request.inputs) for each in by_output]))
    weight_norms = _column(torch.stack([_root_mean_square(each) * each.numel() ** 0.5 for each in by_weight]))
    every_slope = torch.stack(slopes)
    return DepthResult(
        request=request,
        activations=activations,
        gradients=spread,
        norms=norms,
        weight_norms=weight_norms,
        dead=_column((every_slope.amax(dim=1) == 0).to(dtype).mean(dim=1)),
        saturated=_column((every_slope < request.threshold).to(dtype).mean(dim=(1, 2))),
        lost=_first_lost(activations, spread),
    )


def run_chain(request: DepthRequest, x: float = 1.0) -> ChainResult:
    """The chain of single units with w = scale and b = bias, in float64. Imports torch."""
    point = torch.tensor([x], dtype=torch.float64, requires_grad=True)
    value, product = point, torch.ones(1, dtype=torch.float64)
    values, factors, products, autograd = [], [], [], []
    for _ in range(request.layers):
        z = request.scale * value + request.bias
        value = request.activation.f(z)
        factor = request.scale * request.activation.derivative(z.detach())
        product = product * factor
        values.append(float(value.detach()))
        factors.append(float(factor))
        products.append(float(product))
        autograd.append(float(torch.autograd.grad(value.sum(), point, retain_graph=True)[0]))
    return ChainResult(*(np.array(each) for each in (values, factors, products, autograd)))


def depth_state(request: DepthRequest) -> dict[str, Any]:
    """Everything but the activation, as plain data that JSON takes."""
    names = ("layers", "width", "scale", "bias", "initialisation", "inputs", "seed", "precision")
    return {name: getattr(request, name) for name in names}


def depth_from_state(state: Mapping[str, Any], activation: Activation) -> DepthRequest:
    """The request that `depth_state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    counts = {name: int(state[name]) for name in ("layers", "width", "inputs", "seed")}
    numbers = {name: float(state[name]) for name in ("scale", "bias")}
    limits = (("layers", MOST_LAYERS), ("width", MOST_WIDTH), ("inputs", MOST_INPUTS))
    if any(not 1 <= counts[name] <= most for name, most in limits) or not 0 <= counts["seed"] < 2**31:
        raise ValueError(f"depth {counts}")
    if not all(abs(number) <= 1e6 for number in numbers.values()):
        raise ValueError(f"depth {numbers}")
    chosen = initialisation(state["initialisation"]).key
    precision = str(state["precision"])
    if precision not in PRECISIONS:
        raise ValueError(f"precision {precision!r}")
    return DepthRequest(
        activation,
        layers=counts["layers"],
        width=counts["width"],
        scale=numbers["scale"],
        bias=numbers["bias"],
        initialisation=chosen,
        inputs=counts["inputs"],
        seed=counts["seed"],
        precision=precision,
    )


def _layer(request: DepthRequest, weight: Any) -> Any:
    """A layer with these weights times the scale."""
    layer = torch.nn.utils.skip_init(  # type: ignore[no-untyped-call]
        torch.nn.Linear, request.width, request.width, dtype=weight.dtype
    )
    with torch.no_grad():
        layer.weight.copy_(weight).mul_(request.scale)
        torch.nn.init.constant_(layer.bias, request.bias)
    return layer


def _weights_of(request: DepthRequest) -> tuple[Any, ...]:
    slope = dict(request.activation.values).get("negative_slope")
    gain = gain_of(request.activation.key, slope)
    chosen = (request.initialisation, gain, request.width, request.layers, request.seed, request.precision)
    return _drawn(*chosen)


@lru_cache(maxsize=2)  # a slider moves the scale or the bias: the same weights again
def _drawn(key: str, gain: float, width: int, layers: int, seed: int, precision: str) -> tuple[Any, ...]:
    """The weights that the initialisation draws, a matrix a layer."""
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed + 1)  # not the inputs' own numbers
        weights = tuple(torch.empty(width, width, dtype=dtype_of(precision)) for _ in range(layers))
        for weight in weights:
            initialisation(key).fill(weight, gain)
    return weights


def _quantiles(tensors: list[Any]) -> Column:
    """QUANTILES of each tensor, by rank; (layers, 7), NaN where a number is none."""
    flat = torch.stack([each.detach().flatten() for each in tensors]).numpy()
    places = [round(share * (flat.shape[1] - 1)) for share in QUANTILES]
    found: Column = np.partition(flat, places, axis=1)[:, places].astype(np.float64)  # a third of the time of a sort
    found[~np.isfinite(flat).all(axis=1)] = np.nan
    return found


def _root_mean_square(tensor: Any) -> Any:
    """In float64 and relative to the largest: the square of a small number is 0 long before the number is."""
    exact = tensor.double()
    largest = exact.abs().amax()
    return largest * (exact / largest).square().mean().sqrt() if bool(largest > 0) else largest


def _first_lost(activations: Column, gradients: Column) -> int | None:
    """Forward the first layer with no number; backward the last one, which is the first that the gradient reaches."""
    forward = np.flatnonzero(np.isnan(activations[:, 0]))
    backward = np.flatnonzero(np.isnan(gradients[:, 0]))
    if forward.size:
        return int(forward[0]) + 1
    return int(backward[-1]) + 1 if backward.size else None


def _column(tensor: Any) -> Column:
    column: Column = tensor.detach().double().numpy()
    return column
