"""What the Chain rule tab shows, frozen, and as plain data that JSON takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz.core.chain_nodes import DETAILS, Detail
from gradviz.core.chain_presets import ChainPreset


@dataclass(frozen=True, slots=True)
class ChainRequest:
    """The text as it was typed, good or not; the values of inputs, and ∂output/∂source.

    `output` and `source` are names; "" is the last line and the first input. `values` may name what the text no longer
    has: it is there again when somebody writes it again.
    """

    text: str
    values: tuple[tuple[str, float], ...]
    output: str = ""
    source: str = ""
    detail: Detail = "operations"

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "text": self.text,
            "values": dict(self.values),
            "output": self.output,
            "source": self.source,
            "detail": self.detail,
        }


def chain_request_of(preset: ChainPreset, detail: Detail = "operations") -> ChainRequest:
    """A preset as somebody would have typed it."""
    return ChainRequest(preset.text, preset.values, preset.output, preset.source, detail)


def chain_request_from_state(state: Mapping[str, Any]) -> ChainRequest:
    """The request that `ChainRequest.state` wrote; its text is not read yet.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    text, detail = state["text"], state["detail"]
    if not isinstance(text, str):
        raise ValueError("the lines are no text")
    if detail not in DETAILS:
        raise ValueError(f"detail {detail!r}")
    values = tuple((str(name), float(value)) for name, value in dict(state["values"]).items())
    if not all(math.isfinite(value) for _, value in values):
        raise ValueError(f"values {values}")
    return ChainRequest(text, values, str(state["output"]), str(state["source"]), detail)
