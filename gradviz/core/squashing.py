"""Activations that squash the line into a band, and their logarithm: the functions of the first neurons."""

from __future__ import annotations

import math
from typing import Any

from gradviz.core.activation import ActivationRecord, at_zero, flat, parameter
from gradviz.core.deferred_torch import torch
from gradviz.core.filled_formula import always, filled, filled_by_pieces


def _step(x: Any) -> Any:
    # torch.heaviside is not known to autograd; sign is, with the derivative 0
    return torch.relu(torch.sign(x))


def _sigmoid_derivative(x: Any) -> Any:
    return torch.sigmoid(x) * torch.sigmoid(-x)  # 1 − σ(x) = σ(−x), without the digits that 1 − σ loses


def _sigmoid_second(x: Any) -> Any:
    return -_sigmoid_derivative(x) * torch.tanh(x / 2)  # 1 − 2σ(x) = −tanh(x/2)


def _tanh_derivative(x: Any) -> Any:
    decay = torch.exp(-2 * x.abs())  # 1 − tanh², without the digits that it loses beside 1
    return 4 * decay / (1 + decay) ** 2


def _inside(x: Any, low: float, high: float) -> Any:
    return ((x > low) & (x < high)).to(x.dtype)


STEP = ActivationRecord(
    key="step",
    title="Step",
    module="",
    call="torch.relu(torch.sign(x))",
    function=_step,
    derivative=flat,
    second=flat,
    latex=r"H(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
    plain="H(x) = 1 if x > 0 else 0",
    derivation=(
        r"x \ne 0,\ |h| < |x|:\ H(x + h) = H(x)",
        r"\lim_{h \to 0} \frac{H(x + h) - H(x)}{h} = 0",
        r"x = 0:\ \lim_{h \to 0^-} \frac{H(h) - H(0)}{h} = 0,\quad \lim_{h \to 0^+} \frac{H(h) - H(0)}{h} = \infty",
        r"H'(x) = 0 \quad (x \ne 0)",
    ),
    second_latex=r"H''(x) = 0",
    filled=filled(r"H'({x}) = {d}"),
    bounds=lambda: (0.0, 1.0),
    summary="The first neurons': they fire or not. Its derivative is 0 wherever there is one: nothing learns by it.",
    source="McCulloch & Pitts 1943",
    kinks=at_zero,
    jumps=at_zero,
)

SIGMOID = ActivationRecord(
    key="sigmoid",
    title="Sigmoid",
    module="Sigmoid",
    call="torch.sigmoid(x)",
    function=lambda x: torch.sigmoid(x),
    derivative=_sigmoid_derivative,
    second=_sigmoid_second,
    latex=r"\sigma(x) = \frac{1}{1 + e^{-x}}",
    plain="σ(x) = 1/(1 + e^−x)",
    derivation=(
        r"\frac{d}{dx} \sigma(x) = \frac{d}{dx} \left( \frac{1}{1 + e^{-x}} \right)",
        r"= -\frac{1}{(1 + e^{-x})^2} \cdot \frac{d}{dx} (1 + e^{-x})",
        r"= \frac{e^{-x}}{(1 + e^{-x})^2}",
        r"= \frac{(1 + e^{-x}) - 1}{(1 + e^{-x})^2}",
        r"= \frac{1 + e^{-x}}{(1 + e^{-x})^2} - \left( \frac{1}{1 + e^{-x}} \right)^2",
        r"= \sigma(x) - \sigma(x)^2",
        r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
    ),
    second_latex=r"\sigma''(x) = \sigma(x)\,(1 - \sigma(x))\,(1 - 2\sigma(x))",
    filled=filled(
        r"\sigma'({x}) = \sigma({x})\,\sigma({{-<x>}}) = {f} \cdot {g} = {d}", g=lambda f, d: d / f if f else 1.0
    ),
    bounds=lambda: (0.0, 1.0),
    summary="Squashes into (0, 1), to be read as a probability. Far from 0 the derivative vanishes; at most it is ¼.",
    source="Verhulst 1845; Rumelhart, Hinton & Williams 1986",
)

