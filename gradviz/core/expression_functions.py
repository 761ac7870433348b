"""The functions that a formula may call: what each is in torch, in numpy and in LaTeX, and its derivative.

To add one, add an entry to FUNCTIONS; it can then be typed, drawn, typeset, derived and copied, and is tested.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

# numpy has no error function; the standard library's has one float at a time, which is enough for a picture's samples
_erf = np.frompyfunc(math.erf, 1, 1)
_erfc = np.frompyfunc(math.erfc, 1, 1)


@dataclass(frozen=True, slots=True)
class FunctionRecord:
    """A function of one number or of two.

    `torch` is its path below the module and `options` what is written behind its arguments; `numpy` takes arrays and
    floats; `latex` is the name before the parentheses, or has {0} where the argument stands; `partials` are the
    derivatives by the first argument u and the second v, in the formula language itself.
    """

    name: str
    torch: str
    numpy: Callable[..., Any]
    latex: str
    partials: tuple[str, ...]
    options: tuple[tuple[str, float], ...] = ()

    @property
    def arity(self) -> int:
        return len(self.partials)


def _plain(name: str, numpy: Callable[..., Any], latex: str, *partials: str) -> FunctionRecord:
    """A function that torch calls as we do."""
    return FunctionRecord(name, name, numpy, latex, partials)


def _sigmoid(u: Any) -> Any:
    # 1/(1 + e^−u), from the side on which the exponential does not overflow
    small = np.exp(-np.abs(u))
    return np.where(np.asarray(u) >= 0, 1.0, small) / (1.0 + small)


def _share(is_chosen: str) -> str:
    """What min and max let through of one argument: torch halves the gradient between two equal ones."""
    return f"where({is_chosen}, 1, where(u == v, 0.5, 0))"


def _as_floats(objects: Any) -> Any:
    return np.asarray(objects, dtype=np.float64)[()]


ALIASES = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2"}

# Derivatives: Abramowitz & Stegun 1964, 4.1, 4.3, 4.4, 4.5, 4.6 and 7.1.19. At a kink they take the side that
# torch's autograd takes, or its 0.
FUNCTIONS: tuple[FunctionRecord, ...] = (
    _plain("sin", np.sin, r"\sin", "cos(u)"),
    _plain("cos", np.cos, r"\cos", "-sin(u)"),
    _plain("tan", np.tan, r"\tan", "1/cos(u)^2"),
    _plain("asin", np.arcsin, r"\arcsin", "1/sqrt(1 - u^2)"),
    _plain("acos", np.arccos, r"\arccos", "-1/sqrt(1 - u^2)"),
    _plain("atan", np.arctan, r"\arctan", "1/(1 + u^2)"),
    _plain("sinh", np.sinh, r"\sinh", "cosh(u)"),
    _plain("cosh", np.cosh, r"\cosh", "sinh(u)"),
    _plain("tanh", np.tanh, r"\tanh", "1 - tanh(u)^2"),
    _plain("asinh", np.arcsinh, r"\operatorname{arsinh}", "1/sqrt(u^2 + 1)"),
    _plain("acosh", np.arccosh, r"\operatorname{arcosh}", "1/(sqrt(u - 1)*sqrt(u + 1))"),
    _plain("atanh", np.arctanh, r"\operatorname{artanh}", "1/(1 - u^2)"),
    _plain("exp", np.exp, "e^{{{0}}}", "exp(u)"),
    _plain("expm1", np.expm1, r"\operatorname{expm1}", "exp(u)"),
    _plain("log", np.log, r"\ln", "1/u"),
    _plain("log2", np.log2, r"\log_2", "1/(log(2)*u)"),
    _plain("log10", np.log10, r"\log_{10}", "1/(log(10)*u)"),
    _plain("log1p", np.log1p, r"\operatorname{log1p}", "1/(1 + u)"),
    _plain("sqrt", np.sqrt, r"\sqrt{{{0}}}", "1/(2*sqrt(u))"),
    _plain("abs", np.abs, r"\left|{0}\right|", "sign(u)"),
    _plain("sign", np.sign, r"\operatorname{sgn}", "0"),
    _plain("floor", np.floor, r"\left\lfloor {0} \right\rfloor", "0"),
    _plain("ceil", np.ceil, r"\left\lceil {0} \right\rceil", "0"),
    _plain("sigmoid", _sigmoid, r"\sigma", "sigmoid(u)*(1 - sigmoid(u))"),
    _plain("relu", lambda u: np.maximum(u, 0.0), r"\operatorname{ReLU}", "where(u > 0, 1, 0)"),
    FunctionRecord(
        "softplus",
        "nn.functional.softplus",
        lambda u: np.logaddexp(u, 0.0),
        r"\operatorname{softplus}",
        ("sigmoid(u)",),
        # torch goes over to u itself from 20 on, where that is still wrong in the ninth digit; e^−40 is under float64's
        (("threshold", 40.0),),
    ),
    _plain("erf", lambda u: _as_floats(_erf(u)), r"\operatorname{erf}", "2/sqrt(pi)*exp(-u^2)"),
    _plain("erfc", lambda u: _as_floats(_erfc(u)), r"\operatorname{erfc}", "-2/sqrt(pi)*exp(-u^2)"),
    FunctionRecord("min", "minimum", np.minimum, r"\min", (_share("u < v"), _share("v < u"))),
    FunctionRecord("max", "maximum", np.maximum, r"\max", (_share("u > v"), _share("v > u"))),
    _plain("atan2", np.arctan2, r"\operatorname{atan2}", "v/(u^2 + v^2)", "-u/(u^2 + v^2)"),
    _plain("hypot", np.hypot, r"\operatorname{hypot}", "u/hypot(u, v)", "v/hypot(u, v)"),
)

BY_NAME = {record.name: record for record in FUNCTIONS}


def value_of(record: FunctionRecord, *arguments: float) -> float:
    """The function of plain numbers; NaN and infinities as IEEE 754 has them, without a warning."""
    with np.errstate(all="ignore"):
        return float(record.numpy(*(np.float64(argument) for argument in arguments)))
