"""Activations that multiply x by a gate between 0 and 1, and those that shrink x towards 0."""

from __future__ import annotations

import math
from typing import Any

from gradviz.core.activation import ActivationRecord, flat, parameter
from gradviz.core.activation_kinks import as_torch_takes
from gradviz.core.deferred_torch import torch
from gradviz.core.filled_formula import always, filled, filled_by_pieces

_ROOT_2_OVER_PI = math.sqrt(2 / math.pi)
_CUBIC = 0.044715  # of GELU's tanh form: Hendrycks & Gimpel 2016


def _normal(x: Any) -> tuple[Any, Any]:
    """Φ(x) and φ(x): probability and density of the standard normal distribution."""
    # erfc keeps its digits far on the left, where torch's ndtr subtracts from 1
    return torch.erfc(-x / math.sqrt(2)) / 2, torch.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _gelu_derivative(x: Any) -> Any:
    probability, density = _normal(x)
    return probability + x * density


def _gelu_second(x: Any) -> Any:
    bounded = x.clamp(-1e3, 1e3)  # φ is 0 long before: so is the product, without ∞·0
    return _normal(bounded)[1] * (2 - bounded * bounded)


def _gelu_tanh_parts(x: Any) -> tuple[Any, Any, Any, Any]:
    """tanh u, 1 − tanh²u, u′ and u″ of the tanh form's u, with x where u still matters."""
    u = _ROOT_2_OVER_PI * (x + _CUBIC * x**3)
    t = torch.tanh(u)
    return t, 1 - t * t, _ROOT_2_OVER_PI * (1 + 3 * _CUBIC * x * x), _ROOT_2_OVER_PI * 6 * _CUBIC * x


def _gelu_tanh_derivative(x: Any) -> Any:
    t, s, du, _ = _gelu_tanh_parts(x)
    return (1 + t) / 2 + x * s * du / 2


def _gelu_tanh_second(x: Any) -> Any:
    t, s, du, ddu = _gelu_tanh_parts(x.clamp(-1e3, 1e3))
    bounded = x.clamp(-1e3, 1e3)
    return s * du + bounded * (s * ddu - 2 * t * s * du * du) / 2


def _silu_derivative(x: Any) -> Any:
    s = torch.sigmoid(x)
    return s + x * s * torch.sigmoid(-x)


def _silu_second(x: Any) -> Any:
    slope = torch.sigmoid(x) * torch.sigmoid(-x)
    return slope * (2 - x * torch.tanh(x / 2))  # 1 − 2σ(x) = −tanh(x/2)


def _mish_derivative(x: Any) -> Any:
    t = torch.tanh(torch.nn.functional.softplus(x))
    return t + x * torch.sigmoid(x) * (1 - t * t)


def _mish_second(x: Any) -> Any:
    t, s = torch.tanh(torch.nn.functional.softplus(x)), torch.sigmoid(x)
    inner = 1 - t * t
    return 2 * inner * s + x * inner * (s * torch.sigmoid(-x) - 2 * t * s * s)


def _softplus_derivative(x: Any, beta: float, threshold: float) -> Any:
    return torch.where(beta * x > threshold, torch.ones_like(x), torch.sigmoid(beta * x))


def _softplus_second(x: Any, beta: float, threshold: float) -> Any:
    curved = beta * torch.sigmoid(beta * x) * torch.sigmoid(-beta * x)
    # at the threshold itself autograd takes the straight line's 0, though f′ is still the curve's
    return torch.where(beta * x < threshold, curved, torch.zeros_like(x))


def _hardswish(x: Any) -> Any:
    return torch.nn.functional.hardswish(x)


def _hardswish_derivative(x: Any) -> Any:
    inside = (x > -3) & (x < 3)
    straight = torch.where(inside, x / 3 + 0.5, (x >= 3).to(x.dtype))
    # −½ and 3⁄2 at ±3 in torch 2.6 (pytorch issue 147801), 0 and 1 since: goes when 2.6 is no longer taken
    return as_torch_takes(_hardswish, straight, x, (-3.0, 3.0))


def _both_edges(lambd: float) -> tuple[float, ...]:
    # with λ = 0 both functions are x, but torch's derivative at 0 stays 0
    return (-lambd, lambd) if lambd > 0 else (0.0,)


