"""An activation that a person typed, as a record like those of the catalogue."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np

from gradviz.core.activation import ActivationRecord
from gradviz.core.activation_kinks import as_torch_takes, by_autograd
from gradviz.core.activation_search import VARIABLES, breaks_of, near_samples
from gradviz.core.deferred_torch import torch
from gradviz.core.expression import parse
from gradviz.core.expression_derivative import gradient_of
from gradviz.core.expression_latex import latex_of
from gradviz.core.expression_text import in_plain_signs
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import Node
from gradviz.core.filled_formula import filled
from gradviz.core.own_function import check_name
from gradviz.core.worded_error import WordedError

Trees = tuple[Node, ...] | None

OWN = "own:"  # how the keys of own activations begin


@lru_cache(maxsize=64)
def own_activation(name: str, formula: str) -> ActivationRecord:
    """The record of an own activation. Some milliseconds; imports torch only where f has no symbolic derivative.

    f′ and f″ are the symbolic derivatives of the formula, by autograd where there are none, and have no value where f
    has none. Kinks, jumps and bends are found by `breaks_of`; there f′ and f″ are autograd's.

    Raises:
        ExpressionError: the formula can't be read.
        OwnFunctionError: the name is none.
        WordedError: f is finite nowhere between −10 and 10.
    """
    check_name(name)
    tree = parse(formula, VARIABLES)
    f = Formula((tree,), VARIABLES)
    if not np.isfinite(np.asarray(f(near_samples()))).any():
        raise WordedError("f has no finite value between −10 and 10")
    first = gradient_of(tree, VARIABLES)
    second = gradient_of(first[0], VARIABLES) if first is not None else None
    jumps, kinks, bends = breaks_of(tree, (f, _of_arrays(f, first, 1), _of_arrays(f, second, 2)))
    return ActivationRecord(
        key=f"{OWN}{name}",
        title=name,
        module="",
        call="own_function(x)",
        function=f,
        derivative=_derivative(f, first, 1, kinks),
        second=_derivative(f, second, 2, (*kinks, *bends)),
        bounds=lambda: (-math.inf, math.inf),  # nobody knows them
        summary="",
        source=formula,
        kinks=lambda: kinks,
        jumps=lambda: jumps,
        bends=lambda: bends,
        **_formulas(formula, tree, first, second),
    )


def _formulas(formula: str, tree: Node, first: Trees, second: Trees) -> dict[str, Any]:
    """The fields of the record that are read, not computed with."""
    begun = rf"f'(x) = \frac{{d}}{{dx}} \left( {latex_of(tree)} \right)"
    return {
        "latex": f"f(x) = {latex_of(tree)}",
        "plain": f"f(x) = {in_plain_signs(formula)}",
        "derivation": (begun, f"f'(x) = {latex_of(first[0])}") if first is not None else (begun,),
        "second_latex": f"f''(x) = {latex_of(second[0])}" if second is not None else r"f''(x) = \frac{d}{dx} f'(x)",
        "filled": filled(r"f'({x}) = {d}"),
    }


def _derivative(f: Formula, tree: Trees, order: int, places: tuple[float, ...]) -> Callable[[Any], Any]:
    """The derivative of this order of tensors: symbolic or by autograd, and autograd's at the places of breaks."""
    written = Formula(tree, VARIABLES) if tree is not None else partial(by_autograd, f, order=order)

    def derivative(x: Any) -> Any:
        # 1/x is the derivative of ln x only where ln x is
        there = torch.where(f(x).isnan(), math.nan, written(x))
        return as_torch_takes(f, there, x, places, order)

    return derivative


def _of_arrays(f: Formula, tree: Trees, order: int) -> Callable[[Any], Any]:
    """The same of arrays, but for the places of breaks; without torch where it is written."""
    if tree is None:
        return lambda x: by_autograd(f, torch.as_tensor(x, dtype=torch.float64), order).numpy()
    written = Formula(tree, VARIABLES)
    return lambda x: np.where(np.isnan(f(x)), math.nan, written(x))
