"""The catalogue of activations: every elementwise one of torch.nn, and the step function of the first neurons.

Left out on purpose, because they are no functions of one number: GLU (halves its input), MultiheadAttention, Softmin,
Softmax, Softmax2d and LogSoftmax (couple the numbers; softmax has its own tab).

To add one, write a record into the family's module and into its tuple; list, combo box, command line and tests find it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gradviz.core.activation import Activation, ActivationRecord
from gradviz.core.gates import GATES, SHRINKERS
from gradviz.core.hyperparameters import Hyperparameter
from gradviz.core.rectifiers import RECTIFIERS
from gradviz.core.squashing import SQUASHING
from gradviz.core.worded_error import WordedError

ACTIVATIONS: tuple[ActivationRecord, ...] = (*SQUASHING, *RECTIFIERS, *GATES, *SHRINKERS)
MOST_LOOKS = 10**6  # more than anybody draws
SHOWN_FIRST = ("sigmoid", "tanh", "relu")  # the course's

_BY_KEY = {record.key: record for record in ACTIVATIONS}


def activation_record(key: str) -> ActivationRecord:
    """The entry of the catalogue with this key.

    Raises:
        KeyError: there is none.
    """
    return _BY_KEY[key]


def activation_state(activation: Activation) -> dict[str, Any]:
    """An activation as plain data that JSON takes; of an own one its name and formula."""
    own = {"own": {"name": activation.title, "formula": activation.record.source}} if _is_own(activation) else {}
    return {"key": activation.key, "values": dict(activation.values), "look": activation.look} | own


def activation_from_state(state: Mapping[str, Any]) -> Activation:
    """The activation that `activation_state` wrote. Parameters that it does not name have their defaults.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state, or a parameter or a formula can't be taken.
    """
    if "own" in state:
        # the formula language is loaded when somebody has a function of his own
        from gradviz.core.own_activation import own_activation

        record = own_activation(str(state["own"]["name"]), str(state["own"]["formula"]))
    else:
        if state["key"] not in _BY_KEY:
            raise WordedError("there is no activation {0}", state["key"])
        record = activation_record(state["key"])
    given = dict(state.get("values", {}))
    values = {p.name: _within(given.pop(p.name, p.default), p) for p in record.parameters}
    if given:
        raise WordedError("{0} has no parameter {1}", record.title, ", ".join(given))
    if record.ordered is not None:  # torch says so too, but is not loaded yet when a session is read
        low, high = record.ordered
        if values[low] > values[high]:
            raise WordedError("{0}: {1} is greater than {2}", record.title, low, high)
    look = state.get("look", 0)
    if not isinstance(look, int) or not 0 <= look <= MOST_LOOKS:
        raise WordedError("{0} = {1} lies outside {2} to {3}", "look", look, 0, MOST_LOOKS)
    return Activation(record, tuple(values.items()), look)


def _within(value: Any, taker: Hyperparameter) -> float:
    allowed = taker.parts[0].range
    try:
        number = float(value)
    except OverflowError:  # an integer of more than 308 digits
        number = math.inf
    if not allowed.holds(number):
        raise WordedError("{0} = {1} lies outside {2} to {3}", taker.name, number, allowed.low, allowed.high)
    return number


def _is_own(activation: Activation) -> bool:
    return activation.key not in _BY_KEY