GELU = ActivationRecord(
    key="gelu",
    title="GELU",
    module="GELU",
    call="torch.nn.functional.gelu(x)",
    function=lambda x: torch.nn.functional.gelu(x),
    derivative=_gelu_derivative,
    second=_gelu_second,
    latex=r"f(x) = x\,\Phi(x) = \frac{x}{2} \left( 1 + \operatorname{erf} \frac{x}{\sqrt{2}} \right)",
    plain="f(x) = x·Φ(x)",
    derivation=(
        r"f'(x) = \frac{d}{dx}\, x\,\Phi(x) = \Phi(x) + x\,\Phi'(x)",
        r"\Phi'(x) = \varphi(x) = \frac{1}{\sqrt{2 \pi}} e^{-x^2/2}",
        r"f'(x) = \Phi(x) + x\,\varphi(x)",
    ),
    second_latex=r"f''(x) = \varphi(x)\,(2 - x^2)",
    filled=filled(r"f'({x}) = \Phi({x}) + <x>\,\varphi({x}) = {d}"),
    bounds=lambda: (-0.16997120747, math.inf),
    summary="x times the probability that a normal number is smaller: usual in transformers.",
    source="Hendrycks & Gimpel 2016",
)

GELU_TANH = ActivationRecord(
    key="gelu_tanh",
    title="GELU (tanh)",
    module="GELU",
    call='torch.nn.functional.gelu(x, approximate="tanh")',
    function=lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    derivative=_gelu_tanh_derivative,
    second=_gelu_tanh_second,
    latex=r"f(x) = \frac{x}{2} (1 + \tanh u),\quad u = \sqrt{\frac{2}{\pi}} (x + 0.044715\, x^3)",
    plain="f(x) = x/2·(1 + tanh u), u = √(2/π)(x + 0.044715 x³)",
    derivation=(
        r"f'(x) = \frac{1 + \tanh u}{2} + \frac{x}{2} \frac{d}{dx} \tanh u",
        r"\frac{d}{dx} \tanh u = (1 - \tanh^2 u)\, u'",
        r"u' = \sqrt{\frac{2}{\pi}} (1 + 0.134145\, x^2)",
        r"f'(x) = \frac{1 + \tanh u}{2} + \frac{x}{2} (1 - \tanh^2 u)\, u'",
    ),
    second_latex=r"f''(x) = (1 - \tanh^2 u) \left( u' + \frac{x}{2} u'' - x \tanh u \; u'^2 \right)",
    filled=filled(r"f'({x}) = \frac{{1 + \tanh u}}{{2}} + \frac{{{x}}}{{2}} (1 - \tanh^2 u)\, u' = {d}"),
    bounds=lambda: (-0.17004075, math.inf),
    summary="GELU by a tanh, as GPT-2 and BERT computed it.",
    source="Hendrycks & Gimpel 2016",
)

SILU = ActivationRecord(
    key="silu",
    title="SiLU",
    module="SiLU",
    call="torch.nn.functional.silu(x)",
    function=lambda x: torch.nn.functional.silu(x),
    derivative=_silu_derivative,
    second=_silu_second,
    latex=r"f(x) = x\,\sigma(x) = \frac{x}{1 + e^{-x}}",
    plain="f(x) = x·σ(x)",
    derivation=(
        r"f'(x) = \frac{d}{dx}\, x\,\sigma(x) = \sigma(x) + x\,\sigma'(x)",
        r"= \sigma(x) + x\,\sigma(x)\,(1 - \sigma(x))",
        r"f'(x) = \sigma(x)\,(1 + x\,(1 - \sigma(x)))",
    ),
    second_latex=r"f''(x) = \sigma(x)(1 - \sigma(x))\,(2 + x\,(1 - 2\sigma(x)))",
    filled=filled(r"f'({x}) = \sigma({x})\,(1 + <x>\,(1 - \sigma({x}))) = {d}"),
    bounds=lambda: (-0.27846454276, math.inf),
    summary="x times its sigmoid, also called swish: smooth, and not monotonic left of 0.",
    source="Elfwing, Uchibe & Doya 2017; Ramachandran, Zoph & Le 2017",
)

