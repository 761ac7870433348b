"""Activations that let one side of the line through, most of them straight."""

from __future__ import annotations

import math
from typing import Any

from gradviz.core.activation import ActivationRecord, at_zero, flat, parameter
from gradviz.core.deferred_torch import torch
from gradviz.core.filled_formula import always, filled_by_pieces

# of Klambauer et al. 2017, as torch has them
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805


def _unless(is_smooth: bool) -> tuple[float, ...]:
    return () if is_smooth else (0.0,)


def _positive(x: float, **_values: Any) -> bool:
    return x > 0


def _slope(x: Any, below: float) -> Any:
    """1 over 0, `below` at 0 and under it."""
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, below))


def _exponential(x: Any, scale: float, rate: float = 1.0) -> Any:
    """`scale`·e^(x·rate) up to 0, without its overflow over 0."""
    return scale * torch.exp(torch.clamp(x, max=0.0) * rate)


RELU = ActivationRecord(
    key="relu",
    title="ReLU",
    module="ReLU",
    call="torch.relu(x)",
    function=lambda x: torch.relu(x),
    derivative=lambda x: _slope(x, 0.0),
    second=flat,
    latex=r"f(x) = \max(0, x) = \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases}",
    plain="f(x) = max(0, x)",
    derivation=(
        r"x > 0:\ f(x) = x,\quad f'(x) = 1",
        r"x < 0:\ f(x) = 0,\quad f'(x) = 0",
        r"f'(0^-) = 0,\quad f'(0^+) = 1",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces((_positive, r"{x} > 0:\ f' = {d}"), (always, r"{x} \le 0:\ f' = {d}")),
    bounds=lambda: (0.0, math.inf),
    summary="The usual one: its gradient does not shrink where x > 0, and is exactly 0 elsewhere: a unit can die.",
    source="Nair & Hinton 2010",
    kinks=at_zero,
)

LEAKY_RELU = ActivationRecord(
    key="leaky_relu",
    title="LeakyReLU",
    module="LeakyReLU",
    call="torch.nn.functional.leaky_relu(x, {negative_slope!r})",
    function=lambda x, negative_slope: torch.nn.functional.leaky_relu(x, negative_slope),
    derivative=lambda x, negative_slope: _slope(x, negative_slope),
    second=flat,
    latex=r"f(x) = \begin{cases} x & x > 0 \\ s x & x \le 0 \end{cases}",
    plain="f(x) = x if x > 0 else s·x",
    derivation=(
        r"x > 0:\ f(x) = x,\quad f'(x) = 1",
        r"x < 0:\ f(x) = s x,\quad f'(x) = s",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ s & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces((_positive, r"{x} > 0:\ f' = {d}"), (always, r"{x} \le 0:\ f' = s = {d}")),
    bounds=lambda negative_slope: (-math.inf if negative_slope > 0 else 0.0, math.inf),
    summary="A ReLU that lets a little through on the left, so that no unit dies.",
    source="Maas, Hannun & Ng 2013",
    parameters=(parameter("negative_slope", 0.01),),
    kinks=lambda negative_slope: _unless(negative_slope == 1.0),
)

PRELU = ActivationRecord(
    key="prelu",
    title="PReLU",
    module="PReLU",
    call="torch.nn.functional.prelu(x, torch.full((1,), {init!r}, dtype=x.dtype))",
    function=lambda x, init: torch.nn.functional.prelu(x, torch.full((1,), init, dtype=x.dtype, device=x.device)),
    derivative=lambda x, init: _slope(x, init),
    second=flat,
    latex=r"f(x) = \begin{cases} x & x > 0 \\ a x & x \le 0 \end{cases}",
    plain="f(x) = x if x > 0 else a·x",
    derivation=(
        r"x > 0:\ f(x) = x,\quad f'(x) = 1",
        r"x < 0:\ f(x) = a x,\quad f'(x) = a",
        r"\frac{\partial f}{\partial a} = \min(0, x)",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ a & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces((_positive, r"{x} > 0:\ f' = {d}"), (always, r"{x} \le 0:\ f' = a = {d}")),
    bounds=lambda init: (-math.inf if init > 0 else 0.0, math.inf),
    summary="A leaky ReLU whose slope on the left is learnt like a weight.",
    source="He et al. 2015",
    parameters=(parameter("init", 0.25),),
    kinks=lambda init: _unless(init == 1.0),
)

RRELU = ActivationRecord(
    key="rrelu",
    title="RReLU",
    module="RReLU",
    call="torch.nn.functional.rrelu(x, {lower!r}, {upper!r}, training=False)",
    function=lambda x, lower, upper: torch.nn.functional.rrelu(x, lower, upper, training=False),
    derivative=lambda x, lower, upper: _slope(x, (lower + upper) / 2),
    second=flat,
    latex=r"f(x) = \begin{cases} x & x > 0 \\ \frac{l + u}{2} x & x \le 0 \end{cases}",
    plain="f(x) = x if x > 0 else (l + u)/2·x",
    derivation=(
        r"x \le 0:\ f(x) = a x,\quad a \sim U(l, u)",
        r"\operatorname{E}[a] = \frac{l + u}{2}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \frac{l + u}{2} & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (_positive, r"{x} > 0:\ f' = {d}"),
        (
            always,
            r"{x} \le 0:\ f' = \frac{{<lower> + <upper>}}{{2}} = {d}",
            lambda x, lower, upper: (lower + upper) / 2,
        ),
    ),
    bounds=lambda lower, upper: (-math.inf if lower + upper > 0 else 0.0, math.inf),
    summary="A leaky ReLU with a random slope while it trains; shown here as it is in evaluation, with the mean slope.",
    source="Xu et al. 2015",
    parameters=(parameter("lower", 1 / 8), parameter("upper", 1 / 3)),
    kinks=lambda lower, upper: _unless((lower + upper) / 2 == 1.0),
    ordered=("lower", "upper"),
)

RELU6 = ActivationRecord(
    key="relu6",
    title="ReLU6",
    module="ReLU6",
    call="torch.nn.functional.relu6(x)",
    function=lambda x: torch.nn.functional.relu6(x),
    derivative=lambda x: ((x > 0) & (x < 6)).to(x.dtype),
    second=flat,
    latex=r"f(x) = \min(\max(0, x), 6)",
    plain="f(x) = min(max(0, x), 6)",
    derivation=(
        r"0 < x < 6:\ f(x) = x,\quad f'(x) = 1",
        r"x < 0:\ f(x) = 0,\quad f'(x) = 0 \qquad x > 6:\ f(x) = 6,\quad f'(x) = 0",
        r"f'(x) = \begin{cases} 1 & 0 < x < 6 \\ 0 & x \le 0 \\ 0 & x \ge 6 \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (lambda x: 0 < x < 6, r"0 < {x} < 6:\ f' = {d}"),
        (lambda x: x <= 0, r"{x} \le 0:\ f' = {d}"),
        (always, r"{x} \ge 6:\ f' = {d}"),
    ),
    bounds=lambda: (0.0, 6.0),
    summary="A ReLU that stops at 6, so that few bits hold its values.",
    source="Krizhevsky 2010; Howard et al. 2017",
    kinks=lambda: (0.0, 6.0),
)

ELU = ActivationRecord(
    key="elu",
    title="ELU",
    module="ELU",
    call="torch.nn.functional.elu(x, {alpha!r})",
    function=lambda x, alpha: torch.nn.functional.elu(x, alpha),
    derivative=lambda x, alpha: torch.where(x > 0, torch.ones_like(x), _exponential(x, alpha)),
    second=lambda x, alpha: torch.where(x < 0, _exponential(x, alpha), torch.zeros_like(x)),
    latex=r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}",
    plain="f(x) = x if x > 0 else α(e^x − 1)",
    derivation=(
        r"x > 0:\ f(x) = x,\quad f'(x) = 1",
        r"x < 0:\ f'(x) = \frac{d}{dx}\,\alpha\,(e^{x} - 1) = \alpha e^{x} = f(x) + \alpha",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha e^{x} & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = \begin{cases} 0 & x > 0 \\ \alpha e^{x} & x < 0 \end{cases}",
    filled=filled_by_pieces(
        (_positive, r"{x} > 0:\ f' = {d}"),
        (always, r"{x} \le 0:\ f' = {alpha}\, e^{{{x}}} = {d}", lambda x, alpha: alpha * math.exp(x)),
    ),
    bounds=lambda alpha: (min(-alpha, 0.0), math.inf),
    summary="A ReLU that bends smoothly to −α on the left: the mean of its outputs lies nearer to 0.",
    source="Clevert, Unterthiner & Hochreiter 2016",
    parameters=(parameter("alpha", 1.0, 0.0),),
    kinks=lambda alpha: _unless(alpha == 1.0),
    bends=at_zero,
)

SELU = ActivationRecord(
    key="selu",
    title="SELU",
    module="SELU",
    call="torch.nn.functional.selu(x)",
    function=lambda x: torch.nn.functional.selu(x),
    derivative=lambda x: torch.where(x > 0, torch.full_like(x, SELU_SCALE), _exponential(x, SELU_SCALE * SELU_ALPHA)),
    second=lambda x: torch.where(x < 0, _exponential(x, SELU_SCALE * SELU_ALPHA), torch.zeros_like(x)),
    latex=r"f(x) = \lambda \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}",
    plain="f(x) = λ·x if x > 0 else λα(e^x − 1)",
    derivation=(
        r"\lambda \approx 1.0507,\quad \alpha \approx 1.6733",
        r"x > 0:\ f'(x) = \lambda",
        r"x < 0:\ f'(x) = \frac{d}{dx}\,\lambda \alpha\,(e^{x} - 1) = \lambda \alpha e^{x}",
        r"f'(x) = \begin{cases} \lambda & x > 0 \\ \lambda \alpha e^{x} & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = \begin{cases} 0 & x > 0 \\ \lambda \alpha e^{x} & x < 0 \end{cases}",
    filled=filled_by_pieces(
        (_positive, r"{x} > 0:\ f' = \lambda = {d}"),
        (
            always,
            r"{x} \le 0:\ f' = 1.0507 \cdot 1.6733\, e^{{{x}}} = {d}",
            lambda x: SELU_SCALE * SELU_ALPHA * math.exp(x),
        ),
    ),
    bounds=lambda: (-SELU_SCALE * SELU_ALPHA, math.inf),
    summary="An ELU scaled so that mean 0 and variance 1 are kept from layer to layer (with LeCun's initialisation).",
    source="Klambauer et al. 2017",
    kinks=at_zero,
)

CELU = ActivationRecord(
    key="celu",
    title="CELU",
    module="CELU",
    call="torch.nn.functional.celu(x, {alpha!r})",
    function=lambda x, alpha: torch.nn.functional.celu(x, alpha),
    derivative=lambda x, alpha: torch.where(x > 0, torch.ones_like(x), _exponential(x, 1.0, 1 / alpha)),
    second=lambda x, alpha: torch.where(x < 0, _exponential(x, 1 / alpha, 1 / alpha), torch.zeros_like(x)),
    latex=r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x/\alpha} - 1) & x \le 0 \end{cases}",
    plain="f(x) = x if x > 0 else α(e^(x/α) − 1)",
    derivation=(
        r"x > 0:\ f(x) = x,\quad f'(x) = 1",
        r"x < 0:\ f'(x) = \alpha \cdot \frac{1}{\alpha} e^{x/\alpha} = e^{x/\alpha}",
        r"\lim_{x \to 0^-} f'(x) = 1 = \lim_{x \to 0^+} f'(x)",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ e^{x/\alpha} & x \le 0 \end{cases}",
    ),
    second_latex=r"f''(x) = \begin{cases} 0 & x > 0 \\ \frac{1}{\alpha} e^{x/\alpha} & x < 0 \end{cases}",
    filled=filled_by_pieces(
        (_positive, r"{x} > 0:\ f' = {d}"),
        (always, r"{x} \le 0:\ f' = e^{{{x}/{alpha}}} = {d}", lambda x, alpha: math.exp(x / alpha)),
    ),
    bounds=lambda alpha: (-alpha, math.inf),
    summary="An ELU without a kink at 0, whatever α is.",
    source="Barron 2017",
    torch_slack=1e-6,  # its 1/α has eight digits
    parameters=(parameter("alpha", 1.0, 1e-3),),
    bends=at_zero,
)

THRESHOLD = ActivationRecord(
    key="threshold",
    title="Threshold",
    module="Threshold",
    call="torch.nn.functional.threshold(x, {threshold!r}, {value!r})",
    function=lambda x, threshold, value: torch.nn.functional.threshold(x, threshold, value),
    derivative=lambda x, threshold, value: (x > threshold).to(x.dtype),
    second=flat,
    latex=r"f(x) = \begin{cases} x & x > t \\ v & x \le t \end{cases}",
    plain="f(x) = x if x > t else v",
    derivation=(
        r"x > t:\ f(x) = x,\quad f'(x) = 1",
        r"x < t:\ f(x) = v,\quad f'(x) = 0",
        r"f'(x) = \begin{cases} 1 & x > t \\ 0 & x \le t \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (lambda x, threshold, value: x > threshold, r"{x} > {threshold}:\ f' = {d}"),
        (always, r"{x} \le {threshold}:\ f' = {d}"),
    ),
    bounds=lambda threshold, value: (min(threshold, value), math.inf),
    summary="Lets through what is over a threshold and puts a fixed value in place of the rest.",
    source="torch.nn.Threshold",
    parameters=(parameter("threshold", 0.0), parameter("value", 0.0)),
    kinks=lambda threshold, value: (threshold,),
    jumps=lambda threshold, value: (threshold,) if threshold != value else (),
)

RECTIFIERS: tuple[ActivationRecord, ...] = (RELU, LEAKY_RELU, PRELU, RRELU, RELU6, ELU, SELU, CELU, THRESHOLD)