TANH = ActivationRecord(
    key="tanh",
    title="Tanh",
    module="Tanh",
    call="torch.tanh(x)",
    function=lambda x: torch.tanh(x),
    derivative=_tanh_derivative,
    second=lambda x: -2 * torch.tanh(x) * _tanh_derivative(x),
    latex=r"\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}} = 2\sigma(2x) - 1",
    plain="tanh(x) = (e^x − e^−x)/(e^x + e^−x)",
    derivation=(
        r"\frac{d}{dx} \tanh(x) = \frac{d}{dx} \left( \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}} \right)",
        r"= \frac{(e^{x} + e^{-x})(e^{x} + e^{-x}) - (e^{x} - e^{-x})(e^{x} - e^{-x})}{(e^{x} + e^{-x})^2}",
        r"= 1 - \frac{(e^{x} - e^{-x})^2}{(e^{x} + e^{-x})^2}",
        r"\tanh'(x) = 1 - \tanh^2(x)",
    ),
    second_latex=r"\tanh''(x) = -2 \tanh(x)\,(1 - \tanh^2(x))",
    filled=filled_by_pieces(
        (lambda x: abs(x) < 4, r"\tanh'({x}) = 1 - <f>^2 \approx {d}"),
        (always, r"\tanh'({x}) = \frac{{1}}{{\cosh^2({x})}} = {d}"),  # 1 − 1² would say nothing
    ),
    bounds=lambda: (-1.0, 1.0),
    summary="A sigmoid around 0, from −1 to 1: usual in recurrent networks. It saturates on both sides.",
    source="LeCun et al. 1998, «Efficient BackProp»",
)

HARDTANH = ActivationRecord(
    key="hardtanh",
    title="Hardtanh",
    module="Hardtanh",
    call="torch.nn.functional.hardtanh(x, {min_val!r}, {max_val!r})",
    function=lambda x, min_val, max_val: torch.nn.functional.hardtanh(x, min_val, max_val),
    derivative=lambda x, min_val, max_val: _inside(x, min_val, max_val),
    second=flat,
    latex=r"f(x) = \begin{cases} M & x > M \\ m & x < m \\ x & m \le x \le M \end{cases}",
    plain="f(x) = min(max(x, m), M)",
    derivation=(
        r"m < x < M:\ f(x) = x,\quad f'(x) = 1",
        r"x < m:\ f(x) = m,\quad f'(x) = 0 \qquad x > M:\ f(x) = M,\quad f'(x) = 0",
        r"f'(x) = \begin{cases} 1 & m < x < M \\ 0 & x \le m \\ 0 & x \ge M \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (lambda x, min_val, max_val: min_val < x < max_val, r"{min_val} < {x} < {max_val}:\ f' = {d}"),
        (lambda x, min_val, max_val: x <= min_val, r"{x} \le {min_val}:\ f' = {d}"),
        (always, r"{x} \ge {max_val}:\ f' = {d}"),
    ),
    bounds=lambda min_val, max_val: (min_val, max_val),
    summary="A tanh of three straight lines: cheap. Outside its band the derivative is exactly 0.",
    source="Collobert 2004",
    parameters=(parameter("min_val", -1.0), parameter("max_val", 1.0)),
    kinks=lambda min_val, max_val: (min_val, max_val) if min_val < max_val else (),
    ordered=("min_val", "max_val"),
)