MISH = ActivationRecord(
    key="mish",
    title="Mish",
    module="Mish",
    call="torch.nn.functional.mish(x)",
    function=lambda x: torch.nn.functional.mish(x),
    derivative=_mish_derivative,
    second=_mish_second,
    latex=r"f(x) = x \tanh(\ln(1 + e^{x}))",
    plain="f(x) = x·tanh(ln(1 + e^x))",
    derivation=(
        r"s = \ln(1 + e^{x}),\quad s' = \sigma(x)",
        r"f'(x) = \tanh s + x \frac{d}{dx} \tanh s",
        r"\frac{d}{dx} \tanh s = (1 - \tanh^2 s)\,\sigma(x)",
        r"f'(x) = \tanh s + x\,\sigma(x)\,(1 - \tanh^2 s)",
    ),
    second_latex=r"f''(x) = (1 - \tanh^2 s)\,\sigma\,(2 + x\,(1 - \sigma - 2 \sigma \tanh s))",
    filled=filled(r"f'({x}) = \tanh s + <x>\,\sigma({x})\,(1 - \tanh^2 s) = {d}"),
    bounds=lambda: (-0.30884341302, math.inf),
    summary="Smooth like SiLU, a little deeper left of 0.",
    source="Misra 2019",
)

SOFTPLUS = ActivationRecord(
    key="softplus",
    title="Softplus",
    module="Softplus",
    call="torch.nn.functional.softplus(x, {beta!r}, {threshold!r})",
    function=lambda x, beta, threshold: torch.nn.functional.softplus(x, beta, threshold),
    derivative=_softplus_derivative,
    second=_softplus_second,
    latex=r"f(x) = \frac{1}{\beta} \ln(1 + e^{\beta x})",
    plain="f(x) = ln(1 + e^(βx))/β; x itself where βx is over the threshold",
    derivation=(
        r"f'(x) = \frac{1}{\beta} \cdot \frac{1}{1 + e^{\beta x}} \cdot \beta e^{\beta x}",
        r"= \frac{e^{\beta x}}{1 + e^{\beta x}} = \frac{1}{1 + e^{-\beta x}}",
        r"\beta x > t:\ f(x) = x,\quad f'(x) = 1",
        r"f'(x) = \sigma(\beta x)",
    ),
    second_latex=r"f''(x) = \beta\,\sigma(\beta x)\,(1 - \sigma(\beta x))",
    filled=filled_by_pieces(
        (lambda x, beta, threshold: beta * x > threshold, r"{beta} \cdot <x> > {threshold}:\ f' = {d}"),
        (always, r"f'({x}) = \sigma({beta} \cdot <x>) = {d}"),
    ),
    bounds=lambda beta, threshold: (0.0, math.inf),
    summary="A ReLU with a round corner: its derivative is the sigmoid. Used where a number must be positive.",
    source="Dugas et al. 2001",
    parameters=(parameter("beta", 1.0, 1e-3), parameter("threshold", 20.0, high=80.0)),  # e^88 is infinite in float32
    # there torch goes over to x itself, by ln(1 + e^−threshold)/beta lower
    kinks=lambda beta, threshold: (threshold / beta,),
    jumps=lambda beta, threshold: (threshold / beta,),
)

HARDSWISH = ActivationRecord(
    key="hardswish",
    title="Hardswish",
    module="Hardswish",
    call="torch.nn.functional.hardswish(x)",
    function=_hardswish,
    derivative=_hardswish_derivative,
    second=lambda x: ((x > -3) & (x < 3)).to(x.dtype) / 3,
    latex=r"f(x) = \begin{cases} 0 & x \le -3 \\ x & x \ge 3 \\ \frac{x (x + 3)}{6} & |x| < 3 \end{cases}",
    plain="f(x) = x·min(max(x + 3, 0), 6)/6",
    derivation=(
        r"x < -3:\ f'(x) = 0 \qquad x > 3:\ f'(x) = 1",
        r"|x| < 3:\ f'(x) = \frac{d}{dx} \frac{x^2 + 3x}{6} = \frac{2x + 3}{6}",
        r"f'(-3^-) = 0,\ f'(-3^+) = -\tfrac{1}{2};\quad f'(3^-) = \tfrac{3}{2},\ f'(3^+) = 1",
        r"f'(x) = \begin{cases} 0 & x < -3 \\ 1 & x > 3 \\ \frac{2x + 3}{6} & |x| < 3 \end{cases}",
    ),
    second_latex=r"f''(x) = \begin{cases} \frac{1}{3} & |x| < 3 \\ 0 & |x| > 3 \end{cases}",
    filled=filled_by_pieces(
        (
            lambda x: -3 < x < 3,
            r"-3 < {x} < 3:\ f' = \frac{{2 \cdot <x> + 3}}{{6}} = {d}",
            lambda x: (2 * x + 3) / 6,
        ),
        (lambda x: x < -3, r"{x} < -3:\ f' = {d}"),
        (lambda x: x > 3, r"{x} > 3:\ f' = {d}"),
        (always, r"f'({x}) = {d}"),  # whatever torch takes there
    ),
    bounds=lambda: (-0.375, math.inf),
    summary="SiLU of a parabola and two lines, for phones.",
    source="Howard et al. 2019",
    kinks=lambda: (-3.0, 3.0),
)