SOFTSIGN = ActivationRecord(
    key="softsign",
    title="Softsign",
    module="Softsign",
    call="torch.nn.functional.softsign(x)",
    function=lambda x: torch.nn.functional.softsign(x),
    derivative=lambda x: 1 / (1 + x.abs()) ** 2,
    second=lambda x: -2 * torch.sign(x) / (1 + x.abs()) ** 3,
    latex=r"f(x) = \frac{x}{1 + |x|}",
    plain="f(x) = x/(1 + |x|)",
    derivation=(
        r"f'(x) = \frac{1 \cdot (1 + |x|) - x \cdot \operatorname{sign}(x)}{(1 + |x|)^2}",
        r"x \operatorname{sign}(x) = |x|",
        r"f'(x) = \frac{1}{(1 + |x|)^2}",
    ),
    second_latex=r"f''(x) = -\frac{2 \operatorname{sign}(x)}{(1 + |x|)^3}",
    filled=filled(r"f'({x}) = \frac{{1}}{{(1 + |{x}|)^2}} = {d}"),
    bounds=lambda: (-1.0, 1.0),
    summary="Like tanh, but it saturates as a power of x, not exponentially.",
    source="Bergstra et al. 2009",
    bends=at_zero,
)

HARDSIGMOID = ActivationRecord(
    key="hardsigmoid",
    title="Hardsigmoid",
    module="Hardsigmoid",
    call="torch.nn.functional.hardsigmoid(x)",
    function=lambda x: torch.nn.functional.hardsigmoid(x),
    derivative=lambda x: _inside(x, -3.0, 3.0) / 6,
    second=flat,
    latex=r"f(x) = \begin{cases} 0 & x \le -3 \\ 1 & x \ge 3 \\ \frac{x}{6} + \frac{1}{2} & |x| < 3 \end{cases}",
    plain="f(x) = min(max(x + 3, 0), 6)/6",
    derivation=(
        r"-3 < x < 3:\ f(x) = \frac{x}{6} + \frac{1}{2},\quad f'(x) = \frac{1}{6}",
        r"x < -3:\ f(x) = 0,\quad f'(x) = 0 \qquad x > 3:\ f(x) = 1,\quad f'(x) = 0",
        r"f'(x) = \begin{cases} \frac{1}{6} & |x| < 3 \\ 0 & |x| \ge 3 \end{cases}",
    ),
    second_latex=r"f''(x) = 0",
    filled=filled_by_pieces(
        (lambda x: -3 < x < 3, r"-3 < {x} < 3:\ f' = \frac{{1}}{{6}} = {d}"),
        (always, r"|{x}| \ge 3:\ f' = {d}"),
    ),
    bounds=lambda: (0.0, 1.0),
    summary="A sigmoid of three straight lines, for phones and integers.",
    source="Courbariaux, Bengio & David 2015; Howard et al. 2019",
    torch_slack=1e-8,  # its 1/6 has eight digits
    kinks=lambda: (-3.0, 3.0),
)

LOGSIGMOID = ActivationRecord(
    key="logsigmoid",
    title="LogSigmoid",
    module="LogSigmoid",
    call="torch.nn.functional.logsigmoid(x)",
    function=lambda x: torch.nn.functional.logsigmoid(x),
    derivative=lambda x: torch.sigmoid(-x),
    second=lambda x: -_sigmoid_derivative(x),
    latex=r"f(x) = \ln \sigma(x) = -\ln(1 + e^{-x})",
    plain="f(x) = ln σ(x)",
    derivation=(
        r"f'(x) = \frac{\sigma'(x)}{\sigma(x)}",
        r"= \frac{\sigma(x)\,(1 - \sigma(x))}{\sigma(x)}",
        r"f'(x) = 1 - \sigma(x) = \sigma(-x)",
    ),
    second_latex=r"f''(x) = -\sigma(x)\,(1 - \sigma(x))",
    filled=filled(r"f'({x}) = \sigma({{-<x>}}) = {d}"),
    bounds=lambda: (-math.inf, 0.0),
    summary="The logarithm of a probability, computed without underflow: for losses, rarely within a network.",
    source="Mikolov et al. 2013, «negative sampling»",
)

SQUASHING: tuple[ActivationRecord, ...] = (SIGMOID, TANH, STEP, HARDTANH, HARDSIGMOID, SOFTSIGN, LOGSIGMOID)