SOFTSHRINK = ActivationRecord(
    key="softshrink",
    title="Softshrink",
    module="Softshrink",
    call="torch.nn.functional.softshrink(x, {lambd!r})",
    function=lambda x, lambd: torch.nn.functional.softshrink(x, lambd),
    derivative=lambda x, lambd: (x.abs() > lambd).to(x.dtype),
    second=flat,
    latex=(
        r"f(x) = \begin{cases} x - \lambda & x > \lambda \\ "
        r"x + \lambda & x < -\lambda \\ 0 & |x| \le \lambda \end{cases}"
    ),
    plain="f(x) = sign(x)·max(|x| − λ, 0)",
    derivation=(
        r"|x| > \lambda:\ f(x) = x \mp \lambda,\quad f'(x) = 1",
        r"|x| < \lambda:\ f(x) = 0,\quad f'(x) = 0",
        r"f'(x) = \begin{cases} 1 & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (lambda x, lambd: abs(x) > lambd, r"|{x}| > {lambd}:\ f' = {d}"), (always, r"|{x}| \le {lambd}:\ f' = {d}")
    ),
    bounds=lambda lambd: (-math.inf, math.inf),
    summary="Pulls everything by λ towards 0: the step of sparse coding and of the lasso.",
    source="Donoho 1995; Beck & Teboulle 2009",
    parameters=(parameter("lambd", 0.5, 0.0),),
    kinks=_both_edges,
)

HARDSHRINK = ActivationRecord(
    key="hardshrink",
    title="Hardshrink",
    module="Hardshrink",
    call="torch.nn.functional.hardshrink(x, {lambd!r})",
    function=lambda x, lambd: torch.nn.functional.hardshrink(x, lambd),
    derivative=lambda x, lambd: (x.abs() > lambd).to(x.dtype),
    second=flat,
    latex=r"f(x) = \begin{cases} x & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}",
    plain="f(x) = x if |x| > λ else 0",
    derivation=(
        r"|x| > \lambda:\ f(x) = x,\quad f'(x) = 1",
        r"|x| < \lambda:\ f(x) = 0,\quad f'(x) = 0",
        r"f'(x) = \begin{cases} 1 & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (lambda x, lambd: abs(x) > lambd, r"|{x}| > {lambd}:\ f' = {d}"), (always, r"|{x}| \le {lambd}:\ f' = {d}")
    ),
    bounds=lambda lambd: (-math.inf, math.inf),
    summary="Drops what is small and leaves the rest as it is; f itself jumps at ±λ.",
    source="Donoho & Johnstone 1994",
    parameters=(parameter("lambd", 0.5, 0.0),),
    kinks=_both_edges,
    jumps=lambda lambd: _both_edges(lambd) if lambd > 0 else (),
)

TANHSHRINK = ActivationRecord(
    key="tanhshrink",
    title="Tanhshrink",
    module="Tanhshrink",
    call="torch.nn.functional.tanhshrink(x)",
    function=lambda x: torch.nn.functional.tanhshrink(x),
    derivative=lambda x: torch.tanh(x) ** 2,
    second=lambda x: 2 * torch.tanh(x) * (1 - torch.tanh(x) ** 2),
    latex=r"f(x) = x - \tanh(x)",
    plain="f(x) = x − tanh(x)",
    derivation=(
        r"f'(x) = 1 - \tanh'(x)",
        r"= 1 - (1 - \tanh^2(x))",
        r"f'(x) = \tanh^2(x)",
    ),
    second_latex=r"f''(x) = 2 \tanh(x)\,(1 - \tanh^2(x))",
    filled=filled(r"f'({x}) = \tanh^2({x}) = {d}"),
    bounds=lambda: (-math.inf, math.inf),
    summary="What tanh leaves of x: a smooth shrinker, flat around 0.",
    source="torch.nn.Tanhshrink",
)

GATES: tuple[ActivationRecord, ...] = (SILU, GELU, GELU_TANH, MISH, HARDSWISH, SOFTPLUS)
SHRINKERS: tuple[ActivationRecord, ...] = (SOFTSHRINK, HARDSHRINK, TANHSHRINK)
